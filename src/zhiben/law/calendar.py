"""Which days are worked: the yearly notices of the State Council. A later year is provisional until loaded, never guessed.

A year before the first loaded one is refused. In a later year only weekends are known to be off, and every answer that
touched such a day says so (`provisional`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Self

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid
from zhiben.law import store
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.registry import Answer, function

__all__ = ["add_workdays", "is_offday"]

MOST_WORKDAYS = 10_000  # forty years: beyond it the request is a mistake
_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Year:
    """One year as its notice arranges it."""

    year: int
    notice: str
    holidays: Mapping[date, Bilingual]
    make_up_days: frozenset[date]

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> Self:
        """Read one calendar pack; refuse days of another year and make-up days that are worked anyway."""
        year = int(written["year"])
        holidays = {day: Bilingual.of(row["name"]) for row in written["holidays"] for day in _span(row)}
        make_up = frozenset(_read(day) for day in written["make_up_days"])
        for day in {*holidays, *make_up}:
            if day.year != year:
                raise Invalid(
                    "calendar:other-year",
                    field="holidays",
                    reason=because(f"这是 {year} 年的日历", f"belongs to {year}"),
                    value=str(day),
                )
        for day in make_up:
            if day in holidays or day.weekday() < _SATURDAY:
                raise Invalid(
                    "calendar:bad-make-up-day",
                    field="make_up_days",
                    reason=because("不是周末", "not a weekend"),
                    value=str(day),
                )
        return cls(year, written["source"]["number"], holidays, make_up)


@dataclass(frozen=True, slots=True)
class DayOff:
    """Whether a day is off, and whether that is only known from the week."""

    off: bool
    provisional: bool = False
    holiday: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day found by counting; provisional when the count crossed a year whose notice is not loaded."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Count:
    """A number of working days; provisional as above."""

    days: int
    provisional: bool


class Calendar:
    """The loaded years, without gaps."""

    def __init__(self, years: Iterable[Year]) -> None:
        self.years = {year.year: year for year in years}
        self.first, self.last = min(self.years), max(self.years)
        missing = set(range(self.first, self.last + 1)) - set(self.years)
        if missing:
            raise Invalid(
                "calendar:gap",
                field="year",
                reason=because("年份须连续", "years must follow each other"),
                value=sorted(missing),
            )

    def with_year(self, year: Year) -> "Calendar":
        """Return a calendar that also knows `year` (a newly published notice, or a correction)."""
        return Calendar({**self.years, year.year: year}.values())

    def look_up(self, day: date) -> DayOff:
        """Tell whether a day is off."""
        if day.year < self.first:
            raise Invalid(
                "calendar:unknown-year",
                field="date",
                reason=because(f"{self.first} 年以前没有日历", f"no calendar before {self.first}"),
                value=day.isoformat(),
                example="2026-02-14",
            )
        weekend = day.weekday() >= _SATURDAY
        year = self.years.get(day.year)
        if year is None:
            return DayOff(weekend, provisional=True)
        holiday = year.holidays.get(day)
        return DayOff(holiday is not None or (weekend and day not in year.make_up_days), holiday=holiday)

    def is_offday(self, day: date) -> bool:
        """Tell whether a day is off, provisional or not."""
        return self.look_up(day).off

    def add_workdays(self, start: date, days: int) -> CountedDay:
        """Return the day `days` working days after `start`, which does not count itself (before it: negative)."""
        if abs(days) > MOST_WORKDAYS:
            raise Invalid(
                "calendar:too-many-days",
                field="n",
                reason=because(f"最多 {MOST_WORKDAYS} 天", f"at most {MOST_WORKDAYS} days"),
                example=20,
            )
        step = _DAY if days >= 0 else -_DAY
        day, left = start, abs(days)
        provisional = self.look_up(start).provisional
        while left:
            day += step
            found = self.look_up(day)
            provisional = provisional or found.provisional
            left -= not found.off
        return CountedDay(day, provisional)

    def workday_from(self, day: date) -> CountedDay:
        """Return `day` if it is worked, else the next working day."""
        return self._nearest(day, _DAY)

    def workday_until(self, day: date) -> CountedDay:
        """Return `day` if it is worked, else the last working day before it."""
        return self._nearest(day, -_DAY)

    def next_workday(self, day: date) -> CountedDay:
        """Return the first working day after `day`."""
        return self.add_workdays(day, 1)

    def previous_workday(self, day: date) -> CountedDay:
        """Return the last working day before `day`."""
        return self.add_workdays(day, -1)

    def workdays_between(self, since: date, until: date) -> Count:
        """Count the working days in since < day ≤ until: what `add_workdays` counts forward."""
        if until < since:
            raise Invalid(
                "calendar:turned-round",
                field="until",
                reason=because("早于开始日", "before since"),
                example="2026-03-16",
            )
        if (until - since).days > 2 * MOST_WORKDAYS:
            raise Invalid(
                "calendar:too-many-days",
                field="until",
                reason=because(f"最多 {2 * MOST_WORKDAYS} 天", f"at most {2 * MOST_WORKDAYS} days"),
            )
        looked = [self.look_up(since + timedelta(days=at)) for at in range(1, (until - since).days + 1)]
        return Count(sum(not found.off for found in looked), any(found.provisional for found in looked))

    def _nearest(self, day: date, step: timedelta) -> CountedDay:
        found = self.look_up(day)
        provisional = found.provisional
        while found.off:
            day += step
            found = self.look_up(day)
            provisional = provisional or found.provisional
        return CountedDay(day, provisional)


@cache
def official() -> Calendar:
    """Return the calendar of the shipped notices."""
    return Calendar(Year.of(written) for written in store.documents("calendar").values())


@function(section="O")
def is_offday(date: date) -> Answer:
    """Tell whether a day is off; `provisional` where its year's notice is not loaded."""
    found = official().look_up(date)
    _calendar(date)
    step(f"{date} 休息", f"{date} is off", found.off)
    return {"off": found.off} | ({"provisional": True} if found.provisional else {})


@function(section="F")
def add_workdays(start: date, n: int) -> Answer:
    """Return the day n working days after start; `provisional` as above."""
    found = official().add_workdays(start, n)
    _calendar(found.day)
    step(
        f"{start} 之后第 {n} 个工作日（起算日不计）", f"working day {n} after {start}, which does not count", found.day
    )
    return {"end": found.day} | ({"provisional": True} if found.provisional else {})


def _calendar(day: date) -> None:
    parameter("cn/calendar/days-off").latest()
    year = official().years.get(day.year)
    zh = f"{day.year} 年的放假通知" if year else f"{day.year} 年的放假通知未载入，按周末计（暂定）"
    en = f"notice for {day.year}" if year else f"no notice for {day.year} yet: weekends only (provisional)"
    step(zh, en, year is not None, of=year.notice if year else None)


def _span(row: Mapping[str, Any]) -> list[date]:
    first, last = _read(row["first"]), _read(row["last"])
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]


def _read(day: str | date) -> date:
    return day if isinstance(day, date) else date.fromisoformat(day)
