"""The engine beyond one machine: any Spark Connect endpoint whose workers see the snapshot's Parquet on a shared path.

Spark deals the files out to its workers, `zhiben.analytics.far` reads and judges them there, Spark adds up. Needs the
extra `spark` here; the workers need this program with Polars and PyArrow.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import polars as pl
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql

from zhiben.analytics import far
from zhiben.analytics.judging import Question, Tally
from zhiben.analytics.snapshots import Snapshot
from zhiben.kernel.errors import Invalid

PORT = 15002
PATIENCE = 5.0  # seconds until somebody answers
TASKS = 8


class Distributed:
    """Spark Connect at `url`; its workers see the snapshot's folder as `folder` and share the files in so many `tasks`.

    Sail runs all tasks of a stage at once and refuses more than its workers have slots; Spark takes any number.
    """

    def __init__(self, *, url: str, folder: str = "", tasks: int = TASKS) -> None:
        if not url.startswith("sc://"):
            raise Invalid("engine:no-endpoint", field="spark", example="sc://127.0.0.1:15002")
        self.url, self.folder, self.tasks = url, folder.rstrip("/"), tasks

    def tally(self, snapshot: Snapshot, asked: Question) -> Tally:
        """Return the counts over a snapshot."""
        if not snapshot.files:
            return Tally()
        with self._session() as spark:
            parts = self._dealt(spark, snapshot).mapInArrow(self._part(snapshot, asked).sums, far.SUMS_DDL)
            sums = [sql.sum(name).alias(name) for name in ("present", "absent", "unknown")]
            return far.tally_of(tuple(row) for row in parts.groupBy("line", "name").agg(*sums).collect())

    def details(self, snapshot: Snapshot, asked: Question) -> Iterator[pl.DataFrame]:
        """Yield every verdict, in one frame: for units, not for a country."""
        if not snapshot.files:
            return
        with self._session() as spark:
            told = (
                self._dealt(spark, snapshot).mapInArrow(self._part(snapshot, asked).details, far.DETAILS_DDL).toArrow()
            )
        yield pl.DataFrame(told).sort("enterprise", "line")

    @contextmanager
    def _session(self) -> Iterator[SparkSession]:
        """Open a session; what Spark complains of is told as a refusal."""
        self._reach()
        try:
            spark = SparkSession.builder.remote(self.url).create()
            try:
                yield spark
            finally:
                spark.stop()
        except PySparkException as problem:
            told = str(problem)
            if far.OTHER_LAW in told:
                raise Invalid("engine:other-law", field="engine", value=_place(self.url)) from problem
            raise Invalid("engine:failed", field="engine", value=_place(self.url), reason=told[-500:]) from problem

    def _reach(self) -> None:
        """Refuse at once where nobody answers: the client by itself would try for minutes."""
        at = urlsplit(self.url)
        try:
            socket.create_connection((at.hostname or "", at.port or PORT), timeout=PATIENCE).close()
        except OSError as problem:
            raise Invalid("engine:unreachable", field="spark", value=_place(self.url)) from problem

    def _part(self, snapshot: Snapshot, asked: Question) -> far.Part:
        root, digest = self.folder or str(snapshot.root), far.law_digest(asked.editions)
        return far.Part(asked.day, asked.editions, asked.path, root, tuple(snapshot.names()), digest, asked.own)

    def _dealt(self, spark: SparkSession, snapshot: Snapshot) -> DataFrame:
        """Return the numbers of the files, dealt out to tasks."""
        files = len(snapshot.files)
        return spark.range(0, files, 1, min(files, self.tasks))


def _place(url: str) -> str:
    """Return an address without its token."""
    return url.split("/;", maxsplit=1)[0]
