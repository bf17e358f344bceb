"""The clearing ledger of any part of the tree between two days, cut as asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from zhiben.insights.domain.measures import ClearingRow, Cut, What
from zhiben.insights.domain.months import first_of, month_of
from zhiben.insights.figures import Subjects, Totals, dimension_of, level_of, totals
from zhiben.insights.models import Dimension
from zhiben.insights.tallies import WHOLE_TREE
from zhiben.kernel.errors import Invalid
from zhiben.kernel.ids import path_end
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


def clearing(
    unit: Unit | None, since: date, until: date, *, by: By | None = None, only: Only | None = None
) -> list[Row]:
    """Return the rows between two days, both included; `unit` None is the whole tree."""
    if since > until:
        raise Invalid("period:ends-before-it-begins", since=since.isoformat(), until=until.isoformat())
    only = only or Only()
    if by is not None and by in CUT_OF and only.by not in {None, by}:
        raise Invalid("ledger:two-dimensions", by=by.value, only=str(only.by))
    reading = Reading(since, until, _cut(by, only), _kept(only))
    if by is By.UNIT:
        return list(_by_unit(unit, reading))
    if by is By.MONTH:
        return list(_by_month(unit, reading))
    if by is None:
        return [({}, _folded(subjects_of(unit), reading))]
    return list(_by_cell(unit, reading, by))


def subjects_of(unit: Unit | None) -> Subjects:
    """Return under which numbers a unit is counted: itself, or below township every unit in its subtree."""
    if unit is None or unit.kind == UnitKind.NATION:
        return Subjects(high=(WHOLE_TREE,))
    if unit.kind in ABOVE_COUNTY:
        return Subjects(high=(unit.pk,))
    if unit.kind in BY_DAY:
        return Subjects(low=(unit.pk,))
    below = Unit.objects.filter(path__gte=unit.path, path__lt=path_end(unit.path)).values_list("pk", flat=True)
    return Subjects(low=tuple(below))


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


def _by_cell(unit: Unit | None, reading: Reading, by: By) -> Iterator[Row]:
    subjects, names = subjects_of(unit), slugs(by)
    before = totals(subjects, reading.since - timedelta(days=1), cut=reading.cut)
    after = totals(subjects, reading.until, cut=reading.cut)
    number = level_of if by is By.LEVEL else dimension_of
    for wanted in sorted({number(cell) for _, _, cell in {**before, **after} if reading.keep(cell)}):
        row = row_of(before, after, keep=lambda _, cell, n=wanted: number(cell) == n and reading.keep(cell))  # type: ignore[misc]
        if row != ClearingRow():
            yield {by.value: names.get(wanted, "")}, row


def _by_unit(unit: Unit | None, reading: Reading) -> Iterator[Row]:
    children = list(Unit.objects.filter(parent=unit) if unit else Unit.objects.filter(parent__parent=None, depth=2))
    owner = {number: child.pk for child in children for number in _numbers(child)}
    subjects = Subjects(
        high=tuple(c.pk for c in children if c.kind in ABOVE_COUNTY),
        low=tuple(number for number, child in owner.items() if _is_low(child, children)),
    )
    before = totals(subjects, reading.since - timedelta(days=1), cut=reading.cut)
    after = totals(subjects, reading.until, cut=reading.cut)
    for child in sorted(children, key=lambda c: c.path):
        row = row_of(before, after, keep=lambda u, cell, c=child: owner.get(u) == c.pk and reading.keep(cell))  # type: ignore[misc]
        if row != ClearingRow():
            yield {"unit": child.path, "name": child.name, "code": child.division_code}, row


def _numbers(unit: Unit) -> Iterable[int]:
    subjects = subjects_of(unit)
    return (*subjects.high, *subjects.low)


def _is_low(pk: int, children: Iterable[Unit]) -> bool:
    return any(child.pk == pk and child.kind not in ABOVE_COUNTY for child in children)


def _by_month(unit: Unit | None, reading: Reading) -> Iterator[Row]:
    subjects = subjects_of(unit)
    for month in range(month_of(reading.since), month_of(reading.until) + 1):
        begins, ends = first_of(month), first_of(month + 1) - timedelta(days=1)
        piece = Reading(max(begins, reading.since), min(ends, reading.until), reading.cut, reading.keep)
        yield {"month": begins.isoformat()[:7]}, _folded(subjects, piece)
