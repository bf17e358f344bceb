"""Intervals of days. Everywhere half-open: since ≤ day < until."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def local_day(moment: datetime) -> date:
    """Return which day it is in China at an aware moment.

    >>> from datetime import UTC
    >>> local_day(datetime(2026, 11, 21, 16, tzinfo=UTC))
    datetime.date(2026, 11, 22)
    """
    return moment.astimezone(CHINA).date()


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` (None: always) up to but without `until` (None: open)."""

    since: date | None = None
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def overlaps(self, other: "Period") -> bool:
        """Tell whether some day lies in both."""
        starts_before = other.until is None or self.since is None or self.since < other.until
        return starts_before and (self.until is None or other.since is None or other.since < self.until)
