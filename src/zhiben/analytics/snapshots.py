"""The facts of all enterprises as Parquet files in shards, beside a list that says which files are the snapshot.

    snapshot.json                             what it holds, the moment and the journal's position; replaced as a whole
    enterprises/<shard>-<made>.parquet
    facts/<shard>-<made>.parquet

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

from zhiben.analytics.shards import Row, Shard, joined, shard_of, without
from zhiben.kernel.errors import Conflict

FORMAT = 2
ENTERPRISES, FACTS = "enterprises", "facts"
ASKED = ("fact", "enterprise", "truth", "number", "text", "day", "until")  # what rules need of a fact
SHARD = 2**14  # numbers of enterprises to a file
KEPT_SECONDS = 15 * 60  # of a file that is no longer listed
LIST, LOCK = "snapshot.json", "lock"


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
    rows: Mapping[int, int]  # enterprises, by shard
    values: Mapping[int, int]  # known facts, by shard

    @property
    def enterprises(self) -> int:
        """How many it holds."""
        return sum(self.rows.values())

    def names(self) -> list[str]:
        """Return the names of its files in the order of their enterprises' numbers; each stands in both folders."""
        return [self.files[shard] for shard in sorted(self.files)]

    def shards(self, facts: Iterable[str], *, path: PathRange | None = None) -> Iterator[Shard]:
        """Yield shard by shard what is known of some facts; `path` bounds the units, from and to before."""
        for name in self.names():
            yield read_shard(str(self.root), name, facts=facts, path=path)


def read_shard(
    root: str, name: str, *, facts: Iterable[str], path: PathRange | None = None, also: Sequence[str] = ()
) -> Shard:
    """Return what a shard knows of some facts, here or on a worker far away; of enterprises within a path's bounds.

    `also`: columns of facts beside those that rules need.
    """
    inside = pl.lit(value=True) if path is None else (pl.col("path") >= path[0]) & (pl.col("path") < path[1])
    asked = pl.col("fact").is_in(pl.Series(sorted(facts), dtype=pl.String).implode())
    enterprises = pl.scan_parquet(f"{root}/{ENTERPRISES}/{name}").filter(inside).collect()
    known = pl.scan_parquet(f"{root}/{FACTS}/{name}").select(*ASKED, *also).filter(asked)
    return Shard(enterprises, known.collect())


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
        {int(shard): each["enterprises"] for shard, each in told["shards"].items()},
        {int(shard): each["facts"] for shard, each in told["shards"].items()},
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
    for folder in (ENTERPRISES, FACTS):
        (root / folder).mkdir(parents=True, exist_ok=True)
    last = opened(root)
    before, made = None if full else last, (last.made if last else 0) + 1
    files, rows, values = (dict(before.files), dict(before.rows), dict(before.values)) if before else ({}, {}, {})
    written = read = 0
    for number, shard, asked in _rewritten(before, source) if before else _whole(source):
        files[number], rows[number] = f"{number:06}-{made:06}.parquet", len(shard.enterprises)
        values[number] = len(shard.facts)
        for folder, table in zip((ENTERPRISES, FACTS), shard, strict=True):
            _put(root / folder / files[number], table)
        written, read = written + 1, read + asked
    snapshot = Snapshot(root, now, source.position, source.mark, made, files, rows, values)
    _put_list(snapshot)
    _clear(snapshot)
    return Written(snapshot, before is None, written, read)


def _whole(source: Source) -> Iterator[tuple[int, Shard, int]]:
    words = source.words()
    for number, rows in groupby(source.rows(), key=_shard):
        held = list(rows)
        yield number, shard_of(held, words), len(held)


def _rewritten(before: Snapshot, source: Source) -> Iterator[tuple[int, Shard, int]]:
    """Yield the shards in which somebody changed; only the rows of those are read from the source."""
    words = source.words()
    for number, changing in groupby(source.changed(before.position), key=lambda number: number // SHARD):
        changed = list(changing)
        shard = shard_of(list(source.rows_of(changed)), words)
        if number in before.files:
            tables = (pl.read_parquet(before.root / each / before.files[number]) for each in (ENTERPRISES, FACTS))
            shard = joined(without(Shard(*tables), changed), shard)
        yield number, shard, len(changed)


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
    frame.write_parquet(aside, compression="zstd", compression_level=1)
    _settle(aside, path)


def _put_list(snapshot: Snapshot) -> None:
    told: dict[str, Any] = {
        "format": FORMAT,
        "made_at": snapshot.made_at.isoformat(),
        "position": snapshot.position,
        "mark": snapshot.mark,
        "made": snapshot.made,
        "enterprises": snapshot.enterprises,
        "facts": sum(snapshot.values.values()),
        "shards": {
            shard: {"file": file, "enterprises": snapshot.rows[shard], "facts": snapshot.values[shard]}
            for shard, file in snapshot.files.items()
        },
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
    for file in (each for folder in (ENTERPRISES, FACTS) for each in (snapshot.root / folder).iterdir()):
        if file.name in listed:
            os.utime(file)  # of one that is replaced later, the time tells when it was last listed
        elif file.stat().st_mtime < time.time() - KEPT_SECONDS:
            file.unlink(missing_ok=True)
