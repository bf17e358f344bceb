"""The values of a fact that make a difference: enough of them that every rule's every answer is among them.

A truth has two values and a choice its few. A number has as many as the rules tell apart: `x > 3 or x == y`, with y
known to be 5, cuts the line at 3 and at 5, and one value on each cut and from each piece between them stands for all.
Where a fact is compared with what is itself unknown nothing is cut: the comparison stays unknown whatever the value.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from zhiben.kernel.errors import Invalid
from zhiben.kernel.quantities import Number
from zhiben.law import facts as words
from zhiben.law.because import because
from zhiben.law.rules import Compare, Constant, Fact, Member, Node, Product, Sum, Value, children

Known = Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Range:
    """The values a fact may have: these few, or numbers from `least` to `most` (None: no end), whole or not."""

    few: tuple[Value, ...] = ()
    is_whole: bool = False
    least: int | None = None
    most: int | None = None


TRUTHS = Range(few=(True, False))
NUMBERS = Range()


def range_of(name: str) -> Range:
    """Return which values a fact of the vocabulary, or an on-site look, may have."""
    if name.startswith(words.SEEN):
        return TRUTHS
    known = words.fact(name)
    if known.kind == "truth":
        return TRUTHS
    if known.kind == "text":
        return Range(few=known.choices)
    if known.between:
        return Range(is_whole=True, least=known.between[0], most=known.between[1])
    return Range(is_whole=True, least=0) if known.unit == "count" else NUMBERS


def samples(rules: Iterable[Node], known: Known, name: str, range_: Range) -> tuple[Value, ...]:
    """Return values of an open fact, one at least for each way in which these rules can answer."""
    if range_.few:
        return range_.few
    cuts = sorted({cut for node in rules for cut in _cuts(node, known, name)})
    return tuple(_whole(cuts, range_) if range_.is_whole else _any(cuts))


def _any(cuts: list[Number]) -> Iterator[Number]:
    """Return every cut, and a number from each piece of the line."""
    if not cuts:
        yield 0
        return
    yield cuts[0] - 1
    for low, high in pairwise(cuts):
        yield low
        yield Fraction(low + high) / 2
    yield cuts[-1]
    yield cuts[-1] + 1


def _whole(cuts: list[Number], range_: Range) -> list[int]:
    """Return the whole numbers on the cuts and beside them, and the ends: none between two of them differs."""
    near = {number for cut in cuts for number in (ceil(cut) - 1, ceil(cut), floor(cut), floor(cut) + 1)}
    ends = {end for end in (range_.least, range_.most) if end is not None}
    least, most = range_.least, range_.most
    inside = {n for n in near | ends if (least is None or n >= least) and (most is None or n <= most)}
    return sorted(inside) or [0]


def _cuts(node: Node, known: Known, name: str) -> Iterator[Number]:
    """Return where the answer of a rule may turn as the fact grows."""
    match node:
        case Compare(_, left, right):
            yield from _cut(left, right, known, name)
        case Member(value, among):
            for each in among:
                yield from _cut(value, each, known, name)
    for part in children(node):
        yield from _cuts(part, known, name)


def _cut(left: Node, right: Node, known: Known, name: str) -> Iterator[Number]:
    one, other = _line(left, known, name), _line(right, known, name)
    if one is not None and other is not None and (slope := one[0] - other[0]):
        yield Fraction(other[1] - one[1]) / slope


def _line(node: Node, known: Known, name: str) -> tuple[Number, Number] | None:
    """Return a sum as `slope * fact + rest`; None where it is no number, or something else in it is unknown."""
    match node:
        case Constant(value):
            return _flat(value)
        case Fact(named):
            return (1, 0) if named == name else _flat(known.get(named))
        case Sum(signed):
            lines = [(sign, _line(part, known, name)) for sign, part in signed]
            return _added([(sign, line) for sign, line in lines if line is not None], len(lines))
        case Product(factors):
            return _multiplied([_line(part, known, name) for part in factors], name)
        case _:
            return None


def _flat(value: Value | None) -> tuple[Number, Number] | None:
    return None if value is None or isinstance(value, bool | str) else (0, value)


def _added(lines: list[tuple[int, tuple[Number, Number]]], wanted: int) -> tuple[Number, Number] | None:
    if len(lines) < wanted:
        return None
    return sum(sign * line[0] for sign, line in lines), sum(sign * line[1] for sign, line in lines)


def _multiplied(lines: list[tuple[Number, Number] | None], name: str) -> tuple[Number, Number] | None:
    slope, rest = Fraction(0), Fraction(1)
    for line in lines:
        if line is None:
            return None
        if slope and line[0]:
            raise Invalid(
                "rule:not-linear", field=name, reason=because(f"{name} 与自身相乘", f"{name} is multiplied by itself")
            )
        slope, rest = slope * line[1] + rest * line[0], rest * line[1]
    return slope, rest
