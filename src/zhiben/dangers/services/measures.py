"""Keeping the measures of a treatment plan to use them again."""

from datetime import datetime

from django.db import IntegrityError, transaction

from zhiben.dangers.hands_events import MeasureKept, MeasureRemoved
from zhiben.dangers.models import KeptMeasure
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.circles import NOBODY, chain_of_circle, circle_of
from zhiben.dangers.selectors.measures import LONGEST, chosen_clauses, own_measure
from zhiben.dangers.selectors.reading import danger_for
from zhiben.journal import public as journal
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.kernel.periods import local_day

MOST = 100  # of one account
NAME = 60


@transaction.atomic
def keep_measure(
    danger_id: int, name: str, text: str = "", *, is_shared: bool = False, actor: Actor, now: datetime
) -> KeptMeasure:
    """Keep measures under a name, for the clause and matter of a danger; without words those of its plan."""
    danger = danger_for(actor, danger_id)
    require(actor, DangerPermission.RECTIFY, danger.place)
    words = (text or getattr(getattr(danger, "plan", None), "measures", "")).strip()
    tidy = " ".join(name.split())
    if not words:
        raise Invalid("measure:needs-text", field="text")
    if not tidy:
        raise Invalid("measure:needs-name", field="name")
    if len(tidy) > NAME or len(words) > LONGEST or not tidy.isprintable() or "\x00" in words:
        raise Invalid("measure:unusable", field="name", longest=NAME)
    if KeptMeasure.objects.filter(account=actor.id or 0).count() >= MOST:
        raise Conflict("measure:too-many", most=MOST)
    standard, clause = next(iter(chosen_clauses(danger)), ("", ""))
    circle = circle_of(actor) if is_shared else NOBODY
    try:
        with transaction.atomic():
            kept = KeptMeasure.objects.create(
                account_id=actor.id or 0, name=tidy, text=words, standard=standard, clause=clause,
                matter=danger.matter, at=now, **circle,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict("measure:name-taken", field="name", name=tidy) from None
    _journal(kept, MeasureKept(kept.pk, danger.pk, kept.is_shared, tidy, words), kept.pk, actor=actor, now=now)
    return kept


@transaction.atomic
def remove_measure(measure_id: int, *, actor: Actor, now: datetime) -> None:
    """Throw measures away that one keeps."""
    kept = own_measure(actor, measure_id)
    if not KeptMeasure.objects.filter(pk=kept.pk).delete()[0]:
        raise Conflict("measure:removed")
    _journal(kept, MeasureRemoved(measure_id), measure_id, actor=actor, now=now)


def forget_measures(person_id: int) -> int:
    """Destroy what somebody kept whose personal data are destroyed."""
    return KeptMeasure.objects.filter(account__person=person_id).delete()[0]


def _journal(kept: KeptMeasure, event: Event, number: int, *, actor: Actor, now: datetime) -> None:
    chain = chain_of_circle(kept.department_id, kept.enterprise_id)
    journal.record([Line(event, f"measure/{number}", chain, local_day(now))], actor=actor, now=now)
