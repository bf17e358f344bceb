"""A shard of a snapshot: some thousand enterprises as two tables in Parquet.

    enterprises   enterprise, path, industries (a mask), newest_day (of its facts)
    facts         fact, enterprise, truth | number | text, day, until, source

One row a known fact, in the order of facts, then enterprises: each fact is one run, a column without its gaps. Of some
nine hundred facts an enterprise knows forty; a table as wide as the vocabulary would be gaps for the most part. A number
is a decimal of six places, which Parquet keeps as the whole count of millionths that rules compare. Where all three
values are null, the value recorded fits no column.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiben.analytics.columns import Column, Population, column
from zhiben.analytics.held import kind_of
from zhiben.analytics.packed import NUMBER, RECORD, SOURCES, TEXT, TRUTH
from zhiben.law.facts import vocabulary
from zhiben.law.population import MILLIONTHS
from zhiben.law.rules import Kind

DECIMAL = pl.Decimal(18, 6)
_FIELDS = np.dtype(
    [("name", "<u2"), ("kind", "u1"), ("source", "u1"), ("day", "<i4"), ("until", "<i4"), ("value", "<i8")]
)  # of a packed row
_ALWAYS = np.int32(-(2**31))

Records = NDArray[np.void]


class Row(NamedTuple):
    """An enterprise as it goes into a shard."""

    enterprise: int
    path: str
    industries: int
    packed: bytes


class Shard(NamedTuple):
    """The two tables."""

    enterprises: pl.DataFrame
    facts: pl.DataFrame


def shard_of(rows: Sequence[Row], words: Mapping[int, str]) -> Shard:
    """Lay rows out as a shard."""
    told: Records = np.frombuffer(b"".join(row.packed for row in rows), dtype=_FIELDS)
    counts = np.array([len(row.packed) // RECORD.size for row in rows], dtype=np.int64)
    numbers = np.array([row.enterprise for row in rows], dtype=np.int64)
    enterprises = pl.DataFrame(
        {
            "enterprise": numbers,
            "path": pl.Series([row.path for row in rows], dtype=pl.String),
            "industries": pl.Series([row.industries for row in rows], dtype=pl.Int64),
            "newest_day": _newest(told, counts),
        }
    ).with_columns(pl.when(pl.col("newest_day") > int(_ALWAYS)).then("newest_day").cast(pl.Date))
    return Shard(enterprises, _facts(told, np.repeat(numbers, counts), words))


def _newest(told: Records, counts: NDArray[np.int64]) -> NDArray[np.int32]:
    newest = np.full(len(counts), _ALWAYS)
    if len(told):
        starts = (np.cumsum(counts) - counts)[counts > 0]
        newest[counts > 0] = np.maximum.reduceat(told["day"], starts)
    return newest


def _facts(told: Records, enterprises: NDArray[np.int64], words: Mapping[int, str]) -> pl.DataFrame:
    texts = sorted(words.values())
    ranks = np.zeros(max(words, default=0) + 1, dtype=np.int64)
    ranks[list(words)] = np.searchsorted(np.array(texts, dtype=object), np.array(list(words.values()), dtype=object))
    order = np.argsort(ranks[told["name"]], kind="stable")
    told, word = told[order], pl.Series(texts, dtype=pl.String)
    is_text = told["kind"] == TEXT
    raw = pl.DataFrame(
        {
            "fact": word.gather(ranks[told["name"]]),
            "enterprise": enterprises[order],
            "kind": told["kind"],
            "value": told["value"],
            "word": word.gather(ranks[np.where(is_text, told["value"], 0)]),
            "day": told["day"],
            "until": told["until"],
            "source": pl.Series(SOURCES).gather(told["source"].astype(np.int64)),
        }
    )
    kind, value = pl.col("kind"), pl.col("value")
    return raw.select(
        "fact",
        "enterprise",
        pl.when(kind == TRUTH).then(value.cast(pl.Boolean)).alias("truth"),
        pl.when(kind == NUMBER).then((value.cast(pl.Decimal(38, 6)) / MILLIONTHS).cast(DECIMAL)).alias("number"),
        pl.when(kind == TEXT).then("word").alias("text"),
        pl.col("day").cast(pl.Date),
        pl.col("until").cast(pl.Date),
        "source",
    )


def joined(kept: Shard, new: Shard) -> Shard:
    """Return a shard with the rows of both."""
    return Shard(
        pl.concat([kept.enterprises, new.enterprises]).sort("enterprise"),
        pl.concat([kept.facts, new.facts]).sort("fact", "enterprise"),
    )


def without(shard: Shard, enterprises: Sequence[int]) -> Shard:
    """Return a shard without some enterprises."""
    stays = ~pl.col("enterprise").is_in(pl.Series(enterprises, dtype=pl.Int64).implode())
    return Shard(shard.enterprises.filter(stays), shard.facts.filter(stays))


def population_of(shard: Shard, day: date) -> Population:
    """Return a shard as the columns that rules are asked of; a value that is stale on the day is as good as none."""
    enterprises = shard.enterprises["enterprise"].to_numpy()
    facts = shard.facts
    at = np.searchsorted(enterprises, facts["enterprise"].to_numpy())
    there = at < len(enterprises)
    there[there] = enterprises[at[there]] == facts["enterprise"].to_numpy()[there]
    facts = facts.with_columns(at=pl.Series(at)).filter(pl.Series(there))
    columns, unfit = _columns(facts, len(enterprises), day)
    masks = shard.enterprises["industries"].to_numpy().astype(np.uint64)
    return Population(day, enterprises, tuple(shard.enterprises["path"]), masks, columns, unfit)


def _columns(facts: pl.DataFrame, size: int, day: date) -> tuple[dict[str, Column], Counter[str]]:
    """Return each fact as a column, and how many of its values no column can hold."""
    columns, unfit, start = dict[str, Column](), Counter[str](), 0
    at = facts["at"].to_numpy()
    fresh = facts.select((pl.col("day") <= day) & (pl.col("until") > day)).to_series().to_numpy()
    told: dict[Kind, pl.Series] = {
        "truth": facts["truth"].fill_null(value=False),
        "number": facts["number"].to_physical().cast(pl.Int64).fill_null(0),
        "text": facts["text"],
    }
    there = {kind: facts[kind].is_not_null().to_numpy() for kind in told}
    values = {kind: told[kind].to_numpy() for kind in told}
    for length, name in facts["fact"].rle().struct.unnest().iter_rows():
        run, kind = slice(start, start + length), _kind(name)
        start += length
        fits = there[kind][run] if kind else np.zeros(length, dtype=np.bool_)
        if lost := length - int(fits.sum()):
            unfit[name] = lost
        if kind:
            counts = fits & fresh[run]
            columns[name] = _column(name, kind, size, at[run][counts], values[kind][run][counts])
    return columns, unfit


def _kind(name: str) -> Kind | None:
    try:
        return kind_of(name)
    except KeyError:  # a name the law no longer knows
        return None


def _column(name: str, kind: Kind, size: int, at: NDArray[Any], told: NDArray[Any]) -> Column:
    choices = vocabulary()[name].choices if kind == "text" else ()
    if kind == "text":
        told = np.array([choices.index(text) if text in choices else -1 for text in told], dtype=np.int16)
    return column(kind, size, at, told, choices)
