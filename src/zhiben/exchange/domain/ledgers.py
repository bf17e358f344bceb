"""From a sheet's stream of rows to a ledger: look ahead, find the table, map its columns, then read row by row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from zhiben.exchange.domain.columns import SAMPLE, Mapped, map_columns
from zhiben.exchange.domain.fields import Field
from zhiben.exchange.domain.rows import Context, LedgerRow, classify_rows
from zhiben.exchange.domain.tables import LOOK_AHEAD, BodyRow, Skipped, SkippedLine, Table, body_rows, find_table
from zhiben.exchange.domain.workbook import SheetHead, SheetRow


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger found in a sheet; `lines` may be walked once, while the workbook is open."""

    table: Table
    mapped: Mapped
    lines: Iterator[LedgerRow | SkippedLine]


def read_ledger(
    head: SheetHead, rows: Iterable[SheetRow], context: Context, profile: Mapping[str, Field | None] | None = None
) -> Ledger | Skipped:
    """Find and read the ledger in one sheet without holding its rows; `profile` overrides what headings say."""
    stream = iter(rows)
    first = list(islice(stream, LOOK_AHEAD + SAMPLE))
    table = find_table(head, first, profile)
    if isinstance(table, Skipped):
        return table
    sample = [line for line in body_rows(table, first) if isinstance(line, BodyRow)]
    mapped = map_columns(table.columns, sample, profile)
    return Ledger(table, mapped, classify_rows(table, mapped, chain(first, stream), context))
