"""The suspicions of a population are the present clauses of each enterprise judged alone, with the same deciding facts."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from analytics.populations import value_of as a_value
from cast import make_cast
from make import DAY, NOW, make_enterprise

from zhiben.dangers.models import Suspicion
from zhiben.dangers.services import populations
from zhiben.dangers.services.populations import judge_population
from zhiben.dangers.services.resettling import look_at
from zhiben.kernel.actor import SYSTEM
from zhiben.law.judge import Verdict, judge_all
from zhiben.law.reasons import explain
from zhiben.law.rule_reader import parse
from zhiben.law.standards import facts_asked
from zhiben.law.subject import subject_of
from zhiben.orgs.domain.industries import INDUSTRIES as SLUGS
from zhiben.orgs.scope import Scope, scoped
from zhiben.standards.models import Fact
from zhiben.standards.public import NewFact, record_facts
from zhiben.standards.selectors import judged_by
from zhiben.standards.services.snapshotting import write_snapshot

UNFIT = 0.1234567


@pytest.fixture
def enterprises(db):
    draw = random.Random(20261122)
    with scoped(Scope(everything=True)):
        cast = make_cast()
        made = [cast.enterprise, cast.other_enterprise]
        for number in range(30):
            slugs = tuple(draw.sample(SLUGS, draw.choice([0, 1, 1, 2, 3])))
            one = make_enterprise(cast.tree.township, f"示例{number}厂", industries=slugs)
            asked = sorted(facts_asked(slugs, DAY)) if slugs else []
            told = draw.sample(asked, int(len(asked) * draw.choice([0, 0.3, 0.9, 1])))
            facts = [NewFact(name, a_value(name, draw), DAY) for name in told]
            if number == 7:
                facts.append(NewFact("seam_gas_pressure_mpa", UNFIT, DAY))  # fits no column
            record_facts(one.pk, facts, actor=SYSTEM, now=NOW)
            made.append(one)
        yield cast, made


def _deciding(known, ref, subject, verdicts):
    each = next((one for one in known.clauses if one.ref == ref), None)
    if each is not None:
        return set(explain(parse(each.rule), subject.facts).deciding) if each.rule else {each.seen}
    composite = next(one for one in known.composites if one.ref == ref)
    refs = {part for count in composite.counts for part in count.refs}
    present = [part for part in refs if verdicts.get(part) is Verdict.PRESENT]
    return set().union(*(_deciding(known, part, subject, verdicts) for part in present))


def alone(enterprise):
    given = judged_by(SYSTEM, enterprise, day=DAY)
    subject = subject_of(given)
    for one in judge_all(given, DAY):
        verdicts = {each.clause: each.verdict for each in one.clauses}
        for each in one.clauses:
            if each.verdict is Verdict.PRESENT and not each.is_element:
                names = _deciding(one.standard, each.clause, subject, verdicts)
                yield enterprise.pk, one.standard.id, each.clause, frozenset(names)


def found():
    rows = Suspicion.unscoped.filter(answer="open")
    return Counter((row.enterprise_id, row.standard, row.clause, frozenset(row.facts["deciding"])) for row in rows)


@pytest.fixture
def read(monkeypatch):
    """The enterprises that were read from the records."""
    told = []

    def noting(numbers, day):
        told.extend(numbers)
        return look_at(numbers, day)

    monkeypatch.setattr(populations, "look_at", noting)
    return told


def test_a_snapshot_tells_where_nothing_changes_and_only_the_others_are_read(enterprises, read):
    cast, made = enterprises
    expected = Counter(case for one in made for case in alone(one))
    write_snapshot(now=NOW)
    first = judge_population(cast.tree.nation, asks=False, actor=SYSTEM, now=NOW)
    assert found() == expected
    assert first["enterprises"] == len(made) + 1  # the cast's contractor, too
    with_hazard = {case[0] for case in expected}
    assert with_hazard <= set(read) < {one.pk for one in made}
    unfit = {row.enterprise_id for row in Fact.unscoped.filter(name="seam_gas_pressure_mpa", value=UNFIT)}
    read.clear()
    again = judge_population(cast.tree.nation, asks=False, actor=SYSTEM, now=NOW)
    assert set(read) == unfit
    assert (again["enterprises"], again["raised"], again["kept"]) == (first["enterprises"], 0, first["raised"])
    assert found() == expected


def test_who_changed_since_the_snapshot_is_judged_by_what_is_recorded_now(enterprises, read):
    cast, made = enterprises
    write_snapshot(now=NOW)
    judge_population(cast.tree.nation, asks=False, actor=SYSTEM, now=NOW)
    one = next(
        row for row in Suspicion.unscoped.order_by("pk") if "special_ops_uncertified_count" in row.facts["deciding"]
    )
    other = cast.other_enterprise
    record_facts(one.enterprise_id, [NewFact("special_ops_uncertified_count", 0, DAY)], actor=SYSTEM, now=NOW)
    record_facts(other.pk, [NewFact("special_ops_uncertified_count", 7, DAY)], actor=SYSTEM, now=NOW)
    read.clear()
    judge_population(cast.tree.nation, asks=False, actor=SYSTEM, now=NOW)
    assert {one.enterprise_id, other.pk} <= set(read)
    assert found() == Counter(case for one in made for case in alone(one))


def test_a_value_told_anew_on_another_day_and_one_grown_stale_are_noticed(enterprises, read):
    cast, _ = enterprises
    judge_population(cast.tree.nation, asks=False, actor=SYSTEM, now=NOW)
    row = Suspicion.unscoped.filter(facts__deciding__has_key="special_ops_uncertified_count").order_by("pk").first()
    later = NOW + timedelta(days=3)
    value = row.facts["deciding"]["special_ops_uncertified_count"]["value"]
    record_facts(
        row.enterprise_id, [NewFact("special_ops_uncertified_count", value, later.date())], actor=SYSTEM, now=later
    )
    write_snapshot(now=later)
    read.clear()
    judge_population(cast.tree.nation, asks=False, actor=SYSTEM, now=later)
    assert row.enterprise_id in read
    row.refresh_from_db()
    assert row.facts["deciding"]["special_ops_uncertified_count"]["day"] == later.date().isoformat()
    judge_population(cast.tree.nation, asks=False, actor=SYSTEM, now=later + timedelta(days=365))
    row.refresh_from_db()
    assert (row.answer, row.facts["withdrawn"]["after"]) == ("withdrawn", "unknown")


def test_they_are_equal_with_their_deciding_facts(enterprises):
    cast, made = enterprises
    judge_population(cast.tree.nation, asks=False, actor=SYSTEM, now=NOW)
    expected = Counter(case for one in made for case in alone(one))
    assert len(expected) > 50
    assert found() == expected
