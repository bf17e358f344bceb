"""What a ledger's row becomes in the loop: its state, its limit, its day of closing. Pure: places are found elsewhere."""

from datetime import date, timedelta

from zhiben.exchange.domain.cells import Problem
from zhiben.exchange.domain.fields import Field
from zhiben.exchange.domain.rows import LedgerRow
from zhiben.exchange.domain.staging import Told
from zhiben.exchange.domain.text import NUMBERING
from zhiben.law.calendar import MOST_WORKDAYS, official

OPEN, CONFIRMED, UNDER_WAY, WAITING, CLOSED = (
    "registered", "confirmed", "rectifying", "awaiting_acceptance", "signed_off",
)  # fmt: skip
ASSUMED = frozenset({"found-on:assumed", "found-on:from-recorded"})
PLACE, NAME, LOCAL, REF = 300, 100, 40, 100  # longest texts
SATURDAY = 5


def told_of(row: LedgerRow, *, unit: int, party: int | None, channel: str, found_column: str) -> Told:
    """Return what is written of an accepted row; `found_column` is the letter under which its day of finding stands."""
    found_on = row.found_on
    if found_on is None:
        raise TypeError("an accepted row has a day of finding")
    state = _state(row)
    came_by = row.channel or channel
    due_on = _due_on(row, found_on)
    return Told(
        unit=unit,
        description=without_number(row.description),
        found_on=found_on,
        channel=came_by,
        state=state,
        level=row.level or "unset",
        place=row.text(Field.PLACE)[:PLACE],
        party=party,
        local_level=row.local_level[:LOCAL],
        finder=row.text(Field.FINDER)[:NAME],
        ref=row.text(Field.RECORD_NUMBER)[:REF],
        owner=(row.text(Field.RESPONSIBLE_PERSON) or row.text(Field.RESPONSIBLE_ORGANISATION))[:NAME],
        due_on=due_on,
        due_set_by="order" if came_by == "inspection" else "self",
        closed_on=_closed_on(row, found_on) if state == CLOSED else None,
        day_assumed=any(_is_assumed(one, found_column) for one in row.warnings),
    )


def without_number(description: str) -> str:
    """Return a description without the number of its line: "1、灭火器过期" says what "灭火器过期" says.

    >>> without_number("1、灭火器过期"), without_number("3.5吨叉车超载")
    ('灭火器过期', '3.5吨叉车超载')
    """
    return NUMBERING.sub("", description.strip()) or description.strip()


def _state(row: LedgerRow) -> str:
    """Read the state: under way needs a level, confirmed by whoever keeps the ledger, and somebody or a limit."""
    if row.status == "closed":
        return CLOSED
    if row.status == "awaiting":
        return WAITING
    if row.level is None:
        return OPEN
    is_assigned = row.deadline or row.limit or row.text(Field.RESPONSIBLE_PERSON)
    return UNDER_WAY if is_assigned else CONFIRMED


def _due_on(row: LedgerRow, found_on: date) -> date | None:
    """Return the limit; one written before the finding is no limit, and the row says so in a warning."""
    try:
        due_on = row.deadline or (row.limit.after(found_on, working_day) if row.limit else None)
    except (OverflowError, ValueError):  # "99999个月内"
        return None
    return due_on if due_on and due_on >= found_on else None


def working_day(start: date, days: int) -> date:
    """Return the day `days` working days later; before the first loaded calendar only weekends are known to be off."""
    calendar = official()
    if days > MOST_WORKDAYS:
        raise OverflowError(days)
    if start.year >= calendar.first:
        return calendar.add_workdays(start, days).day
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day


def _closed_on(row: LedgerRow, found_on: date) -> date | None:
    """Return the day of closing, never before the finding; None: the day of import."""
    day = row.signed_off_on or row.accepted_on or row.rectified_on
    return max(day, found_on) if day else None


def _is_assumed(one: Problem, found_column: str) -> bool:
    return one.code in ASSUMED or (one.code == "date:assumed-day" and one.column == found_column)
