"""Division codes and tables of divisions as the tree needs them: padding, reading rows, refusing broken ones."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhiben.kernel.errors import Invalid
from zhiben.orgs.domain.kinds import UnitKind

WIDTH = 12
LENGTHS = (2, 4, 6, 9, WIDTH)
KIND_OF_LENGTH = {2: UnitKind.PROVINCE, 4: UnitKind.CITY, 9: UnitKind.TOWNSHIP}
LEVELS = (UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY, UnitKind.TOWNSHIP, UnitKind.VILLAGE)
COLUMNS = ("code12", "name", "parent12")  # a table without `level` holds villages
LONGEST_NAME = 200
MOST_ROWS = 1_000_000
Key = tuple[str, UnitKind]  # a code may stand at two levels


def padded(code: str) -> str | None:
    """Return a code of 2, 4, 6, 9 or 12 digits with twelve; None for anything else.

    >>> padded("5101"), padded("51x")
    ('510100000000', None)
    """
    if len(code) in LENGTHS and code.isascii() and code.isdigit():
        return code.ljust(WIDTH, "0")
    return None


def kind_meant(code: str) -> UnitKind | None:
    """Return the level that a short code's length names; six digits are used for cities and counties alike."""
    return KIND_OF_LENGTH.get(len(code))


@dataclass(frozen=True, slots=True)
class Row:
    """One division as a table gives it; `line` is the row's number in the file, its heading being the first."""

    line: int
    code: str
    name: str
    kind: UnitKind
    parent: str  # "": the nation

    @property
    def key(self) -> Key:
        """What tells two divisions apart."""
        return (self.code, self.kind)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be used."""

    row: int
    column: str
    code: str
    value: str


def read_table(lines: Iterable[str]) -> tuple[list[Row], list[Problem]]:
    """Read a table of divisions; a table that is none is refused whole, a broken row by its number."""
    rows: list[Row] = []
    problems: list[Problem] = []
    seen: set[Key] = set()
    for line, cells in _records(lines):
        row = _row(line, cells)
        if isinstance(row, Row) and row.key in seen:
            row = Problem(line, "code12", "division:repeated", row.code)
        if isinstance(row, Problem):
            problems.append(row)
        else:
            seen.add(row.key)
            rows.append(row)
    return rows, problems


def _records(lines: Iterable[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    reader = csv.DictReader(lines, strict=True, restkey="", restval="")
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise Invalid("division-file:columns-missing", missing=", ".join(missing))
        for number, record in enumerate(reader, start=2):
            if number > MOST_ROWS:
                raise Invalid("division-file:too-long", most=MOST_ROWS)
            yield number, record
    except csv.Error as problem:
        raise Invalid("division-file:not-a-table", row=reader.line_num, reason=str(problem)) from problem


def _row(line: int, cells: Mapping[str, str]) -> Row | Problem:
    code, parent = cells["code12"].strip(), cells["parent12"].strip()
    name, level = cells["name"].strip(), cells.get("level", "5").strip()
    if level not in {"1", "2", "3", "4", "5"}:
        return Problem(line, "level", "division:level-unknown", level)
    kind = LEVELS[int(level) - 1]
    if len(code) != WIDTH or padded(code) is None or code.startswith("0"):
        return Problem(line, "code12", "division:code-malformed", code)
    if not name or len(name) > LONGEST_NAME or any(unicodedata.category(letter)[0] == "C" for letter in name):
        return Problem(line, "name", "division:name-unusable", name[:LONGEST_NAME])
    if wrong := _parent_problem(code, kind, parent):
        return Problem(line, "parent12", wrong, parent)
    return Row(line, code, name, kind, parent)


def _parent_problem(code: str, kind: UnitKind, parent: str) -> str:
    """Say what is wrong with a parent's code; only provinces have none."""
    if kind is UnitKind.PROVINCE and not parent:
        return ""
    if kind is UnitKind.PROVINCE or len(parent) != WIDTH or padded(parent) is None:
        return "division:parent-malformed"
    return "" if parent[:2] == code[:2] else "division:parent-in-another-province"


def parent_key(row: Row, known: Mapping[Key, object]) -> Key | None:
    """Return the parent of a row among `known`: its code one level up, or where that level is left out, higher."""
    above = LEVELS[: LEVELS.index(row.kind)]
    return next(((row.parent, kind) for kind in reversed(above) if (row.parent, kind) in known), None)


def branch(rows: Sequence[Row], code: str) -> tuple[list[Row], list[Row]]:
    """Return the rows above a division, and its own with those below it; refuse a code that the table does not hold."""
    by_key = {row.key: row for row in rows}
    inside = {row.key for row in rows if row.code == code}
    if not inside:
        raise Invalid("division-file:code-not-in-it", value=code)
    above: set[Key] = set()
    for key in inside:
        parent = parent_key(by_key[key], by_key)
        while parent and parent not in inside:
            above.add(parent)
            parent = parent_key(by_key[parent], by_key)
    for row in sorted(rows, key=lambda row: LEVELS.index(row.kind)):
        if parent_key(row, by_key) in inside:
            inside.add(row.key)
    return [row for row in rows if row.key in above], [row for row in rows if row.key in inside]
