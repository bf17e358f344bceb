"""A what-if says of each enterprise what judging it alone by both laws says; it writes nothing."""

import random
from dataclasses import replace

import pytest
from analytics.populations import value_of as a_value
from cast import make_cast
from make import DAY, NOW, make_enterprise

from zhiben.dangers.models import Danger, Suspicion
from zhiben.dangers.services.populations import judge_population
from zhiben.dangers.services.suspicions import confirm_suspicion
from zhiben.journal.models import Entry
from zhiben.kernel.actor import SYSTEM
from zhiben.law.judge import by_edition
from zhiben.law.standards import facts_asked, standard
from zhiben.law.subject import subject_of
from zhiben.law.trials import trial
from zhiben.orgs.domain.industries import INDUSTRIES as SLUGS
from zhiben.orgs.scope import Scope, scoped
from zhiben.standards.models import Determination
from zhiben.standards.public import NewFact, record_facts
from zhiben.standards.selectors import judged_by
from zhiben.standards.services.snapshotting import write_snapshot
from zhiben.standards.trying import AT_ONCE, what_if, what_if_among

COUNT = "special_ops_uncertified_count"
CHANGED = f"gongmao-2023/3(2)/{COUNT}=1"


@pytest.fixture(scope="module")
def drafts():
    """Editions unlike those in force: clauses left out, rules joined, thresholds moved, elements counted otherwise."""
    told = []
    for id_ in ("gongmao-2023", "fire-2017", "coal-2026", "chem-2026", "special-equipment-2024"):
        known = standard(id_)
        clauses = [
            replace(each, is_whole=not each.is_whole) if at % 3 else each
            for at, each in enumerate(known.clauses)
            if at % 5 != 4
        ]
        told.append(replace(known, clauses=tuple(clauses), composites=known.composites[:1]))
    return told


@pytest.fixture
def population(db):
    draw = random.Random(20261123)
    with scoped(Scope(everything=True)):
        cast = make_cast()
        made = [cast.enterprise, cast.other_enterprise, cast.contractor]
        for number in range(30):
            slugs = tuple(draw.sample(SLUGS, draw.choice([0, 1, 2, 4])))
            one = make_enterprise(
                cast.tree.township if number % 2 else cast.tree.other_township, f"示例{number}厂", industries=slugs
            )
            asked = sorted(facts_asked(slugs, DAY)) if slugs else []
            told = draw.sample(asked, int(len(asked) * draw.choice([0, 0.5, 1])))
            record_facts(one.pk, [NewFact(name, a_value(name, draw), DAY) for name in told], actor=SYSTEM, now=NOW)
            made.append(one)
        yield cast, made


def alone(enterprise, known):
    if known is None:
        return {}
    subject = subject_of(judged_by(SYSTEM, enterprise, day=DAY))
    if not subject.industries or not known.industries & subject.industries:
        return {}
    return {each.clause: each.verdict.value for each in by_edition(known, subject, DAY).clauses if not each.is_element}


def expected(made, tried):
    for enterprise in made:
        for turn in tried.turned:
            was, then = alone(enterprise, turn.before), alone(enterprise, turn.after)
            for old, new in turn.clauses():
                before, after = was.get(old, "none"), then.get(new, "none")
                if (before if before != "none" else "unknown") != (after if after != "none" else "unknown"):
                    yield (
                        enterprise.pk,
                        turn.before and turn.before.id,
                        old,
                        turn.after and turn.after.id,
                        new,
                        before,
                        after,
                    )


def told_of(answer):
    for one in answer["changes"]:
        for each in one["changes"]:
            yield (
                one["enterprise"], each["standard_before"], each["clause_before"], each["standard"], each["clause"],
                each["before"], each["after"],
            )  # fmt: skip


def test_each_enterprise_changes_as_judging_it_alone_by_both_says(population, drafts):
    cast, made = population
    for change in ([CHANGED], ["gongmao-2023/3(2)/whole=false"], []):
        tried = trial(DAY, changes=change, drafts=[] if change else drafts)
        answer = what_if(SYSTEM, cast.tree.nation, tried, rows=10**6, now=NOW)
        wanted = sorted(expected(made, tried), key=str)
        assert sorted(told_of(answer), key=str) == wanted
        assert answer["enterprises"] == len(made)
        assert answer["changed"] == len({one[0] for one in wanted})
        assert sum(one["enterprises"] for one in answer["clauses"]) == len(wanted)
        assert sum(one["changed"] for one in answer["units"]) == answer["changed"]
    assert len(wanted) > 20


def test_from_a_snapshot_it_is_the_same_whatever_changed_since(population, drafts):
    cast, made = population
    tried = trial(DAY, drafts=drafts)
    write_snapshot(now=NOW)
    record_facts(
        made[5].pk, [NewFact(COUNT, 3, DAY), NewFact("seam_gas_pressure_mpa", 0.9, DAY)], actor=SYSTEM, now=NOW
    )
    record_facts(made[6].pk, [NewFact(COUNT, 0, DAY)], actor=SYSTEM, now=NOW)
    late = make_enterprise(cast.tree.township, "示例后来厂", industries=("machinery",))
    answer = what_if(SYSTEM, cast.tree.nation, tried, rows=10**6, now=NOW)
    assert sorted(told_of(answer), key=str) == sorted(expected([*made, late], tried), key=str)
    among = [one.pk for one in [*made, late]]
    assert answer == what_if_among(SYSTEM, cast.tree.nation, tried, among)
    assert answer["enterprises"] == len(among)


def test_it_is_told_by_unit_and_industry(population):
    cast, _made = population
    record_facts(cast.enterprise.pk, [NewFact(COUNT, 1, DAY)], actor=SYSTEM, now=NOW)
    answer = what_if(SYSTEM, cast.tree.city, trial(DAY, changes=[CHANGED]), now=NOW)
    by_unit = {one["name"]: one for one in answer["units"]}
    assert set(by_unit) == {"锦江区", "青羊区"}
    assert by_unit["锦江区"]["no_longer_present"] >= 1
    assert sum(one["enterprises"] for one in answer["units"]) == answer["enterprises"]
    assert {one["industry"] for one in answer["industries"] if one["changed"]} >= {"machinery"}
    only = what_if(cast.zhang.actor, cast.tree.other_county, trial(DAY, changes=[CHANGED]), now=NOW)
    assert cast.enterprise.pk not in {one["enterprise"] for one in only["changes"]}


def test_open_dangers_that_rest_on_the_clause_are_told(population):
    cast, _ = population
    record_facts(cast.enterprise.pk, [NewFact(COUNT, 1, DAY)], actor=SYSTEM, now=NOW)
    judge_population(cast.tree.county, asks=False, actor=SYSTEM, now=NOW)
    row = Suspicion.unscoped.get(enterprise=cast.enterprise, clause="3(2)")
    danger = confirm_suspicion(row.pk, actor=cast.zhao.actor, now=NOW)
    answer = what_if(cast.zhao.actor, cast.tree.county, trial(DAY, changes=[CHANGED]), now=NOW)
    (told,) = answer["dangers"]["rows"]
    assert (told["id"], told["before"], told["after"]) == (danger.id, "present", "absent")
    gone = replace(
        standard("gongmao-2023"), clauses=tuple(e for e in standard("gongmao-2023").clauses if e.ref != "3(2)")
    )
    (told,) = what_if(cast.zhao.actor, cast.tree.county, trial(DAY, drafts=[gone]), now=NOW)["dangers"]["rows"]
    assert (told["clause"], told["after"]) == (None, "none")
    assert what_if(cast.zhang.actor, cast.tree.county, trial(DAY, changes=[CHANGED]), now=NOW)["dangers"]["rows"] == []


def test_nothing_is_written_and_parts_add_up(population, monkeypatch):
    cast, _ = population
    before = (
        Entry.objects.count(),
        Suspicion.unscoped.count(),
        Danger.unscoped.count(),
        Determination.unscoped.count(),
    )
    tried = trial(DAY, changes=[CHANGED])
    whole = what_if(SYSTEM, cast.tree.nation, tried, now=NOW)
    monkeypatch.setattr("zhiben.standards.trying.AT_ONCE", 7)
    assert what_if(SYSTEM, cast.tree.nation, tried, now=NOW) == whole
    after = (Entry.objects.count(), Suspicion.unscoped.count(), Danger.unscoped.count(), Determination.unscoped.count())
    assert after == before
    assert AT_ONCE > 7
