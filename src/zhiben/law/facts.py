"""The vocabulary of facts: what an enterprise may be asked, in which unit; and the reading of given facts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from math import isfinite

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.kernel.quantities import exact
from zhiben.law import store
from zhiben.law.because import Because, because
from zhiben.law.rules import Kind, Value

SEEN = "seen:"  # + <standard>/<clause>: what an on-site look found, true or false
INDUSTRIES, GROUPS, PLACE = "industries", "groups", "place"  # what the enterprise is; not asked by rules
RESERVED = (INDUSTRIES, GROUPS, PLACE)

_CHOICES = re.compile(r"enum (?P<choices>\S+)")
_RANGE = re.compile(r"integer (?P<least>\d+)-(?P<most>\d+)")


@dataclass(frozen=True, slots=True)
class FactName:
    """A fact that may be known about an enterprise: its name, unit and label."""

    name: str
    unit: str  # boolean, count, integer 1-5, enum A|B, or a unit of measure such as m or %
    label: Bilingual

    @property
    def kind(self) -> Kind:
        """Tell what rules may do with it: ask it, count with it or compare its text."""
        return "truth" if self.unit == "boolean" else "text" if _CHOICES.match(self.unit) else "number"

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the texts it may have; none where it is no choice."""
        found = _CHOICES.match(self.unit)
        return tuple(found["choices"].split("|")) if found else ()

    @property
    def between(self) -> tuple[int, int] | None:
        """Return the least and the most of a number that has both."""
        found = _RANGE.fullmatch(self.unit)
        return (int(found["least"]), int(found["most"])) if found else None


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry or field of supervision. `within`: the wider industries whose clauses apply to it too."""

    slug: str
    label: Bilingual
    is_high_risk: bool
    within: frozenset[str]
    is_cross_cutting: bool  # a matter any enterprise may have: its standards apply whatever the industries are


@cache
def vocabulary() -> Mapping[str, FactName]:
    """Return every fact that rules may ask for, by name."""
    written = store.documents("")["facts"]
    return {fact["name"]: FactName(fact["name"], fact["unit"], Bilingual.of(fact)) for fact in written}


@cache
def industries() -> Mapping[str, Industry]:
    """Return the industries by slug."""
    return {
        each["slug"]: Industry(
            each["slug"],
            Bilingual.of(each),
            each["high_risk"],
            frozenset(each.get("within", ())),
            each.get("cross_cutting", False),
        )
        for each in store.documents("")["industries"]
    }


def widened(slugs: Iterable[str]) -> frozenset[str]:
    """Return the industries with those that they lie within; refuse an unknown one."""
    known, given = industries(), frozenset(slugs)
    for slug in sorted(given - set(known)):
        near = get_close_matches(slug, known, n=3)
        raise Invalid(
            "facts:unknown-industry",
            field=INDUSTRIES,
            reason=because(f"没有行业 {slug}", f"no industry {slug}"),
            example=near or "coal_mine",
        )
    return given.union(*(known[slug].within for slug in given))


def fact(name: str) -> FactName:
    """Return a fact of the vocabulary; refuse an unknown name, telling the nearest ones."""
    found = vocabulary().get(name)
    if found is None:
        raise NotFound("facts:unknown-fact", field=name, near=get_close_matches(name, vocabulary(), n=3))
    return found


def read(name: str, value: object) -> Value | None:
    """Read one fact of the vocabulary exactly; None, NaN and infinity are unknown, a wrong type is refused."""
    known = fact(name)
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return None
    if known.kind == "truth":
        return _truth(known, value)
    return _choice(known, value) if known.kind == "text" else _number(known, value)


def read_truth(name: str, value: object) -> bool | None:
    """Read what an on-site look found: true, false or unknown."""
    if value is None or isinstance(value, bool):
        return value
    raise _wrong(name, value, because("须为 true 或 false", "needs true or false"), True)


def read_texts(name: str, value: object) -> frozenset[str] | None:
    """Read a reserved fact: one text or a list of texts; None where it is not given."""
    if value is None:
        return None
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple | set | frozenset) or not all(isinstance(text, str) for text in texts):
        raise _wrong(
            name,
            value,
            because("须为文字或文字列表", "needs a text or a list of texts"),
            ["coal_mine"] if name == INDUSTRIES else ["crowded"],
        )
    return frozenset(texts)


def _truth(known: FactName, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise _wrong(known.name, value, because("须为 true 或 false", "needs true or false"), True)


def _choice(known: FactName, value: object) -> str:
    if isinstance(value, str) and value in known.choices:
        return value
    raise _wrong(
        known.name,
        value,
        because(f"须为其中之一：{'、'.join(known.choices)}", f"needs one of {', '.join(known.choices)}"),
        known.choices[0],
    )


def _number(known: FactName, value: object) -> Value:
    between = known.between
    is_whole = known.unit == "count" or between is not None
    example = 2 if is_whole else 1.5
    if isinstance(value, str):
        raise _wrong(
            known.name,
            value,
            because(f"须为数字（单位 {known.unit}），不能是文字", f"needs a number in {known.unit}, not text"),
            example,
        )
    try:
        number = exact(value)
    except Invalid as problem:
        raise _wrong(
            known.name, value, because(f"须为数字（单位 {known.unit}）", f"needs a number in {known.unit}"), example
        ) from problem
    if is_whole and number.denominator != 1:
        raise _wrong(known.name, value, because("须为整数", "needs a whole number"), example)
    if known.unit == "count" and number < 0:
        raise _wrong(known.name, value, because("不能小于零", "cannot be less than zero"), example)
    if between and not between[0] <= number <= between[1]:
        raise _wrong(
            known.name,
            value,
            because(f"不在 {between[0]} 至 {between[1]} 之间", f"lies outside {between[0]} to {between[1]}"),
            between[0],
        )
    return int(number) if is_whole else number


def _wrong(field: str, value: object, reason: Because, example: object) -> Invalid:
    shown = value if isinstance(value, bool | int | float | str) else str(value)
    return Invalid("facts:wrong-value", field=field, reason=reason, value=shown, example=example)
