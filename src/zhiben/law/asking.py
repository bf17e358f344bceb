"""Ask next: which missing fact to ask for first, because it settles most clauses.

    asking({"industries": ["coal_mine"]}, date(2026, 11, 22))                  -> the ten most decisive, of all standards
    asking({...}, day, standard="gongmao", limit=3, without={"some_fact"})     -> of one standard; facts nobody knows left out

Values that settle the same clauses are one answer; a fact's score is the mean over its answers, and its guarantee the
least of them. How, with a worked example: docs/algorithms/ask-next.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from zhiben.kernel.logic import Truth
from zhiben.law import rules
from zhiben.law.facts import SEEN, vocabulary, widened
from zhiben.law.judge import Verdict, composites_judged, covers
from zhiben.law.reasons import costs
from zhiben.law.registry import plain
from zhiben.law.rule_reader import parse
from zhiben.law.rules import Value
from zhiben.law.saying import label_of
from zhiben.law.standards import Clause, Standard, beside, edition, standards_for
from zhiben.law.subject import Subject, subject_of
from zhiben.law.values import TRUTHS, range_of, samples

ASKED = 10
KEPT = 65_536  # readings of single rules
Case = tuple[str, str]  # a standard and the reference of one of its clauses
Settled = frozenset[tuple[Case, Verdict]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The values that settle just these clauses, by one of them."""

    example: Value
    settles: Settled


@dataclass(frozen=True, slots=True)
class Question:
    """A missing fact: the open clauses that wait for it, and what each answer would settle."""

    fact: str
    waiting: tuple[Case, ...]
    answers: tuple[Answer, ...]
    nearness: Fraction  # of the clauses it does not settle alone: 1/2 for each that needs one more fact, 1/3 …

    @property
    def expected(self) -> Fraction:
        """Return how many clauses an answer settles in the mean, each answer counting the same."""
        return Fraction(sum(len(each.settles) for each in self.answers), len(self.answers))

    @property
    def guaranteed(self) -> int:
        """Return how many clauses are settled at least, whatever the answer."""
        return min(len(each.settles) for each in self.answers)

    @property
    def most(self) -> int:
        """Return how many clauses the best answer settles."""
        return max(len(each.settles) for each in self.answers)

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON, as the command prints it."""
        known = vocabulary().get(self.fact)
        label = label_of(self.fact)
        return {
            "fact": self.fact,
            "label": {"zh": label.zh, "en": label.en},
            "unit": known.unit if known else "boolean",
            "expected": plain(self.expected),
            "guaranteed": self.guaranteed,
            "most": self.most,
            "waiting": [f"{standard}/{ref}" for standard, ref in self.waiting],
            "answers": [_answer_json(each) for each in self.answers],
        }


@dataclass(frozen=True, slots=True)
class Asking:
    """The verdicts as they stand, and the questions, most decisive first."""

    day: date
    verdicts: Mapping[Case, Verdict]
    questions: tuple[Question, ...]

    @property
    def open(self) -> int:
        """Return how many clauses cannot be judged yet."""
        return sum(verdict is Verdict.UNKNOWN for verdict in self.verdicts.values())

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON, as the command prints it."""
        return {
            "day": self.day.isoformat(),
            "standards": sorted({standard for standard, _ in self.verdicts}),
            "clauses": len(self.verdicts),
            "open": self.open,
            "questions": [each.as_json() for each in self.questions],
        }


def asking(
    given: Mapping[str, object] | Subject,
    day: date,
    *,
    standard: str | None = None,
    limit: int = ASKED,
    without: AbstractSet[str] = frozenset(),
    also: Iterable[Standard] = (),
) -> Asking:
    """Return what to ask next, by one standard or by all in force that name the industries; `without` is not asked.

    `also`: editions beside those of the packs, as for judging.
    """
    subject = given if isinstance(given, Subject) else subject_of(given)
    if standard is not None:
        return weighed((edition(standard, day),), subject, day, limit=limit, without=without)
    bound = widened(subject.industries or frozenset())
    found = (*standards_for(bound, day), *beside(also, bound, day))
    return weighed(found, replace(subject, industries=bound), day, limit=limit, without=without)


def weighed(
    known: tuple[Standard, ...],
    subject: Subject,
    day: date,
    *,
    limit: int = ASKED,
    without: AbstractSet[str] = frozenset(),
) -> Asking:
    """Return the same for these standards, whichever they are."""
    boards = [_Board(each, subject) for each in known]
    waiting: dict[str, list[_Open]] = {}
    for board in boards:
        for each in board.open:
            for name in each.needs:
                waiting.setdefault(name, []).append(each)
    questions = [_question(name, cases) for name, cases in waiting.items() if name not in without]
    ranked = sorted(questions, key=_rank)  # of equals the one that stands first in the standards
    verdicts = {case: verdict for board in boards for case, verdict in board.all_verdicts()}
    return Asking(day, verdicts, tuple(ranked[:limit]))


def _rank(one: Question) -> tuple[Fraction, int, Fraction, bool]:
    return -one.expected, -one.guaranteed, -one.nearness, one.fact.startswith(SEEN)


@dataclass(frozen=True, eq=False)
class _Open:
    """A clause that nothing known settles."""

    board: "_Board"
    clause: Clause
    values: tuple[Value | None, ...]  # what is known of its facts, in their order
    needs: Mapping[str, int]  # by open fact: the fewest facts, with it, that settle the clause

    def verdict(self, name: str, value: Value) -> Verdict:
        """Return what the clause answers when this fact is known."""
        each = self.clause
        truth = value is True if each.rule is None else _when(each.rule, each.facts, self.values, name, value)
        return _verdict(self.board.known, each, truth)


class _Board:
    """One standard as it stands for the enterprise."""

    def __init__(self, known: Standard, subject: Subject) -> None:
        self.known, self.subject = known, subject
        self.verdicts: dict[str, Verdict] = {}
        self.open: list[_Open] = []
        for each in known.clauses:
            if subject.applies(known, each):
                self._take(each)

    def _take(self, each: Clause) -> None:
        values = tuple(self.subject.facts.get(name) for name in each.facts)
        truth: Truth
        needs: Mapping[str, int]
        if each.rule is None:
            truth, needs = self.subject.seen.get(each.seen), {each.seen: 1}
        else:
            truth, needs = _read(each.rule, each.facts, values, covers(self.known, each))
        self.verdicts[each.ref] = _verdict(self.known, each, truth)
        if truth is None:
            self.open.append(_Open(self, each, values, needs))

    @cached_property
    def composites(self) -> dict[str, Verdict]:
        """Return how the composites stand."""
        return self.composites_with({})

    def composites_with(self, changed: Mapping[str, Verdict]) -> dict[str, Verdict]:
        """Return how the composites stand when these clauses answer so."""
        judged = composites_judged(self.known, self.subject, {**self.verdicts, **changed})
        words = {True: Verdict.PRESENT, False: Verdict.ABSENT, None: Verdict.UNKNOWN}
        return {each.ref: Verdict.UNKNOWN if needs_place else words[truth] for each, truth, needs_place in judged}

    def newly(self, changed: Mapping[str, Verdict]) -> Iterator[tuple[Case, Verdict]]:
        """Yield the clauses that are settled when these answer so, composites with them."""
        for ref, verdict in changed.items():
            yield (self.known.id, ref), verdict
        if changed and self.known.composites:
            for ref, verdict in self.composites_with(changed).items():
                if verdict is not Verdict.UNKNOWN and self.composites[ref] is Verdict.UNKNOWN:
                    yield (self.known.id, ref), verdict

    def all_verdicts(self) -> Iterator[tuple[Case, Verdict]]:
        """Yield every clause that applies, composites last."""
        for ref, verdict in {**self.verdicts, **self.composites}.items():
            yield (self.known.id, ref), verdict


def _verdict(known: Standard, each: Clause, truth: Truth) -> Verdict:
    if truth:
        return Verdict.PRESENT
    return Verdict.ABSENT if truth is False and covers(known, each) else Verdict.UNKNOWN


# Most facts stand in one clause and most rules have one fact: what one clause answers is read once and kept, so that
# after an answer only the clauses that ask for it are read anew. A fact is always of one kind, so 1 and True do not meet.
@lru_cache(maxsize=KEPT)
def _read(
    rule: str,
    names: tuple[str, ...],
    values: tuple[Value | None, ...],
    whole: bool,  # noqa: FBT001 -- of the cache's key
) -> tuple[Truth, Mapping[str, int]]:
    """Return what a rule answers, and for each open fact that can matter how many facts, with it, settle the clause."""
    node, given = parse(rule), dict(zip(names, values, strict=True))
    truth = rules.evaluate(node, given)
    if truth is not None:
        return truth, {}
    to_true, to_false = costs(node, given)
    return None, {name: min(cost, to_false[name]) if whole else cost for name, cost in to_true.items()}


@lru_cache(maxsize=KEPT)
def _when(rule: str, names: tuple[str, ...], values: tuple[Value | None, ...], name: str, value: Value) -> Truth:
    """Return what a rule answers when one more fact is known."""
    return rules.evaluate(parse(rule), {**dict(zip(names, values, strict=True)), name: value})


@lru_cache(maxsize=KEPT)
def _samples(asked: tuple[tuple[str, tuple[str, ...], tuple[Value | None, ...]], ...], name: str) -> tuple[Value, ...]:
    """Return the values of a fact that make a difference to these rules."""
    known = {named: value for _, names, values in asked for named, value in zip(names, values, strict=True)}
    return samples([parse(rule) for rule, _, _ in asked], known, name, range_of(name))


def _question(name: str, waiting: list[_Open]) -> Question:
    answers: dict[Settled, Value] = {}
    for value in _values(name, waiting):
        answers.setdefault(_settled(name, value, waiting), value)
    nearness = sum((Fraction(1, need) for each in waiting if (need := each.needs[name]) > 1), Fraction(0))
    cases = tuple((each.board.known.id, each.clause.ref) for each in waiting)
    return Question(name, cases, tuple(Answer(value, settles) for settles, value in answers.items()), nearness)


def _values(name: str, waiting: list[_Open]) -> tuple[Value, ...]:
    asked = tuple((each.clause.rule, each.clause.facts, each.values) for each in waiting if each.clause.rule)
    return _samples(asked, name) if asked else TRUTHS.few


def _settled(name: str, value: Value, waiting: list[_Open]) -> Settled:
    """Return what is settled when the fact has this value."""
    changed: dict[_Board, dict[str, Verdict]] = {}
    for each in waiting:
        verdict = each.verdict(name, value)
        if verdict is not Verdict.UNKNOWN:
            changed.setdefault(each.board, {})[each.clause.ref] = verdict
    return frozenset(case for board, refs in changed.items() for case in board.newly(refs))


def _answer_json(each: Answer) -> dict[str, Any]:
    settles = sorted(each.settles, key=lambda one: one[0])
    told = [{"clause": f"{standard}/{ref}", "verdict": verdict.value} for (standard, ref), verdict in settles]
    return {"example": plain(each.example), "settles": told}
