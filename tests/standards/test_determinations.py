"""Judging an enterprise: present, absent or unknown from recorded facts, kept with edition and facts."""

from datetime import date, timedelta

import pytest
from make import DAY, NOW

from zhiben.journal.public import history
from zhiben.kernel.errors import NotAllowed, NotFound
from zhiben.orgs.scope import Scope, scoped
from zhiben.standards.public import NewFact, determination_for, determinations_of, judge_enterprise, record_facts

COUNT = "special_ops_uncertified_count"


@pytest.fixture
def cast(cast):
    with scoped(Scope(everything=True)):
        yield cast


def judge(cast, player=None, day=DAY):
    made = judge_enterprise(cast.enterprise.pk, day=day, actor=(player or cast.li).actor, now=NOW)
    return {row.standard: row for row in made}


def clause(row, ref):
    return next(c for c in row.clauses if c["clause"] == ref)


def test_without_facts_nothing_is_present_and_nothing_is_fine(cast):
    made = judge(cast)["gongmao-2023"]
    assert made.verdict == "unknown"
    assert {c["verdict"] for c in made.clauses} == {"unknown"}
    assert COUNT in clause(made, "3(2)")["missing"]


def test_a_fact_decides_and_is_kept_with_the_verdict(cast):
    record_facts(cast.enterprise.pk, [NewFact(COUNT, 2, DAY)], actor=cast.wang.actor, now=NOW)
    made = judge(cast)["gongmao-2023"]
    assert (made.verdict, clause(made, "3(2)")["verdict"]) == ("present", "present")
    assert made.facts[COUNT]["value"] == 2
    assert made.edition == "应急管理部令第10号"
    assert len(made.law_digest) == 64
    events = [e for e in history(f"enterprise/{cast.enterprise.pk}") if e.code == "determination:made"]
    assert any(e.body["present"] == ["3(2)"] for e in events)


def test_a_clear_fact_clears_its_clause_alone(cast):
    record_facts(cast.enterprise.pk, [NewFact(COUNT, 0, DAY)], actor=cast.wang.actor, now=NOW)
    made = judge(cast)["gongmao-2023"]
    assert (made.verdict, clause(made, "3(2)")["verdict"]) == ("unknown", "absent")


def test_a_stale_fact_is_unknown_again(cast):
    record_facts(cast.enterprise.pk, [NewFact(COUNT, 0, DAY)], actor=cast.wang.actor, now=NOW)
    made = judge(cast, day=DAY + timedelta(days=400))["gongmao-2023"]
    assert clause(made, "3(2)")["verdict"] == "unknown"
    assert made.facts[COUNT]["fresh"] is False


def test_any_day_is_judged_by_the_edition_of_that_day(cast):
    assert "gongmao-2017" in judge(cast, day=date(2022, 3, 1))
    assert "gongmao-2023" in judge(cast, day=date(2024, 3, 1))


def test_only_the_standards_of_its_industries_are_applied(cast):
    assert not any(name.startswith(("coal", "noncoal", "fireworks")) for name in judge(cast))


def test_a_stranger_sees_none_and_a_viewer_may_not_judge(cast):
    made = judge(cast)["gongmao-2023"]
    with pytest.raises(NotFound):
        judge(cast, cast.zhang)
    with pytest.raises(NotFound):
        determination_for(cast.zhang.actor, made.pk)
    with pytest.raises(NotAllowed):
        judge(cast, cast.gong)
    assert determinations_of(cast.zhang.actor, cast.enterprise.pk) == []
    assert made.pk in {row.pk for row in determinations_of(cast.wang.actor, cast.enterprise.pk)}
