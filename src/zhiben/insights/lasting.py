"""How long the dangers of a part last, and how old the open ones are: read from their rows, grouped in the database."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, F, Func, IntegerField, Min
from django.db.models.sql.compiler import SQLCompiler

from zhiben.dangers.public import OPEN, Level, State
from zhiben.insights.domain.survival import Curve, kaplan_meier
from zhiben.insights.rows import dangers_of
from zhiben.insights.selectors import Part

MONTHS = 12  # shown one by one; older ones by the year
YEARS = 3
OPEN_STATES = sorted(map(str, OPEN))
LEVELS = (Level.GENERAL, Level.MAJOR, Level.UNSET)


class DaysBetween(Func):
    """Whole days from the second day to the first."""

    arity = 2
    output_field = IntegerField()

    template = "(%(expressions)s)"
    arg_joiner = " - "

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Any:
        """Subtract days that are kept as text."""
        template = "cast(julianday(%(expressions)s) as integer)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - julianday(", **extra)


def curves_of(part: Part, since: date, until: date, today: date) -> dict[Level | None, Curve]:
    """Return the curves of the dangers found between two days, both included: of all together, then by level."""
    found = dangers_of(part, today).filter(found_on__gte=since, found_on__lte=until)
    lasted: dict[str, Counter[int]] = {}
    signed_off = found.filter(state=State.SIGNED_OFF).annotate(days=DaysBetween(F("closed_on"), F("found_on")))
    for level, days, n in signed_off.values_list("level", "days").annotate(n=Count("pk")).order_by():
        lasted.setdefault(level, Counter())[max(days, 0)] += n
    seen: dict[str, Counter[int]] = {}
    still_open = found.filter(state__in=OPEN_STATES)
    for level, day, n in still_open.values_list("level", "found_on").annotate(n=Count("pk")).order_by():
        seen.setdefault(level, Counter())[max((today - day).days, 0)] += n
    whole = kaplan_meier(sum(lasted.values(), Counter()), sum(seen.values(), Counter()))
    by_level = {
        level: kaplan_meier(lasted.get(level, Counter()), seen.get(level, Counter())) for level in LEVELS
    }  # fmt: skip
    return {None: whole, **{level: curve for level, curve in by_level.items() if curve.whole}}


@dataclass(frozen=True, slots=True)
class Age:
    """The open dangers found in one stretch of days, by level; `is_restated`: a later entry changed the month."""

    name: str
    since: date | None
    until: date
    counts: Mapping[Level, int]
    is_restated: bool = False

    @property
    def whole(self) -> int:
        """Return how many of any level."""
        return sum(self.counts.values())


def ages_of(part: Part, today: date, restated: set[str]) -> list[Age]:
    """Return how old the open dangers are: the last months one by one, then years, the youngest first."""
    rows = dangers_of(part, today).filter(state__in=OPEN_STATES, found_on__lte=today)
    counted = list(rows.values_list("level", "found_on").annotate(n=Count("pk")).order_by())
    stretches = _stretches(today)
    found: list[Counter[Level]] = [Counter() for _ in stretches]
    for level, day, n in counted:
        at = next(number for number, (_, since, _until) in enumerate(stretches) if since is None or day >= since)
        found[at][Level(level)] += n
    return [
        Age(name, since, until, dict(counts), _is_restated(since, until, restated))
        for (name, since, until), counts in zip(stretches, found, strict=True)
    ]


def oldest_open(part: Part, today: date) -> date | None:
    """Return the day on which the oldest open danger was found."""
    rows = dangers_of(part, today).filter(state__in=OPEN_STATES)
    oldest: date | None = rows.aggregate(first=Min("found_on"))["first"]
    return oldest


def _stretches(today: date) -> list[tuple[str, date | None, date]]:
    """Return stretches of days with their names, the youngest first; the last has no beginning."""
    first, until = today.replace(day=1), today
    found: list[tuple[str, date | None, date]] = []
    for _ in range(MONTHS):
        found.append((first.isoformat()[:7], first, until))
        until = first - timedelta(days=1)
        first = until.replace(day=1)
    for _ in range(YEARS):
        begins = date(until.year, 1, 1)
        found.append((str(until.year), begins, until))
        until = begins - timedelta(days=1)
    found.append((f"≤ {until.year}", None, until))
    return found


def _is_restated(since: date | None, until: date, restated: set[str]) -> bool:
    first = since.isoformat()[:7] if since else ""
    return any(first <= month <= until.isoformat()[:7] for month in restated)
