"""A clause's rule as a person reads it: which conditions must all hold, which one is enough, each in words.

told("a > 0 and not b")  ->  all of: "a > 0"; "b": no
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from zhiben.kernel.bilingual import Bilingual
from zhiben.law import rules
from zhiben.law.facts import SEEN, vocabulary
from zhiben.law.likening import written
from zhiben.law.rule_reader import parse
from zhiben.law.rules import Every, Fact, Node, Not, Some

Joint = Literal["", "all", "any", "none"]

_UNITLESS = frozenset({"boolean", "count", "ratio", "rise/run"})


@dataclass(frozen=True, slots=True)
class Said:
    """One condition in words, or several joined: all of them, any of them, none of them."""

    joint: Joint
    words: Bilingual
    parts: tuple["Said", ...] = ()


def told(rule: str) -> Said:
    """Return a rule in words; a single condition is an outline of one line."""
    return _said(parse(rule))


def _said(node: Node) -> Said:
    match node:
        case Every(parts):
            return Said("all", Bilingual("同时满足", "All of these"), tuple(map(_said, parts)))
        case Some(parts):
            return Said("any", Bilingual("满足其一", "Any one of these"), tuple(map(_said, parts)))
        case Not(Fact(name)):
            return _leaf(lambda language: _answered(name, language, {"zh": "否", "en": "no"}))
        case Not(part):
            return Said("none", Bilingual("不存在下列情形", "Not so that"), (_said(part),))
        case Fact(name):
            return _leaf(lambda language: _answered(name, language, {"zh": "是", "en": "yes"}))
        case _:
            return _leaf(lambda language: _compared(node, language))


def _leaf(words: Callable[[str], str]) -> Said:
    return Said("", Bilingual(words("zh"), words("en")))


def _answered(name: str, language: str, answers: dict[str, str]) -> str:
    return f"{_label(name, language)}{'：' if language == 'zh' else ': '}{answers[language]}"


def _compared(node: Node, language: str) -> str:
    units = {known.unit for name in rules.names(node) if (known := vocabulary().get(name))}
    unit = units.pop() if len(units) == 1 else ""
    plain = not unit or unit in _UNITLESS or unit.startswith(("enum", "integer"))
    return written(node, lambda name: _label(name, language)) + ("" if plain else f" {unit}")


def _label(name: str, language: str) -> str:
    known = vocabulary().get(name)
    if known is None:
        return name.removeprefix(SEEN)
    return known.label.zh if language == "zh" else known.label.en
