"""The rule language: what a clause says, as a small tree that is read by our own parser and never run as code.

    rule       = all {"or" all}
    all        = negation {"and" negation}
    negation   = "not" negation | comparison
    comparison = sum [(">" | ">=" | "<" | "<=" | "==") sum | "in" "(" sum {"," sum} [","] ")"]
    sum        = product {("+" | "-") product}
    product    = sign {"*" sign}
    sign       = "-" sign | number | 'text' | "true" | "false" | fact | "(" rule ")"

Numbers are exact. Comparisons do not chain. A fact that is not known makes what it touches unknown (Kleene).
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from zhiben.kernel.errors import Invalid
from zhiben.kernel.logic import Truth, all_of, any_of, negated
from zhiben.kernel.quantities import Number, exact
from zhiben.law.because import Because, because

Value = bool | Number | str
Kind = Literal["truth", "number", "text"]
_KINDS: Mapping[Kind, str] = {"truth": "真假值", "number": "数字", "text": "文字"}

LONGEST = 4000  # characters; the longest rule of the packs has 250
DEEPEST = 50  # brackets, signs and negations inside one another

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?![\w.]))|(?P<name>[A-Za-z_]\w*)|(?P<text>'[^']*'|\"[^\"]*\")|(?P<sign>>=|<=|==|[-><()+*,]))",
    re.ASCII,
)
_COMPARE: Mapping[str, Callable[[Number, Number], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_WORDS = frozenset({"and", "or", "not", "in", "true", "false"})


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


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """Read a rule; refuse one that cannot be read, telling where and why."""
    if len(text) > LONGEST:
        raise Invalid(
            "rule:unreadable",
            rule=text[:80],
            at=LONGEST,
            reason=because(f"超过 {LONGEST} 个字符", f"longer than {LONGEST} characters"),
        )
    return _Reader(text).whole()


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
    return _COMPARE[sign](left, right)


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


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


class _Reader:
    """Reads one rule from left to right; every method reads one line of the grammar."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth = text, 0, 0
        self.tokens = [*self._cut(), _Token("end", "", len(text))]

    def whole(self) -> Node:
        node = self._some()
        if self.tokens[self.at].kind != "end":
            raise self._unreadable(because("这里多了一个", "this is one too many"))
        return node

    def _some(self) -> Node:
        parts = [self._every()]
        while self._take("or"):
            parts.append(self._every())
        return Some(tuple(parts)) if len(parts) > 1 else parts[0]

    def _every(self) -> Node:
        parts = [self._negation()]
        while self._take("and"):
            parts.append(self._negation())
        return Every(tuple(parts)) if len(parts) > 1 else parts[0]

    def _negation(self) -> Node:
        negations = 0
        while self._take("not"):
            negations += 1
        node = self._comparison()
        return Not(node) if negations % 2 else Not(Not(node)) if negations else node

    def _comparison(self) -> Node:
        left = self._sum()
        if self._take("in"):
            return Member(left, self._tuple())
        sign = self._take(*_COMPARE, "==")
        if sign is None:
            return left
        node = Compare(sign, left, self._sum())
        if self.tokens[self.at].text in {*_COMPARE, "==", "in"}:
            raise self._unreadable(
                because("比较不能连写；请用 and 连接", "comparisons do not chain; join two with `and`")
            )
        return node

    def _tuple(self) -> tuple[Node, ...]:
        self._need("(")
        among = [self._sum()]
        while self._take(","):
            if self.tokens[self.at].text == ")":
                break
            among.append(self._sum())
        self._need(")")
        return tuple(among)

    def _sum(self) -> Node:
        parts = [(1, self._product())]
        while sign := self._take("+", "-"):
            parts.append((1 if sign == "+" else -1, self._product()))
        return Sum(tuple(parts)) if len(parts) > 1 else parts[0][1]

    def _product(self) -> Node:
        parts = [self._signed()]
        while self._take("*"):
            parts.append(self._signed())
        return Product(tuple(parts)) if len(parts) > 1 else parts[0]

    def _signed(self) -> Node:
        negative = False
        while self._take("-"):
            negative = not negative
        node = self._atom()
        return Sum(((-1, node),)) if negative else node

    def _atom(self) -> Node:
        token = self.tokens[self.at]
        if self._take("("):
            self.depth += 1
            if self.depth > DEEPEST:
                raise self._unreadable(
                    because(f"括号嵌套超过 {DEEPEST} 层", f"more than {DEEPEST} brackets inside one another")
                )
            node = self._some()
            self._need(")")
            self.depth -= 1
            return node
        if token.kind not in {"number", "text", "name"} or (
            token.text in _WORDS and token.text not in {"true", "false"}
        ):
            raise self._unreadable(
                because("这里须为数字、文字、事实或括号", "a number, a text, a fact or a bracket must stand here")
            )
        self.at += 1
        if token.kind == "number":
            return Constant(exact(token.text))
        if token.kind == "text":
            return Constant(token.text[1:-1])
        return Constant(token.text == "true") if token.text in _WORDS else Fact(token.text)

    def _take(self, *texts: str) -> str | None:
        token = self.tokens[self.at]
        if token.kind in {"number", "text"} or token.text not in texts:
            return None
        self.at += 1
        return token.text

    def _need(self, text: str) -> None:
        if not self._take(text):
            raise self._unreadable(because(f"这里须为 `{text}`", f"`{text}` must stand here"))

    def _cut(self) -> Iterator[_Token]:
        at = 0
        while self.text[at:].strip():
            found = _TOKEN.match(self.text, at)
            if found is None or found.lastgroup is None:
                raise Invalid(
                    "rule:unreadable",
                    rule=self.text,
                    at=at,
                    reason=because("规则中不能有这个符号", "no rule may hold this sign"),
                )
            yield _Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup))
            at = found.end()

    def _unreadable(self, reason: Because) -> Invalid:
        return Invalid("rule:unreadable", rule=self.text, at=self.tokens[self.at].at, reason=reason)
