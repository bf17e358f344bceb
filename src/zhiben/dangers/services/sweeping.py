"""What happens by itself when a moment of a danger comes: reminders, and limits that pass without rectification.

Claim and effect commit together; what goes out bears a key made of what it is about. So a promise is never lost and
never told twice, however many workers there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import F

from zhiben.clocks.public import sweep_rows
from zhiben.dangers.domain.clock import Call, Clock, Promise, Ring, calls_due, china_day, following
from zhiben.dangers.domain.habits import Habits
from zhiben.dangers.domain.kinds import CLOSED, State
from zhiben.dangers.domain.words import label
from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.selectors.standing import habits
from zhiben.dangers.services import telling
from zhiben.dangers.services.case import line_of
from zhiben.dangers.services.clocking import is_supervised, promises_of
from zhiben.dangers.services.lateness import first_late_day, overdue_event
from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import SYSTEM

SWEEP = "danger:clock"


def sweep_dangers(now: datetime, *, limit: int = 500) -> int:
    """Answer the dangers whose moment has come; return how many. Safe to run twice at once."""
    customs = habits()
    return sweep_rows(
        SWEEP,
        Danger.unscoped.filter(next_at__isnull=False),
        claim=partial(_claim, customs=customs, now=now),
        effect=partial(_answer, customs=customs, now=now),
        now=now,
        limit=limit,
    )


def _claim(danger: Danger, *, customs: Habits, now: datetime) -> Mapping[str, Any]:
    """Move on to the next moment; the version moves too, so that whoever is taking a step meanwhile looks again."""
    owed = promises_of([danger])[danger.pk].values()
    return {"next_at": following(owed, customs.reminders, now), "version": F("version") + 1}


def _answer(won: Sequence[Danger], *, customs: Habits, now: datetime) -> None:
    """Do what is due for the dangers won, as they stand now that they are held."""
    since = {danger.pk: danger.next_at or now for danger in won}
    held = list(Danger.unscoped.filter(pk__in=since).order_by("pk"))
    owed = promises_of(held)
    lines: list[Line] = []
    for danger in held:
        if danger.state in CLOSED:
            Danger.unscoped.filter(pk=danger.pk).update(next_at=None)
            continue
        promises = owed[danger.pk].values()
        calls = calls_due(promises, customs.reminders, since[danger.pk], now)
        lines += _grow_overdue(danger, calls)
        _keep_next(danger, promises, customs, now)
        for call in calls:
            _tell(danger, call, now)
    journal.record(lines, actor=SYSTEM, now=now)


def _keep_next(danger: Danger, promises: Iterable[Promise], customs: Habits, now: datetime) -> None:
    Danger.unscoped.filter(pk=danger.pk).update(next_at=following(promises, customs.reminders, now))


def _grow_overdue(danger: Danger, calls: Sequence[Call]) -> list[Line]:
    """Journal once that the limit passed; it takes effect on the day after, however late we notice."""
    lapsed = [call for call in calls if call.ring is Ring.LAPSED and call.promise.clock is Clock.RECTIFY]
    if not lapsed or danger.is_overdue:
        return []
    promise = lapsed[0].promise
    day = overdue_day(danger, promise.day)
    Danger.unscoped.filter(pk=danger.pk).update(is_overdue=True, overdue_since=day)
    return [line_of(danger, overdue_event(danger, promise.day, str(promise.set_by)), day)]


def overdue_day(danger: Danger, due_on: date) -> date:
    """Return the first day on which a danger is late.

    Returned after its limit, it is late from the day it came back; a ledger's row that never moved since is late
    from the day after the limit, even where that lies before the import.
    """
    first = first_late_day(due_on, danger.found_on)
    as_imported = danger.is_imported and danger.state_since == danger.recorded_at
    if as_imported or danger.state != State.RECTIFYING:
        return first
    return max(first, china_day(danger.state_since))


def _tell(danger: Danger, call: Call, now: datetime) -> None:
    """Tell those whom a clock concerns; a lapse goes up to the heads and the supervisors as well."""
    promise = call.promise
    people = _concerned(promise.clock, danger)
    if call.ring is Ring.LAPSED:
        people |= telling.heads(danger) | (telling.officers(danger) if is_supervised(danger) else set())
    kind = telling.LAPSED if call.ring is Ring.LAPSED else telling.REMINDED
    name = label(promise.clock)
    facts = {"clock": {"zh": name.zh, "en": name.en}, "day": promise.day.isoformat()}
    key = f"{subject_of(danger.pk)}:{call.key}"
    telling.tell(danger, kind, people, what=call.key, now=now, extra=facts, key=key)


def _concerned(clock: Clock, danger: Danger) -> set[int]:
    return {
        Clock.CONFIRM: telling.confirmers,
        Clock.ASSIGN: telling.safety_managers,
        Clock.RECTIFY: telling.owner,
        Clock.ACCEPT: telling.acceptors,
        Clock.RECEIVE: telling.receivers,
        Clock.REPORT: telling.heads,
        Clock.PLAN: telling.owner,
        Clock.ANSWER: telling.officers,
        Clock.REVIEW: telling.officers,
        Clock.LIST_REPORT: telling.officers,
        Clock.LIST_PUBLISH: telling.officers,
    }[clock](danger)
