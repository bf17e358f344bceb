"""Which recorded value of a fact counts on a day, and until when it is fresh. Stale is unknown, never «fine»."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any


class FactSource(StrEnum):
    """Where a value comes from."""

    PERSON = "person"  # somebody entered it
    LOOK = "look"  # somebody looked on site
    DERIVED = "derived"  # a room of the program knows it
    MONITORING = "monitoring"  # a sensor or system told it
    IMPORT = "import"  # it came with a file


# Proposals of ours, not law: an installation may set its own (ZHIBEN_FACT_DAYS_*).
FRESH_DAYS: Mapping[FactSource, int] = {
    FactSource.PERSON: 365,
    FactSource.LOOK: 90,
    FactSource.DERIVED: 7,
    FactSource.MONITORING: 1,
    FactSource.IMPORT: 365,
}


@dataclass(frozen=True, slots=True)
class Known:
    """One value of a fact: when it held, who says so, and the first day it no longer counts."""

    id: int
    name: str
    value: Any  # truth value, number as text or whole number, text, list of these
    day: date
    source: FactSource
    source_text: str
    fresh_until: date
    recorded_at: datetime

    def is_fresh(self, day: date) -> bool:
        """Tell whether the value counts on `day`."""
        return self.day <= day < self.fresh_until


def fresh_until(day: date, source: FactSource, days: int | None = None) -> date:
    """Return the first day a value no longer counts.

    >>> fresh_until(date(2026, 1, 1), FactSource.LOOK)
    datetime.date(2026, 4, 1)
    """
    return day + timedelta(days=FRESH_DAYS[source] if days is None else days)


def latest(values: Iterable[Known], day: date) -> dict[str, Known]:
    """Return for each fact the value of the latest day not after `day`; of one day, the one recorded last."""
    best: dict[str, Known] = {}
    for known in values:
        held = best.get(known.name)
        if known.day <= day and (held is None or (known.day, known.recorded_at, known.id) > _age(held)):
            best[known.name] = known
    return best


def _age(known: Known) -> tuple[date, datetime, int]:
    return known.day, known.recorded_at, known.id
