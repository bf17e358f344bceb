"""The engine beyond one machine: any Spark Connect endpoint, reading the snapshot's Parquet from a shared path.

Spark reads and parts the columns, `zhiben.analytics.far` judges each part where it is, Spark adds up. Needs the extra
`spark`; the workers need this program too.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import polars as pl
from pyspark.errors import PySparkException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sql
from pyspark.sql.types import (
    ArrayType,
    BooleanType,
    DataType,
    DateType,
    DecimalType,
    LongType,
    StringType,
    StructField,
    StructType,
)

from zhiben.analytics import far
from zhiben.analytics.judging import Question, Tally
from zhiben.analytics.shards import schema_of
from zhiben.analytics.snapshots import SHARDS, Snapshot
from zhiben.kernel.errors import Invalid

PORT = 15002
PATIENCE = 5.0  # seconds until somebody answers
_TYPES: dict[type[pl.DataType], DataType] = {
    pl.Int64: LongType(),
    pl.String: StringType(),
    pl.Date: DateType(),
    pl.Boolean: BooleanType(),
    pl.Decimal: DecimalType(18, 6),
    pl.List: ArrayType(StringType()),
}


class Distributed:
    """Spark Connect at `url`; its workers see the snapshot's folder as `folder`."""

    def __init__(self, *, url: str, folder: str = "") -> None:
        if not url.startswith("sc://"):
            raise Invalid("engine:no-endpoint", field="spark", example="sc://127.0.0.1:15002")
        self.url, self.folder = url, folder

    def tally(self, snapshot: Snapshot, asked: Question) -> Tally:
        """Return the counts over a snapshot."""
        if not snapshot.files:
            return Tally()
        with self._session() as spark:
            read, part = self._read(spark, snapshot, asked), _part(snapshot, asked)
            parts = read.mapInArrow(far.sums(part), far.SUMS_DDL)
            added = parts.groupBy("line", "name").agg(
                *(sql.sum(name).alias(name) for name in ("present", "absent", "unknown"))
            )
            return far.tally_of(tuple(row) for row in added.collect())

    def details(self, snapshot: Snapshot, asked: Question) -> Iterator[pl.DataFrame]:
        """Yield every verdict, in one frame: for units, not for a country."""
        if not snapshot.files:
            return
        with self._session() as spark:
            read, part = self._read(spark, snapshot, asked), _part(snapshot, asked)
            told = pl.from_arrow(read.mapInArrow(far.details(part), far.DETAILS_DDL).toArrow())
            if isinstance(told, pl.DataFrame):
                yield told.sort("enterprise", "line")

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
            code = "engine:other-law" if far.OTHER_LAW in told else "engine:failed"
            raise Invalid(code, field="engine", value=_place(self.url), reason=told[:500]) from problem

    def _reach(self) -> None:
        """Refuse at once where nobody answers: the client by itself would try for minutes."""
        at = urlsplit(self.url)
        try:
            socket.create_connection((at.hostname or "", at.port or PORT), timeout=PATIENCE).close()
        except OSError as problem:
            raise Invalid("engine:unreachable", field="spark", value=_place(self.url)) from problem

    def _read(self, spark: SparkSession, snapshot: Snapshot, asked: Question) -> DataFrame:
        """Return the columns that are asked for, numbered: their names hold signs that SQL reads otherwise."""
        root = self.folder.rstrip("/") or str(snapshot.root)
        files = [
            f"{root}/{SHARDS}/{file.name}" if "://" in root else str(PurePosixPath(root, SHARDS, file.name))
            for file in snapshot.paths()
        ]
        schema = StructType(
            [StructField(name, _TYPES[dtype.base_type()]) for name, dtype in schema_of(snapshot.facts).items()]
        )
        read = spark.read.schema(schema).parquet(*files)
        if asked.path:
            read = read.where((sql.col("path") >= asked.path[0]) & (sql.col("path") < asked.path[1]))
        return read.select(
            *(_named(name).alias(f"c{number}") for number, name in enumerate(snapshot.wanted(asked.facts)))
        )


def _part(snapshot: Snapshot, asked: Question) -> far.Part:
    columns = tuple(snapshot.wanted(asked.facts))
    return far.Part(asked.day.isoformat(), asked.editions, columns, far.law_digest(asked.editions))


def _named(name: str) -> Column:
    return sql.col(f"`{name}`")


def _place(url: str) -> str:
    """Return an address without its token."""
    return url.split("/;", maxsplit=1)[0]
