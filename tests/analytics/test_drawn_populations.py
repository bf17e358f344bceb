"""Whatever population is drawn, judging it at once says of each enterprise what judging it alone says, to the last bit."""

import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from depth import examples
from drawn import askable, members, rules
from hypothesis import HealthCheck, given, settings
from populations import TODAY, Rows, alone, subject

from zhiben.analytics.columns import population
from zhiben.analytics.determining import Asking, determine, unpacked
from zhiben.analytics.judging import VERDICTS, Embedded, question, told_of
from zhiben.analytics.snapshots import write
from zhiben.law.reasons import explain
from zhiben.law.rule_reader import parse
from zhiben.law.rules import evaluate, names

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
FEW, SOME = (
    settings(max_examples=examples(usual, deep=1000), suppress_health_check=[HealthCheck.too_slow])
    for usual in (25, 100)
)


def by_columns(people):
    """Verdict and deciding facts by enterprise, standard and clause, as columns in memory tell them."""
    determined = determine(population(people, TODAY))
    told = {one.enterprise: {} for one in people}
    for judged in determined.clauses:
        deciding = determined.told(judged)
        for at, one in enumerate(people):
            verdict = judged.verdict_at(at)
            if verdict is not None:
                facts = frozenset(deciding.at(at)["facts"])
                told[one.enterprise][judged.standard.id, judged.clause] = (verdict, facts)
    return told


@SOME
@given(members())
def test_columns_judge_as_each_enterprise_alone(people):
    assert by_columns(people) == {one.enterprise: alone(one) for one in people}


@FEW
@given(members(most=3, ahead=False))
def test_the_engine_of_one_machine_judges_a_snapshot_as_each_enterprise_alone(people):
    with tempfile.TemporaryDirectory() as folder:
        snapshot, asked = write(Path(folder), Rows(people), now=NOW).snapshot, question(TODAY)
        engine = Embedded()
        told = {
            number: {
                (each["standard"], each["clause"]): (each["verdict"], frozenset(each["facts"])) for each in clauses
            }
            for number, clauses in told_of(engine.details(snapshot, asked), asked)
        }
        tally = engine.tally(snapshot, asked)
    expected = {one.enterprise: alone(one) for one in people}
    assert told == expected
    assert tally.judged == len(people)
    lines = Counter((*clause, verdict) for one in expected.values() for clause, (verdict, _) in one.items())
    assert lines == Counter(
        {
            (each["standard"], each["clause"], verdict): each[verdict]
            for each in tally.counts(asked)
            for verdict in VERDICTS
        }
    )


@SOME
@given(rules(), askable())
def test_any_rule_asked_of_columns_answers_as_of_each_enterprise_with_the_same_deciding_facts(rule, people):
    asked, size, node = Asking(population(people, TODAY)), len(people), parse(rule)
    asked.prepare([rule])
    deciding, two = asked.deciding(rule), asked.rule(rule)
    true, false = unpacked(two.true, size), unpacked(two.false, size)
    for at, one in enumerate(people):
        facts = dict.fromkeys(names(node)) | dict(subject(one).facts)
        assert (True if true[at] else False if false[at] else None) is evaluate(node, facts)
        assert {name for name, plane in deciding.items() if unpacked(plane, size)[at]} == set(
            explain(node, facts).deciding
        )
