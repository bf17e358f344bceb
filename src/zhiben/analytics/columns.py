"""A population as columns on a day: for each fact its value where there is one that counts on that day.

Numbers are whole counts of millionths, so that comparing them is exact; what no such count can say is counted as unfit
and left unknown. A column is dense: position *n* of every array belongs to the enterprise at position *n*.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiben.analytics.held import Held, fitting, kind_of
from zhiben.law.facts import vocabulary
from zhiben.law.rules import Kind

Bits = NDArray[np.uint8]  # a plane: eight enterprises a byte
SMALL = 2**31  # numbers below fit in half the bytes, which are then read in half the time


@dataclass(frozen=True, slots=True)
class Member:
    """One enterprise of a population: where it is, its industries as a mask, and the newest value of each fact."""

    enterprise: int
    path: str
    industries: int
    facts: Mapping[str, Held]


@dataclass(frozen=True, slots=True)
class Column:
    """One fact over a population. What is stale on the population's day is not known: unknown, never «fine»."""

    kind: Kind
    known: NDArray[np.bool_]
    values: NDArray[Any]  # bool, int32 or int64 of millionths, or int16 into `texts`
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Population:
    """Enterprises by position, and their facts by name, as they count on a day."""

    day: date
    enterprises: NDArray[np.int64]
    paths: tuple[str, ...]
    industries: NDArray[np.uint64]
    columns: Mapping[str, Column]
    unfit: Mapping[str, int] = field(default_factory=dict)  # values that no column can hold, by fact

    @cached_property
    def size(self) -> int:
        """How many enterprises."""
        return len(self.enterprises)


def population(members: Iterable[Member], day: date) -> Population:
    """Lay enterprises out in columns."""
    laid = _Laying(day)
    for member in members:
        laid.add(member)
    return laid.made()


class _Laying:
    """Gathers values fact by fact: most enterprises know few of all facts."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.enterprises: list[int] = []
        self.paths: list[str] = []
        self.industries: list[int] = []
        self.facts: dict[str, _Gathered] = {}
        self.unfit: dict[str, int] = {}

    def add(self, member: Member) -> None:
        at = len(self.enterprises)
        self.enterprises.append(member.enterprise)
        self.paths.append(member.path)
        self.industries.append(member.industries)
        for name, held in member.facts.items():
            value = fitting(name, held.value)
            if value is None:
                self.unfit[name] = self.unfit.get(name, 0) + 1
                continue
            if held.day <= self.day < held.until:
                gathered = self.facts.setdefault(name, _Gathered())
                gathered.rows.append(at)
                gathered.values.append(value)

    def made(self) -> Population:
        size = len(self.enterprises)
        return Population(
            self.day,
            np.array(self.enterprises, dtype=np.int64),
            tuple(self.paths),
            np.array(self.industries, dtype=np.uint64),
            {name: _column(name, size, gathered) for name, gathered in sorted(self.facts.items())},
            self.unfit,
        )


@dataclass(slots=True)
class _Gathered:
    """What was told of one fact: the positions of those that know it, and as many values."""

    rows: list[int] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)


def _column(name: str, size: int, gathered: _Gathered) -> Column:
    kind, told = kind_of(name), gathered.values
    if kind == "text":
        texts = vocabulary()[name].choices
        return column(kind, size, gathered.rows, np.array([texts.index(text) for text in told], dtype=np.int16), texts)
    return column(kind, size, gathered.rows, np.array(told, dtype=np.bool_ if kind == "truth" else np.int64))


def column(kind: Kind, size: int, rows: Any, told: NDArray[Any], texts: tuple[str, ...] = ()) -> Column:
    """Return a column with these values at these positions; small numbers take half the bytes."""
    if kind == "number" and (not len(told) or -SMALL <= told.min() <= told.max() < SMALL):
        told = told.astype(np.int32)
    known, values = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=told.dtype)
    known[rows], values[rows] = True, told
    return Column(kind, known, values, texts)
