"""Ask next: the missing fact that settles most clauses, held against trying every value of every fact."""

import json
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from depth import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid
from zhiben.law.asking import asking, weighed
from zhiben.law.facts import vocabulary
from zhiben.law.judge import Verdict, by_edition, judge_all
from zhiben.law.rule_reader import parse
from zhiben.law.standards import Clause, Composite, Count, Standard, standards
from zhiben.law.subject import Subject, subject_of
from zhiben.law.values import NUMBERS, TRUTHS, Range, samples

DAY = date(2026, 11, 22)
PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "ask-next.md"
NOTHING = Bilingual("", "")


def of_kind(wanted):
    return [name for name, known in vocabulary().items() if wanted(known)]


TRUTH = of_kind(lambda known: known.kind == "truth")[:4]
TEXT = of_kind(lambda known: known.kind == "text")[:1]
COUNT = of_kind(lambda known: known.unit == "count")[:2]
RANGED = of_kind(lambda known: known.between is not None)[:1]
REAL = of_kind(lambda known: known.unit == "m")[:3]
NUMBER = COUNT + RANGED + REAL


def every_value(name):
    """All values of a fact on a grid finer than the thresholds that `comparisons` can make: multiples of a sixth."""
    if name.startswith("seen:") or name in TRUTH:
        return [True, False]
    known = vocabulary()[name]
    if known.kind == "text":
        return list(known.choices)
    if known.between:
        return list(range(known.between[0], known.between[1] + 1))
    return list(range(30)) if known.unit == "count" else [Fraction(step, 12) for step in range(-15 * 12, 15 * 12 + 1)]


def few_values(name):
    """Values to be known beforehand: small whole numbers, so that no threshold falls off the grid."""
    return [
        value
        for value in every_value(name)
        if isinstance(value, str | bool) or (abs(value) <= 3 and value == int(value))
    ]


small = st.integers(-3, 3)
factor = st.sampled_from([1, 2, 3])
number = st.sampled_from(NUMBER)
sign = st.sampled_from([">", ">=", "<", "<=", "=="])
comparisons = st.one_of(
    st.builds(lambda k, x, s, c: f"{k} * {x} {s} {c}".replace("-", "0 - "), factor, number, sign, small),
    st.builds(lambda x, s, k, y: f"{x} {s} {k} * {y}", number, sign, factor, number),
    st.builds(lambda x, y, s, c: f"{x} - {y} {s} {c}".replace(f"{s} -", f"{s} 0 - "), number, number, sign, small),
    st.builds(lambda x, c, y: f"{x} in ({abs(c)}, {y})", number, small, number),
    st.sampled_from(TRUTH),
    st.builds(lambda t, at: f"{t} == '{vocabulary()[t].choices[at % len(vocabulary()[t].choices)]}'",
              st.sampled_from(TEXT), st.integers(0, 3)),
)  # fmt: skip
trees = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds(lambda a, b: f"({a} and {b})", inner, inner),
        st.builds(lambda a, b: f"({a} or {b})", inner, inner),
        st.builds(lambda a: f"not ({a})", inner),
    ),
    max_leaves=4,
)


def clause(ref, rule, *, whole):
    facts = () if rule is None else tuple(dict.fromkeys(re.findall(r"[a-z]\w{3,}", re.sub(r"'[^']*'", "", rule))))
    return Clause(
        "made-2026", ref, None, NOTHING, "facts" if rule else "inspection", facts, rule, whole, False, False, 1
    )


def made(clauses, composites=()):
    known = standards()["gongmao-2023"]
    return replace(known, id="made-2026", clauses=tuple(clauses), composites=tuple(composites))


@st.composite
def cases(draw):
    rules = draw(st.lists(st.one_of(trees, trees, st.none()), min_size=1, max_size=5))
    clauses = [clause(f"{at}", rule, whole=draw(st.booleans())) for at, rule in enumerate(rules)]
    composites = []
    if draw(st.booleans()):
        counts = (Count(tuple(each.ref for each in clauses), draw(st.integers(1, len(clauses)))),)
        composites = [Composite("composite:any", frozenset({"any"}), NOTHING, counts)]
    names = sorted({name for each in clauses for name in each.facts})
    facts = {name: draw(st.sampled_from(few_values(name))) for name in names}
    facts = {name: value for name, value in facts.items() if draw(st.booleans())}
    seen = {each.seen: draw(st.booleans()) for each in clauses if each.rule is None and draw(st.booleans())}
    return made(clauses, composites), Subject(facts, seen)


def verdicts(known: Standard, subject: Subject):
    return {each.clause: each.verdict for each in by_edition(known, subject, DAY).clauses}


def brute_force(known: Standard, subject: Subject):
    """By fact: what each of its answers settles, found by judging with every value."""
    now = verdicts(known, subject)
    open_ = {name for each in known.clauses for name in each.facts if subject.facts.get(name) is None}
    looks = {each.seen for each in known.clauses if each.rule is None and subject.seen.get(each.seen) is None}
    found = {}
    for name in sorted(open_ | looks):
        settled = set()
        for value in every_value(name):
            with_it = (
                Subject(subject.facts, {**subject.seen, name: value})
                if name in looks
                else Subject({**subject.facts, name: value}, subject.seen)
            )
            then = verdicts(known, with_it)
            assert {ref: then[ref] for ref in now if now[ref] is not Verdict.UNKNOWN}.items() <= then.items()
            settled.add(
                frozenset(
                    ((known.id, ref), then[ref])
                    for ref in now
                    if now[ref] is Verdict.UNKNOWN and then[ref] is not Verdict.UNKNOWN
                )
            )
        found[name] = settled
    return found


@settings(max_examples=examples(50, deep=500), deadline=None)
@given(cases())
def test_it_equals_trying_every_value_of_every_fact(case):
    known, subject = case
    truth = brute_force(known, subject)
    told = weighed((known,), subject, DAY, limit=1000)
    answers = {each.fact: {answer.settles for answer in each.answers} for each in told.questions}
    assert answers.keys() <= truth.keys()
    for name, settled in truth.items():
        if name in answers:
            assert answers[name] == settled
        else:
            assert settled == {frozenset()}, "a fact that nothing waits for settles nothing"
    assert told.verdicts == {(known.id, ref): verdict for ref, verdict in verdicts(known, subject).items()}


@settings(max_examples=examples(20, deep=200), deadline=None)
@given(cases())
def test_the_first_question_is_the_best_that_trying_finds(case):
    known, subject = case
    scores = {
        name: (Fraction(sum(map(len, settled)), len(settled)), min(map(len, settled)))
        for name, settled in brute_force(known, subject).items()
    }
    told = weighed((known,), subject, DAY, limit=1000).questions
    assert [(each.expected, each.guaranteed) for each in told] == sorted(
        (scores[each.fact] for each in told), reverse=True
    )
    if told:
        assert (told[0].expected, told[0].guaranteed) == max(scores.values())


@settings(max_examples=examples(12, deep=120), deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_asking_and_answering_ends_with_nothing_left_to_ask(case, random):
    known, subject = case
    for _ in range(40):
        told = weighed((known,), subject, DAY)
        if not told.questions:
            break
        name = told.questions[0].fact
        value = random.choice(every_value(name))
        subject = (
            Subject(subject.facts, {**subject.seen, name: value})
            if name.startswith("seen:")
            else Subject({**subject.facts, name: value}, subject.seen)
        )
    assert told.questions == ()


def test_values_are_cut_where_a_rule_turns_and_only_inside_the_range():
    rules = [parse("x > 3"), parse("2 * x <= y"), parse("x in (1, z)")]
    assert samples(rules, {"y": 5}, "x", NUMBERS) == (
        0, 1, Fraction(7, 4), Fraction(5, 2), Fraction(11, 4), 3, 4,
    )  # fmt: skip
    assert samples(rules, {"y": 5}, "x", Range(is_whole=True, least=0)) == (0, 1, 2, 3, 4)
    assert samples(rules, {}, "x", Range(is_whole=True, least=1, most=3)) == (1, 2, 3)
    assert samples([parse("x > y")], {}, "x", NUMBERS) == (0,)
    assert samples([parse("x")], {}, "x", TRUTHS) == (True, False)


def test_a_fact_multiplied_by_itself_is_refused():
    with pytest.raises(Invalid, match="rule:not-linear"):
        samples([parse("x * x > 4")], {}, "x", NUMBERS)


@pytest.mark.parametrize("industries", [["coal_mine"], ["machinery", "dust_explosion"], ["noncoal_mine_openpit"]])
def test_what_a_question_promises_is_what_judging_then_says(industries):
    before = {
        (d.standard.id, c.clause): c.verdict for d in judge_all({"industries": industries}, DAY) for c in d.clauses
    }
    told = asking({"industries": industries}, DAY, limit=12)
    assert told.verdicts == before
    for question in told.questions:
        for answer in question.answers:
            facts = {"industries": industries, question.fact: answer.example}
            then = {(d.standard.id, c.clause): c.verdict for d in judge_all(facts, DAY) for c in d.clauses}
            assert answer.settles == {(case, then[case]) for case in then if then[case] is not before[case]}


def test_facts_before_looks_and_shared_facts_first():
    facts = [each.fact for each in asking({"industries": ["machinery", "dust_explosion", "metallurgy"]}, DAY).questions]
    assert [name.startswith("seen:") for name in facts] == sorted(name.startswith("seen:") for name in facts)


def test_what_nobody_knows_is_not_asked_again():
    first = asking({"industries": ["coal_mine"]}, DAY).questions[0].fact
    assert first not in {
        each.fact for each in asking({"industries": ["coal_mine"]}, DAY, without={first}, limit=500).questions
    }


EXAMPLES = re.findall(
    r"^\| `(\{.*\})` \| `(\S+)` \| (\S+) \| (\d+) \| (\d+) \|$", PAGE.read_text("utf-8"), re.MULTILINE
)


def test_the_page_works_through_examples():
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize(("facts", "fact", "expected", "guaranteed", "most"), EXAMPLES)
def test_a_worked_example_holds(facts, fact, expected, guaranteed, most):
    first = asking(subject_of(json.loads(facts)), DAY, standard="coal-2026", limit=500).questions
    named = next(each for each in first if each.fact == fact)
    assert (named.expected, named.guaranteed, named.most) == (Fraction(expected), int(guaranteed), int(most))
