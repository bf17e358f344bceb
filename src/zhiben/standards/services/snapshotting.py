"""The snapshot of all facts as columns: written from the packed rows, and judged by an engine."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from zhiben.analytics.judging import Engine, Question, Tally, details_of, question, told_of
from zhiben.analytics.public import Determined, determine, population
from zhiben.analytics.shards import Row
from zhiben.analytics.snapshots import Snapshot, Written, held, opened, write
from zhiben.journal.public import catch_up, mark_at, one_moment, standing
from zhiben.kernel.errors import Conflict
from zhiben.kernel.ids import path_end
from zhiben.law.pack_texts import Adopted
from zhiben.orgs.models import Unit
from zhiben.standards.members import members_among
from zhiben.standards.models import CurrentFacts, FactWord
from zhiben.standards.services.packing import CONSUMER, pack_all

AT_ONCE = 2_000
_ROWS = """
select e.id, e.path, e.industries_mask, c.packed
from orgs_enterprise e left join standards_currentfacts c on c.enterprise_id = e.id
{} order by e.id
"""


class PackedRows:
    """The packed rows as of one moment; to be read inside `one_moment`."""

    def __init__(self) -> None:
        self.position, self.mark = standing(CONSUMER)

    def words(self) -> Mapping[int, str]:
        """Return the words that packed rows hold by number."""
        return dict(FactWord.objects.values_list("pk", "text"))

    def rows(self) -> Iterator[Row]:
        """Yield the rows of all enterprises, in the order of their numbers."""
        yield from _read(_ROWS.format(""), [])

    def rows_of(self, numbers: Sequence[int]) -> Iterator[Row]:
        """Yield the rows of these enterprises, in their order."""
        for start in range(0, len(numbers), AT_ONCE):
            some = numbers[start : start + AT_ONCE]
            marks = ", ".join(["%s"] * len(some))
            yield from _read(_ROWS.format(f"where e.id in ({marks})"), some)

    def changed(self, since: int) -> Iterator[int]:
        """Yield the numbers of enterprises that changed after a position, in their order."""
        changed = CurrentFacts.objects.filter(position__gt=since).order_by("pk").values_list("pk", flat=True)
        yield from list(changed)


def _read(statement: str, parameters: Sequence[Any]) -> Iterator[Row]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, list(parameters))
        while rows := cursor.fetchmany(AT_ONCE):
            for number, path, industries, packed in rows:
                yield Row(number, path, industries, bytes(packed or b""))


def root() -> Path:
    """Return the folder of the snapshot."""
    return Path(settings.SNAPSHOT_ROOT)


def write_snapshot(*, now: datetime, full: bool = False, anew: bool = False, wait: bool = True) -> Written:
    """Bring the snapshot to what is committed now; `full`: every shard; `anew`: packed rows too, from the history."""
    with held(root(), wait=wait):
        position = catch_up(CONSUMER, now=now)
        if anew:
            pack_all(position=position)
        with one_moment():
            return write(root(), PackedRows(), now=now, full=full or anew or snapshot_here() is None)


def sweep_snapshot(now: datetime) -> int:
    """Bring the snapshot that is there to what is committed now; who never asked for one has none."""
    snapshot = snapshot_here()
    if snapshot is None or not behind(snapshot, now=now):
        return 0
    try:
        return write_snapshot(now=now, wait=False).enterprises
    except Conflict:  # another worker is at it
        return 0


def snapshot_here() -> Snapshot | None:
    """Return the snapshot, if there is one and it is of these records: a restored database has another journal."""
    snapshot = opened(root())
    return snapshot if snapshot and mark_at(snapshot.position) == snapshot.mark else None


def behind(snapshot: Snapshot, *, now: datetime) -> int:
    """Return how many enterprises changed since the snapshot."""
    catch_up(CONSUMER, now=now)
    return CurrentFacts.objects.filter(position__gt=snapshot.position).count()


def age(*, now: datetime) -> dict[str, Any] | None:
    """Return of which moment the snapshot is and how many enterprises changed since; None where there is none."""
    snapshot = snapshot_here()
    if snapshot is None:
        return None
    return {"made_at": snapshot.made_at.isoformat(), "behind": behind(snapshot, now=now)}


def changed_since(snapshot: Snapshot, numbers: range, *, now: datetime) -> list[int]:
    """Return which of these enterprises changed since the snapshot, whoever is reading the journal just now."""
    catch_up(CONSUMER, now=now, wait=True)
    rows = CurrentFacts.objects.filter(position__gt=snapshot.position, pk__gte=numbers.start, pk__lt=numbers.stop)
    return list(rows.values_list("pk", flat=True))


@dataclass(frozen=True)
class Judging:
    """A population judged: by an engine from the snapshot, and those with facts newer than the day from the history."""

    snapshot: Snapshot
    engine: Engine
    asked: Question

    def tally(self) -> Tally:
        """Return the counts."""
        tally = self.engine.tally(self.snapshot, self.asked)
        late, tally.late = sorted(tally.late), []
        for determined in self._from_history(late):
            tally.add(determined, self.asked)
        tally.late = late
        return tally

    def enterprises(self, late: Sequence[int]) -> Iterator[dict[str, Any]]:
        """Yield each enterprise with its clauses; `late` as the tally told."""
        far = self.engine.details(self.snapshot, self.asked)
        near = (details_of(determined, self.asked) for determined in self._from_history(late))
        for number, clauses in merge(told_of(far, self.asked), told_of(near, self.asked), key=itemgetter(0)):
            yield {"enterprise": number, "clauses": clauses}

    def _from_history(self, numbers: Sequence[int]) -> Iterator[Determined]:
        day = self.asked.day
        for start in range(0, len(numbers), AT_ONCE):
            held_ = population(members_among(numbers[start : start + AT_ONCE], day=day), day)
            yield determine(held_, editions=self.asked.standards)


def judging(
    engine: Engine,
    snapshot: Snapshot,
    *,
    day: date,
    unit: Unit | None = None,
    only: Sequence[str] = (),
    own: Sequence[Adopted] = (),
) -> Judging:
    """Return what judges all enterprises below a unit, or all there are, by the editions in force on a day.

    `own`: what regions adopted, which travels with the question.
    """
    path = None if unit is None else (unit.path, path_end(unit.path))
    return Judging(snapshot, engine, question(day, only=only, own=own, path=path))
