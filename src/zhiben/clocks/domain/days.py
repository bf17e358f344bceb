"""Which day a limit ends on: counted by the statutory calendar, with its make-up days."""

from datetime import date, timedelta

from zhiben.law.calendar import Calendar, CountedDay, official
from zhiben.law.procedures import Unit


def deadline_day(start: date, amount: int, unit: Unit, *, calendar: Calendar | None = None) -> CountedDay:
    """Return the last day that is still in time, `amount` days after `start` (before it: negative).

    Provisional where working days reach into a year whose notice is not loaded yet. Hours are moments, not days:
    refused.

    >>> deadline_day(date(2026, 2, 13), 1, Unit.WORKING_DAY).day.isoformat()  # a Saturday worked before the festival
    '2026-02-14'
    """
    if unit is Unit.WORKING_DAY:
        return (calendar or official()).add_workdays(start, amount)
    if unit is Unit.DAY:
        return CountedDay(start + timedelta(days=amount), provisional=False)
    raise ValueError("a limit in hours has a moment, not a day")
