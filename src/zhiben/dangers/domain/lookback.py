"""Looking back after sign-off: when, what may come of it, and when it rings."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from zhiben.dangers.domain.clock import MORNING, moment


class LookbackState(StrEnum):
    """What came of a look-back; open until somebody went there."""

    OPEN = "open"
    HOLDS = "holds"
    CAME_BACK = "came_back"
    NOT_CHECKED = "not_checked"  # could not be checked: another one is planned
    DROPPED = "dropped"  # the danger was opened again before


RESULTS = frozenset({LookbackState.HOLDS, LookbackState.CAME_BACK, LookbackState.NOT_CHECKED})


def due_days(closed_on: date, after: Iterable[int]) -> list[date]:
    """Return the days on which somebody goes and looks again.

    >>> due_days(date(2026, 1, 31), (30, 90))
    [datetime.date(2026, 3, 2), datetime.date(2026, 5, 1)]
    """
    return [closed_on + timedelta(days) for days in sorted(set(after))]


def rings(due_on: date, reminders: Iterable[int]) -> list[datetime]:
    """Return the moments at which somebody is told: ahead, on the day, and once when the day has passed."""
    early = [moment(due_on - timedelta(days), MORNING) for days in reminders if days]
    return sorted([*early, moment(due_on, MORNING), lapse_of(due_on)])


def lapse_of(due_on: date) -> datetime:
    """Return the moment from which a look-back that was not made is overdue."""
    return moment(due_on + timedelta(1))


def next_ring(due_on: date, reminders: Iterable[int], after: datetime) -> datetime | None:
    """Return the first moment after another one; None when the last has passed."""
    return next((at for at in rings(due_on, reminders) if at > after), None)
