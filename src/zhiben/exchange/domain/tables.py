"""Find the ledger in a sheet: titles above, a header of one to three lines, merged cells, notes below."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zhiben.exchange.domain.days import find_day
from zhiben.exchange.domain.fields import Field
from zhiben.exchange.domain.headings import normalised_heading, recognise
from zhiben.exchange.domain.text import compact, fold, text_of
from zhiben.exchange.domain.workbook import Cell, Merge, SheetHead, SheetRow, column_letter, is_blank

LOOK_AHEAD = 60  # rows in which a header must begin
DEEPEST = 3
OF_A_DANGER = frozenset({
    Field.DESCRIPTION, Field.NAME, Field.LEVEL, Field.DEADLINE, Field.MEASURE, Field.STATUS, Field.FOUND_ON,
    Field.PLACE, Field.RECTIFIED_ON, Field.ACCEPTOR, Field.RESULT, Field.CHANNEL, Field.DEMAND, Field.FINDER,
})  # fmt: skip
NOTES = re.compile(
    r"^(?:备注|注|说明|填表说明|填报说明|填写说明|注意事项|填表人|制表人|制表|填报人|填表|填报单位|填报日期|填表日期|审核|审核人|审批|审批人|批准|批准人|单位负责人"
    r"|负责人签字|负责人签名|单位盖章|盖章|签字|签名|编制|编制人|复核人|联系人|联系电话|报送|抄送|主送|检查组长|检查组签字|被检查单位负责人|制表日期|日期|统计人"
    r"|主要负责人|安全负责人|分管领导|领导签字)\s*(?:[(（].*?[)）])?\s*[:：]"
    r"|^注\s*[\d1-9]?[、.]|^(?:填表说明|填报说明|填写说明|备注说明)$|^[*※★]"
)
SIGNING = re.compile(r"(?:填表人|审核人?|制表人?|批准人?|签字|盖章|负责人|填报人)\s*(?:[(（].{0,6}[)）])?\s*[:：]")
TOTALS = re.compile(r"^(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计|本页小计|本月合计|总数|合计数)\s*[:：]?")
YEAR = re.compile(r"(20\d{2})\s*(?:年|[-./]\d|年度)|(?<!\d)(20[0-4]\d)(?!\d)")
TOLD = re.compile(r"([一-龥]{2,10}):\s*(\S[^:]{0,40}?)(?=\s+[一-龥]{2,10}:|$)")
TELLING = frozenset({
    Field.FOUND_ON, Field.FINDER, Field.ENTERPRISE_NAME, Field.FINDER_ORGANISATION, Field.CHANNEL, Field.PLACE, Field.PROJECT,
})  # fmt: skip
DITTO = frozenset({"同上", "″", "〃", "”", '"', "同上行", "同前"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a ledger: its place and its heading, parents of a two-line header joined by a stroke."""

    index: int
    heading: str

    @property
    def letter(self) -> str:
        """Return the letter the sheet shows."""
        return column_letter(self.index)


@dataclass(frozen=True, slots=True)
class Table:
    """A ledger found in a sheet."""

    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    titles: tuple[str, ...] = ()
    year: int | None = None  # of the title, for days written without one
    told: tuple[tuple[Field, str], ...] = ()  # "检查时间：2025年4月3日" above the header, for all rows
    merges: tuple[Merge, ...] = field(default=(), repr=False)
    is_hidden: bool = False

    @property
    def last_header_row(self) -> int:
        """Return the workbook's row under which the ledger's rows begin."""
        return self.header_rows[-1]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A sheet that is no ledger, and why: empty, no header, or headings of other records."""

    sheet: str
    reason: str
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A row of the ledger: cells with merged values filled down, and the columns that got theirs so."""

    number: int
    cells: tuple[Cell, ...]
    filled_down: frozenset[int] = frozenset()

    def at(self, column: int) -> Cell:
        """Return the cell of a 0-based column; None beyond the last."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class SkippedLine:
    """A line under the header that is no row of the ledger, and why."""

    number: int
    reason: str  # line:header, line:note, line:total, line:numbers, line:blank, line:continuation, line:no-danger


def find_table(
    head: SheetHead, first: Sequence[SheetRow], profile: Mapping[str, Field | None] | None = None
) -> Table | Skipped:
    """Return the ledger that begins in these first rows, or why there is none.

    `profile` holds what users corrected before: {normalised heading: field}.
    """
    rows = [row for row in first[:LOOK_AHEAD] if row.filled()]
    if not rows:
        return Skipped(head.name, "sheet:empty")
    whole, head = head, replace(head, merges=tuple(one for one in head.merges if one.top <= rows[-1].number))
    best = _first_good(list(_candidates(head, rows, profile or {})))
    if best is None:
        return Skipped(head.name, "sheet:no-header")
    table = _table(whole, rows, best)
    if len(best.fields & OF_A_DANGER) < (1 if best.fields & {Field.DESCRIPTION, Field.NAME} else 3):
        return Skipped(head.name, "sheet:other-records", tuple(column.heading for column in table.columns))
    return table


def body_rows(
    table: Table, rows: Iterable[SheetRow], description: int | None = None
) -> Iterator[BodyRow | SkippedLine]:
    """Give the rows under the header, merged cells filled down; what is no row comes as a skipped line.

    `description` is the mapped column: a row that has only a merged description continues the one above.
    """
    filling, lines = _Filling(table), _Lines(table, description)
    for row in rows:
        if row.number <= table.last_header_row:
            continue
        body = filling.fill(row)
        reason = lines.reason(row)
        if not reason and description is not None and description in body.filled_down:
            reason = "line:continuation"
        yield SkippedLine(row.number, reason) if reason else body


# header ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    depth: int
    headings: dict[int, str]
    fields: frozenset[Field]
    score: float


def _candidates(head: SheetHead, rows: list[SheetRow], profile: Mapping[str, Field | None]) -> Iterator[_Candidate]:
    for start in range(len(rows)):
        if len(rows[start].filled()) < 2 and not _is_parent_line(head, rows[start]):
            continue
        if any(isinstance(cell, str) and _tells(fold(cell)) for _, cell in rows[start].filled()[:6]):
            continue  # "填报单位：… 检查时间：…" under the title
        for depth in range(1, min(DEEPEST, len(rows) - start) + 1):
            if depth > 1 and not _continues(head, rows, start, start + depth - 1):
                break
            headings = _headings(head, rows[start : start + depth])
            yield _scored(start, depth, headings, profile)


def _first_good(candidates: list[_Candidate]) -> _Candidate | None:
    """Take the first header that says nearly as much as the best: a later one repeats it on a new page."""
    best = max(candidates, key=lambda one: one.score, default=None)
    if best is None or best.score < 1.5:
        return None
    near = [one for one in candidates if len(one.fields) * 4 >= len(best.fields) * 3 and one.score >= 0.6 * best.score]
    start = min(one.start for one in near)
    return max((one for one in near if one.start == start), key=lambda one: one.score)


def _scored(start: int, depth: int, headings: dict[int, str], profile: Mapping[str, Field | None]) -> _Candidate:
    """Score a header by the distinct fields it names, less what it does not explain."""
    best: dict[Field, float] = {}
    strange = 0.0
    for heading in headings.values():
        if (key := normalised_heading(heading)) in profile:
            if kept := profile[key]:
                best[kept] = 1.2
        elif (found := recognise(heading)) and len(heading) <= 40:
            best[found.field] = max(best.get(found.field, 0.0), found.confidence)
        else:
            strange += 0.1 if len(heading) <= 20 else 0.6
    score = sum(best.values()) - strange - 0.15 * (depth - 1) - 0.02 * start
    return _Candidate(start, depth, headings, frozenset(best), score)


def _tells(text: str) -> bool:
    return bool(NOTES.match(text) or TOLD.match(text))


def _is_parent_line(head: SheetHead, row: SheetRow) -> bool:
    return sum(merge.top == row.number and merge.left < merge.right for merge in head.merges[:200]) > 1


def _continues(head: SheetHead, rows: list[SheetRow], start: int, at: int) -> bool:
    """Tell whether row `at` is a further line of the header beginning at `start`: merged so, or filling its gaps."""
    above, below = rows[at - 1], rows[at]
    if below.number != above.number + 1:
        return False
    texts = [cell for _, cell in below.filled()]
    if not all(isinstance(cell, str) and len(fold(cell)) <= 20 for cell in texts):
        return False
    top, line = rows[start].number, below.number
    near = [merge for merge in head.merges if merge.top <= line and merge.bottom >= top]
    if any(merge.top >= top and merge.bottom >= line and merge.top < line for merge in near):
        return True
    under = [merge for merge in near if merge.top >= top and merge.bottom < line and merge.left < merge.right]
    if any(not is_blank(below.at(column)) for merge in under for column in range(merge.left, merge.right + 1)):
        return True
    gaps = [column for column, _ in below.filled() if is_blank(above.at(column))]
    doubled = [column for column, _ in below.filled() if not is_blank(above.at(column))]
    return bool(gaps) and len(doubled) <= len(gaps)


def _headings(head: SheetHead, lines: list[SheetRow]) -> dict[int, str]:
    """Join the header's lines: a merged parent stands over each of its children."""
    spread = [_spread(head, line, is_last=line is lines[-1]) for line in lines]
    width = max(max(line, default=-1) for line in spread) + 1
    joined: dict[int, str] = {}
    for column in range(width):
        parts: list[str] = []
        for line in spread:
            part = line.get(column, "")
            if part and part not in parts:
                parts.append(part)
        if parts and not (len(lines) > 1 and not _stands(lines, column, head)):
            joined[column] = "/".join(parts)
    return joined


def _stands(lines: list[SheetRow], column: int, head: SheetHead) -> bool:
    """Tell whether a column under a spread parent is one: some line has a cell there, or a merge begins there."""
    if any(not is_blank(line.at(column)) for line in lines):
        return True
    return any(
        merge.left <= column <= merge.right and merge.top <= lines[-1].number <= merge.bottom and merge.left == column
        for merge in head.merges
    )


def _spread(head: SheetHead, line: SheetRow, *, is_last: bool) -> dict[int, str]:
    texts = {column: fold(text_of(cell)) for column, cell in line.filled()}
    merged = {merge.left: merge for merge in head.merges if merge.top == line.number and merge.left < merge.right}
    for left, merge in merged.items():
        if left in texts and not is_last:
            texts.update({column: texts[left] for column in range(left, merge.right + 1) if column not in texts})
    if head.merges or is_last:
        return texts
    current = ""
    for column in range(max(texts, default=0) + 12):  # a csv lost its merges: a parent reaches to the next one
        current = texts.get(column, current)
        texts.setdefault(column, current)
    return texts


def _table(head: SheetHead, rows: list[SheetRow], best: _Candidate) -> Table:
    titles = tuple(fold(text_of(cell)) for row in rows[: best.start] for _, cell in row.filled())
    lines = rows[best.start : best.start + best.depth]
    columns = tuple(Column(index, heading) for index, heading in sorted(best.headings.items()))
    numbers = tuple(line.number for line in lines)
    year = _year_of(titles, head.name)
    return Table(head.name, numbers, columns, titles, year, _told(titles), head.merges, head.is_hidden)


def _told(titles: tuple[str, ...]) -> tuple[tuple[Field, str], ...]:
    """Read what stands above the header for every row; a reporting office ("填报单位") is no enterprise."""
    told: dict[Field, str] = {}
    for label, value in (found for title in titles for found in TOLD.findall(title)):
        meant = recognise(label)
        if meant and meant.field in TELLING and meant.confidence == 1 and not label.startswith(("填报", "上报")):
            told.setdefault(meant.field, value.strip())
    return tuple(told.items())


def _year_of(titles: tuple[str, ...], name: str) -> int | None:
    for text in (*titles, fold(name)):
        if found := YEAR.search(text):
            return int(found[1] or found[2])
        if day := find_day(text):
            return day.year
    return None


# body -----------------------------------------------------------------------------------------------------------------


class _Filling:
    """Carries the value of a merged cell down to the rows it covers, and a "same as above" too."""

    def __init__(self, table: Table) -> None:
        self._starts: dict[int, list[Merge]] = {}
        for merge in table.merges:
            if merge.bottom > merge.top and merge.top > table.last_header_row:
                self._starts.setdefault(merge.top, []).append(merge)
        self._open: dict[int, tuple[int, Cell]] = {}
        self._above: tuple[Cell, ...] = ()

    def fill(self, row: SheetRow) -> BodyRow:
        """Return the row with what merges above give it."""
        cells, given = row.cells, set[int]()
        if self._open:
            cells, given = self._given(row)
        if any(type(cell) is str and len(cell) <= 3 and cell.strip() in DITTO for cell in cells):
            cells = tuple(
                self._above[column]
                if isinstance(cell, str) and cell.strip() in DITTO and column < len(self._above)
                else cell
                for column, cell in enumerate(cells)
            )
        for merge in self._starts.get(row.number, ()):
            self._open[merge.left] = (merge.bottom, row.at(merge.left))
        self._above = cells
        return BodyRow(row.number, cells, frozenset(given))

    def _given(self, row: SheetRow) -> tuple[tuple[Cell, ...], set[int]]:
        self._open = {column: (bottom, cell) for column, (bottom, cell) in self._open.items() if bottom >= row.number}
        cells = list(row.cells) + [None] * (max(self._open, default=-1) + 1 - len(row.cells))
        given = {column for column in self._open if is_blank(cells[column])}
        for column in given:
            cells[column] = self._open[column][1]
        return tuple(cells), given


class _Lines:
    """Tells the lines under a header that are no rows of the ledger, and why."""

    def __init__(self, table: Table, description: int | None) -> None:
        self._table, self._description = table, description
        self._parts = {
            column.index: {compact(part) for part in (column.heading, *column.heading.split("/"))}
            for column in table.columns
        }
        self._words = set[str]().union(*self._parts.values())
        self._is_noted = False

    def reason(self, row: SheetRow) -> str:
        """Say why a line is no row of the ledger, or nothing."""
        filled = row.filled()
        if not filled:
            return "line:blank"
        first = next((fold(cell) for _, cell in filled if isinstance(cell, str)), "")
        if first and TOTALS.match(first):
            return "line:total"
        if len(filled) <= 6 and first and _is_note(filled, first):
            self._is_noted = True
            return "line:note"
        if self._is_header_again(filled):
            return "line:header"
        if len(filled) >= 4 and all(text_of(cell) == str(place + 1) for place, (_, cell) in enumerate(filled)):
            return "line:numbers"
        return self._lonely(*filled[0]) if len(filled) == 1 else ""

    def _lonely(self, column: int, cell: Cell) -> str:
        """Say what a line with one cell is, unless that cell is a description."""
        text = fold(text_of(cell))
        if text in self._table.titles:
            return "line:header"
        if column == self._description:
            return ""
        if not isinstance(cell, str) or text.isdigit():
            return "line:blank"  # a serial number written in advance
        return "line:note" if self._is_noted or len(text) > 24 else ""

    def _is_header_again(self, filled: list[tuple[int, Cell]]) -> bool:
        """Recognise the header repeated where a printed page began."""
        if not any(isinstance(cell, str) and compact(cell) in self._words for _, cell in filled[:3]):
            return False
        same = sum(isinstance(cell, str) and compact(cell) in self._parts.get(column, ()) for column, cell in filled)
        return same >= 2 and same * 3 >= len(filled) * 2


def _is_note(filled: list[tuple[int, Cell]], first: str) -> bool:
    """Recognise remarks and signatures: few cells, the first opening like one, or most of them asking to be signed."""
    if len(filled) <= 4 and isinstance(filled[0][1], str) and NOTES.match(first):
        return True
    texts = [fold(cell) for _, cell in filled if isinstance(cell, str)]
    return sum(bool(SIGNING.search(text)) for text in texts) * 2 >= len(texts)
