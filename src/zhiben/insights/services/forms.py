"""Filling in, locking and restating statutory forms."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from zhiben.insights.domain.cycles import Cycle, CycleKind
from zhiben.insights.domain.form_cells import COUNTED, FILLED_IN, FormCell
from zhiben.insights.domain.packed import pack
from zhiben.insights.events import FormAnswered, FormLocked
from zhiben.insights.forms import Form, counted_again, form_of, gathered
from zhiben.insights.locked import answers_to, differences, figures_of, holder_of, is_own_form, place_of, versions_of
from zhiben.insights.models import FormAnswer, LockedCell, LockedForm
from zhiben.insights.permissions import InsightPermission
from zhiben.insights.selectors import Part
from zhiben.journal import public as journal
from zhiben.journal.domain.canonical import canonical
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed
from zhiben.kernel.periods import local_day
from zhiben.orgs.models import Person, Unit

KINDS = (CycleKind.MONTH, CycleKind.QUARTER, CycleKind.YEAR)
MOST = 100_000_000
LONGEST = 500


@transaction.atomic
def answer_form(
    part: Part, cycle: Cycle, cell: FormCell, value: int | None, source: str, *, actor: Actor, now: datetime
) -> None:
    """Fill in a number that no record tells, with its source; None takes it back."""
    _check(part, cycle)
    _require(actor, InsightPermission.FILL_FORM, part)
    if cell not in FILLED_IN:
        raise Invalid("form:counted-cell", field="cell", cell=str(cell))
    if value is not None and not 0 <= value <= MOST:
        raise Invalid("form:not-a-count", field=str(cell), value=value, most=MOST)
    if value is not None and not source.strip():
        raise Invalid("form:source-needed", field="source")
    _check_order(part, cycle, cell, value)
    kept = source.strip()[:300]
    FormAnswer.unscoped.create(
        **_where(part), cycle=cycle.name, cell=cell, value=value, source=kept, account_id=actor.id, at=now
    )
    event = FormAnswered(holder_of(part), cycle.name, str(cell), value, kept)
    journal.record([_line(part, actor, event, now)], actor=actor, now=now)


def lock_form(part: Part, cycle: Cycle, *, actor: Actor, now: datetime, reason: str = "") -> LockedForm:
    """Lock a form as the records tell it now; where it was locked before, as a new version and with a reason."""
    _check(part, cycle)
    _require(actor, InsightPermission.LOCK_FORM, part)
    if not cycle.is_over(local_day(now)):
        raise Conflict("form:not-over", period=cycle.name)
    try:
        with transaction.atomic():
            return _locked(part, cycle, actor=actor, now=now, reason=reason.strip()[:LONGEST])
    except IntegrityError:
        raise Conflict("form:locked-meanwhile", period=cycle.name) from None


def _locked(part: Part, cycle: Cycle, *, actor: Actor, now: datetime, reason: str) -> LockedForm:
    today, versions = local_day(now), versions_of(part, cycle)
    if versions:
        if not reason:
            raise Conflict("form:reason-needed", field="reason", version=versions[0].version)
        if not differences(part, cycle, versions[0], today):
            raise Conflict("form:nothing-differs", version=versions[0].version)
    records = gathered(part, cycle, today)
    form = counted_again(form_of(part, cycle, today), records)
    answers = {str(cell): {"value": one.value, "source": one.source} for cell, one in answers_to(part, cycle).items()}
    figures = figures_of(form)
    row: LockedForm = LockedForm.unscoped.create(
        **_where(part),
        cycle=cycle.name,
        version=versions[0].version + 1 if versions else 1,
        figures=figures,
        answers=answers,
        digest=hashlib.sha256(canonical({"figures": figures, "answers": answers}).encode()).hexdigest(),
        reason=reason if versions else "",
        locked_at=now,
        locked_by_id=actor.id,
    )
    LockedCell.objects.bulk_create(
        LockedCell(form=row, row=key, cell=cell, records=pack(numbers)) for (key, cell), numbers in records.items()
    )
    journal.record([_line(part, actor, _event(row, form), now)], actor=actor, now=now)
    return row


def _event(row: LockedForm, form: Form) -> FormLocked:
    total = {str(cell): form.total[cell] for cell in COUNTED}
    return FormLocked(row.pk, row.holder, row.cycle, row.version, total, row.digest, row.reason)


def _check(part: Part, cycle: Cycle) -> None:
    if part.only is not None or part.is_mixed:
        raise NotAllowed("form:part-of-the-figures")
    if cycle.kind not in KINDS:
        raise Invalid("form:no-weekly", field="period", value=cycle.name)


def _require(actor: Actor, permission: InsightPermission, part: Part) -> None:
    require(actor, permission, place_of(part))
    if not is_own_form(actor, part):
        raise NotAllowed("form:of-the-enterprise")


def _check_order(part: Part, cycle: Cycle, cell: FormCell, value: int | None) -> None:
    """Refuse more units that did check than should have."""
    held = {one: answer.value for one, answer in answers_to(part, cycle).items()} | {cell: value}
    should, did = held.get(FormCell.SHOULD_CHECK), held.get(FormCell.DID_CHECK)
    if should is not None and did is not None and did > should:
        raise Invalid("form:more-than-should", field=str(cell), did=did, should=should)


def _where(part: Part) -> dict[str, object]:
    unit = part.unit or _site(part)
    enterprise = part.enterprise.pk if part.enterprise else None
    return {"unit": unit, "path": unit.path, "enterprise_id": enterprise, "holder": holder_of(part)}


def _site(part: Part) -> Unit:
    site = part.enterprise.registered_site if part.enterprise else None
    if site is None:
        raise TypeError("an enterprise whose figures are shown has a registered site")
    return site


def _line(part: Part, actor: Actor, event: Event, now: datetime) -> Line:
    """Return a line on the chain of the enterprise, else of the department of whoever acts, else of the system."""
    if part.enterprise is not None:
        chain = f"enterprise:{part.enterprise.pk}"
    else:
        me = Person.objects.filter(pk=actor.person).first() if actor.person else None
        office = me.department_id if me else None
        chain = f"department:{office}" if office else "system"
    return Line(event, f"form/{holder_of(part)}", chain, local_day(now))
