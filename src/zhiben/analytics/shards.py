"""A shard of a snapshot: some thousand enterprises as one Parquet file, a row an enterprise, four columns a fact.

    enterprise, path, industries (a mask), newest_day (of its facts), unfit (facts whose value no column can hold, apart by spaces)
    <fact>, <fact>@day, <fact>@until, <fact>@source

A number is a decimal of six places, which Parquet keeps as the whole count of millionths that rules compare. A fact that
nobody of the shard knows has no columns.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiben.analytics.columns import Column, Population
from zhiben.analytics.held import kind_of
from zhiben.analytics.packed import NUMBER, RECORD, SOURCES, TEXT, TRUTH
from zhiben.law.facts import vocabulary
from zhiben.law.population import MILLIONTHS
from zhiben.law.rules import Kind

DECIMAL = pl.Decimal(18, 6)
TYPES: Mapping[Kind, pl.DataType] = {"truth": pl.Boolean(), "number": DECIMAL, "text": pl.String()}
HEAD = {
    "enterprise": pl.Int64(),
    "path": pl.String(),
    "industries": pl.Int64(),
    "newest_day": pl.Date(),
    "unfit": pl.String(),
}
_FIELDS = np.dtype(
    [("name", "<u2"), ("kind", "u1"), ("source", "u1"), ("day", "<i4"), ("until", "<i4"), ("value", "<i8")]
)  # of a packed row
Records = NDArray[np.void]
_PACKED: Mapping[Kind, int] = {"truth": TRUTH, "number": NUMBER, "text": TEXT}
_ALWAYS, _NEVER = np.int32(-(2**31)), np.int32(2**31 - 1)


class Row(NamedTuple):
    """An enterprise as it goes into a shard."""

    enterprise: int
    path: str
    industries: int
    packed: bytes


def columns_of(name: str, kind: Kind) -> dict[str, pl.DataType]:
    """Return the columns of a fact."""
    return {name: TYPES[kind], f"{name}@day": pl.Date(), f"{name}@until": pl.Date(), f"{name}@source": pl.String()}


def schema_of(facts: Mapping[str, Kind]) -> dict[str, pl.DataType]:
    """Return the columns of a shard whose enterprises know these facts."""
    return HEAD | {column: dtype for name, kind in facts.items() for column, dtype in columns_of(name, kind).items()}


def facts_in(frame: pl.DataFrame) -> dict[str, Kind]:
    """Return the facts that somebody of a shard knows."""
    names = [column.removesuffix("@source") for column in frame.columns if column.endswith("@source")]
    kinds: dict[type[pl.DataType], Kind] = {pl.Boolean: "truth", pl.Decimal: "number", pl.String: "text"}
    schema = frame.schema
    return {name: kinds[schema[name].base_type()] for name in names}


def frame_of(rows: Sequence[Row], words: Mapping[int, str]) -> pl.DataFrame:
    """Lay rows out as a shard."""
    told: Records = np.frombuffer(b"".join(row.packed for row in rows), dtype=_FIELDS)
    counts = np.array([len(row.packed) // RECORD.size for row in rows], dtype=np.int64)
    at = np.repeat(np.arange(len(rows)), counts)
    order = np.argsort(told["name"], kind="stable")
    facts, unfit = _by_fact(told[order], at[order], words)
    head = pl.DataFrame(
        {
            "enterprise": [row.enterprise for row in rows],
            "path": [row.path for row in rows],
            "industries": [row.industries for row in rows],
            "newest_day": pl.Series(_newest(told, counts)).cast(pl.Int32),
            "unfit": [" ".join(unfit[place]) if place in unfit else None for place in range(len(rows))],
        },
        schema_overrides={"unfit": pl.String},
    ).with_columns(pl.when(pl.col("newest_day") > int(_ALWAYS)).then("newest_day").cast(pl.Date))
    raw = pl.DataFrame({name: array for fact in facts for name, array in _spread(fact, len(rows)).items()})
    columns = raw.select([each for fact in facts for each in _columns(fact, words)])
    return head.hstack(columns.get_columns())


def _newest(told: Records, counts: NDArray[np.int64]) -> NDArray[np.int32]:
    newest = np.full(len(counts), _ALWAYS)
    if len(told):
        starts = (np.cumsum(counts) - counts)[counts > 0]
        newest[counts > 0] = np.maximum.reduceat(told["day"], starts)
    return newest


class _Fact(NamedTuple):
    """A fact of a shard: which places know it, and what each of them says."""

    name: str
    kind: Kind
    places: NDArray[np.intp]
    told: Records


def _by_fact(told: Records, at: NDArray[np.intp], words: Mapping[int, str]) -> tuple[list[_Fact], dict[int, list[str]]]:
    """Return each fact with the places that know it, and by place the facts that no column can hold."""
    facts: list[_Fact] = []
    unfit: dict[int, list[str]] = {}
    numbers, starts = np.unique(told["name"], return_index=True)
    for number, start, end in zip(numbers.tolist(), starts, np.append(starts, len(told))[1:], strict=True):
        name, part, places = words[number], told[start:end], at[start:end]
        kind = _kind(name)
        fits = part["kind"] == (_PACKED[kind] if kind else -1)
        for place in places[~fits].tolist():
            unfit.setdefault(place, []).append(name)
        if kind and fits.any():
            facts.append(_Fact(name, kind, places[fits], part[fits]))
    return facts, unfit


def _kind(name: str) -> Kind | None:
    try:
        return kind_of(name)
    except KeyError:  # a name the law no longer knows
        return None


def _spread(fact: _Fact, size: int) -> dict[str, NDArray[Any]]:
    """Return what is told of a fact as arrays over the whole shard."""
    known = np.zeros(size, dtype=np.bool_)
    known[fact.places] = True
    spread: dict[str, NDArray[Any]] = {f"{fact.name}@known": known}
    for field in ("value", "day", "until", "source"):
        whole = np.zeros(size, dtype=fact.told[field].dtype)
        whole[fact.places] = fact.told[field]
        spread[f"{fact.name}@{field}"] = whole
    return spread


def _columns(fact: _Fact, words: Mapping[int, str]) -> Iterator[pl.Expr]:
    name = fact.name
    values: Mapping[Kind, Callable[[pl.Expr], pl.Expr]] = {
        "truth": lambda raw: raw.cast(pl.Boolean),
        "number": lambda raw: (raw.cast(pl.Decimal(38, 6)) / MILLIONTHS).cast(DECIMAL),
        "text": lambda raw: raw.replace_strict(_texts(fact, words), default=None, return_dtype=pl.String),
    }
    told = {
        name: values[fact.kind](pl.col(f"{name}@value")),
        f"{name}@day": pl.col(f"{name}@day").cast(pl.Date),
        f"{name}@until": pl.col(f"{name}@until").cast(pl.Date),
        f"{name}@source": pl.col(f"{name}@source").replace_strict(dict(enumerate(SOURCES)), return_dtype=pl.String),
    }
    for column, value in told.items():
        yield pl.when(f"{name}@known").then(value).alias(column)


def _texts(fact: _Fact, words: Mapping[int, str]) -> dict[int, str]:
    return {number: words[number] for number in np.unique(fact.told["value"]).tolist()}


def population_of(frame: pl.DataFrame, day: date, names: Sequence[str]) -> Population:
    """Return a shard as the columns that rules are asked of; a value that is stale on the day is as good as none."""
    schema = frame.schema
    kinds = {name: kind for name in names if name in schema and (kind := _kind_of_column(name, schema[name]))}
    asked = [each for name, kind in kinds.items() for each in _asked(name, kind, day)]
    told = frame.select(asked) if asked else frame
    columns = {name: _column(told, name, kind) for name, kind in kinds.items()}
    unfit = frame["unfit"].drop_nulls().str.split(" ").explode().value_counts()
    return Population(
        day,
        frame["enterprise"].to_numpy(),
        tuple(frame["path"]),
        frame["industries"].to_numpy().astype(np.uint64),
        columns,
        (),
        dict(unfit.iter_rows()),
    )


def _kind_of_column(name: str, dtype: pl.DataType) -> Kind | None:
    """Return a fact's kind; None where its column is of another one, or the law no longer knows it."""
    kind = _kind(name)
    return kind if kind and TYPES[kind].base_type() == dtype.base_type() else None


def _asked(name: str, kind: Kind, day: date) -> tuple[pl.Expr, pl.Expr]:
    """Return where a fact is known and fresh, and its value as rules compare it."""
    value = pl.col(name)
    if kind == "number":
        value = value.to_physical().cast(pl.Int64)
    if kind == "text":
        texts = {text: at for at, text in enumerate(vocabulary()[name].choices)}
        value = value.replace_strict(texts, default=None, return_dtype=pl.Int16)
    fresh = (pl.col(f"{name}@day") <= day) & (pl.col(f"{name}@until") > day)
    empty = pl.lit(value=False) if kind == "truth" else 0
    known = (value.is_not_null() & fresh).fill_null(value=False)
    return known.alias(f"{name}@known"), value.fill_null(empty).alias(name)


def _column(told: pl.DataFrame, name: str, kind: Kind) -> Column:
    size = len(told)
    return Column(
        kind,
        told[f"{name}@known"].to_numpy(),
        told[name].to_numpy(),
        np.broadcast_to(_ALWAYS, size),
        np.broadcast_to(_NEVER, size),
        np.broadcast_to(np.int16(-1), size),
        vocabulary()[name].choices if kind == "text" else (),
    )
