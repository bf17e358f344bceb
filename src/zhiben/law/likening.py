"""Two editions of a standard side by side: which clause became which, and what of it changed.

    difference(standard("gongmao-2017"), standard("gongmao-2023"))

Clauses are matched one to one by their likeness: the pairs of neighbouring characters that their summaries share, the
facts that their rules share, and the same reference counts in favour. What matches nothing was removed, or added. How: docs/algorithms/editions.md.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache, cached_property

from zhiben.law import rules
from zhiben.law.rule_reader import parse
from zhiben.law.rules import Compare, Constant, Fact, Member, Node, Product, Sum
from zhiben.law.standards import Clause, Standard, editions_on, standards

LIKE = 50  # percent of likeness that makes two clauses one, wherever they stand
LIKE_HERE = 25  # where both bear the same reference
SAME_PLACE = 10  # what the same reference adds where several are alike
_TOKENS = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|\s+|.", re.DOTALL)


class Change(StrEnum):
    """What became of a clause."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"  # another reference, the same words and rule
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words: in both texts, only in the old one (gone) or only in the new one (new)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Pair:
    """A clause of the old edition and what it became in the new one; one of them may be missing."""

    before: Clause | None
    after: Clause | None
    likeness: int  # percent

    @cached_property
    def change(self) -> Change:
        """Tell what became of the clause."""
        if self.before is None or self.after is None:
            return Change.ADDED if self.before is None else Change.REMOVED
        if _substance(self.before) != _substance(self.after):
            return Change.CHANGED
        return Change.SAME if self.before.ref == self.after.ref else Change.MOVED

    def words(self, language: str) -> tuple[Span, ...]:
        """Return the summary with what went and what came marked."""
        told = ["" if one is None else one.summary(language) for one in (self.before, self.after)]
        return marked(*told)

    @cached_property
    def thresholds(self) -> tuple[tuple[Compare | Member | None, Compare | Member | None], ...]:
        """Return the comparisons of facts that changed, old and new."""
        if self.before is None or self.after is None:
            return ()
        old, new = _comparisons(self.before), _comparisons(self.after)
        gone = [one for one in old if one not in new]
        come = [one for one in new if one not in old]
        return tuple(_beside(gone, come))

    def is_gone_from(self, after: Standard) -> bool:
        """Tell whether the clause is gone for sure: one that an edition held in part lacks may only be missing here."""
        return self.after is None and after.may_clear

    @property
    def is_joined_anew(self) -> bool:
        """Tell whether only how the conditions are joined changed: an *and* that became an *or*."""
        if self.before is None or self.after is None or self.before.rule is None or self.after.rule is None:
            return False
        differs = parse(self.before.rule) != parse(self.after.rule)
        return differs and set(self.before.facts) == set(self.after.facts) and not self.thresholds


@dataclass(frozen=True)
class Difference:
    """What changed from one edition to another, in the order of the new one, removed clauses last."""

    before: Standard
    after: Standard
    pairs: tuple[Pair, ...]

    @cached_property
    def counts(self) -> Counter[Change]:
        """Return how many clauses were added, removed, changed, moved, and left as they were."""
        return Counter(pair.change for pair in self.pairs)

    @cached_property
    def becomes(self) -> dict[str, str]:
        """Return for each old reference that goes on the new one."""
        return {pair.before.ref: pair.after.ref for pair in self.pairs if pair.before and pair.after}


def difference(before: Standard, after: Standard) -> Difference:
    """Return what changed from one edition to another; those of the packs are compared once."""
    held = standards()
    if held.get(before.id) is before and held.get(after.id) is after:
        return _known_difference(before.id, after.id)
    return _difference(before, after)


def forerunner(known: Standard, among: Iterable[Standard] | None = None) -> Standard | None:
    """Return the edition before this one, if its clauses are known; `among` others than those of the packs."""
    every = standards().values() if among is None else among
    earlier = [one for one in every if follows(one, known) and one.clauses]
    return max(earlier, key=lambda one: (one.effective is not None, one.effective, one.id), default=None)


def follows(before: Standard, after: Standard) -> bool:
    """Tell whether one edition came after another of the same standard."""
    if before.id == after.id:
        return False
    named = before.id in after.supersedes or after.id in before.superseded_by
    later = before.effective is not None and after.effective is not None and before.effective < after.effective
    return named or (before.family == after.family and later)


def kin_on(known: Standard, day: date, among: Iterable[Standard] | None = None) -> Standard | None:
    """Return the edition of the same standard that holds on a day: this one, one before it or one after."""
    every = editions_on(day) if among is None else [one for one in among if one.in_force(day)]
    holding = [one for one in every if one.id == known.id or follows(known, one) or follows(one, known)]
    return max(holding, key=lambda one: (one.id == known.id, one.effective or date.min), default=None)


@cache
def _known_difference(before: str, after: str) -> Difference:
    return _difference(standards()[before], standards()[after])


def _difference(before: Standard, after: Standard) -> Difference:
    matched = _matched(before.clauses, after.clauses)
    came_from = {new: (old, likeness) for old, (new, likeness) in matched.items()}
    old, new = {each.ref: each for each in before.clauses}, {each.ref: each for each in after.clauses}
    pairs = [
        Pair(old[came_from[ref][0]], each, came_from[ref][1]) if ref in came_from else Pair(None, each, 0)
        for ref, each in new.items()
    ]
    return Difference(
        before, after, (*pairs, *(Pair(each, None, 0) for ref, each in old.items() if ref not in matched))
    )


def _matched(old: tuple[Clause, ...], new: tuple[Clause, ...]) -> dict[str, tuple[str, int]]:
    """Return the new reference of each old one, the most alike first, each once."""
    shapes = {id(each): (_pairs_of(each.summary.zh), frozenset(each.facts)) for each in (*old, *new)}
    ranked = sorted(
        ((_likeness(shapes[id(a)], shapes[id(b)]), a.ref, b.ref) for a in old for b in new),
        key=lambda one: -(one[0] + SAME_PLACE * (one[1] == one[2])),
    )
    found: dict[str, tuple[str, int]] = {}
    taken: set[str] = set()
    for likeness, ref, becomes in ranked:
        needed = LIKE_HERE if ref == becomes else LIKE
        if likeness >= needed and ref not in found and becomes not in taken:
            found[ref] = (becomes, likeness)
            taken.add(becomes)
    return found


def _pairs_of(text: str) -> frozenset[str]:
    plain = re.sub(r"\W+", "", text)
    return frozenset(plain[at : at + 2] for at in range(max(len(plain) - 1, 1)))


def _likeness(one: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]]) -> int:
    """Return how alike two clauses are in percent: by their words, or by words and facts where they share facts."""
    words, facts = (_shared(a, b) for a, b in zip(one, other, strict=True))
    return max(words, (words + facts) // 2)


def _shared(one: frozenset[str], other: frozenset[str]) -> int:
    """Return what two sets share, in percent of both (Dice)."""
    return 200 * len(one & other) // (len(one) + len(other)) if one and other else 0


def _substance(each: Clause) -> tuple[object, ...]:
    rule = None if each.rule is None else parse(each.rule)
    return each.summary, rule, each.is_element


def marked(before: str, after: str) -> tuple[Span, ...]:
    """Return two texts as one, with what went and what came marked; numbers and words are never cut."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    spans: list[Span] = []
    for step, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            spans.append(Span("same", "".join(old[a:b])))
            continue
        spans += [Span(kind, text) for kind, text in (("gone", "".join(old[a:b])), ("new", "".join(new[c:d]))) if text]
    return tuple(spans)


def _comparisons(each: Clause) -> list[Compare | Member]:
    return [] if each.rule is None else list(dict.fromkeys(_comparing(parse(each.rule))))


def _comparing(node: Node) -> Iterator[Compare | Member]:
    if isinstance(node, Compare | Member):
        yield node
    for part in rules.children(node):
        yield from _comparing(part)


def _beside(
    gone: list[Compare | Member], come: list[Compare | Member]
) -> Iterator[tuple[Compare | Member | None, Compare | Member | None]]:
    """Put beside each comparison that went the one that came for the same facts."""
    rest = list(come)
    for old in gone:
        new = next((one for one in rest if set(rules.names(one)) & set(rules.names(old))), None)
        if new is not None:
            rest.remove(new)
        yield old, new
    yield from ((None, new) for new in rest)


def written(node: Node, name_of: Callable[[str], str]) -> str:  # noqa: PLR0911 -- one a kind of node
    """Write a comparison with the facts' names in somebody's words."""
    match node:
        case Constant(value):
            return str(value if not hasattr(value, "denominator") or value == int(value) else float(value))
        case Fact(name):
            return name_of(name)
        case Compare(sign, left, right):
            shown = {">=": "≥", "<=": "≤", "==": "="}.get(sign, sign)
            return f"{written(left, name_of)} {shown} {written(right, name_of)}"
        case Member(value, among):
            return f"{written(value, name_of)} ∈ {{{', '.join(written(each, name_of) for each in among)}}}"
        case Sum(signed):
            told = [f"{'+' if sign > 0 else '−'} {written(part, name_of)}" for sign, part in signed]
            return " ".join(told).removeprefix("+ ")
        case Product(parts):
            return " × ".join(written(part, name_of) for part in parts)
        case _:
            return "…"
