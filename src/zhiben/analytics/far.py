"""What a Spark worker does with its part of a snapshot: reads its files, judges them as this program does, adds up.

Workers need this program and its law, the same edition of it: each compares the law's digest before it answers.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
import pyarrow as pa

from zhiben.analytics.determining import Determined
from zhiben.analytics.judging import Question, Tally, details_of, judged_shard
from zhiben.analytics.snapshots import PathRange, read_shard
from zhiben.law import store
from zhiben.law.facts import vocabulary
from zhiben.law.pack_texts import Adopted

JUDGED, UNFIT, LATE = -1, -2, -3  # what a row of sums tells that is no line
SUMS = {"line": pl.Int32, "name": pl.String, "present": pl.Int64, "absent": pl.Int64, "unknown": pl.Int64}
SUMS_DDL = "line int, name string, present bigint, absent bigint, unknown bigint"
DETAILS_DDL = "enterprise bigint, line int, verdict tinyint, mask bigint"
OTHER_LAW = "the worker's law differs from ours"

Batches = Iterable[pa.RecordBatch]


def law_digest(editions: Sequence[str]) -> str:
    """Return the fingerprint of some editions of the packs and of all facts there are; regions' own travel as they are."""
    written = store.documents("standards")
    facts = [(each.name, each.unit) for each in vocabulary().values()]
    told = json.dumps([[written.get(id_) for id_ in editions], facts], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Part:
    """A question as it travels: plain values, so that nothing of the law is sent along. Rows name files by number."""

    day: date
    editions: tuple[str, ...]
    path: PathRange | None
    root: str
    files: tuple[str, ...]
    digest: str
    own: tuple[Adopted, ...] = ()

    @property
    def asked(self) -> Question:
        """The question, where the law is the same."""
        if law_digest(self.editions) != self.digest:
            raise ValueError(OTHER_LAW)
        return Question(self.day, self.editions, self.path, self.own)

    def judged(self, batches: Batches) -> Iterator[tuple[Question, Determined, list[int]]]:
        """Judge the files that this worker is given, one after another."""
        asked = self.asked
        for number in (each for batch in batches for each in batch.column(0).to_pylist()):
            shard = read_shard(self.root, self.files[number], facts=asked.facts, path=self.path)
            yield asked, *judged_shard(shard, asked)

    def sums(self, batches: Batches) -> Iterator[pa.RecordBatch]:
        """Yield the counts over the files given."""
        tally = Tally()
        for asked, determined, late in self.judged(batches):
            tally.add(determined, asked)
            tally.late += late
        yield from _sent(sums_of(tally))

    def details(self, batches: Batches) -> Iterator[pa.RecordBatch]:
        """Yield every verdict over the files given."""
        for asked, determined, _ in self.judged(batches):
            yield from _sent(details_of(determined, asked))


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


def _sent(frame: pl.DataFrame) -> list[pa.RecordBatch]:
    """Return rows as Spark takes them: Polars' own form of text is not Spark's."""
    table = frame.to_arrow()
    plain = [
        pa.string() if pa.types.is_large_string(each) or "view" in str(each) else each for each in table.schema.types
    ]
    batches: list[pa.RecordBatch] = table.cast(
        pa.schema(list(zip(table.column_names, plain, strict=True)))
    ).to_batches()
    return batches
