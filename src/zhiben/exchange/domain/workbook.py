"""A workbook as plain values: what the reading child sends and every later step takes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

Cell: TypeAlias = bool | int | float | str | date | datetime | None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may claim; above any of them it is refused, never cut silently."""

    rows: int = 200_000  # rows with something in them, over all sheets
    cells: int = 6_000_000
    columns: int = 1_000
    sheets: int = 200
    merges: int = 200_000
    cell_characters: int = 100_000
    line_bytes: int = 4 * 1024 * 1024
    file_bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 320 * 1024 * 1024  # of the XML parts, which are read; pictures never are
    parts: int = 20_000
    ratio: int = 250  # of one XML part above 16 MiB; honest sheets stay under 120
    memory_bytes: int = 400 * 1024 * 1024
    cpu_seconds: int = 20
    wall_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range: 1-based rows and 0-based columns, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that holds something: the workbook's own 1-based number and cells from column A on."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """Return the cell of a 0-based column; None beyond the last."""
        return self.cells[column] if column < len(self.cells) else None

    def filled(self) -> list[tuple[int, Cell]]:
        """Return the cells that hold something, each with its column."""
        return [(column, cell) for column, cell in enumerate(self.cells) if not is_blank(cell)]


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What is known of a sheet before its rows: its name, its place, whether hidden, its merged ranges."""

    name: str
    index: int = 0
    is_hidden: bool = False
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet in memory."""

    head: SheetHead
    rows: tuple[SheetRow, ...] = ()

    @property
    def name(self) -> str:
        """Return the sheet's name as its tab shows it."""
        return self.head.name


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole workbook in memory; for large ones walk the sheets of a `Reading` instead."""

    form: str  # xlsx, xls or csv
    sheets: tuple[Sheet, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)  # of csv: encoding, delimiter

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.sheets)


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell shows nothing: none, or only space, wide space and invisible marks."""
    return cell is None or (isinstance(cell, str) and not cell.strip(BLANK))


BLANK = " \t\r\n\v\f\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u2060\u3000\ufeff"


def column_letter(column: int) -> str:
    """Return the letter of a 0-based column.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
