"""The child that gives a user's own workbook back: columns added at its right, each problem marked in its cell.

Import it only in a process that `bind_process` has bound: what it opens came from outside.
"""

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

REACHING = re.compile(r"\||\[|\b(?:HYPERLINK|WEBSERVICE|IMPORT\w+|RTD|CALL|EXEC|FILTERXML)\s*\(", re.IGNORECASE)
WIDTH = 28
BAD, DOUBT = PatternFill("solid", fgColor="F8D7DA"), PatternFill("solid", fgColor="FFF3CD")
WRAP = Alignment(wrap_text=True, vertical="top")


def main(arguments: list[str]) -> int:
    """Mark the workbook `arguments[0]` as `arguments[1]` says and write it to `arguments[2]`."""
    source, marks, target = arguments
    with Path(source).open("rb") as file:  # given a path, openpyxl would go by the name, and a kept file has no suffix
        book = openpyxl.load_workbook(file)
    told = json.loads(Path(marks).read_text(encoding="utf-8"))
    for sheet in book.worksheets:
        _quieten(sheet)
        if sheet.title in told["sheets"]:
            _mark(sheet, told["sheets"][sheet.title], told["headings"])
    book.save(target)
    return 0


def _quieten(sheet: Worksheet) -> None:
    """Turn formulas that reach out of the workbook into text."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f" and REACHING.search(str(cell.value)):
                cell.value = f"'{cell.value}"


def _mark(sheet: Worksheet, marks: dict[str, Any], headings: list[str]) -> None:
    """Add the columns and mark the cells."""
    for offset, heading in enumerate(headings):
        cell = sheet.cell(marks["header"], marks["first"] + offset, heading)
        cell.font, cell.alignment = Font(bold=True), WRAP
        sheet.column_dimensions[get_column_letter(marks["first"] + offset)].width = WIDTH
    for number, texts, cells in marks["rows"]:
        for offset, text in enumerate(texts):
            sheet.cell(number, marks["first"] + offset, text).alignment = WRAP
        for letter, told, is_bad in cells:
            cell = sheet[f"{letter}{number}"]
            if not isinstance(cell, MergedCell):  # only the first cell of a merged range can bear a mark
                cell.fill, cell.comment = (BAD if is_bad else DOUBT), Comment(told, "Zhiben")
