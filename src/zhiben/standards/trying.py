"""A what-if: today's population by the law in force and by law as it might be, and what differs. Nothing is written.

Only the editions that would change are judged, a few thousand enterprises at a time; the answer of a part is added to
those before it. Few are read from the records; many from the snapshot, and from the records only whom it does not tell.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from zhiben.analytics.public import Determined, Population, determine, facts_of, population, unpacked
from zhiben.kernel.actor import Actor
from zhiben.kernel.ids import path_end
from zhiben.law.standards import Clause, Composite
from zhiben.law.trials import Refs, Trial, Turn
from zhiben.orgs.domain.industries import mask_of, slugs_of
from zhiben.orgs.models import Enterprise, Unit
from zhiben.orgs.public import children_of, enterprises_for
from zhiben.standards.following import Piece, held_after
from zhiben.standards.members import members_among
from zhiben.standards.permissions import DeterminationPermission
from zhiben.standards.resting import Resting, resting

AT_ONCE = 2_000
ROWS = 500  # enterprises and records told by name in what a page shows; every one is counted
LISTED = 50_000  # enterprises that can be listed behind a number
VERDICTS = ("none", "unknown", "absent", "present")  # by number, from -1
Verdicts = NDArray[np.int8]
SORTS = ("newly_present", "no_longer_present", "newly_unknown", "newly_judged")


@dataclass(frozen=True, slots=True)
class Turned:
    """A clause of one enterprise that would answer otherwise."""

    turn: int  # which pair of editions
    refs: Refs
    before: str
    after: str


@dataclass
class Part:
    """What differs among some enterprises."""

    enterprises: Sequence[int]
    paths: Sequence[str]
    industries: Sequence[int]
    is_last: bool
    changes: dict[int, list[Turned]] = field(default_factory=dict)  # by position
    clauses: Counter[tuple[int, Refs, str, str]] = field(default_factory=Counter)
    touched: list[tuple[Resting, str | None, str, str]] = field(default_factory=list)  # with the clause that follows


def within(actor: Actor, unit: Unit) -> QuerySet[Enterprise]:
    """Return the enterprises of a part of the tree whose determinations the actor may see."""
    rows = enterprises_for(actor, DeterminationPermission.VIEW)
    return rows.filter(path__gte=unit.path, path__lt=path_end(unit.path)).distinct()


def parts(actor: Actor, unit: Unit, tried: Trial, *, now: datetime) -> Iterator[Part]:
    """Give what differs, some enterprises at a time."""
    after, is_last = 0, False
    while not is_last:
        part = part_after(actor, unit, tried, after, now=now)
        yield part
        after, is_last = (part.enterprises[-1] if part.enterprises else after), part.is_last


def part_after(actor: Actor, unit: Unit, tried: Trial, after: int, *, now: datetime) -> Part:
    """Judge the next enterprises by both; compare clause by clause."""
    facts = facts_of([*tried.before, *tried.after])
    stretch, pieces = held_after(within(actor, unit), after, facts, day=tried.day, at_most=AT_ONCE, now=now)
    return part_of(actor, pieces, tried, is_last=stretch.is_last)


def few(actor: Actor, numbers: Sequence[int], tried: Trial) -> Part:
    """Judge few enterprises by both, from the records."""
    held = population(members_among(numbers, day=tried.day), tried.day)
    return part_of(actor, [(held, np.arange(held.size))], tried, is_last=True)


def part_of(actor: Actor, pieces: Iterable[Piece], tried: Trial, *, is_last: bool) -> Part:
    """Judge populations by both, at some of their rows; compare clause by clause."""
    found = [
        (held, rows, determine(held, editions=tried.before), determine(held, editions=tried.after))
        for held, rows in pieces
    ]
    numbers = np.concatenate([held.enterprises[rows] for held, rows, *_ in found] or [np.empty(0, np.int64)])
    order = np.argsort(numbers)

    def joined(each_of: Sequence[Verdicts]) -> Verdicts:
        whole: Verdicts = np.concatenate(each_of)[order]
        return whole

    paths = [held.paths[row] for held, rows, *_ in found for row in rows.tolist()]
    masks = [mask for held, rows, *_ in found for mask in held.industries[rows].tolist()]
    part = Part(
        numbers[order].tolist(), [paths[at] for at in order.tolist()], [masks[at] for at in order.tolist()], is_last
    )
    told: dict[tuple[int, str | None], tuple[str | None, Verdicts, Verdicts]] = {}
    for at, turn in enumerate(tried.turned if found else ()):
        for refs in turn.clauses():
            was = joined([_verdicts(old, turn.before, refs[0], held)[rows] for held, rows, old, _ in found])
            then = joined([_verdicts(new, turn.after, refs[1], held)[rows] for held, rows, _, new in found])
            told[at, refs[0]] = (refs[1], was, then)
            _compare(part, at, refs, was, then)
    _touch(part, actor, tried.turned, told)
    return part


def _verdicts(determined: Determined, known: Any, ref: str | None, held: Population) -> Verdicts:
    """Return what a clause answers enterprise by enterprise; -1 where it does not apply or is not there."""
    for judged in determined.clauses:
        if known is not None and judged.standard is known and judged.clause == ref:
            applies, absent, present = (
                unpacked(each, held.size).astype(np.int8) for each in (judged.applies, judged.absent, judged.present)
            )
            whole: Verdicts = applies - 1 + absent + 2 * present
            return whole
    return np.full(held.size, -1, dtype=np.int8)


def _compare(part: Part, at: int, refs: Refs, was: Verdicts, then: Verdicts) -> None:
    """Note where the answers differ; that a clause is not there and that it cannot be judged is no difference."""
    for row in (np.maximum(was, 0) != np.maximum(then, 0)).nonzero()[0].tolist():
        turned = Turned(at, refs, VERDICTS[was[row] + 1], VERDICTS[then[row] + 1])
        part.changes.setdefault(row, []).append(turned)
        part.clauses[at, refs, turned.before, turned.after] += 1


def _touch(
    part: Part,
    actor: Actor,
    turned: Sequence[Turn],
    told: Mapping[tuple[int, str | None], tuple[str | None, Verdicts, Verdicts]],
) -> None:
    """Find the open records that rest on a clause that would answer otherwise, or be gone."""
    row_of = {number: row for row, number in enumerate(part.enterprises)}
    at_of = {turn.before.id: at for at, turn in enumerate(turned) if turn.before is not None}
    for one in resting(actor, part.enterprises, list(at_of)):
        found = told.get((at_of[one.standard], one.clause))
        if found is None or one.enterprise not in row_of:
            continue
        ref, was, then = found
        before, after = (VERDICTS[each[row_of[one.enterprise]] + 1] for each in (was, then))
        if before != after or ref is None:
            part.touched.append((one, ref, before, after))


# added up -----------------------------------------------------------------------------------------------------------


@dataclass
class Summed:
    """What differs in all, as a page and a command tell it. Plain JSON in and out, so that a job can go on with it."""

    tried: Trial
    units: Sequence[tuple[str, str, int]]  # path, name, number of the parts that are told apart
    told: dict[str, Any]

    @classmethod
    def begun(cls, tried: Trial, unit: Unit) -> "Summed":
        """Return an answer without any enterprise yet."""
        editions = [
            {"before": one.before.id if one.before else None, "after": one.after.id if one.after else None}
            for one in tried.turned
        ]
        told = {
            "on": tried.day.isoformat(), "unit": unit.path, "editions": editions, "enterprises": 0, "changed": 0,
            **dict.fromkeys(SORTS, 0), "clauses": [], "units": [], "industries": [], "changes": [],
            "dangers": {"changed": 0, "rows": []}, "listed": [],
        }  # fmt: skip
        return cls.resumed(tried, unit, told)

    @classmethod
    def resumed(cls, tried: Trial, unit: Unit, told: dict[str, Any]) -> "Summed":
        """Return an answer as far as it was."""
        below = [(child.path, child.name, child.pk) for child in children_of(unit)]
        return cls(tried, below or [(unit.path, unit.name, unit.pk)], told)

    def add(self, part: Part, *, rows: int = ROWS) -> None:
        """Add what differs among some enterprises."""
        self.told["enterprises"] += len(part.enterprises)
        self.told["changed"] += len(part.changes)
        for row, changes in part.changes.items():
            sorts = sorts_of(changes)
            for sort in sorts:
                self.told[sort] += 1
            unit = self._unit_of(part.paths[row])
            self._count("units", unit, sorts)
            if len(self.told["listed"]) < LISTED:
                ways = sum(1 << SORTS.index(sort) for sort in sorts)
                self.told["listed"].append([part.enterprises[row], unit["unit"], part.industries[row], ways])
            for slug in slugs_of(part.industries[row]):
                self._count("industries", {"industry": slug}, sorts)
            if len(self.told["changes"]) < rows:
                self.told["changes"].append(self._enterprise(part, row, changes))
        places = Counter(tuple(self._unit_of(path).items()) for path in part.paths)
        for place, count in places.items():
            self._row("units", dict(place))["enterprises"] += count
        slugs = Counter(slug for mask, n in Counter(part.industries).items() for slug in list(slugs_of(mask)) * n)
        for slug, count in slugs.items():
            self._row("industries", {"industry": slug})["enterprises"] += count
        self._add_clauses(part)
        self._add_touched(part, rows)

    def _unit_of(self, path: str) -> dict[str, Any]:
        found = next((one for one in self.units if path.startswith(one[0])), None)
        return (
            {"path": found[0], "name": found[1], "unit": found[2]} if found else {"path": "", "name": "", "unit": None}
        )

    def _row(self, table: str, name: dict[str, Any]) -> dict[str, Any]:
        row: dict[str, Any] | None = next(
            (one for one in self.told[table] if all(one[key] == value for key, value in name.items())), None
        )
        if row is None:
            row = {**name, "enterprises": 0, "changed": 0, **dict.fromkeys(SORTS, 0)}
            self.told[table].append(row)
        return row

    def _count(self, table: str, name: dict[str, Any], sorts: Sequence[str]) -> None:
        row = self._row(table, name)
        row["changed"] += 1
        for sort in sorts:
            row[sort] += 1

    def _enterprise(self, part: Part, row: int, changes: Sequence[Turned]) -> dict[str, Any]:
        return {"enterprise": part.enterprises[row], "changes": [self._turned(one) for one in changes]}

    def _turned(self, one: Turned) -> dict[str, Any]:
        return {**self._case(one.turn, one.refs), "before": one.before, "after": one.after}

    def _case(self, at: int, refs: Refs) -> dict[str, Any]:
        turn = self.tried.turned[at]
        return {
            "standard_before": turn.before.id if turn.before else None,
            "clause_before": refs[0],
            "standard": turn.after.id if turn.after else None,
            "clause": refs[1],
            "summary": _summary(turn, refs),
        }

    def _add_clauses(self, part: Part) -> None:
        for (at, refs, before, after), count in part.clauses.items():
            name = {**self._case(at, refs), "before": before, "after": after}
            row = next((one for one in self.told["clauses"] if all(one[key] == name[key] for key in name)), None)
            if row is None:
                self.told["clauses"].append({**name, "enterprises": count})
            else:
                row["enterprises"] += count

    def _add_touched(self, part: Part, rows: int) -> None:
        dangers = self.told["dangers"]
        dangers["changed"] += len(part.touched)
        for one, ref, before, after in part.touched[: max(0, rows - len(dangers["rows"]))]:
            dangers["rows"].append({
                "id": one.id, "number": one.number, "text": one.text[:120], "enterprise": one.enterprise,
                "page": one.page, "standard": one.standard, "clause_before": one.clause, "clause": ref,
                "before": before, "after": after,
            })  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Return it with the largest first."""
        return {
            **self.told,
            "clauses": sorted(self.told["clauses"], key=lambda one: -one["enterprises"]),
            "units": sorted(self.told["units"], key=lambda one: (-one["changed"], one["path"])),
            "industries": sorted(self.told["industries"], key=lambda one: (-one["changed"], one["industry"])),
        }


def _summary(turn: Turn, refs: Refs) -> dict[str, str]:
    """Say what the clause is about, in the words of the edition that would hold if it has one."""
    for known, ref in ((turn.after, refs[1]), (turn.before, refs[0])):
        every: list[Clause | Composite] = [*known.clauses, *known.composites] if known else []
        for each in every:
            if each.ref == ref:
                return {"zh": each.summary.zh, "en": each.summary.en}
    return {"zh": "", "en": ""}


def listed(told: Mapping[str, Any], *, unit: int | None, industry: str, sort: str) -> list[int]:
    """Return the enterprises that a number counts: of a unit or an industry, changed at all or in one way."""
    bits, way = mask_of([industry]) if industry else 0, 1 << SORTS.index(sort) if sort in SORTS else 0
    return [
        number
        for number, place, mask, ways in told["listed"]
        if (unit is None or place == unit) and (not bits or mask & bits) and (not way or ways & way)
    ]


def sorts_of(changes: Sequence[Turned]) -> list[str]:
    """Say in which ways an enterprise would change."""
    pairs = {(one.before, one.after) for one in changes}
    told = {
        "newly_present": any(after == "present" != before for before, after in pairs),
        "no_longer_present": any(before == "present" != after for before, after in pairs),
        "newly_unknown": any(before in ("present", "absent") and after == "unknown" for before, after in pairs),
        "newly_judged": any(before in ("unknown", "none") and after == "absent" for before, after in pairs),
    }
    return [sort for sort, holds in told.items() if holds]


def what_if(actor: Actor, unit: Unit, tried: Trial, *, now: datetime, rows: int = ROWS) -> dict[str, Any]:
    """Return what would differ in a part of the tree, at once."""
    summed = Summed.begun(tried, unit)
    for part in parts(actor, unit, tried, now=now):
        summed.add(part, rows=rows)
    return summed.as_json()


def what_if_among(actor: Actor, unit: Unit, tried: Trial, numbers: Sequence[int]) -> dict[str, Any]:
    """Return what would differ at few enterprises of a part of the tree, as the records have them."""
    summed = Summed.begun(tried, unit)
    summed.add(few(actor, numbers, tried))
    return summed.as_json()
