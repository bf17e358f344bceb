"""A rule asked of a whole population answers as it does of each enterprise, with the same deciding facts."""

import operator
import random
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiben.law.facts import vocabulary
from zhiben.law.population import MILLIONTHS, Asked, Linear, OneOf, Two, compiled, leaves_of
from zhiben.law.reasons import explain
from zhiben.law.rule_reader import parse
from zhiben.law.rules import evaluate, names
from zhiben.law.standards import standards

RULES = sorted({each.rule for known in standards().values() for each in known.clauses if each.rule})
SIGNS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "==": operator.eq}
ROWS = 48


def planes_of(leaves, rows):
    """Return each leaf's planes as whole numbers, a bit an enterprise."""
    told = [[_state(leaf, row) for row in rows] for leaf in leaves]
    return [
        Two(*(sum(1 << at for at, one in enumerate(states) if one is wanted) for wanted in (True, False)))
        for states in told
    ]


def _state(leaf, row):
    values = [row.get(name) for name in leaf.names]
    if any(value is None for value in values):
        return None
    match leaf:
        case Asked():
            return values[0]
        case OneOf(_, texts):
            return values[0] in texts
        case Linear(terms, sign, bound):
            scaled = sum(times * int(value * MILLIONTHS) for (_, times), value in zip(terms, values, strict=True))
            return SIGNS[sign](scaled, bound)


def _value(name, draw, near):
    kind = vocabulary()[name].kind if name in vocabulary() else "truth"
    if draw.random() < 0.25:
        return None
    if kind == "truth":
        return draw.random() < 0.5
    if kind == "text":
        return draw.choice(vocabulary()[name].choices)
    return draw.choice(near) + Fraction(draw.choice([-1, 0, 1]), draw.choice([1, 100, MILLIONTHS]))


def _constants(rule):
    return [Fraction(found) for found in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", rule)] or [Fraction(0)]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_of_the_packs_answers_a_population_as_it_answers_one(rule):
    draw, made, node = random.Random(rule), compiled(rule), parse(rule)
    assert made is not None
    near = [*_constants(rule), Fraction(0), Fraction(10)]
    rows = [{name: _value(name, draw, near) for name in names(node)} for _ in range(ROWS)]
    _check(made, node, rows)


def _check(made, node, rows):
    planes = planes_of(made.leaves, rows)
    verdict = made.verdict(planes)
    told = [True if verdict.true >> at & 1 else False if verdict.false >> at & 1 else None for at in range(len(rows))]
    assert told == [evaluate(node, row) for row in rows]
    if made.is_plain:
        settled, deciding = made.settled(planes)
        assert settled == verdict
        for at, row in enumerate(rows):
            assert {name for name, plane in deciding.items() if plane >> at & 1} == set(explain(node, row).deciding), (
                row
            )


def _rules():
    leaf = st.sampled_from(
        ["a", "b", "c", "d", "x > 3", "y <= 2.5", "x - y < 1", "2 * z >= 0.98 * y", "t in ('p', 'q')", "t == 'p'"]
    )
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            inner.map(lambda one: f"not ({one})"),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: " and ".join(f"({one})" for one in parts)),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: " or ".join(f"({one})" for one in parts)),
        ),
        max_leaves=6,
    )


ROW = st.fixed_dictionaries(
    {name: st.none() | st.booleans() for name in "abcd"}
    | {
        name: st.none() | st.sampled_from([Fraction(n, 10**d) for n in (25, 30, 31, 29, 24) for d in (0, 1)])
        for name in "xyz"
    }
    | {"t": st.none() | st.sampled_from(["p", "q", "r"])}
)


@settings(max_examples=150, deadline=None)
@given(_rules(), st.lists(ROW, min_size=1, max_size=12))
def test_any_rule_answers_a_population_as_it_answers_one(rule, rows):
    made = compiled(rule)
    assert made is not None
    _check(made, parse(rule), rows)


def test_what_is_no_sum_is_left_to_be_asked_row_by_row():
    assert [
        compiled(rule) for rule in ("x * y > 3", "is_underground_mine == gas_dynamic_sign", "x - x > 1", "x in (1, 2)")
    ] == [None] * 4
    assert compiled("not t == 'p'") is not None


def test_facts_near_the_largest_still_add_up_exactly():
    assert compiled("400 * x > 1") is not None
    assert compiled("500 * x > 1") is None


def test_a_leaf_of_many_rules_is_asked_once():
    found = leaves_of({"one": compiled("a or x > 3"), "two": compiled("a and x > 4")})
    assert len(found) == 3
