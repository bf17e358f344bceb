"""A population a stretch at a time, in the order of numbers: what the snapshot tells of it, and whom the records must tell.

A snapshot may be old. Who changed since, whom it does not hold, who has facts newer than the day or values that fit no
column is read from the records: a snapshot's age costs time, never truth. Loads Polars; pages come here by `following`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl
from django.db.models import QuerySet

from zhiben.analytics.columns import Member, population
from zhiben.analytics.determining import determine, facts_of
from zhiben.analytics.held import Held
from zhiben.analytics.shards import Shard, population_of
from zhiben.analytics.snapshots import SHARD, read_shard
from zhiben.law.standards import standard
from zhiben.orgs.models import Enterprise
from zhiben.standards.following import Piece
from zhiben.standards.looking import Case, Grounds, Looked, grounds, present_in
from zhiben.standards.members import members_among
from zhiben.standards.regional import editions_in_force
from zhiben.standards.services.snapshotting import changed_since, snapshot_here

File = tuple[str, str]  # the snapshot's folder, and a name in it that never means anything else


@dataclass(frozen=True, slots=True)
class Stretch:
    """Enterprises that follow each other; `changed` are those of whom the snapshot is silent or out of date."""

    numbers: Sequence[int]
    is_last: bool
    file: File | None = None  # of the snapshot's shard; None: the snapshot knows nothing of them
    changed: frozenset[int] = frozenset()


def stretch_after(rows: QuerySet[Enterprise], after: int, *, at_most: int, now: datetime) -> Stretch:
    """Return the next enterprises of `rows`: a shard of the snapshot, or some few where it has none of them."""
    ordered, snapshot = rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True), snapshot_here()
    first = ordered.first()
    number = (first or 0) // SHARD
    if first is None or snapshot is None or number not in snapshot.files:
        numbers = list(ordered[:at_most])
        return Stretch(numbers, is_last=len(numbers) < at_most)
    end = (number + 1) * SHARD
    changed = frozenset(changed_since(snapshot, range(first, end), now=now))
    numbers = list(ordered.filter(pk__lt=end))
    return Stretch(
        numbers, not rows.filter(pk__gte=end).exists(), (str(snapshot.root), snapshot.files[number]), changed
    )


def pieces(stretch: Stretch, facts: Sequence[str], day: date, *, at_most: int) -> list[Piece]:
    """Return what is known of some facts in a stretch: by the snapshot, and of whom it does not tell by the records."""
    found, told = list[Piece](), set[int]()
    if stretch.file is not None:
        held = population_of(_read(stretch.file, tuple(facts), day), day)
        wanted = np.array(sorted(set(stretch.numbers) - stretch.changed), dtype=np.int64)
        rows = np.nonzero(np.isin(held.enterprises, wanted))[0]
        told = set(held.enterprises[rows].tolist())
        found.append((held, rows))
    apart = [number for number in stretch.numbers if number not in told]
    for start in range(0, len(apart), at_most):
        near = population(members_among(apart[start : start + at_most], day=day), day)
        found.append((near, np.arange(near.size)))
    return found


def glance(stretch: Stretch, day: date) -> Looked:
    """Return the hazards that the snapshot tells of: only the deciding facts are read, and no other verdict."""
    if stretch.file is None:
        return Looked(day, (), {}, {}, {})
    seen = _glanced(stretch.file, day, tuple(known.id for known in editions_in_force(day)))
    told = [number for number in stretch.numbers if number in seen.sure and number not in stretch.changed]
    present = {number: seen.present[number] for number in told if number in seen.present}
    return Looked(day, tuple(told), present, {}, {number: seen.members[number] for number in present})


@dataclass(frozen=True, slots=True)
class _Glance:
    sure: frozenset[int]
    present: Mapping[int, Mapping[Case, Grounds]]
    members: Mapping[int, Member]


@lru_cache(maxsize=1)  # a stretch with many differences is taken in several parts; a file never changes
def _glanced(file: File, day: date, editions: tuple[str, ...]) -> _Glance:
    asked = [standard(id_) for id_ in editions]
    shard = _read(file, tuple(facts_of(asked)), day)
    found: list[tuple[int, Case, tuple[str, ...]]] = list(
        present_in(determine(population_of(shard, day), editions=asked))
    )
    facts = _facts(shard.facts, {(number, name) for number, _, names in found for name in names})
    present: dict[int, dict[Case, Grounds]] = {}
    for number, case, names in found:
        present.setdefault(number, {})[case] = grounds(names, facts[number])
    unfit = shard.facts.filter(pl.all_horizontal(pl.col("truth", "number", "text").is_null()))["enterprise"]
    sure = frozenset(shard.enterprises["enterprise"].to_list()).difference(unfit.to_list())
    return _Glance(sure, present, {number: Member(number, "", 0, held) for number, held in facts.items()})


def _read(file: File, facts: tuple[str, ...], day: date) -> Shard:
    """Return what a shard knows of some facts; those with facts newer than the day are left to their history."""
    shard = read_shard(*file, facts=facts, also=("source",))
    newer = (pl.col("newest_day") > day).fill_null(value=False)
    return Shard(shard.enterprises.filter(~newer), shard.facts)


def _facts(known: pl.DataFrame, wanted: set[tuple[int, str]]) -> dict[int, dict[str, Held]]:
    """Return these facts of these enterprises as they were told; a number as its decimals."""
    named = pl.DataFrame(sorted(wanted), schema={"enterprise": pl.Int64, "fact": pl.String}, orient="row")
    told: dict[int, dict[str, Held]] = {}
    columns_ = ("enterprise", "fact", "truth", "number", "text", "day", "until", "source")
    for number, name, truth, decimal, text, day, until, source in (
        known.join(named, on=["enterprise", "fact"], how="inner").select(columns_).iter_rows()
    ):
        value: Any = truth if truth is not None else str(decimal) if decimal is not None else text
        told.setdefault(number, {})[name] = Held(value, day, until, source)
    return told
