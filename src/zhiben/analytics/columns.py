"""A population as columns: for each fact its value, the day it held, until when it counts and where it comes from.

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

from zhiben.analytics.held import Held, days_since, fitting, kind_of
from zhiben.law.facts import vocabulary
from zhiben.law.rules import Kind

Bits = NDArray[np.uint8]  # a plane: eight enterprises a byte
Days = NDArray[np.int32]  # since 1970-01-01
NO_DAY = 0


@dataclass(frozen=True, slots=True)
class Member:
    """One enterprise of a population: where it is, its industries as a mask, and the newest value of each fact."""

    enterprise: int
    path: str
    industries: int
    facts: Mapping[str, Held]


@dataclass(frozen=True, slots=True)
class Column:
    """One fact over a population. `known` tells where there is a value at all, stale or not."""

    kind: Kind
    known: NDArray[np.bool_]
    values: NDArray[Any]  # bool, int64 of millionths, or int16 into `texts`
    days: Days
    until: Days
    sources: NDArray[np.int16]  # into the population's `sources`
    texts: tuple[str, ...] = ()

    def counts_on(self, day: date) -> NDArray[np.bool_]:
        """Tell where the value is fresh on a day: what is stale is unknown, never «fine»."""
        at = days_since(day)
        fresh: NDArray[np.bool_] = self.known & (self.days <= at) & (at < self.until)
        return fresh


@dataclass(frozen=True)
class Population:
    """Enterprises by position, and their facts by name."""

    day: date
    enterprises: NDArray[np.int64]
    paths: tuple[str, ...]
    industries: NDArray[np.uint64]
    columns: Mapping[str, Column]
    sources: tuple[str, ...]
    unfit: Mapping[str, int] = field(default_factory=dict)  # values that no column can hold, by fact

    @cached_property
    def size(self) -> int:
        """How many enterprises."""
        return len(self.enterprises)


def population(members: Iterable[Member], day: date) -> Population:
    """Lay enterprises out in columns."""
    laid = _Laying()
    for member in members:
        laid.add(member)
    return laid.made(day)


class _Laying:
    """Gathers values fact by fact: most enterprises know few of all facts."""

    def __init__(self) -> None:
        self.enterprises: list[int] = []
        self.paths: list[str] = []
        self.industries: list[int] = []
        self.facts: dict[str, _Gathered] = {}
        self.sources: dict[str, int] = {}
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
            gathered = self.facts.setdefault(name, _Gathered())
            gathered.rows.append(at)
            gathered.values.append(value)
            gathered.days.append(days_since(held.day))
            gathered.until.append(days_since(held.until))
            gathered.sources.append(self.sources.setdefault(held.source, len(self.sources)))

    def made(self, day: date) -> Population:
        size = len(self.enterprises)
        return Population(
            day,
            np.array(self.enterprises, dtype=np.int64),
            tuple(self.paths),
            np.array(self.industries, dtype=np.uint64),
            {name: _column(name, size, gathered) for name, gathered in sorted(self.facts.items())},
            tuple(self.sources),
            self.unfit,
        )


@dataclass(slots=True)
class _Gathered:
    """What was told of one fact: the positions of those that know it, and as many values, days and sources."""

    rows: list[int] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    until: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)


def _column(name: str, size: int, gathered: _Gathered) -> Column:
    kind, texts = kind_of(name), tuple[str, ...]()
    if kind == "text":
        texts = vocabulary()[name].choices
        gathered.values = [texts.index(value) for value in gathered.values]
    types: Mapping[Kind, type] = {"truth": np.bool_, "number": np.int64, "text": np.int16}

    def spread(told: list[Any], dtype: type, empty: Any) -> NDArray[Any]:
        whole: NDArray[Any] = np.full(size, empty, dtype=dtype)
        whole[gathered.rows] = told
        return whole

    return Column(
        kind,
        spread([True] * len(gathered.rows), np.bool_, empty=False),
        spread(gathered.values, types[kind], 0),
        spread(gathered.days, np.int32, NO_DAY),
        spread(gathered.until, np.int32, NO_DAY),
        spread(gathered.sources, np.int16, -1),
        texts,
    )
