"""Populations drawn by Hypothesis, so that what goes wrong at one of them shrinks to the least that does."""

import re
from datetime import timedelta
from fractions import Fraction
from functools import cache

from hypothesis import strategies as st
from populations import TODAY, UNFIT

from zhiben.analytics.columns import Member
from zhiben.analytics.held import Held
from zhiben.law.facts import SEEN, vocabulary
from zhiben.law.rule_reader import parse
from zhiben.law.rules import names
from zhiben.law.standards import facts_asked, standards
from zhiben.orgs.domain.industries import BIT

LEAST = Fraction(1, 10**6)  # what a column tells apart
APART = 700  # numbers between two enterprises, so that a few of them stand in several shards
FRESH, STALE = [(-30, 90), (0, 1), (-89, 90)], [(-90, 90), (-400, 90)]  # told so many days off today, known for
AHEAD = (1, 90)  # newer than the day asked of


@cache
def _bounds():
    """The numbers that the rules of the packs compare each fact with, and the products a factor of theirs stands in."""
    found: dict[str, set[Fraction]] = {}
    for known in standards().values():
        for rule in {each.rule for each in known.clauses if each.rule}:
            written = {Fraction(number) for number in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", rule)}
            for name in names(parse(rule)):
                found.setdefault(name, set()).update(written)
    return found


@cache
def _values(name):
    """What a fact may hold: none, on both sides of each bound, zero below a fraction line, and what no column can hold."""
    known = vocabulary().get(name)
    if name.startswith(SEEN) or known.kind == "truth":
        return st.sampled_from([True, False, True, False, None])
    if known.kind == "text":
        return st.sampled_from([*known.choices, None])
    if known.between:
        return st.integers(*known.between)
    whole = known.unit == "count"
    steps = [-1, 0, 1] if whole else [-LEAST, 0, LEAST]
    near = {bound + step for bound in _bounds().get(name, set()) | {Fraction(1)} for step in steps} | {Fraction(0)}
    fitting = sorted(value for value in near if value >= 0 and (not whole or value.denominator == 1))
    numbers = st.sampled_from([int(each) if each.denominator == 1 else float(each) for each in fitting])
    return st.one_of(*[numbers] * 7, st.sampled_from([None, *UNFIT]))


@cache
def _rules(slug):
    """The facts of each rule that binds an industry today, those that weigh several facts first; then what is seen on site."""
    asked = set(facts_asked([slug], TODAY))
    rules = {each.rule for known in standards().values() for each in known.clauses if each.rule}
    found = {facts for facts in (names(parse(rule)) for rule in rules) if set(facts) <= asked}
    return sorted(found, key=lambda facts: (-len(facts), facts)), sorted(
        name for name in asked if name.startswith(SEEN)
    )


BOUND = [slug for slug in sorted(BIT) if _rules(slug)[0]]


@st.composite
def members(draw, most=4, *, ahead=True):
    """A few enterprises of the same industries and of none, each knowing some of what their law asks; `ahead`: also later."""
    slugs = draw(st.lists(st.sampled_from(BOUND), min_size=1, max_size=2, unique=True))
    rules, seen = ([each for slug in slugs for each in _rules(slug)[part]] for part in (0, 1))
    asked = [name for rule in draw(st.lists(st.sampled_from(rules), min_size=1, max_size=4)) for name in rule]
    asked += draw(st.lists(st.sampled_from(seen), max_size=2)) if seen else []
    days = st.sampled_from([*FRESH * 4, *STALE, AHEAD] if ahead else [*FRESH * 4, *STALE])
    told = []
    for number in range(draw(st.integers(1, most))):
        facts = {}
        for name in dict.fromkeys(asked):
            if draw(st.integers(0, 9)):  # one in ten is not known
                since, span = draw(days)
                day = TODAY + timedelta(days=since)
                facts[name] = Held(draw(_values(name)), day, day + timedelta(days=span), "person")
        mask = sum(BIT[slug] for slug in slugs) if draw(st.integers(0, 7)) else 0
        told.append(Member(1 + number * APART, f"/1/{number % 3}/{number}/", mask, facts))
    return told


TRUTHS, NUMBERS = (
    [name for name, each in vocabulary().items() if each.kind == kind and not each.between and each.unit != "count"][:3]
    for kind in ("truth", "number")
)
NEAR = [
    0.0,
    2.5,
    2.499999,
    2.500001,
    3.0,
    2.94,
    2.940001,
    1.0,
]  # on, just below and above a bound; 2.94 is 0.98 times 3
ABSENT = object()


@st.composite
def rules(draw):
    """A rule over a few facts: truths, and sums and shares of numbers on either side of a bound."""
    number, bound = st.sampled_from(NUMBERS), st.sampled_from(["0", "2.5", "3"])
    sign = st.sampled_from([">", ">=", "<", "<=", "=="])
    leaf = (
        st.sampled_from(TRUTHS)
        | st.tuples(number, sign, bound).map(" ".join)
        | st.tuples(number, st.just("-"), number, sign, bound).map(" ".join)
        | st.tuples(number, sign, st.just("0.98 *"), number).map(" ".join)  # a share, also of nothing
    )
    joined = st.recursive(
        leaf.map(lambda one: f"({one})"),
        lambda inner: (
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda parts: f"({' '.join(parts)})")
            | inner.map(lambda one: f"(not {one})")
        ),
        max_leaves=5,
    )
    return draw(joined)


@st.composite
def askable(draw):
    """Enterprises that know some of what `rules` asks, near its bounds."""
    number = st.sampled_from([*NEAR * 2, ABSENT, ABSENT, *UNFIT])
    truth = st.sampled_from([True, False, True, False, ABSENT])
    row = st.fixed_dictionaries(dict.fromkeys(TRUTHS, truth) | dict.fromkeys(NUMBERS, number))
    told = []
    for at, facts in enumerate(draw(st.lists(row, min_size=1, max_size=9))):
        until = TODAY + timedelta(days=9)
        held = {name: Held(value, TODAY, until, "person") for name, value in facts.items() if value is not ABSENT}
        told.append(Member(1 + at, "/1/", 0, held))
    return told
