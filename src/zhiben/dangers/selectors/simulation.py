"""The ladder simulated on past records: what it would have sent, when and to whom. Nothing is written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import orjson
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast

from zhiben.dangers.domain.kinds import Level
from zhiben.dangers.domain.ladder import Rung, Track, climb
from zhiben.dangers.domain.standing_rules import RulesKind
from zhiben.dangers.models import Danger, OverdueSpan, RegionalRules
from zhiben.dangers.selectors.regional import ladder_of, own_below
from zhiben.dangers.selectors.spans import days_of, holds_of
from zhiben.kernel.ids import path_end
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Unit

YEAR = timedelta(days=365)
BELOW = {  # by which column the units below a region are told apart
    UnitKind.NATION: "danger__province_id",
    UnitKind.PROVINCE: "danger__city_id",
    UnitKind.CITY: "danger__county_id",
    UnitKind.COUNTY: "danger__township_id",
}
Cell = tuple[int | None, Rung, str]  # unit below the region, rung, month


@dataclass(frozen=True, slots=True)
class Sent:
    """One rung that would have been sent."""

    day: date
    rung: Rung
    danger: int
    unit: int | None


@dataclass
class Counts:
    """How many would have been sent, by unit below the region, rung and month; and about how many dangers."""

    cells: Counter[Cell] = field(default_factory=Counter)
    dangers: int = 0
    looked_at: int = 0  # stretches past a limit

    def by_rung(self) -> dict[Rung, int]:
        """Return the totals of the rungs, mildest first."""
        found = Counter[Rung]()
        for (_, rung, _), n in self.cells.items():
            found[rung] += n
        return {rung: found[rung] for rung in Rung}

    def as_json(self) -> dict[str, Any]:
        """Return the totals as the journal keeps them."""
        return {str(rung): n for rung, n in self.by_rung().items()} | {"dangers": self.dangers}


@dataclass(frozen=True, slots=True)
class Simulation:
    """The counts, and every rung in the order of days."""

    counts: Counts
    rows: Sequence[Sent]


def year_before(day: date) -> tuple[date, date]:
    """Return the year that ends with a day, that day included."""
    return day - YEAR + timedelta(1), day + timedelta(1)


def simulate(rules: RegionalRules, since: date, until: date, *, today: date, within: Unit | None = None) -> Simulation:
    """Climb the ladder of `rules` for every stretch past a limit in since ≤ day < until, as if it had begun on `since`.

    Each rung counts as issued on the day it is due. `within` narrows to one unit below the region. Where a lower
    region has rules of its own, these do not reach.
    """
    ladder, counts = ladder_of(rules), Counts()
    rows: list[Sent] = []
    for danger, unit, track in _tracks(rules, since, until, today, within or rules.unit):
        counts.looked_at += 1
        before = len(rows)
        for due in climb(track, ladder, since, until):
            rows.append(Sent(due.day, due.rung, danger, unit))
            counts.cells[unit, due.rung, due.day.isoformat()[:7]] += 1
        counts.dangers += len(rows) > before
    return Simulation(counts, sorted(rows, key=lambda row: (row.day, row.danger)))


def _tracks(
    rules: RegionalRules, since: date, until: date, today: date, within: Unit
) -> Iterator[tuple[int, int | None, Track]]:
    """Read the stretches in one pass; most have neither holds nor progress, so those are not even parsed."""
    spans = OverdueSpan.objects.filter(
        Q(until__isnull=True) | Q(until__gt=since),
        since__lt=until,
        danger__path__gte=within.path,
        danger__path__lt=path_end(within.path),
    )
    for path in own_below(RulesKind.LADDER, rules.unit, today):
        spans = spans.exclude(danger__path__gte=path, danger__path__lt=path_end(path))
    column = BELOW.get(UnitKind(rules.unit.kind), "danger__unit_id")
    texts = {"holds_text": Cast("holds", TextField()), "progress_text": Cast("progress", TextField())}
    told = ("danger_id", "below", "since", "until", "danger__level", *texts)
    levels = {str(level): level for level in Level}
    for danger, unit, first, last, level, holds, progress in (
        spans.annotate(below=F(column), **texts).values_list(*told).iterator(chunk_size=5000)
    ):
        yield (
            danger,
            unit,
            Track(
                first,
                last,
                levels[level],
                holds_of(orjson.loads(holds)) if holds != "[]" else (),
                days_of(orjson.loads(progress)) if progress != "[]" else (),
            ),
        )


@dataclass(frozen=True, slots=True)
class SentRow:
    """A rung that would have been sent, with what a list shows of it."""

    sent: Sent
    danger: Danger


def shown(rows: Sequence[Sent]) -> list[SentRow]:
    """Return rows of a page with their dangers."""
    ids = {row.danger for row in rows}
    dangers = Danger.unscoped.select_related("enterprise", "party", "unit").in_bulk(ids)
    return [SentRow(row, dangers[row.danger]) for row in rows if row.danger in dangers]
