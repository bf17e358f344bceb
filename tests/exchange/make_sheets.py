"""Sheets in memory, as the reader would give them."""

from openpyxl.utils.cell import range_boundaries

from zhiben.exchange.domain.workbook import Merge, Sheet, SheetHead, SheetRow


def sheet_of(rows, merges=(), name="台账"):
    spans = []
    for merge in merges:
        left, top, right, bottom = range_boundaries(merge)
        spans.append(Merge(top, left - 1, bottom, right - 1))
    kept = [
        SheetRow(number, tuple(row))
        for number, row in enumerate(rows, start=1)
        if any(cell is not None for cell in row)
    ]
    return Sheet(SheetHead(name, merges=tuple(spans)), tuple(kept))
