"""What changed between two judgements of one enterprise, and why: the law, its facts, or both.

    changes(earlier, later)     clause by clause; two editions of a standard are matched by `likening`

Why is found by a third judgement between the two: by the later law with the earlier facts. Where it differs from the
earlier one the law changed the verdict; where the later one differs from it, the facts did.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from zhiben.law.facts import RESERVED
from zhiben.law.judge import Determination, Verdict, by_edition
from zhiben.law.likening import difference, follows
from zhiben.law.rules import Value
from zhiben.law.standards import Standard
from zhiben.law.subject import Subject

Verdicts = Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement by one edition: the verdicts, and what was known of the enterprise."""

    standard: Standard
    day: date
    verdicts: Verdicts  # by the clause's reference
    subject: Subject

    @classmethod
    def of(cls, determination: Determination, subject: Subject) -> "Judged":
        """Return a determination as something to compare."""
        verdicts = {each.clause: each.verdict for each in determination.clauses}
        return cls(determination.standard, determination.day, verdicts, subject)


@dataclass(frozen=True, slots=True)
class Changed:
    """One clause whose verdict changed, or that came or went. No reference: the edition has no such clause."""

    clause_before: str | None
    clause: str | None
    before: Verdict | None
    after: Verdict | None
    by_law: bool
    facts: tuple[str, ...]  # those that moved it, where facts did

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {
            "clause_before": self.clause_before,
            "clause": self.clause,
            "before": self.before and self.before.value,
            "after": self.after and self.after.value,
            "by_law": self.by_law,
            "facts": list(self.facts),
        }


def changes(before: Judged, after: Judged) -> tuple[Changed, ...]:
    """Return the clauses whose verdict changed, in the order of the later edition.

    A clause that only one edition has is told where its verdict is more than unknown.
    """
    middle = {each.clause: each.verdict for each in by_edition(after.standard, before.subject, after.day).clauses}
    moved = _moved(before.subject, after.subject)
    told = [_turned(pair, before.verdicts, middle, after.verdicts) for pair in _paired(before, after)]
    return tuple(
        replace(each, facts=tuple(sorted(_facts_of(after.standard, each.clause) & moved))) if each.facts else each
        for each in told
        if each is not None
    )


def ended(before: Judged) -> tuple[Changed, ...]:
    """Return what a judgement leaves when its standard no longer holds and none follows."""
    known = [(ref, verdict) for ref, verdict in before.verdicts.items() if verdict is not Verdict.UNKNOWN]
    return tuple(Changed(ref, None, verdict, None, by_law=True, facts=()) for ref, verdict in known)


def begun(after: Judged) -> tuple[Changed, ...]:
    """Return what a standard says that did not hold before, or not of this enterprise."""
    known = [(ref, verdict) for ref, verdict in after.verdicts.items() if verdict is not Verdict.UNKNOWN]
    return tuple(Changed(None, ref, None, verdict, by_law=True, facts=()) for ref, verdict in known)


def matched(
    before: Mapping[str, Standard], after: Mapping[str, Standard]
) -> list[tuple[Standard | None, Standard | None]]:
    """Put beside each edition that of the same standard which follows it; those alone stand with nothing."""
    pairs: list[tuple[Standard | None, Standard | None]] = []
    left = dict(before)
    for new in after.values():
        old = left.pop(new.id, None) or next((one for one in left.values() if follows(one, new)), None)
        if old is not None:
            left.pop(old.id, None)
        pairs.append((old, new))
    return [*pairs, *((old, None) for old in left.values())]


def _turned(pair: tuple[str | None, str | None], before: Verdicts, middle: Verdicts, after: Verdicts) -> Changed | None:
    """Return what turned, if it did; facts that had a part are named later."""
    old, new = pair
    was = before.get(old) if old else None
    then, now = (middle.get(new), after.get(new)) if new else (None, None)
    if (was or Verdict.UNKNOWN) is (now or Verdict.UNKNOWN):
        return None
    by_law = (was or Verdict.UNKNOWN) is not (then or Verdict.UNKNOWN) or (old is None) is not (new is None)
    return Changed(old, new, was, now, by_law=by_law, facts=("?",) if then is not now else ())


def _paired(before: Judged, after: Judged) -> list[tuple[str | None, str | None]]:
    """Return the references side by side, composites by their own names."""
    if before.standard is after.standard:
        becomes = {ref: ref for ref in before.verdicts}
    else:
        held = difference(before.standard, after.standard).becomes
        becomes = {ref: held.get(ref, ref) for ref in before.verdicts if ref in held or ref.startswith("composite:")}
    came_from = {new: old for old, new in becomes.items()}
    rest = [ref for ref in before.verdicts if becomes.get(ref) not in after.verdicts]
    return [*((came_from.get(ref), ref) for ref in after.verdicts), *((ref, None) for ref in rest)]


def _moved(before: Subject, after: Subject) -> frozenset[str]:
    """Return the facts and looks that are known otherwise than before."""
    old: dict[str, Value | None] = {**before.facts, **before.seen}
    new: dict[str, Value | None] = {**after.facts, **after.seen}
    return frozenset(name for name in {*old, *new} if old.get(name) != new.get(name) and name not in RESERVED)


def _facts_of(known: Standard, ref: str | None) -> frozenset[str]:
    """Return the facts that a clause, or the elements of a composite, ask for."""
    elements = {r for each in known.composites if each.ref == ref for count in each.counts for r in count.refs}
    asking = [each for each in known.clauses if each.ref == ref or each.ref in elements]
    return frozenset(name for each in asking for name in (*each.facts, each.seen))
