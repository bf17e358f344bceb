"""The facts of all enterprises as Parquet files in shards, beside a list that says which files are the snapshot.

    snapshot.json            what it holds, the moment and the journal's position; replaced as a whole
    shards/<shard>-<made>.parquet

Files are written under another name, brought to the disk and renamed; the list is renamed last. Whoever is killed leaves
the old snapshot or the new one whole. Files that are no longer listed stay a while for those who still read them.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from zhiben.analytics.shards import HEAD, Row, facts_in, frame_of, schema_of
from zhiben.kernel.errors import Conflict
from zhiben.law.rules import Kind

FORMAT = 1
SHARD = 2**14  # numbers of enterprises to a file
READ_AT_ONCE = 2  # files to a block of columns
KEPT_SECONDS = 15 * 60  # of a file that is no longer listed
LIST, LOCK, SHARDS = "snapshot.json", "lock", "shards"


PathRange = tuple[str, str]


class Source(Protocol):
    """Whoever keeps packed rows, as of one moment."""

    position: int
    mark: str  # of the journal at the position

    def words(self) -> Mapping[int, str]:
        """Return the words that packed rows hold by number."""

    def rows(self) -> Iterable[Row]:
        """Yield the rows of all enterprises, in the order of their numbers."""

    def rows_of(self, numbers: Sequence[int]) -> Iterable[Row]:
        """Yield the rows of these enterprises, in their order."""

    def changed(self, since: int) -> Iterable[int]:
        """Yield the numbers of enterprises that changed after a position, in their order."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot that is there: what its list says."""

    root: Path
    made_at: datetime
    position: int
    mark: str
    made: int  # how many times it was written
    files: Mapping[int, str]  # by shard
    rows: Mapping[int, int]  # by shard
    facts: Mapping[str, Kind]

    @property
    def enterprises(self) -> int:
        """How many it holds."""
        return sum(self.rows.values())

    def paths(self) -> list[str]:
        """Return its files in the order of their enterprises' numbers."""
        return [f"{self.root}/{SHARDS}/{self.files[shard]}" for shard in sorted(self.files)]

    def frames(self, names: Iterable[str], *, path: PathRange | None = None) -> Iterator[pl.DataFrame]:
        """Yield the columns of some facts, some shards at a time; `path` bounds the units, from and to before."""
        return read_shards(self.paths(), self.asked(names), path=path)

    def asked(self, names: Iterable[str]) -> dict[str, Kind]:
        """Return those of some facts that somebody knows."""
        return {name: self.facts[name] for name in sorted(set(names) & set(self.facts))}


def read_shards(
    files: Sequence[str], facts: Mapping[str, Kind], *, path: PathRange | None = None
) -> Iterator[pl.DataFrame]:
    """Yield what rules ask of these files, some files at a time, here or on a worker far away."""
    columns = [column for name in facts for column in (name, f"{name}@day", f"{name}@until")]
    inside = pl.lit(value=True) if path is None else (pl.col("path") >= path[0]) & (pl.col("path") < path[1])
    for at in range(0, len(files), READ_AT_ONCE):
        some = pl.scan_parquet(
            files[at : at + READ_AT_ONCE], schema=schema_of(facts), missing_columns="insert", extra_columns="ignore"
        )
        yield some.filter(inside).select(*HEAD, *columns).collect()


def opened(root: Path) -> Snapshot | None:
    """Return the snapshot that is there; None where there is none, or one of another layout."""
    try:
        told = json.loads((root / LIST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    if told["format"] != FORMAT:
        return None
    return Snapshot(
        root,
        datetime.fromisoformat(told["made_at"]),
        told["position"],
        told["mark"],
        told["made"],
        {int(shard): each["file"] for shard, each in told["shards"].items()},
        {int(shard): each["rows"] for shard, each in told["shards"].items()},
        told["facts"],
    )


@dataclass(frozen=True, slots=True)
class Written:
    """What one writing did."""

    snapshot: Snapshot
    full: bool
    shards: int
    enterprises: int  # whose rows were read


def write(root: Path, source: Source, *, now: datetime, full: bool = False) -> Written:
    """Bring the snapshot to the source's moment: only shards in which an enterprise changed, or all of them."""
    (root / SHARDS).mkdir(parents=True, exist_ok=True)
    last = opened(root)
    before, made = None if full else last, (last.made if last else 0) + 1
    shards = _rewritten(before, source) if before else _whole(source)
    files, rows, facts = (
        (dict(before.files), dict(before.rows), dict(before.facts)) if before else ({}, {}, dict[str, Kind]())
    )
    written = read = 0
    for shard, frame, asked in shards:
        files[shard], rows[shard] = f"{shard:06}-{made:06}.parquet", len(frame)
        _put(root / SHARDS / files[shard], frame)
        facts |= facts_in(frame)
        written, read = written + 1, read + asked
    snapshot = Snapshot(root, now, source.position, source.mark, made, files, rows, facts)
    _put_list(snapshot)
    _clear(snapshot)
    return Written(snapshot, before is None, written, read)


def _whole(source: Source) -> Iterator[tuple[int, pl.DataFrame, int]]:
    words = source.words()
    for shard, rows in groupby(source.rows(), key=_shard):
        held = list(rows)
        yield shard, frame_of(held, words), len(held)


def _rewritten(before: Snapshot, source: Source) -> Iterator[tuple[int, pl.DataFrame, int]]:
    """Yield the shards in which somebody changed; only the rows of those are read from the source."""
    words = source.words()
    for shard, numbers in groupby(source.changed(before.position), key=lambda number: number // SHARD):
        changed = list(numbers)
        new = frame_of(list(source.rows_of(changed)), words)
        if shard in before.files:
            old = pl.read_parquet(before.root / SHARDS / before.files[shard])
            kept = old.filter(~pl.col("enterprise").is_in(changed))
            new = _joined(kept, new)
        yield shard, new, len(changed)


def _joined(kept: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of both; a fact that changed its kind is as the newer rows have it."""
    turned = {name for name, kind in facts_in(kept).items() if facts_in(new).get(name, kind) != kind}
    kept = kept.drop(column for column in kept.columns if column.split("@")[0] in turned)
    return pl.concat([kept, new], how="diagonal").sort("enterprise")


def _shard(row: Row) -> int:
    return row.enterprise // SHARD


@contextmanager
def held(root: Path, *, wait: bool) -> Iterator[None]:
    """Be the only one who writes to a folder; refuse, or wait, while another does."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as problem:
            raise Conflict("snapshot:being-written", folder=str(root)) from problem
        yield


def _put(path: Path, frame: pl.DataFrame) -> None:
    aside = path.with_suffix(".part")
    frame.write_parquet(aside, compression="zstd", row_group_size=SHARD)
    _settle(aside, path)


def _put_list(snapshot: Snapshot) -> None:
    told: dict[str, Any] = {
        "format": FORMAT,
        "made_at": snapshot.made_at.isoformat(),
        "position": snapshot.position,
        "mark": snapshot.mark,
        "made": snapshot.made,
        "enterprises": snapshot.enterprises,
        "facts": snapshot.facts,
        "shards": {shard: {"file": file, "rows": snapshot.rows[shard]} for shard, file in snapshot.files.items()},
    }
    aside = snapshot.root / f"{LIST}.part"
    aside.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    _settle(aside, snapshot.root / LIST)


def _settle(aside: Path, path: Path) -> None:
    """Bring a file to the disk, then give it its name."""
    _sync(aside)
    aside.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _clear(snapshot: Snapshot) -> None:
    """Remove files that are not listed, once nobody reads them any more."""
    listed = set(snapshot.files.values())
    for file in (snapshot.root / SHARDS).iterdir():
        if file.name in listed:
            os.utime(file)  # of one that is replaced later, the time tells when it was last listed
        elif file.stat().st_mtime < time.time() - KEPT_SECONDS:
            file.unlink(missing_ok=True)
