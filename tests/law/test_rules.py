"""The rule language: what it reads, what it refuses, and that unknown facts never decide."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiben.kernel.errors import Invalid
from zhiben.law.reasons import explain
from zhiben.law.rule_reader import parse
from zhiben.law.rules import evaluate, kind, names, value_of


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        ("0.1 + 0.2 == 0.3", {}, True),
        ("a >= 1.1 * b", {"a": 11, "b": 10}, True),
        ("a > 1.1 * b", {"a": 11, "b": 10}, False),
        ("a - b - c == 1", {"a": 6, "b": 3, "c": 2}, True),
        ("a + b * c == 7", {"a": 1, "b": 2, "c": 3}, True),
        ("(a + b) * c == 9", {"a": 1, "b": 2, "c": 3}, True),
        ("-a < 0", {"a": 1}, True),
        ("- - a > 0", {"a": 1}, True),
        ("a or b and c", {"a": True, "b": False, "c": False}, True),
        ("not a and b", {"a": False, "b": False}, False),
        ("not (a and b)", {"a": False}, True),
        ("not not a", {"a": True}, True),
        ("a == 'C'", {"a": "C"}, True),
        ('a in ("C", "D",)', {"a": "D"}, True),
        ("a in ('C')", {"a": "D"}, False),
        ("a in (1, b)", {"a": 1}, True),
        ("a in (1, b)", {"a": 2}, None),
        ("a == true", {"a": False}, False),
        ("a > 1 or b", {"a": 2}, True),
        ("a > 1 and b", {"a": 1}, False),
        ("a > 1 and b", {"a": 2}, None),
        ("a + b > 1", {"a": 5}, None),
        ("a * b > 1", {"a": 5}, None),
        ("true", {}, True),
        ("a > 3.0", {"a": Fraction(30001, 10000)}, True),
    ],
)
def test_what_a_rule_yields(rule, facts, expected):
    assert evaluate(parse(rule), facts) is expected


@pytest.mark.parametrize(
    "rule",
    [
        "",
        " ",
        "a >",
        "> a",
        "a b",
        "(a",
        "a)",
        "a and",
        "not",
        "a in b",
        "a in ()",
        "a in (1 2)",
        "1 < a < 3",
        "a == b == c",
        "a; b",
        "a = 1",
        "a != 1",
        "a / b",
        "a.b",
        "a[0]",
        "f(a)",
        "__import__('os')",
        "lambda: 1",
        "'open",
        "1.",
        ".5",
        "1e9",
        "0x10",
        "a if b else c",
        "a\x00",
        "a ** 2",
        "or a",
        "in (1)",
        "é > 1",
        "１ > 0",
    ],
)
def test_what_is_not_of_the_language_is_refused(rule):
    with pytest.raises(Invalid, match="rule:unreadable") as refused:
        parse(rule)
    assert refused.value.facts["reason"]


@pytest.mark.parametrize(
    "rule",
    [
        "(" * 3000 + "a" + ")" * 900,
        "(" * 900 + "a" + ")" * 900,
        "not " * 2000 + "a",
        "a or " * 5000 + "a",
        "9" * 5000 + " > a",
    ],
)
def test_hostile_rules_are_refused_and_crash_nothing(rule):
    with pytest.raises(Invalid, match="rule:unreadable"):
        parse(rule)


@pytest.mark.parametrize(
    "rule", ["not " * 900 + "a", "- " * 900 + "1 > 0 or a", " or ".join(["a"] * 700), " + ".join(["a"] * 900) + " > 1"]
)
def test_long_but_flat_rules_are_read(rule):
    assert evaluate(parse(rule), {}) is None or rule.startswith("- ")


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("a > 1", {"a": "x"}),
        ("a > 1", {"a": True}),
        ("a == 1", {"a": True}),
        ("a and b", {"a": 1}),
        ("a + 1 > 0", {"a": "x"}),
        ("'x'", {}),
        ("a in (1)", {"a": "1"}),
    ],
)
def test_kinds_are_not_mixed(rule, facts):
    with pytest.raises(Invalid, match="rule:mixed-kinds"):
        evaluate(parse(rule), facts)


@pytest.mark.parametrize(
    "rule",
    ["a > n", "n and a", "a + n > 1", "t > 1", "t in (1, 2)", "not n", "a == n", "t == n", "n * t > 1", "-t > 1"],
)
def test_a_rule_that_mixes_kinds_is_found_before_it_runs(rule):
    kinds = {"a": "truth", "n": "number", "t": "text"}
    with pytest.raises(Invalid, match="rule:mixed-kinds"):
        kind(parse(rule), kinds.__getitem__)


def test_the_kind_of_a_rule():
    kinds = {"a": "truth", "n": "number", "t": "text"}
    assert kind(parse("a and n > -1 * n + 2 or t in ('C', 'D') or not t == 'C'"), kinds.__getitem__) == "truth"
    assert kind(parse("n + 1"), kinds.__getitem__) == "number"
    assert value_of(parse("n * 2 - 1"), {"n": Fraction(1, 4)}) == Fraction(-1, 2)


def test_facts_are_named_once_in_the_order_of_the_rule():
    assert names(parse("b > 1 and (a or b < 3) and c in (d, 'x')")) == ("b", "a", "c", "d")


WIDE = st.deferred(
    lambda: (
        st.sampled_from(["a", "b", "c", "d", "n > 1", "n + m >= 3", "m in (1, 2)", "n == m"])
        | st.builds("({} and {})".format, WIDE, WIDE)
        | st.builds("({} or {})".format, WIDE, WIDE)
        | st.builds("(not {})".format, WIDE)
    )
)
VALUES = {
    "a": [True, False],
    "b": [True, False],
    "c": [True, False],
    "d": [True, False],
    "n": [0, 1, 2, 3],
    "m": [0, 1, 2, 3],
}
SOME = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})


def _worlds(rule, facts):
    """Every way the unknown facts could turn out."""
    open_names = [name for name in names(parse(rule)) if name not in facts]
    for values in product(*(VALUES[name] for name in open_names)):
        yield {**facts, **dict(zip(open_names, values, strict=True))}


@given(WIDE, SOME)
def test_what_is_settled_holds_in_every_possible_world(rule, facts):
    answer = evaluate(parse(rule), facts)
    if answer is not None:
        assert {evaluate(parse(rule), world) for world in _worlds(rule, facts)} == {answer}


@given(WIDE, SOME)
def test_with_every_fact_known_the_answer_is_that_of_python(rule, facts):
    for world in _worlds(rule, facts):
        assert evaluate(parse(rule), world) is eval(rule, {}, dict(world))  # noqa: S307 -- our own text, as the referee


@given(
    st.lists(st.sampled_from([" and ", " or "]), min_size=3, max_size=3),
    st.lists(st.booleans(), min_size=4, max_size=4),
    SOME,
)
def test_where_no_fact_stands_twice_unknown_means_that_worlds_differ(joints, negated, facts):
    parts = [("not " if flip else "") + name for flip, name in zip(negated, "abcd", strict=True)]
    rule = parts[0] + "".join(joint + part for joint, part in zip(joints, parts[1:], strict=True))
    answers = {evaluate(parse(rule), world) for world in _worlds(rule, facts)}
    assert evaluate(parse(rule), facts) is (answers.pop() if len(answers) == 1 else None)


@given(WIDE, SOME)
def test_deciding_facts_suffice_and_none_can_be_spared(rule, facts):
    node, outcome = parse(rule), explain(parse(rule), facts)
    assert outcome.truth is evaluate(node, facts)
    if outcome.truth is None:
        assert outcome.deciding == ()
        return
    kept = {name: facts[name] for name in outcome.deciding}
    assert evaluate(node, kept) is outcome.truth
    for name in kept:
        assert evaluate(node, {other: kept[other] for other in kept if other != name}) is None


@given(WIDE, SOME)
def test_missing_facts_are_unknown_ones_and_settle_the_answer_together(rule, facts):
    node, outcome = parse(rule), explain(parse(rule), facts)
    assert bool(outcome.missing) is (outcome.truth is None)
    assert not set(outcome.missing) & set(facts)
    assert set(outcome.missing) <= set(names(node))
    for world in _worlds(rule, facts):
        told = {name: world[name] for name in (*facts, *outcome.missing) if name in world}
        assert evaluate(node, told) is not None


def test_the_fact_that_settles_most_alone_is_asked_first():
    outcome = explain(parse("a and b > 1 and c or d"), {})
    assert outcome.missing == ("d", "a", "b", "c")
    assert explain(parse("a > 1.1 * b or not c and d in ('x','y')"), {"c": False}).missing == ("d", "a", "b")


def test_the_cheapest_reason_is_given():
    facts = {"a": 5, "b": 1, "c": True, "d": True}
    assert explain(parse("a > b or c and d or d"), facts).deciding == ("d",)
    assert explain(parse("a > 9 or not c or not d"), facts).deciding == ("a", "c", "d")


def test_texts_have_no_order_and_truths_no_product():
    with pytest.raises(Invalid, match="rule:mixed-kinds"):
        evaluate(parse("a > 'x'"), {"a": "y"})
    with pytest.raises(Invalid, match="rule:mixed-kinds"):
        value_of(parse("a * 2"), {"a": True})
