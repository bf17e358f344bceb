"""Months as whole numbers, and what a change on one day does to the rows of its month and the later ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

DAYS = 31
ORIGIN_YEAR = 1970


def month_of(day: date) -> int:
    """Return the number of a day's month, counted from January 1970.

    >>> month_of(date(1970, 1, 31)), month_of(date(2024, 2, 1))
    (0, 649)
    """
    return (day.year - ORIGIN_YEAR) * 12 + day.month - 1


def first_of(month: int) -> date:
    """Return the first day of a numbered month."""
    return date(ORIGIN_YEAR + month // 12, month % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Change:
    """`n` more of `what` for a unit's cell, from `day` on. `recorded` is the day the entry was written."""

    what: int
    unit: int
    cell: int
    day: date
    n: int
    recorded: date

    @property
    def is_late(self) -> bool:
        """Tell whether the entry changes a month that was over when it was written."""
        return month_of(self.recorded) > month_of(self.day)


MonthKey = tuple[int, int, int, int]  # what, month, unit, cell


def month_rows(changes: Iterable[Change], newest: int) -> dict[MonthKey, list[int]]:
    """Return what to add to each month row: the opening, then days 1 to 31.

    A change of the 17th adds to days 17 to 31 of its month and to the opening of every later month up to `newest`.
    """
    rows: dict[MonthKey, list[int]] = {}
    for change in changes:
        month = month_of(change.day)
        own = rows.setdefault((change.what, month, change.unit, change.cell), [0] * (DAYS + 1))
        for day in range(change.day.day, DAYS + 1):
            own[day] += change.n
        for later in range(month + 1, newest + 1):
            rows.setdefault((change.what, later, change.unit, change.cell), [0] * (DAYS + 1))[0] += change.n
    return rows
