"""What a Spark worker does with its part of a snapshot: the same judging as here, and only sums go back.

Workers need this program and its law, the same edition of it: each compares the law's digest before it answers.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
import pyarrow as pa

from zhiben.analytics.judging import DETAILS, Question, Tally, details_of, judged_block
from zhiben.law import store
from zhiben.law.facts import vocabulary

BLOCK = 2**16  # rows to a block; a worker holds one at a time
JUDGED, UNFIT, LATE = -1, -2, -3  # what a row of sums tells that is no line
SUMS = {"line": pl.Int32, "name": pl.String, "present": pl.Int64, "absent": pl.Int64, "unknown": pl.Int64}
SUMS_DDL = "line int, name string, present bigint, absent bigint, unknown bigint"
DETAILS_DDL = "enterprise bigint, line int, verdict tinyint, mask bigint"
OTHER_LAW = "the worker's law differs from ours"

Batches = Iterable[pa.RecordBatch]


def law_digest(editions: Sequence[str]) -> str:
    """Return the fingerprint of some editions and of the facts they ask for."""
    written = store.documents("standards")
    facts = [(each.name, each.unit) for each in vocabulary().values()]
    told = json.dumps([[written[id_] for id_ in editions], facts], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Part:
    """A question as it travels: plain values, so that nothing of the law is sent along."""

    day: str
    editions: tuple[str, ...]
    columns: tuple[str, ...]  # what the numbered columns are
    digest: str

    @property
    def asked(self) -> Question:
        """The question; units were chosen by whoever reads."""
        if law_digest(self.editions) != self.digest:
            raise ValueError(OTHER_LAW)
        return Question(date.fromisoformat(self.day), self.editions)

    def blocks(self, batches: Batches) -> Iterator[pl.DataFrame]:
        """Yield blocks of some size with their columns named."""
        held: list[pa.RecordBatch] = []
        for batch in batches:
            held.append(batch)
            if sum(each.num_rows for each in held) >= BLOCK:
                yield self._named(held)
                held = []
        if held:
            yield self._named(held)

    def _named(self, held: list[pa.RecordBatch]) -> pl.DataFrame:
        frame = pl.from_arrow(pa.Table.from_batches(held))
        if not isinstance(frame, pl.DataFrame):
            raise TypeError("a table is wanted")
        return frame.rename(dict(zip(frame.columns, self.columns, strict=True)))


def sums(part: Part) -> Callable[[Batches], Iterator[pa.RecordBatch]]:
    """Return what adds up a part of a snapshot."""

    def add(batches: Batches) -> Iterator[pa.RecordBatch]:
        asked, tally = part.asked, Tally()
        for frame in part.blocks(batches):
            determined, late = judged_block(frame, asked)
            tally.add(determined, asked)
            tally.late += late
        yield from _sent(sums_of(tally))

    return add


def details(part: Part) -> Callable[[Batches], Iterator[pa.RecordBatch]]:
    """Return what tells every verdict of a part."""

    def tell(batches: Batches) -> Iterator[pa.RecordBatch]:
        asked = part.asked
        for frame in part.blocks(batches):
            yield from _sent(details_of(judged_block(frame, asked)[0], asked).select(DETAILS))

    return tell


def sums_of(tally: Tally) -> pl.DataFrame:
    """Return a tally as rows that can be added up by line and name."""
    rows = [(JUDGED, "", tally.judged, 0, 0)]
    rows += [(UNFIT, name, count, 0, 0) for name, count in tally.unfit.items()]
    rows += [(LATE, str(number), 1, 0, 0) for number in tally.late]
    rows += [(number, "", *counts) for number, counts in tally.lines.items()]
    return pl.DataFrame(rows, schema=SUMS, orient="row")


def tally_of(rows: Iterable[tuple[int, str, int, int, int]]) -> Tally:
    """Return a tally from rows that were added up."""
    tally = Tally()
    for line, name, present, absent, unknown in rows:
        if line == JUDGED:
            tally.judged += present
        elif line == UNFIT:
            tally.unfit[name] += present
        elif line == LATE:
            tally.late.append(int(name))
        else:
            tally.add_line(line, present, absent, unknown)
    return tally


def _sent(frame: pl.DataFrame) -> Iterator[pa.RecordBatch]:
    names: dict[type[pl.DataType], pa.DataType] = {pl.String: pa.string()}  # Polars' own text is not Spark's
    table = frame.to_arrow()
    schema = pa.schema(
        [
            pa.field(name, names.get(dtype.base_type(), table.schema.field(name).type))
            for name, dtype in frame.schema.items()
        ]
    )
    yield from table.cast(schema).to_batches()
