"""Months and years added to a day; a day that the month does not have becomes its last one."""

from calendar import monthrange
from datetime import date, datetime

from zhiben.kernel.periods import CHINA
from zhiben.law.because import because
from zhiben.law.refusing import impossible

_LAST_YEAR = 9999


def months_after(day: date, months: int) -> date:
    """Return the same day `months` months later (or earlier).

    >>> months_after(date(2028, 3, 31), -1).isoformat()
    '2028-02-29'
    """
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    if not 1 <= year <= _LAST_YEAR:
        raise impossible("day", day, because("日期太远", "the day lies too far off"), "2025-06-20")
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def years_after(day: date, years: int) -> date:
    """Return the same day `years` years later.

    >>> years_after(date(2024, 2, 29), 6).isoformat()
    '2030-02-28'
    """
    return months_after(day, 12 * years)


def in_china(moment: datetime) -> datetime:
    """Return a moment by the clock in China; one without a zone is taken to be by that clock already."""
    return moment.astimezone(CHINA) if moment.tzinfo else moment


def to_the_minute(moment: datetime) -> str:
    """Return a moment as ISO text, without seconds where it has none."""
    return moment.isoformat(timespec="auto" if moment.second or moment.microsecond else "minutes")
