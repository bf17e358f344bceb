"""The suspicions of a population are the present clauses of each enterprise judged alone, with the same deciding facts."""

import random
from collections import Counter

import pytest
from analytics.populations import value_of as a_value
from cast import make_cast
from make import DAY, NOW, make_enterprise

from zhiben.dangers.models import Suspicion
from zhiben.dangers.services.populations import judge_population
from zhiben.kernel.actor import SYSTEM
from zhiben.law.judge import Verdict, judge_all
from zhiben.law.reasons import explain
from zhiben.law.rule_reader import parse
from zhiben.law.standards import facts_asked
from zhiben.law.subject import subject_of
from zhiben.orgs.domain.industries import INDUSTRIES as SLUGS
from zhiben.orgs.scope import Scope, scoped
from zhiben.standards.public import NewFact, record_facts
from zhiben.standards.selectors import judged_by

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


def test_they_are_equal_with_their_deciding_facts(enterprises):
    cast, made = enterprises
    judge_population(cast.tree.nation, asks=False, actor=SYSTEM, now=NOW)
    found = Counter(
        (row.enterprise_id, row.standard, row.clause, frozenset(row.facts["deciding"]))
        for row in Suspicion.unscoped.filter(answer="open")
    )
    expected = Counter(case for one in made for case in alone(one))
    assert len(expected) > 50
    assert found == expected
