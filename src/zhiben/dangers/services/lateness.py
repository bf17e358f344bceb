"""A danger past its limit: from which day on, and what the journal says of it."""

from datetime import date, timedelta

from zhiben.dangers.domain.cell import Cell
from zhiben.dangers.events import DangerOverdue
from zhiben.dangers.models import Danger


def first_late_day(due_on: date, found_on: date) -> date:
    """Return the day after the limit, or the day it was found where that is later.

    >>> first_late_day(date(2026, 3, 2), date(2026, 2, 1))
    datetime.date(2026, 3, 3)
    """
    return max(due_on + timedelta(1), found_on)


def overdue_event(danger: Danger, due_on: date | None = None, set_by: str = "") -> DangerOverdue:
    """Return what the journal says of a danger that is late now; the limit is its own unless told."""
    day = due_on or danger.due_on or danger.found_on
    cell, found_on = Cell.of(danger).write(), danger.found_on.isoformat()
    return DangerOverdue(danger.pk, cell, day.isoformat(), set_by or danger.due_set_by, found_on)
