"""The clearing ledger of any part of the tree between two days, cut as asked."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from zhiben.insights.domain.measures import ClearingRow, Cut, What
from zhiben.insights.domain.months import first_of, month_of
from zhiben.insights.figures import Subjects, Totals, dimension_of, level_of, totals
from zhiben.insights.models import Dimension
from zhiben.insights.tallies import WHOLE_TREE
from zhiben.kernel.errors import Invalid
from zhiben.kernel.ids import ancestors, path_end
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Unit

ABOVE_COUNTY = frozenset({UnitKind.PROVINCE, UnitKind.CITY})
BY_DAY = frozenset({UnitKind.COUNTY, UnitKind.TOWNSHIP})


class By(StrEnum):
    """What the rows of the ledger stand for."""

    UNIT = "unit"
    INDUSTRY = "industry"
    LEVEL = "level"
    CHANNEL = "channel"
    MATTER = "matter"
    MONTH = "month"


CUT_OF = {By.INDUSTRY: Cut.INDUSTRY, By.CHANNEL: Cut.CHANNEL, By.MATTER: Cut.MATTER}
Row = tuple[dict[str, Any], ClearingRow]
Whose = Unit | Sequence[Unit] | None


@dataclass(frozen=True, slots=True)
class Only:
    """Counted are only these levels, and of one dimension only these slugs (none named: all)."""

    levels: frozenset[str] = frozenset()
    by: By | None = None  # industry, channel or matter
    slugs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """One question to the tallies: whose, from when, until when, in which cut, of which cells."""

    since: date
    until: date
    cut: Cut
    keep: Callable[[int], bool] = field(default=lambda _: True)


def clearing(whose: Whose, since: date, until: date, *, by: By | None = None, only: Only | None = None) -> list[Row]:
    """Return the rows between two days, both included, of a unit, of several (an enterprise's sites), or of all."""
    if since > until:
        raise Invalid("period:ends-before-it-begins", since=since.isoformat(), until=until.isoformat())
    only = only or Only()
    if by is not None and by in CUT_OF and only.by not in {None, by}:
        raise Invalid("ledger:two-dimensions", by=by.value, only=str(only.by))
    reading = Reading(since, until, _cut(by, only), _kept(only))
    if by is By.UNIT:
        return list(_by_unit(whose, reading))
    if by is By.MONTH:
        return list(_by_month(whose, reading))
    if by is None:
        return [({}, _folded(subjects_of(whose), reading))]
    return list(_by_cell(whose, reading, by))


def subjects_of(whose: Whose) -> Subjects:
    """Return under which numbers units are counted: themselves, or below township every unit in their subtree."""
    if whose is None or (isinstance(whose, Unit) and whose.kind == UnitKind.NATION):
        return Subjects(high=(WHOLE_TREE,))
    units = [whose] if isinstance(whose, Unit) else list(whose)
    numbers = numbers_of(units)
    high = tuple(unit.pk for unit in units if unit.kind in ABOVE_COUNTY)
    low = {number for unit in units if unit.kind not in ABOVE_COUNTY for number in numbers[unit.pk]}
    return Subjects(high, tuple(sorted(low)))


def numbers_of(units: Sequence[Unit], *, within: Unit | None = None) -> dict[int, frozenset[int]]:
    """Return under which numbers each unit is counted, in one query; `within` spares asking for each of many."""
    numbers = {unit.pk: {unit.pk} for unit in units}
    deep = {unit.path: unit.pk for unit in units if unit.kind not in BY_DAY | ABOVE_COUNTY}
    if deep:
        tops = [within.path] if within else sorted(deep)
        beneath = Unit.objects.filter(reduce(or_, (Q(path__gte=top, path__lt=path_end(top)) for top in tops)))
        for number, path in beneath.values_list("pk", "path"):
            if owner := next((deep[above] for above in ancestors(path) if above in deep), None):
                numbers[owner].add(number)
    return {pk: frozenset(held) for pk, held in numbers.items()}


def slugs(by: By) -> Mapping[int, str]:
    """Return what the numbers of a dimension stand for."""
    return dict(Dimension.objects.filter(kind=by.value).values_list("number", "slug"))


def _cut(by: By | None, only: Only) -> Cut:
    chosen = CUT_OF.get(by) if by else None
    return chosen or (CUT_OF[only.by] if only.by else Cut.INDUSTRY)


def _kept(only: Only) -> Callable[[int], bool]:
    levels = {n for n, slug in slugs(By.LEVEL).items() if slug in only.levels} if only.levels else None
    chosen = {n for n, slug in slugs(only.by).items() if slug in only.slugs} if only.by and only.slugs else None
    return lambda cell: (
        (levels is None or level_of(cell) in levels) and (chosen is None or dimension_of(cell) in chosen)
    )


def _folded(subjects: Subjects, reading: Reading) -> ClearingRow:
    before = totals(subjects, reading.since - timedelta(days=1), cut=reading.cut)
    after = totals(subjects, reading.until, cut=reading.cut)
    return row_of(before, after, keep=lambda _, cell: reading.keep(cell))


def row_of(before: Totals, after: Totals, *, keep: Callable[[int, int], bool]) -> ClearingRow:
    """Return one row from two days' totals, over the units and cells that `keep` accepts."""
    start, end = _sums(before, keep), _sums(after, keep)

    def came(what: What) -> int:
        return end.get(what, 0) - start.get(what, 0)

    return ClearingRow(
        open_before=start.get(What.OPEN, 0),
        found=came(What.FOUND),
        reopened=came(What.REOPENED),
        moved_in=came(What.MOVED_IN),
        moved_out=came(What.MOVED_OUT),
        signed_off=came(What.SIGNED_OFF),
        voided=came(What.VOIDED),
        open_after=end.get(What.OPEN, 0),
        overdue=end.get(What.OVERDUE, 0),
    )


def _sums(found: Totals, keep: Callable[[int, int], bool]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for (unit, what, cell), n in found.items():
        if keep(unit, cell):
            sums[what] = sums.get(what, 0) + n
    return sums


def _by_cell(whose: Whose, reading: Reading, by: By) -> Iterator[Row]:
    subjects, names = subjects_of(whose), slugs(by)
    before = totals(subjects, reading.since - timedelta(days=1), cut=reading.cut)
    after = totals(subjects, reading.until, cut=reading.cut)
    number = level_of if by is By.LEVEL else dimension_of
    for wanted in sorted({number(cell) for _, _, cell in {**before, **after} if reading.keep(cell)}):
        row = row_of(before, after, keep=lambda _, cell, n=wanted: number(cell) == n and reading.keep(cell))  # type: ignore[misc]
        if row != ClearingRow():
            yield {by.value: names.get(wanted, "")}, row


def _by_unit(whose: Whose, reading: Reading) -> Iterator[Row]:
    children = _children(whose)
    numbers = numbers_of(children, within=whose if isinstance(whose, Unit) else None)
    owner = {number: pk for pk, held in numbers.items() for number in held}
    subjects = Subjects(
        high=tuple(child.pk for child in children if child.kind in ABOVE_COUNTY),
        low=tuple(n for child in children if child.kind not in ABOVE_COUNTY for n in numbers[child.pk]),
    )
    before = _shared_out(totals(subjects, reading.since - timedelta(days=1), cut=reading.cut), owner)
    after = _shared_out(totals(subjects, reading.until, cut=reading.cut), owner)
    for child in sorted(children, key=lambda c: c.path):
        row = row_of(before[child.pk], after[child.pk], keep=lambda _, cell: reading.keep(cell))
        if row != ClearingRow():
            yield {"unit": child.path, "name": child.name, "code": child.division_code}, row


def _children(whose: Whose) -> list[Unit]:
    if whose is None:
        return list(Unit.objects.filter(parent__parent=None, depth=1))
    return list(Unit.objects.filter(parent=whose)) if isinstance(whose, Unit) else list(whose)


def _shared_out(found: Totals, owner: Mapping[int, int]) -> Mapping[int, Totals]:
    shares: dict[int, Totals] = defaultdict(dict)
    for key, n in found.items():
        shares[owner[key[0]]][key] = n
    return shares


def _by_month(whose: Whose, reading: Reading) -> Iterator[Row]:
    subjects = subjects_of(whose)
    for month in range(month_of(reading.since), month_of(reading.until) + 1):
        begins, ends = first_of(month), first_of(month + 1) - timedelta(days=1)
        piece = Reading(max(begins, reading.since), min(ends, reading.until), reading.cut, reading.keep)
        yield {"month": begins.isoformat()[:7]}, _folded(subjects, piece)
