"""Which day a clock is set to, and what sets it: a clause of the procedure in force, or a setting that says so."""

from datetime import date, timedelta
from functools import lru_cache

from zhiben.dangers.domain.clock import Clock, Promise
from zhiben.dangers.domain.habits import Habits
from zhiben.dangers.domain.kinds import SetBy
from zhiben.law.due_days import extension_window
from zhiben.law.procedures import Clock as LawClock
from zhiben.law.procedures import ClockKind, Procedure, Unit, procedure

BY_LAW: dict[Clock, ClockKind] = {
    Clock.ACCEPT: ClockKind.RECHECK,
    Clock.ANSWER: ClockKind.EXTENSION_ANSWER,
    Clock.REVIEW: ClockKind.RESUME_REVIEW,
    Clock.REPORT: ClockKind.REPORT_MAJOR,
    Clock.PLAN: ClockKind.PLAN_DUE,
}
HOURS = 24


@lru_cache(maxsize=4096)
def procedure_on(matter: str, region: str, day: date) -> Procedure:
    """Return the procedure that holds for a step taken on a day."""
    return procedure(matter or None, region or None, day)


def promise(clock: Clock, start: date, *, law: Procedure, habits: Habits, supervised: bool) -> Promise:
    """Return what `clock` promises when started on `start`.

    The re-inspection of the law binds supervisors only; acceptance inside an enterprise follows its own habit.
    """
    kind = BY_LAW.get(clock)
    if kind is None or (clock is Clock.ACCEPT and not supervised):
        days = habits.days(clock)
        if days is None:
            raise TypeError(f"{clock} is set by a person")
        return Promise(clock, start + timedelta(days=days), SetBy.SETTING)
    return _by_law(clock, start, law.clock(kind))


def _by_law(clock: Clock, start: date, rule: LawClock) -> Promise:
    day = _day_of(rule, start)
    if rule.source is None:  # the law demands it without a number: the number is a setting of ours
        demanded = rule.duty
        return Promise(
            clock,
            day,
            SetBy.SETTING,
            demanded.instrument if demanded else "",
            demanded.clause if demanded else "",
        )
    return Promise(clock, day, SetBy.LAW, rule.source.instrument, rule.source.clause)


def _day_of(rule: LawClock, start: date) -> date:
    if rule.unit is Unit.HOUR:  # a started day counts whole: days are what we promise by
        return start + timedelta(days=-(-rule.value // HOURS))
    return rule.due_days(start)[0].day


def extension_from(due_on: date) -> date:
    """Return the first day on which an extension of an ordered limit may be asked for."""
    return extension_window(due_on).opens
