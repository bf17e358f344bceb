"""What an engine is asked and what it answers, the same for every engine; and a shard of a snapshot judged.

An engine differs only in where it reads shards and how it adds up: the judging is `judged_shard`, here and far away.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import numpy as np
import polars as pl

from zhiben.analytics.determining import Determined, chosen, determine, facts_of
from zhiben.analytics.shards import Shard, population_of
from zhiben.analytics.snapshots import Snapshot
from zhiben.law.pack_texts import Adopted
from zhiben.law.rule_reader import parse
from zhiben.law.rules import names
from zhiben.law.standards import Standard, standard

VERDICTS = ("unknown", "absent", "present")


class Line(NamedTuple):
    """A clause of an answer, and the facts whose places are the bits of its masks."""

    standard: str
    clause: str
    is_element: bool
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """Which editions are asked, of which day, and of which units: from a path to before another.

    `own`: the texts of regions' editions among them; all others are of the packs.
    """

    day: date
    editions: tuple[str, ...]
    path: tuple[str, str] | None = None
    own: tuple[Adopted, ...] = ()

    @cached_property
    def standards(self) -> list[Standard]:
        """The editions themselves."""
        own = {known.id: known for each in self.own if (known := each.edition())}
        return [own.get(id_) or standard(id_) for id_ in self.editions]

    @cached_property
    def facts(self) -> list[str]:
        """What their rules ask for."""
        return facts_of(self.standards)

    @cached_property
    def lines(self) -> list[Line]:
        """Every clause and composite, in the order of the answer."""
        return [line for known in self.standards for line in _lines(known)]

    @cached_property
    def numbers(self) -> Mapping[tuple[str, str], int]:
        """The number of each line."""
        return {(line.standard, line.clause): number for number, line in enumerate(self.lines)}


def question(
    day: date, *, only: Sequence[str] = (), own: Sequence[Adopted] = (), path: tuple[str, str] | None = None
) -> Question:
    """Return what to ask: the editions in force on a day and the regions' own beside them, or `only` these."""
    found = tuple(known.id for known in chosen(day, only))
    regional = {
        known.id: each
        for each in own
        if (known := each.edition()) and known.in_force(day) and (not only or known.id in found)
    }
    return Question(day, found if only else (*found, *regional), path, tuple(regional.values()))


def _lines(known: Standard) -> Iterator[Line]:
    for each in known.clauses:
        yield Line(known.id, each.ref, each.is_element, names(parse(each.rule)) if each.rule else (each.seen,))
    for composite in known.composites:
        yield Line(known.id, composite.ref, is_element=False, facts=())


@dataclass
class Tally:
    """At how many enterprises each line is present, absent, unknown; what no column could hold; who is left over."""

    judged: int = 0
    lines: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    unfit: Counter[str] = field(default_factory=Counter)
    late: list[int] = field(default_factory=list)  # enterprises with facts newer than the day: ask their history

    def add(self, determined: Determined, asked: Question) -> None:
        """Add a block."""
        self.judged += determined.population.size
        wanted = set(asked.facts)
        self.unfit.update({name: count for name, count in determined.population.unfit.items() if name in wanted})
        for judged, told in zip(determined.clauses, determined.counts(), strict=True):
            self.add_line(
                asked.numbers[judged.standard.id, judged.clause], told["present"], told["absent"], told["unknown"]
            )

    def add_line(self, number: int, present: int, absent: int, unknown: int) -> None:
        """Add to the counts of a line."""
        before = self.lines.get(number, (0, 0, 0))
        self.lines[number] = (before[0] + present, before[1] + absent, before[2] + unknown)

    def counts(self, asked: Question) -> list[dict[str, Any]]:
        """Return the counts of each clause as commands tell them."""
        return [_told(asked.lines[number], *self.lines[number]) for number in sorted(self.lines)]


def _told(line: Line, present: int, absent: int, unknown: int) -> dict[str, Any]:
    told = {
        "standard": line.standard,
        "clause": line.clause,
        "present": present,
        "absent": absent,
        "unknown": unknown,
    }
    return told | ({"element": True} if line.is_element else {})


class Engine(Protocol):
    """Where a snapshot is judged."""

    def tally(self, snapshot: Snapshot, asked: Question) -> Tally:
        """Return the counts over a snapshot."""

    def details(self, snapshot: Snapshot, asked: Question) -> Iterator[pl.DataFrame]:
        """Yield enterprise, line, verdict and mask of all that applies, by enterprise and line."""


def judged_shard(shard: Shard, asked: Question) -> tuple[Determined, list[int]]:
    """Judge the enterprises of a shard; of those with facts newer than the day only the numbers are given back."""
    newer = (pl.col("newest_day") > asked.day).fill_null(value=False)
    late = shard.enterprises.filter(newer)["enterprise"].to_list()
    held = population_of(Shard(shard.enterprises.filter(~newer), shard.facts), asked.day)
    return determine(held, editions=asked.standards), late


_ITSELF = {"line": -1, "verdict": -1, "mask": 0}
DETAILS = pl.Schema({"enterprise": pl.Int64, "line": pl.Int32, "verdict": pl.Int8, "mask": pl.Int64})


def details_of(determined: Determined, asked: Question) -> pl.DataFrame:
    """Return every verdict of a shard with the mask of the facts that settled it, by enterprise and line.

    Line -1 stands for the enterprise itself: one that no clause binds is told too.
    """
    everybody = determined.population.enterprises
    found = [{"enterprise": everybody, **{name: np.full(len(everybody), value) for name, value in _ITSELF.items()}}]
    for judged in determined.clauses:
        told = determined.told(judged)
        at = np.nonzero(told.verdicts >= 0)[0]
        line = np.full(len(at), asked.numbers[judged.standard.id, judged.clause])
        found.append(
            {
                "enterprise": everybody[at],
                "line": line,
                "verdict": told.verdicts[at],
                "mask": told.masks[at].astype(np.int64),
            }
        )
    joined = {name: np.concatenate([each[name] for each in found]) for name in DETAILS}
    return pl.DataFrame(joined).cast(DETAILS).sort("enterprise", "line")


def told_of(details: Iterable[pl.DataFrame], asked: Question) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Yield each enterprise with its clauses, the masks expanded to the facts that settled the verdict."""
    for frame in details:
        for (number,), rows in frame.group_by("enterprise", maintain_order=True):
            yield (
                int(str(number)),
                [
                    _expanded(asked.lines[line], verdict, mask)
                    for _, line, verdict, mask in rows.iter_rows()
                    if line >= 0
                ],
            )


def _expanded(line: Line, verdict: int, mask: int) -> dict[str, Any]:
    facts = [name for bit, name in enumerate(line.facts) if mask >> bit & 1]
    return {"standard": line.standard, "clause": line.clause, "verdict": VERDICTS[verdict], "facts": facts}


class Embedded:
    """The engine in this program: Polars reads the columns, a block at a time."""

    def tally(self, snapshot: Snapshot, asked: Question) -> Tally:
        """Return the counts over a snapshot."""
        tally = Tally()
        for shard in snapshot.shards(asked.facts, path=asked.path):
            determined, late = judged_shard(shard, asked)
            tally.add(determined, asked)
            tally.late += late
        return tally

    def details(self, snapshot: Snapshot, asked: Question) -> Iterator[pl.DataFrame]:
        """Yield every verdict, shard by shard."""
        for shard in snapshot.shards(asked.facts, path=asked.path):
            yield details_of(judged_shard(shard, asked)[0], asked)
