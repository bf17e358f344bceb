"""Reads a rule: text to the small tree of `rules`, by our own parser.

rule       = all {"or" all}
all        = negation {"and" negation}
negation   = "not" negation | comparison
comparison = sum [(">" | ">=" | "<" | "<=" | "==") sum | "in" "(" sum {"," sum} [","] ")"]
sum        = product {("+" | "-") product}
product    = sign {"*" sign}
sign       = "-" sign | number | 'text' | "true" | "false" | fact | "(" rule ")"
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from zhiben.kernel.errors import Invalid
from zhiben.kernel.quantities import exact
from zhiben.law.because import Because, because
from zhiben.law.rules import COMPARISONS, Compare, Constant, Every, Fact, Member, Node, Not, Product, Some, Sum

LONGEST = 4000  # characters; the longest rule of the packs has 250
DEEPEST = 50  # brackets, signs and negations inside one another

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?![\w.]))|(?P<name>[A-Za-z_]\w*)|(?P<text>'[^']*'|\"[^\"]*\")|(?P<sign>>=|<=|==|[-><()+*,]))",
    re.ASCII,
)
_WORDS = frozenset({"and", "or", "not", "in", "true", "false"})


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
        sign = self._take(*COMPARISONS, "==")
        if sign is None:
            return left
        node = Compare(sign, left, self._sum())
        if self.tokens[self.at].text in {*COMPARISONS, "==", "in"}:
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
