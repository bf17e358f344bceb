"""A rule judged for many enterprises at once, on planes of bits.

A plane holds one bit an enterprise: a Python int, a NumPy array of packed bytes, whatever knows `&`, `|` and `^`. Every
leaf of a rule (a truth asked, a comparison) is two planes, *true* and *false*; where neither bit stands it is unknown.
Kleene's logic is then a handful of operations on whole planes, and so are the facts that decided.

    compiled("a and (b or x > 3)")   -> Compiled: its leaves, and how they are joined
    Compiled.verdict(planes)         -> Two(true, false)
    Compiled.settled(planes)         -> the verdict with {"a": plane, "b": plane, "x": plane}: the facts that decided,
                                        as `reasons.explain` says of one enterprise

How: docs/algorithms/population.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from math import lcm
from operator import and_, or_
from typing import Any, NamedTuple

from zhiben.law.facts import vocabulary
from zhiben.law.rule_reader import parse
from zhiben.law.rules import Compare, Constant, Every, Fact, Member, Node, Not, Product, Some, Sum, names

MILLIONTHS = 10**6  # a number of a column is a whole count of these
LARGEST = 2**62  # what a sum of a column's numbers may reach
MOST = 10**10  # a fact beyond it is no quantity of an enterprise

Plane = Any
_OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}


class Two(NamedTuple):
    """Where something is true, and where it is false; elsewhere it is unknown."""

    true: Plane
    false: Plane


@dataclass(frozen=True, slots=True)
class Asked:
    """A leaf: a fact that is true or false."""

    name: str

    @property
    def names(self) -> tuple[str, ...]:
        """The facts it asks for."""
        return (self.name,)


@dataclass(frozen=True, slots=True)
class Linear:
    """A leaf: a sum of whole multiples of facts (in millionths), against a whole number."""

    terms: tuple[tuple[str, int], ...]  # by name; no multiple is zero
    sign: str  # > >= < <= ==
    bound: int

    @property
    def names(self) -> tuple[str, ...]:
        """The facts it asks for."""
        return tuple(name for name, _ in self.terms)


@dataclass(frozen=True, slots=True)
class OneOf:
    """A leaf: a fact whose text is one of these."""

    name: str
    texts: frozenset[str]

    @property
    def names(self) -> tuple[str, ...]:
        """The facts it asks for."""
        return (self.name,)


Leaf = Asked | Linear | OneOf


@dataclass(frozen=True, slots=True)
class At:
    """The leaf of this number."""

    leaf: int


@dataclass(frozen=True, slots=True)
class Join:
    """Parts joined: `and` where `every`, else `or`; `not` turned into its parts beforehand."""

    every: bool
    parts: tuple["Joined", ...]


@dataclass(frozen=True, slots=True)
class Turned:
    """The opposite of a leaf."""

    leaf: int


Joined = At | Turned | Join


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule as leaves and joins. `is_plain`: no fact stands in two leaves, and which part decides is plain to see."""

    rule: Node
    leaves: tuple[Leaf, ...]
    joined: Joined
    is_plain: bool

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts it asks for, in the order of the rule: the bits of a mask, the first the lowest."""
        return names(self.rule)

    def verdict(self, planes: Sequence[Two]) -> Two:
        """Return where the rule holds and where it does not, given each leaf's planes."""
        return _verdict(self.joined, planes)

    def settled(self, planes: Sequence[Two]) -> tuple[Two, dict[str, Plane]]:
        """Return the verdict, and for each fact where it is one of those that settled it. Only of a plain rule."""
        if not self.is_plain:
            raise ValueError("which facts decided is not plain to see: ask row by row")
        verdict, held, ruled_out = _told(self, self.joined, planes)
        return verdict, {name: held[name] | ruled_out[name] for name in self.facts}


@lru_cache(maxsize=4096)
def compiled(rule: str) -> Compiled | None:
    """Return a rule for planes; None where a part of it is no sum (facts multiplied, facts compared as texts)."""
    node = parse(rule)
    leaves: dict[Leaf, int] = {}
    try:
        joined = _join(node, leaves, turned=False)
    except _NoColumns:
        return None
    asked = [name for leaf in _in_order(joined, tuple(leaves)) for name in leaf.names]
    made = Compiled(node, tuple(leaves), joined, is_plain=False)
    is_plain = len(asked) == len(set(asked)) and _sees(made, joined)
    return Compiled(node, tuple(leaves), joined, is_plain)


class _NoColumns(Exception):  # noqa: N818 -- a way out of the reading
    """This part cannot be asked of columns."""


def _join(node: Node, leaves: dict[Leaf, int], *, turned: bool) -> Joined:
    match node:
        case Not(part):
            return _join(part, leaves, turned=not turned)
        case Every(parts) | Some(parts):
            return Join(
                isinstance(node, Every) is not turned, tuple(_join(one, leaves, turned=turned) for one in parts)
            )
    at = leaves.setdefault(_leaf(node), len(leaves))
    return Turned(at) if turned else At(at)


def _leaf(node: Node) -> Leaf:
    match node:
        case Fact(name):
            return Asked(name)
        case Member(Fact(name), among):
            return _one_of(name, among)
        case Compare("==", Fact(name), Constant(str()) as text):
            return _one_of(name, (text,))
    if isinstance(node, Compare):
        return _linear(node)
    raise _NoColumns


def _one_of(name: str, among: tuple[Node, ...]) -> OneOf:
    texts = [each.value for each in among if isinstance(each, Constant) and isinstance(each.value, str)]
    if len(texts) < len(among):
        raise _NoColumns
    return OneOf(name, frozenset(texts))


def _linear(node: Compare) -> Linear:
    left, right = _sum(node.left), _sum(node.right)
    multiples = {name: left.get(name, Fraction(0)) - right.get(name, Fraction(0)) for name in {**left, **right}}
    rest = multiples.pop("", Fraction(0))
    if (
        not multiples or not all(multiples.values()) or not all(map(_is_number, multiples))
    ):  # a constant alone, or a fact that falls out but must be known
        raise _NoColumns
    scale = lcm(*(one.denominator for one in multiples.values()), (rest * MILLIONTHS).denominator)
    terms = tuple((name, int(one * scale)) for name, one in multiples.items())
    bound = int(-rest * MILLIONTHS * scale)
    if sum(abs(one) for _, one in terms) * MOST * MILLIONTHS >= LARGEST or abs(bound) >= LARGEST:
        raise _NoColumns
    return Linear(terms, node.sign, bound)


def _is_number(name: str) -> bool:
    known = vocabulary().get(name)
    return known is None or known.kind == "number"


def _sum(node: Node) -> dict[str, Fraction]:
    """Return a sum as multiples of facts; the constant stands under the empty name."""
    match node:
        case Constant(value) if not isinstance(value, bool | str):
            return {"": Fraction(value)}
        case Fact(name):
            return {name: Fraction(1)}
        case Sum(signed):
            total: dict[str, Fraction] = {}
            for sign, part in signed:
                for name, one in _sum(part).items():
                    total[name] = total.get(name, Fraction(0)) + sign * one
            return total
        case Product(parts):
            return reduce(_times, map(_sum, parts))
    raise _NoColumns


def _times(one: dict[str, Fraction], other: dict[str, Fraction]) -> dict[str, Fraction]:
    if set(one) <= {""}:
        one, other = other, one
    if not set(other) <= {""}:
        raise _NoColumns
    return {name: multiple * other.get("", Fraction(0)) for name, multiple in one.items()}


def _in_order(node: Joined, leaves: tuple[Leaf, ...]) -> list[Leaf]:
    if isinstance(node, Join):
        return [leaf for part in node.parts for leaf in _in_order(part, leaves)]
    return [leaves[node.leaf]]


# answering ------------------------------------------------------------------------------------------------------------


def _verdict(node: Joined, planes: Sequence[Two]) -> Two:
    match node:
        case At(leaf):
            return planes[leaf]
        case Turned(leaf):
            return Two(planes[leaf].false, planes[leaf].true)
        case Join(every, parts):
            found = [_verdict(part, planes) for part in parts]
            both, one = (and_, or_) if every else (or_, and_)
            return Two(reduce(both, [each.true for each in found]), reduce(one, [each.false for each in found]))


Deciding = dict[str, Plane]


def _told(whole: Compiled, node: Joined, planes: Sequence[Two]) -> tuple[Two, Deciding, Deciding]:
    """Return what a part answers, and where each fact is among those that made it true, and false."""
    if not isinstance(node, Join):
        two, facts = _verdict(node, planes), whole.leaves[node.leaf].names
        return two, dict.fromkeys(facts, two.true), dict.fromkeys(facts, two.false)
    told = [_told(whole, part, planes) for part in node.parts]
    true, false = [(two.true, held) for two, held, _ in told], [(two.false, held) for two, _, held in told]
    if node.every:
        (held, for_true), (one, for_false) = _all_of(true), _first_of(false, _cheapest(whole, node, truth=False))
        return Two(held, one), for_true, for_false
    (one, for_true), (held, for_false) = _first_of(true, _cheapest(whole, node, truth=True)), _all_of(false)
    return Two(one, held), for_true, for_false


def _all_of(told: Sequence[tuple[Plane, Deciding]]) -> tuple[Plane, Deciding]:
    """Join parts that are all needed."""
    held = reduce(and_, [settled for settled, _ in told])
    return held, {name: plane & held for _, each in told for name, plane in each.items()}


def _first_of(told: Sequence[tuple[Plane, Deciding]], order: Sequence[int]) -> tuple[Plane, Deciding]:
    """Join parts of which one is enough: each counts where none before it settled it. A part's facts lie within it."""
    taken, chosen = told[order[0]]
    chosen = dict(chosen)
    for at in order[1:]:
        before, (settled, each) = taken, told[at]
        taken = before | settled
        here = taken ^ before
        chosen |= {name: here if plane is settled else plane & here for name, plane in each.items()}
    return taken, chosen


def _cheapest(whole: Compiled, node: Join, *, truth: bool) -> list[int]:
    """Return the parts by how many facts settle them, then as they stand."""
    lengths = [_length(whole, part, truth=truth) for part in node.parts]
    return sorted(range(len(lengths)), key=lambda at: (lengths[at], at))


def _length(whole: Compiled, node: Joined, *, truth: bool) -> int | None:
    """Return how many facts make this part `truth`; None where that differs."""
    if not isinstance(node, Join):
        return len(whole.leaves[node.leaf].names)
    lengths = [_length(whole, part, truth=truth) for part in node.parts]
    if node.every is truth:
        known = [one for one in lengths if one is not None]
        return sum(known) if len(known) == len(lengths) else None
    return lengths[0] if len(set(lengths)) == 1 else None


def _sees(whole: Compiled, node: Joined) -> bool:
    """Tell whether every choice among parts is by lengths that never change."""
    if not isinstance(node, Join):
        return True
    choices = not node.every  # what is chosen when it is true; of `and`, when it is false
    lengths = [_length(whole, part, truth=choices) for part in node.parts]
    return None not in lengths and all(_sees(whole, part) for part in node.parts)


def leaves_of(rules: Mapping[str, Compiled]) -> dict[Leaf, int]:
    """Return every leaf of these rules once, numbered: each is asked of the columns once for all."""
    found: dict[Leaf, int] = {}
    for one in rules.values():
        for leaf in one.leaves:
            found.setdefault(leaf, len(found))
    return found
