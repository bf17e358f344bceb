"""The stretches of days that bulletins and forms are made for: weeks (Monday to Sunday), months, quarters, years."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid

FIRST_YEAR, LAST_YEAR = 1990, 2199
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEAR = re.compile(r"\d{4}")
_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class CycleKind(StrEnum):
    """How long a cycle is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Cycle:
    """One of them: since ≤ day < until."""

    kind: CycleKind
    since: date
    until: date

    @property
    def last(self) -> date:
        """The last day in it."""
        return self.until - timedelta(days=1)

    @property
    def before(self) -> "Cycle":
        """The one before it."""
        return cycle_at(self.kind, self.since - timedelta(days=1))

    @property
    def after(self) -> "Cycle":
        """The one after it."""
        return cycle_at(self.kind, self.until)

    def is_over(self, today: date) -> bool:
        """Tell whether its last day has passed."""
        return self.until <= today

    @property
    def name(self) -> str:
        """How it stands in addresses.

        >>> cycle_at(CycleKind.WEEK, date(2026, 3, 1)).name, cycle_at(CycleKind.QUARTER, date(2026, 3, 1)).name
        ('2026-W09', '2026-Q1')
        """
        if self.kind is CycleKind.WEEK:
            year, week, _weekday = self.since.isocalendar()
            return f"{year}-W{week:02}"
        if self.kind is CycleKind.MONTH:
            return self.since.isoformat()[:7]
        return f"{self.since.year}-Q{self.quarter}" if self.kind is CycleKind.QUARTER else str(self.since.year)

    @property
    def quarter(self) -> int:
        """The quarter in which it begins."""
        return (self.since.month + 2) // 3

    @property
    def words(self) -> Bilingual:
        """How people say it.

        >>> cycle_at(CycleKind.WEEK, date(2026, 3, 1)).words.en
        'week 9 of 2026 (23 February to 1 March)'
        """
        year, month = self.since.year, self.since.month
        if self.kind is CycleKind.WEEK:
            return self._week()
        if self.kind is CycleKind.MONTH:
            return Bilingual(f"{year}年{month}月", f"{_ENGLISH[month - 1]} {year}")
        if self.kind is CycleKind.QUARTER:
            return Bilingual(f"{year}年第{self.quarter}季度", f"quarter {self.quarter} of {year}")
        return Bilingual(f"{year}年", str(year))

    def _week(self) -> Bilingual:
        year, week, _weekday = self.since.isocalendar()
        begins, ends = self.since, self.last
        return Bilingual(
            f"{year}年第{week}周（{begins.month}月{begins.day}日至{ends.month}月{ends.day}日）",
            f"week {week} of {year} ({_day(begins)} to {_day(ends)})",
        )


def _day(day: date) -> str:
    return f"{day.day} {_ENGLISH[day.month - 1]}"


def cycle_at(kind: CycleKind, day: date) -> Cycle:
    """Return the cycle of a kind that a day lies in.

    >>> cycle_at(CycleKind.QUARTER, date(2026, 2, 28)).until
    datetime.date(2026, 4, 1)
    """
    if kind is CycleKind.WEEK:
        since = day - timedelta(days=day.weekday())
        return Cycle(kind, since, since + timedelta(days=7))
    months = MONTHS_OF[kind]
    first = (day.year * 12 + day.month - 1) // months * months
    return Cycle(kind, _first_of(first), _first_of(first + months))


def last_over(kind: CycleKind, today: date) -> Cycle:
    """Return the newest cycle of a kind that is over: what is asked for where nothing is said."""
    return cycle_at(kind, today).before


def cycle_named(text: str) -> Cycle:
    """Read a cycle as it stands in addresses: `2026-W09`, `2026-02`, `2026-Q1`, `2026`."""
    try:
        found = _read(text)
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.since.year <= LAST_YEAR:
        raise Invalid("period:unreadable", field="period", value=text[:40], example="2026-W09, 2026-02, 2026-Q1, 2026")
    return found


def _read(text: str) -> Cycle | None:
    if not text.isascii():
        return None
    if found := _WEEK.fullmatch(text):
        return cycle_at(CycleKind.WEEK, date.fromisocalendar(int(found[1]), int(found[2]), 1))
    if found := _MONTH.fullmatch(text):
        return cycle_at(CycleKind.MONTH, date(int(found[1]), int(found[2]), 1))
    if found := _QUARTER.fullmatch(text):
        return cycle_at(CycleKind.QUARTER, date(int(found[1]), int(found[2]) * 3, 1))
    return cycle_at(CycleKind.YEAR, date(int(text), 1, 1)) if _YEAR.fullmatch(text) else None


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
