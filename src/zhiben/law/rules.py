"""The rule language: what a clause says, as a small tree that is never run as code; `rule_reader` reads it.

Numbers are exact. Comparisons do not chain. A fact that is not known makes what it touches unknown (Kleene).
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from zhiben.kernel.errors import Invalid
from zhiben.kernel.logic import Truth, all_of, any_of, negated
from zhiben.kernel.quantities import Number
from zhiben.law.because import because

Value = bool | Number | str
Kind = Literal["truth", "number", "text"]
_KINDS: Mapping[Kind, str] = {"truth": "真假值", "number": "数字", "text": "文字"}
COMPARISONS: Mapping[str, Callable[[Number, Number], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a text, true or false, as written."""

    value: Value


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the enterprise, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Every:
    """True where all parts are: `and`."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """True where one part is: `or`."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values side by side."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Member:
    """One value among several."""

    value: "Node"
    among: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts added up; a part with the sign -1 is taken off."""

    parts: tuple[tuple[int, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Parts multiplied."""

    parts: tuple["Node", ...]


Node = Constant | Fact | Not | Every | Some | Compare | Member | Sum | Product


def names(node: Node) -> tuple[str, ...]:
    """Return the facts that a rule asks for, each once, in the order of the rule."""
    return tuple(dict.fromkeys(_names(node)))


def kind(node: Node, kind_of: Callable[[str], Kind]) -> Kind:  # noqa: PLR0911 -- one a kind of node
    """Return what a rule yields; refuse one that mixes truths, numbers and texts. `kind_of` tells a fact's kind."""
    match node:
        case Constant(value):
            return _kind(value)
        case Fact(name):
            return kind_of(name)
        case Not(part):
            return _all_of_kind("truth", (part,), kind_of)
        case Every(parts) | Some(parts):
            return _all_of_kind("truth", parts, kind_of)
        case Compare(sign, left, right):
            _all_of_kind(kind(left, kind_of) if sign == "==" else "number", (left, right), kind_of)
            return "truth"
        case Member(value, among):
            _all_of_kind(kind(value, kind_of), among, kind_of)
            return "truth"
        case Sum(signed):
            return _all_of_kind("number", tuple(part for _, part in signed), kind_of)
        case Product(parts):
            return _all_of_kind("number", parts, kind_of)


def value_of(node: Node, facts: Mapping[str, Value | None]) -> Value | None:  # noqa: PLR0911 -- one a kind of node
    """Return what a rule yields for these facts; None is unknown."""
    match node:
        case Constant(value):
            return value
        case Fact(name):
            return facts.get(name)
        case Not(part):
            return negated(_truth(part, facts))
        case Every(parts):
            return all_of(_truth(part, facts) for part in parts)
        case Some(parts):
            return any_of(_truth(part, facts) for part in parts)
        case Compare(sign, left, right):
            return _compared(sign, value_of(left, facts), value_of(right, facts))
        case Member(value, among):
            return any_of(_truth(Compare("==", value, each), facts) for each in among)
        case Sum(signed):
            terms = [_number(part, facts) for _, part in signed]
            known = [term for term in terms if term is not None]
            whole = len(known) == len(terms)
            return sum(sign * term for (sign, _), term in zip(signed, known, strict=True)) if whole else None
        case Product(parts):
            return _multiplied([_number(part, facts) for part in parts])


def evaluate(node: Node, facts: Mapping[str, Value | None]) -> Truth:
    """Tell whether a rule holds for these facts: True, False, or None for unknown."""
    return _truth(node, facts)


def _compared(sign: str, left: Value | None, right: Value | None) -> bool | None:
    if left is None or right is None:
        return None
    if _kind(left) != _kind(right):
        raise Invalid(
            "rule:mixed-kinds",
            reason=because(f"{left!r} 与 {right!r} 不能比较", f"cannot compare {left!r} and {right!r}"),
        )
    if sign == "==":
        return left == right
    if isinstance(left, bool | str) or isinstance(right, bool | str):
        raise Invalid(
            "rule:mixed-kinds",
            reason=because(
                f"{sign} 只比较数字，不比较 {left!r} 与 {right!r}",
                f"{sign} compares numbers, not {left!r} and {right!r}",
            ),
        )
    return COMPARISONS[sign](left, right)


def _multiplied(terms: list[Number | None]) -> Number | None:
    product: Number = 1
    for term in terms:
        if term is None:
            return None
        product *= term
    return product


def _truth(node: Node, facts: Mapping[str, Value | None]) -> Truth:
    value = value_of(node, facts)
    if value is None or isinstance(value, bool):
        return value
    raise Invalid(
        "rule:mixed-kinds", reason=because(f"{value!r} 不是真也不是假", f"{value!r} is neither true nor false")
    )


def _number(node: Node, facts: Mapping[str, Value | None]) -> Number | None:
    value = value_of(node, facts)
    if isinstance(value, bool | str):
        raise Invalid("rule:mixed-kinds", reason=because(f"{value!r} 不是数字", f"{value!r} is not a number"))
    return value


def _kind(value: Value) -> Kind:
    return "truth" if isinstance(value, bool) else "text" if isinstance(value, str) else "number"


def _all_of_kind(wanted: Kind, parts: tuple[Node, ...], kind_of: Callable[[str], Kind]) -> Kind:
    for part in parts:
        found = kind(part, kind_of)
        if found != wanted:
            named = ", ".join(names(part))
            zh = f"需要{_KINDS[wanted]}，却是{_KINDS[found]}：{named}"
            raise Invalid("rule:mixed-kinds", reason=because(zh, f"needs a {wanted}, found a {found}: {named}"))
    return wanted


def _names(node: Node) -> Iterator[str]:
    match node:
        case Constant():
            return
        case Fact(name):
            yield name
        case _:
            for part in children(node):
                yield from _names(part)


def children(node: Node) -> tuple[Node, ...]:
    """Return what a rule is made of, one step down."""
    match node:
        case Not(part):
            return (part,)
        case Every(parts) | Some(parts) | Product(parts):
            return parts
        case Compare(_, left, right):
            return (left, right)
        case Member(value, among):
            return (value, *among)
        case Sum(signed):
            return tuple(part for _, part in signed)
        case Constant() | Fact():
            return ()
