"""The statutory form of a part of the tree for a month, quarter or year: every cell a question to the records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from zhiben.dangers.models import Danger, FivePart, Listing
from zhiben.dangers.public import Level, State
from zhiben.insights.domain.cycles import Cycle
from zhiben.insights.domain.form_cells import COUNTED, PARTS, FormCell
from zhiben.insights.ledger import numbers_of
from zhiben.insights.rows import dangers_of, subtree
from zhiben.insights.selectors import Part
from zhiben.law.listings import Authority
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Unit
from zhiben.orgs.tree import ANCESTOR_FIELDS

OWN = ""  # the row of what hangs on the unit itself
STANDING_CELLS = frozenset({FormCell.PLANNED, FormCell.FIVE_PARTS, *PARTS})
LISTED_BY = {FormCell.LISTED: None, FormCell.LISTED_PROVINCE: Authority.PROVINCE, FormCell.LISTED_CITY: Authority.CITY}
GROUPS = (  # cells counted by one question each: the widest of them, and all
    ((FormCell.GENERAL_FOUND, FormCell.MAJOR_FOUND), COUNTED[:4]),
    ((FormCell.PLANNED,), (FormCell.PLANNED, FormCell.FIVE_PARTS, *PARTS)),
    ((FormCell.LISTED,), tuple(LISTED_BY)),
    ((FormCell.FUNDS,), (FormCell.FUNDS,)),
)
Cells = dict[FormCell, int]


@dataclass(frozen=True, slots=True)
class FormRow:
    """The figures of one unit below, or of what hangs on the unit itself."""

    key: str
    name: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Form:
    """A form as the records tell it now."""

    part: Part
    cycle: Cycle
    rows: Sequence[FormRow]
    total: Cells
    without_amount: int  # of those that the funds are asked of: how many name none, so the sum is a least one
    level_open: int  # found in the period and not yet levelled: in no cell


def condition(cell: FormCell, cycle: Cycle) -> Q:
    """Return which dangers a cell counts. The one place that says so: figures, lists and locks all ask here."""
    true = ~Q(state=State.VOIDED)
    found = true & Q(found_on__gte=cycle.since, found_on__lt=cycle.until)
    done = Q(state=State.SIGNED_OFF, closed_on__lt=cycle.until)
    major = Q(level=Level.MAJOR)
    stands = true & major & Q(found_on__lt=cycle.until) & (Q(closed_on__isnull=True) | Q(closed_on__gte=cycle.until))
    planned = stands & Q(parts_filled__gt=0)
    if cell in LISTED_BY:
        return Q(Exists(_listings(LISTED_BY[cell], cycle)))
    if cell in PARTS:
        return planned & Q(Exists(_part(cell)))
    return {
        FormCell.GENERAL_FOUND: found & Q(level=Level.GENERAL),
        FormCell.GENERAL_RECTIFIED: found & Q(level=Level.GENERAL) & done,
        FormCell.MAJOR_FOUND: found & major,
        FormCell.MAJOR_CANCELLED: found & major & done,
        FormCell.PLANNED: planned,
        FormCell.FIVE_PARTS: planned & Q(is_as_planned=True),
        FormCell.FUNDS: _stood(cycle) & Q(plan__funds_fen__isnull=False),
    }[cell]


def _stood(cycle: Cycle) -> Q:
    """Major, and open at some time in the period."""
    then = Q(closed_on__isnull=True) | Q(closed_on__gte=cycle.since)
    return ~Q(state=State.VOIDED) & Q(level=Level.MAJOR, found_on__lt=cycle.until) & then


def _listings(authority: Authority | None, cycle: Cycle) -> QuerySet[Listing]:
    standing = Q(ended_on__isnull=True) | Q(ended_on__gte=cycle.until)
    rows = Listing.objects.filter(standing, danger=OuterRef("pk"), listed_on__lt=cycle.until)
    return rows.filter(authority=authority) if authority else rows


def _part(cell: FormCell) -> QuerySet[FivePart]:
    slug = cell.removeprefix("part_")
    return FivePart.objects.filter(danger=OuterRef("pk"), part=slug, is_filled=True, is_evidenced=True)


def form_of(part: Part, cycle: Cycle, today: date) -> Form:
    """Return the form as the records tell it now."""
    frame = _Frame.of(part, cycle.last)
    cells: dict[str, Cells] = {}
    for widest, group in GROUPS:
        within = reduce(or_, (condition(cell, cycle) for cell in widest))
        for key, cell, n in frame.counts(dangers_of(part, today).filter(within), group, cycle):
            row = cells.setdefault(key, dict.fromkeys(COUNTED, 0))
            row[cell] += n
    nothing = dict.fromkeys(COUNTED, 0)
    rows = [FormRow(key, name, cells.get(key, nothing)) for key, name in frame.names.items()]
    if OWN in cells:
        rows.append(FormRow(OWN, part.name, cells[OWN]))
    stood = dangers_of(part, today).filter(_stood(cycle))
    return Form(
        part=part,
        cycle=cycle,
        rows=rows,
        total=_added(rows),
        without_amount=stood.filter(plan__funds_fen__isnull=True).count(),
        level_open=unlevelled(part, cycle, today).count(),
    )


def unlevelled(part: Part, cycle: Cycle, today: date) -> QuerySet[Danger]:
    """Return what was found in the period and has no confirmed level yet."""
    rows = dangers_of(part, today).exclude(state=State.VOIDED).filter(level=Level.UNSET)
    return rows.filter(found_on__gte=cycle.since, found_on__lt=cycle.until)


def records_of(part: Part, cycle: Cycle, cell: FormCell, today: date, *, row: str | None = None) -> QuerySet[Danger]:
    """Return the records behind a cell: of the whole (None), of the unit below with this path, or of the unit itself."""
    rows = dangers_of(part, today).filter(condition(cell, cycle))
    if row is None:
        return rows
    frame = _Frame.of(part, cycle.last)
    if row == OWN:
        return rows.exclude(frame.below)
    child = next((unit for unit in frame.children if unit.path == row), None)
    return rows.filter(subtree(child)) if child else rows.none()


def gathered(part: Part, cycle: Cycle, today: date) -> dict[tuple[str, FormCell], list[int]]:
    """Return the records behind every cell of every row, each once."""
    frame = _Frame.of(part, cycle.last)
    found: dict[tuple[str, FormCell], list[int]] = {}
    for cell in COUNTED:
        rows = dangers_of(part, today).filter(condition(cell, cycle)).order_by("pk")
        for *places, pk in rows.values_list(*frame.columns, "pk").iterator():
            found.setdefault((frame.row_of(places), cell), []).append(pk)
    return found


def counted_again(form: Form, records: Mapping[tuple[str, FormCell], Sequence[int]]) -> Form:
    """Return a form whose counts are those of the records at hand: what is locked agrees with its records to the last one."""
    rows = [
        replace(
            row,
            cells={
                cell: row.cells[cell] if cell is FormCell.FUNDS else len(records.get((row.key, cell), ()))
                for cell in COUNTED
            },
        )
        for row in form.rows
    ]
    return replace(form, rows=rows, total=_added(rows))


def _added(rows: Sequence[FormRow]) -> Cells:
    return {cell: sum(row.cells[cell] for row in rows) for cell in COUNTED}


@dataclass(frozen=True, slots=True)
class _Frame:
    """The rows of a form, and by which columns of a danger its row is found."""

    children: Sequence[Unit]
    columns: tuple[str, ...]
    owner: Mapping[tuple[str, int], str]

    @classmethod
    def of(cls, part: Part, day: date) -> "_Frame":
        """Return the frame of a part as it consisted of units on a day."""
        children = sorted(part.children(day), key=lambda unit: unit.path)
        owner = dict(_owned(children, part.unit))
        return cls(children, tuple(sorted({column for column, _ in owner})) or ("unit_id",), owner)

    @property
    def names(self) -> dict[str, str]:
        """The rows by key."""
        return {unit.path: unit.name for unit in self.children}

    @property
    def below(self) -> Q:
        """What hangs on some unit below."""
        below = Q(pk__in=[])
        for column in self.columns:
            below |= Q(**{f"{column}__in": [number for held, number in self.owner if held == column]})
        return below

    def row_of(self, places: Sequence[int | None]) -> str:
        """Return the row of a danger by what its columns say."""
        held = (self.owner.get((column, place)) for column, place in zip(self.columns, places, strict=True) if place)
        return next((key for key in held if key is not None), OWN)

    def counts(
        self, rows: QuerySet[Danger], cells: Sequence[FormCell], cycle: Cycle
    ) -> Iterator[tuple[str, FormCell, int]]:
        """Count several cells at once by row of the form; of funds, add the amounts up."""
        wanted = {
            str(cell): Sum("plan__funds_fen") if cell is FormCell.FUNDS else Count("pk", filter=condition(cell, cycle))
            for cell in cells
        }
        for found in rows.order_by().values(*self.columns).annotate(**wanted):
            key = self.row_of([found[column] for column in self.columns])
            for cell in cells:
                yield key, cell, found[cell] or 0


def _owned(children: Iterable[Unit], within: Unit | None) -> Iterator[tuple[tuple[str, int], str]]:
    """Give each child under the column that names it, or under every unit of its subtree where no column does."""
    deep = []
    for child in children:
        column = ANCESTOR_FIELDS.get(UnitKind(child.kind))
        if column:
            yield (column, child.pk), child.path
        else:
            deep.append(child)
    paths = {child.pk: child.path for child in deep}
    for number, held in (numbers_of(deep, within=within) if deep else {}).items():
        for unit in held:
            yield ("unit_id", unit), paths[number]
