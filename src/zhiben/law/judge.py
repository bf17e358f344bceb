"""Judging one enterprise by one standard, or by all that bind it, as of a day.

    judge("gongmao-2023", {"industries": ["metallurgy"], ...}, date(2024, 5, 1))   -> Determination
    judge_all({...}, date(2024, 5, 1), {"metallurgy"})                             -> one for every standard in force

A process that judges for long calls `settle()` when it starts.

`Determination.as_json()` has the shape that `zhiben law judge --json` prints. Present and absent come only from
recorded facts; what is not known stays unknown and names the fact to fetch. How: docs/algorithms/judging.md.
"""

import gc
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from zhiben.kernel.logic import Truth, all_of
from zhiben.law import saying
from zhiben.law.facts import PLACE, vocabulary, widened
from zhiben.law.reasons import explain
from zhiben.law.registry import plain
from zhiben.law.rule_reader import parse
from zhiben.law.saying import Reason
from zhiben.law.standards import Clause, Composite, Count, Standard, beside, edition, standards, standards_for
from zhiben.law.subject import Subject, places_of, subject_of


class Verdict(StrEnum):
    """On screen: hazard present, absent, cannot be judged yet."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ClauseVerdict:
    """One clause judged. An element counts towards a composite and is never a major hazard alone."""

    clause: str  # its reference in the standard, or composite:<place>
    verdict: Verdict
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()  # facts that could settle it, most useful first
    is_element: bool = False
    verify: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON; `element` and `verify` stand only where they are true."""
        marks = {"element": self.is_element, "verify": self.verify}
        return {
            "clause": self.clause,
            "verdict": self.verdict.value,
            "reasons": [reason.as_json() for reason in self.reasons],
            "missing": list(self.missing),
            **{mark: True for mark, holds in marks.items() if holds},
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the standard could be judged at all; numbers count clauses of the pack that apply."""

    clauses: int  # in the pack, applying or not
    applicable: int
    by_facts: int
    by_monitoring: int
    by_look: int
    whole: int  # rules that cover their clause wholly, so may answer absent
    judged: int  # answered present or absent
    verify: int  # still to be checked against the official text
    not_available: int | None  # cases of the standard that the pack lacks; None: nobody knows how many
    incomplete: bool
    header_only: bool
    topics_only: bool
    may_clear: bool


@dataclass(frozen=True, slots=True)
class Determination:
    """A standard judged for one enterprise on one day."""

    standard: Standard
    day: date
    coverage: Coverage
    verdict: Verdict
    clauses: tuple[ClauseVerdict, ...]
    warnings: tuple[Reason, ...]

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON, as the command prints it."""
        return {
            "standard": self.standard.id,
            "edition": _edition_json(self.standard),
            "day": self.day.isoformat(),
            "coverage": {name: getattr(self.coverage, name) for name in Coverage.__slots__},
            "verdict": self.verdict.value,
            "clauses": [each.as_json() for each in self.clauses],
            "warnings": [warning.as_json() for warning in self.warnings],
        }


def judge(standard_id: str, given: Mapping[str, object] | Subject, day: date) -> Determination:
    """Judge by the named edition, or by the edition of a named family that holds on `day`.

    Refuses an edition that does not hold on the day, one without a first day, an unknown fact or a wrong value.
    """
    known = edition(standard_id, day)
    subject = given if isinstance(given, Subject) else subject_of(given)
    return by_edition(known, subject, day)


def judge_all(
    given: Mapping[str, object] | Subject,
    day: date,
    industries: Iterable[str] | None = None,
    *,
    also: Iterable[Standard] = (),
) -> tuple[Determination, ...]:
    """Judge by every standard in force that names the enterprise's industries (those given, else the fact).

    `also`: editions beside those of the packs that bind this enterprise, as its region adopted them.
    """
    subject = given if isinstance(given, Subject) else subject_of(given)
    bound = widened(industries) if industries is not None else subject.industries or frozenset()
    subject = replace(subject, industries=bound)
    return tuple(by_edition(known, subject, day) for known in (*standards_for(bound, day), *beside(also, bound, day)))


def by_edition(known: Standard, subject: Subject, day: date) -> Determination:
    """Judge by this edition, whether or not it holds on the day: for who compares editions."""
    applicable = [each for each in known.clauses if subject.applies(known, each)]
    single = {each.ref: _clause_verdict(known, each, subject) for each in applicable}
    joined = _composite_verdicts(known, subject, single)
    clauses = (*single.values(), *joined)
    return Determination(
        standard=known,
        day=day,
        coverage=_coverage(known, applicable, clauses),
        verdict=_overall(known, clauses),
        clauses=clauses,
        warnings=_warnings(known, subject, day, joined),
    )


def _overall(known: Standard, clauses: tuple[ClauseVerdict, ...]) -> Verdict:
    """Return present if any hazard is; absent only where all are absent and the standard is known whole."""
    verdicts = {each.verdict for each in clauses if not each.is_element}
    if Verdict.PRESENT in verdicts:
        return Verdict.PRESENT
    return Verdict.ABSENT if verdicts == {Verdict.ABSENT} and known.may_clear else Verdict.UNKNOWN


def _clause_verdict(known: Standard, each: Clause, subject: Subject) -> ClauseVerdict:
    verdict, reason, missing = _by_look(known, each, subject) if each.rule is None else _by_rule(known, each, subject)
    return ClauseVerdict(each.ref, verdict, (reason,), missing, is_element=each.is_element, verify=each.verify)


def _by_rule(known: Standard, each: Clause, subject: Subject) -> tuple[Verdict, Reason, tuple[str, ...]]:
    outcome = explain(parse(each.rule or ""), subject.facts)
    deciding = {name: subject.facts[name] for name in outcome.deciding}
    if outcome.truth is None:
        return Verdict.UNKNOWN, saying.facts_missing(outcome.missing), outcome.missing
    if outcome.truth:
        return Verdict.PRESENT, saying.rule_holds(deciding), ()
    if covers(known, each):
        return Verdict.ABSENT, saying.rule_fails(deciding), ()
    return Verdict.UNKNOWN, saying.rule_covers_a_part(deciding), ()


def _by_look(known: Standard, each: Clause, subject: Subject) -> tuple[Verdict, Reason, tuple[str, ...]]:
    """Answer by an on-site look, which covers the whole clause; but what a mere topic means nobody could look at."""
    seen = subject.seen.get(each.seen)
    if seen is None:
        return Verdict.UNKNOWN, saying.look_needed(each.seen), (each.seen,)
    if seen:
        return Verdict.PRESENT, saying.seen_there(each.seen), ()
    if not covers(known, each):
        return Verdict.UNKNOWN, saying.only_a_topic(each.seen), ()
    return Verdict.ABSENT, saying.seen_not_there(each.seen), ()


def covers(known: Standard, each: Clause) -> bool:
    """Tell whether a *no* of the clause's rule, or of the look at it, rules the whole clause out."""
    return each.is_whole if each.rule is not None else not known.is_topics_only


def composites_judged(
    known: Standard, subject: Subject, verdicts: Mapping[str, Verdict]
) -> list[tuple[Composite, Truth, bool]]:
    """Return the composites that apply: whether they hold, and whether one that does still depends on the place."""
    if not known.composites or not subject.is_bound_by(known):
        return []
    places = subject.places_in(known)
    applying = [
        each
        for each in known.composites
        if (not places or each.places & places) and any(ref in verdicts for count in each.counts for ref in count.refs)
    ]
    truths = {each.ref: all_of(_count_truth(count, verdicts) for count in each.counts) for each in applying}
    needs_place = not places and len(applying) > 1 and not _holds_anywhere(known, applying, truths)
    return [(each, truths[each.ref], needs_place and truths[each.ref] is True) for each in applying]


def _composite_verdicts(
    known: Standard, subject: Subject, single: Mapping[str, ClauseVerdict]
) -> tuple[ClauseVerdict, ...]:
    judged = composites_judged(known, subject, {ref: each.verdict for ref, each in single.items()})
    return tuple(_composite_verdict(each, single, truth, needs_place=open_) for each, truth, open_ in judged)


def _count_truth(count: Count, verdicts: Mapping[str, Verdict]) -> Truth:
    """Tell whether enough elements are present: yes, no even if all open ones were, or not known yet."""
    there, still_open = _elements(count, verdicts)
    if len(there) >= count.at_least:
        return True
    return False if len(there) + len(still_open) < count.at_least else None


def _elements(count: Count, verdicts: Mapping[str, Verdict]) -> tuple[list[str], list[str]]:
    """Return the elements that are present, and the open ones; one left out of this judgement is open too."""
    there = [ref for ref in count.refs if verdicts.get(ref) is Verdict.PRESENT]
    return there, [ref for ref in count.refs if verdicts.get(ref, Verdict.UNKNOWN) is Verdict.UNKNOWN]


def _holds_anywhere(known: Standard, applying: list[Composite], truths: Mapping[str, Truth]) -> bool:
    """Tell whether, whatever the place is, some composite for it holds: then the place need not be known."""
    holding = [each for each in applying if truths[each.ref] is True]
    return all(any(place in each.places for each in holding) for place in places_of(known))


def _composite_verdict(
    each: Composite, single: Mapping[str, ClauseVerdict], truth: Truth, *, needs_place: bool
) -> ClauseVerdict:
    verdicts = {ref: one.verdict for ref, one in single.items()}
    counts = [(count.at_least, *_elements(count, verdicts)) for count in each.counts]
    reasons = tuple(saying.counted(at_least, present, still_open) for at_least, present, still_open in counts)
    if needs_place:
        return ClauseVerdict(each.ref, Verdict.UNKNOWN, (*reasons, saying.place_needed(each)), (PLACE,))
    verdict = {True: Verdict.PRESENT, False: Verdict.ABSENT, None: Verdict.UNKNOWN}[truth]
    still_open = [single[ref] for _, _, refs in counts for ref in refs if ref in single] if truth is None else []
    missing = [name for element in sorted(still_open, key=lambda one: len(one.missing)) for name in element.missing]
    return ClauseVerdict(each.ref, verdict, reasons, tuple(dict.fromkeys(missing)))


def _coverage(known: Standard, applicable: list[Clause], clauses: tuple[ClauseVerdict, ...]) -> Coverage:
    kinds = [each.decidable for each in applicable]
    total = known.counts.get("total")
    nobody_knows = total is None and not known.may_clear
    return Coverage(
        clauses=len(known.clauses),
        applicable=len(applicable),
        by_facts=kinds.count("facts"),
        by_monitoring=kinds.count("monitoring"),
        by_look=kinds.count("inspection"),
        whole=sum(each.is_whole for each in applicable),
        judged=sum(each.verdict is not Verdict.UNKNOWN for each in clauses if not each.clause.startswith("composite:")),
        verify=sum(each.verify for each in applicable),
        not_available=None if nobody_knows else max(0, (total or 0) - len(known.clauses)),
        incomplete=known.is_incomplete,
        header_only=known.is_header_only,
        topics_only=known.is_topics_only,
        may_clear=known.may_clear,
    )


def _warnings(known: Standard, subject: Subject, day: date, joined: tuple[ClauseVerdict, ...]) -> tuple[Reason, ...]:
    found = []
    if not subject.is_bound_by(known):
        found.append(saying.other_industries(known, subject.industries or frozenset()))
    successor = known.expected_successor
    if successor and day >= successor.known_since:
        found.append(saying.successor_expected(successor))
    if known.companions or known.supplements:
        found.append(saying.read_together((*known.companions, *filter(None, [known.supplements]))))
    if any(each.missing == (PLACE,) for each in joined):
        found.append(saying.place_not_given())
    if not known.may_clear:
        found.append(saying.cannot_clear(known))
    return tuple(found)


def _edition_json(known: Standard) -> dict[str, Any]:
    told = plain(
        {
            "id": known.id,
            "family": known.family,
            "title": {"zh": known.title.zh, "en": known.title.en},
            "document": known.document,
            "issued": known.issued,
            "effective": known.effective,
            "repealed": known.repealed,
            "superseded_by": known.superseded_by,
            "confidence": known.confidence,
            "verify_fields": known.verify_fields,
        }
    )
    return told if isinstance(told, dict) else {}


def settle() -> None:
    """Read every pack now, and let the collector of garbage never look through them again.

    It would walk all their clauses each few judgements, which takes longer than judging does. What else stands when this is
    called is left alone, too: call it once, when a process has been set up.
    """
    standards(), vocabulary()
    gc.collect()
    gc.freeze()
