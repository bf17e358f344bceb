"""One row's cells by field, with what was found wrong in them on the way."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhiben.exchange.domain.columns import ColumnMapping, Mapped
from zhiben.exchange.domain.fields import Field
from zhiben.exchange.domain.tables import BodyRow
from zhiben.exchange.domain.text import text_of
from zhiben.exchange.domain.workbook import Cell

SHOWN = 200  # characters of a value in a problem


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about one cell: a problem rejects its row, a warning does not. `row` and `column` as the sheet shows."""

    sheet: str
    row: int
    column: str
    code: str
    value: str


class RowCells:
    """A row's cells by field; values may be set right on the way, every time with a warning."""

    __slots__ = ("_body", "_cells", "_columns", "_mapped", "_raw", "_sheet", "problems", "warnings")

    def __init__(self, sheet: str, mapped: Mapped, body: BodyRow) -> None:
        self._sheet, self._mapped, self._body = sheet, mapped, body
        self._columns: dict[Field, ColumnMapping] = mapped.by_field
        self._cells: dict[Field, Cell] = {name: body.at(one.column.index) for name, one in self._columns.items()}
        self._raw = {name: text_of(cell) for name, cell in self._cells.items() if cell is not None}
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def has_column(self, name: Field) -> bool:
        """Tell whether the ledger has this column."""
        return name in self._columns

    def has(self, name: Field) -> bool:
        """Tell whether this row's cell says anything."""
        return bool(self._raw.get(name))

    def cell(self, name: Field) -> Cell:
        """Return the cell as the sheet holds it."""
        return self._cells.get(name)

    def raw(self, name: Field) -> str:
        """Return the cell as text."""
        return self._raw.get(name, "")

    def text(self, name: Field) -> str:
        """Return the cell as text, nothing where it only says that there is nothing."""
        raw = self._raw.get(name, "")
        return "" if raw in NO_TEXT and name is not Field.DESCRIPTION else raw

    def legend(self, name: Field) -> dict[str, str] | None:
        """Return what a heading says its codes mean."""
        return dict(self._columns[name].legend) if name in self._columns and self._columns[name].legend else None

    def unit(self, name: Field) -> str:
        """Return the unit of money the heading names."""
        return self._columns[name].unit if name in self._columns else ""

    def set(self, name: Field, value: str) -> None:
        """Put a value set right in place of the sheet's."""
        self._raw[name] = value

    def swap(self, one: Field, other: Field) -> None:
        """Exchange two cells."""
        self._cells[one], self._cells[other] = self._cells[other], self._cells[one]
        self._raw[one], self._raw[other] = self._raw[other], self._raw[one]

    def refuse(self, code: str, name: Field) -> None:
        """Note a problem: the row is not written."""
        self.problems.append(self._found(code, name))

    def warn(self, code: str, name: Field) -> None:
        """Note what was assumed or looks odd."""
        self.warnings.append(self._found(code, name))

    def texts(self, read_elsewhere: Iterable[Field]) -> dict[Field, str]:
        """Return the fields that stay text."""
        return {name: text for name in self._raw if name not in read_elsewhere and (text := self.text(name))}

    def extras(self) -> dict[str, str]:
        """Return the columns without a field, by heading."""
        return {
            one.column.heading: text
            for one in self._mapped.unmapped
            if (text := text_of(self._body.at(one.column.index)))
        }

    def _found(self, code: str, name: Field) -> Problem:
        mapping = self._columns.get(name)
        letter = mapping.column.letter if mapping else ""
        value = text_of(self._body.at(mapping.column.index)) if mapping else ""
        return Problem(self._sheet, self._body.number, letter, code, value[:SHOWN])


NO_TEXT = frozenset(
    {"/", "\\", "-", "--", "—", "——", "无", "N/A", "n/a", "NA", "#N/A", "null", "NULL", "None", "nan", "…", "……"}
)
