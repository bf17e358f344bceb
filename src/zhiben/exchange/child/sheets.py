"""xlsx and xls: every sheet's rows, sent as they stand."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine as calamine

from zhiben.exchange.child.limits import Out, Refused
from zhiben.exchange.domain.workbook import Limits

MERGES_A_LINE = 5_000


def send_workbook(path: Path, form: str, out: Out, limits: Limits) -> None:
    """Send every worksheet; one that cannot be read refuses the whole."""
    try:
        with path.open("rb") as file:  # given a path, calamine would go by the name
            book = calamine.CalamineWorkbook.from_filelike(file)
        metadata = [one for one in book.sheets_metadata if one.typ is calamine.SheetTypeEnum.WorkSheet]
        if len(metadata) > limits.sheets:
            raise Refused("too-large", limit="sheets", sheets=len(metadata))
        out.send(["book", form, {}])
        counts = Counts(limits)
        for index, one in enumerate(metadata):
            hidden = one.visible is not calamine.SheetVisibleEnum.Visible
            _send_sheet(book.get_sheet_by_name(one.name), index, hidden, out, counts)
    except calamine.PasswordError:
        raise Refused("encrypted") from None
    except (calamine.CalamineError, ValueError, OSError):
        raise Refused("damaged") from None


class Counts:
    """What was sent so far, against the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.rows, self.cells, self.merges = limits, 0, 0, 0

    def add_row(self, width: int) -> None:
        """Count one row of `width` cells; refuse the one too many."""
        self.rows += 1
        self.cells += width
        if self.rows > self.limits.rows:
            raise Refused("too-large", limit="rows", rows=self.limits.rows)
        if self.cells > self.limits.cells:
            raise Refused("too-large", limit="cells", cells=self.limits.cells)
        if width > self.limits.columns:
            raise Refused("too-large", limit="columns", columns=width)


def _send_sheet(sheet: calamine.CalamineSheet, index: int, hidden: bool, out: Out, counts: Counts) -> None:  # noqa: FBT001
    out.send(["sheet", sheet.name, index, hidden])
    merges = sheet.merged_cell_ranges or []
    counts.merges += len(merges)
    if counts.merges > counts.limits.merges:
        raise Refused("too-large", limit="merges", merges=counts.merges)
    for at in range(0, len(merges), MERGES_A_LINE):
        lines = [(t + 1, left, b + 1, right) for (t, left), (b, right) in merges[at : at + MERGES_A_LINE]]
        out.send(["merges", lines])
    left = [None] * (sheet.start[1] if sheet.start else 0)
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = trimmed(left + [_cell(value) for value in row], counts.limits)
        if cells:
            counts.add_row(len(cells))
            out.send([number, cells])


def trimmed(cells: list[Any], limits: Limits) -> list[Any]:
    """Drop the empty cells at the end; refuse one longer than any cell may be."""
    while cells and (cells[-1] is None or cells[-1] == ""):
        cells.pop()
    for cell in cells:
        if type(cell) is str and len(cell) > limits.cell_characters:
            raise Refused("too-large", limit="cell", characters=len(cell))
    return cells


def _cell(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return value or None
    if kind is float:
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if kind is datetime:
        midnight = not (value.hour or value.minute or value.second)
        return ["d", value.date().isoformat() if midnight else value.isoformat()]
    if kind is date:
        return ["d", value.isoformat()]
    if kind in {time, timedelta}:
        return str(value)
    return value
