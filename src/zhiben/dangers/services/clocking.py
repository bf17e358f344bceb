"""The deadlines of a danger as the clock's room keeps them, and the promises they stand for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from zhiben.clocks.public import Deadline, DeadlineSet, NewDeadline, current_deadlines, set_deadlines
from zhiben.clocks.public import SetBy as ClockSetBy
from zhiben.dangers.domain.clock import Clock, Promise
from zhiben.dangers.domain.habits import Habits
from zhiben.dangers.domain.kinds import Channel, Level, SetBy
from zhiben.dangers.domain.timing import procedure_on, promise
from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.page import promise_of
from zhiben.dangers.selectors.reading import subject_of
from zhiben.kernel.actor import Actor
from zhiben.orgs.models import Unit

STORED = {
    SetBy.SELF: ClockSetBy.SELF,
    SetBy.ORDER: ClockSetBy.ORDER,
    SetBy.LAW: ClockSetBy.LAW,
    SetBy.SETTING: ClockSetBy.SELF,  # told apart again by its kind: only a limit to rectify is set by a person
}


def promises_of(dangers: Iterable[Danger]) -> dict[int, dict[Clock, Promise]]:
    """Return the current promises of dangers, by number."""
    ids = {subject_of(danger.pk): danger.pk for danger in dangers}
    found: dict[int, dict[Clock, Promise]] = {number: {} for number in ids.values()}
    for (subject, kind), row in current_deadlines(ids).items():
        found[ids[subject]][Clock(kind)] = promise_of(row)
    return found


def stored(danger_id: int, one: Promise, reason: str = "") -> NewDeadline:
    """Write a promise as a deadline to be set."""
    return stored_day(subject_of(danger_id), one, reason)


def stored_day(subject: str, one: Promise, reason: str = "") -> NewDeadline:
    """Write a promise about any subject as a deadline to be set."""
    by = STORED[one.set_by]
    return NewDeadline(subject, str(one.clock), one.day, by, order=one.order, clause=one.clause, reason=reason)


def told(one: Promise, reason: str = "") -> DeadlineSet:
    """Return the journal's event of a deadline set."""
    return DeadlineSet(str(one.clock), one.day.isoformat(), str(one.set_by), one.order, one.clause, reason)


def let_go(stopped: Mapping[int, Iterable[Clock]]) -> None:
    """Let deadlines hold no more; their rows stay as history."""
    by_clocks: dict[tuple[str, ...], list[str]] = {}
    for danger_id, clocks in stopped.items():
        by_clocks.setdefault(tuple(sorted(map(str, clocks))), []).append(subject_of(danger_id))
    for kinds, subjects in by_clocks.items():
        if kinds:
            Deadline.objects.filter(subject__in=subjects, kind__in=kinds, is_current=True).update(is_current=False)


def put(wanted: Sequence[NewDeadline], *, actor: Actor, now: datetime, first: bool = False) -> None:
    """Set deadlines, if any; `first`: of dangers just made, which have none to take the place of."""
    if wanted:
        set_deadlines(wanted, actor=actor, now=now, first=first)


def region_of(danger: Danger) -> str:
    """Return the division code whose procedure holds."""
    ancestor = danger.county_id or danger.city_id or danger.province_id
    code = Unit.objects.filter(pk=ancestor).values_list("division_code", flat=True).first() if ancestor else None
    return code or ""


def owed(clock: Clock, danger: Danger, start: date, habits: Habits) -> Promise:
    """Return what a clock of this danger promises when it starts on a day: by the law of that day."""
    law = procedure_on(danger.matter, region_of(danger), start)
    return promise(clock, start, law=law, habits=habits, supervised=is_supervised(danger))


def is_supervised(danger: Danger) -> bool:
    """Tell whether a supervising department, not the enterprise itself, accepts the rectification."""
    ordered = danger.due_set_by == SetBy.ORDER or danger.judged_as == Channel.INSPECTION
    return ordered or danger.level == Level.MAJOR
