"""Drafting a bulletin, or a form as it was locked, as a document that is signed and numbered."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhiben.dangers.public import Confidentiality, reach_of
from zhiben.documents.public import DocumentKind, DocumentPermission, DocumentState, documents_of, draft_document
from zhiben.insights.bulletin import bulletin_of, longest_overdue
from zhiben.insights.domain.cycles import Cycle, CycleKind
from zhiben.insights.locked import holder_of, is_own_form, place_of, versions_of
from zhiben.insights.paper_facts import bulletin_facts, form_facts
from zhiben.insights.papers import BULLETIN, FORM
from zhiben.insights.selectors import Part
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed
from zhiben.kernel.periods import local_day
from zhiben.orgs.models import Person

OF_BULLETINS = (CycleKind.WEEK, CycleKind.MONTH)


def bulletin_subject(part: Part, cycle: Cycle) -> str:
    """Return the name under which the documents of a bulletin are kept."""
    return f"bulletin/{holder_of(part)}/{cycle.name}"


@transaction.atomic
def draft_bulletin(
    part: Part,
    cycle: Cycle,
    *,
    actor: Actor,
    now: datetime,
    department: int | None = None,
    lines: list[Line] | None = None,
) -> UUID:
    """Draft the bulletin of a week or a month with the figures of this moment; `department` issues, else the actor's office."""
    if cycle.kind not in OF_BULLETINS:
        raise Invalid("bulletin:week-or-month", field="period", value=cycle.name)
    require(actor, DocumentPermission.DRAFT, place_of(part))
    today = local_day(now)
    bulletin = bulletin_of(part, cycle, today)
    open_to_all = reach_of(actor).filter(confidentiality=Confidentiality.NORMAL)
    facts = bulletin_facts(bulletin, longest_overdue(open_to_all, bulletin, today))
    return _draft(
        BULLETIN, part, bulletin_subject(part, cycle), facts, actor=actor, now=now, department=department, lines=lines
    )


@transaction.atomic
def draft_form(part: Part, cycle: Cycle, *, actor: Actor, now: datetime, version: int | None = None) -> UUID:
    """Draft a locked form as a document: the version asked for, else the newest."""
    require(actor, DocumentPermission.DRAFT, place_of(part))
    if not is_own_form(actor, part):
        raise NotAllowed("form:of-the-enterprise")
    locked = next((one for one in versions_of(part, cycle) if version in {None, one.version}), None)
    if locked is None:
        raise Conflict("form:lock-first")
    return _draft(FORM, part, f"form/{locked.pk}", form_facts(part.name, cycle, locked), actor=actor, now=now)


def _draft(
    kind: DocumentKind,
    part: Part,
    subject: str,
    facts: dict[str, object],
    *,
    actor: Actor,
    now: datetime,
    department: int | None = None,
    lines: list[Line] | None = None,
) -> UUID:
    if part.only is not None or part.is_mixed:
        raise NotAllowed("form:part-of-the-figures")
    if any(row.state is DocumentState.DRAFT for row in documents_of(subject)):
        raise Conflict("bulletin:drafted")
    me = Person.objects.filter(pk=actor.person).first() if actor.person else None
    office = department or (me.department_id if me else None)
    return draft_document(
        kind.code,
        subject=subject,
        place=place_of(part),
        department_id=office,
        enterprise_id=part.enterprise.pk if part.enterprise else None,
        recipient="",
        facts=facts,
        actor=actor,
        now=now,
        lines=lines,
    )
