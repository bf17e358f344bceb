"""The days on which control is commonly tightened: a setting, and the public holidays."""

from dataclasses import dataclass
from datetime import date

from zhiben.kernel.bilingual import Bilingual
from zhiben.law import store
from zhiben.law.calendar import official


@dataclass(frozen=True, slots=True)
class HeightenedPeriod:
    """Days of every year, from the first through the last; it may run over New Year."""

    slug: str
    title: Bilingual
    first: str  # MM-DD
    last: str

    def __contains__(self, day: date) -> bool:
        at = f"{day:%m-%d}"
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


def yearly_periods() -> tuple[HeightenedPeriod, ...]:
    """Return the shipped periods; an office may keep its own."""
    rows = store.documents("")["heightened_periods"]["yearly"]
    return tuple(HeightenedPeriod(row["slug"], Bilingual.of(row["title"]), row["first"], row["last"]) for row in rows)


def heightened_on(day: date, periods: tuple[HeightenedPeriod, ...] | None = None) -> list[Bilingual]:
    """Name what makes a day one of tightened control: periods and a public holiday where its notice is loaded."""
    named = [period.title for period in (yearly_periods() if periods is None else periods) if day in period]
    calendar = official()
    holiday = calendar.look_up(day).holiday if day.year >= calendar.first else None
    return named + ([holiday] if holiday else [])
