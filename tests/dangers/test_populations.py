"""A part of the tree judged: what is present is suspected once, what is missing is asked for once, twice changes nothing."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from clocks.test_jobs import clock_from, run_all
from django.core.management import call_command
from django.db import transaction
from make import DAY, NOW, make_enterprise

from zhiben.clocks.models import Job
from zhiben.dangers.models import Danger, JudgingPlan, Suspicion
from zhiben.dangers.services.populations import (
    judge_population,
    keep_part,
    next_part,
    plan_judging,
    start_judging,
    sweep_plans,
    sweep_suspicions,
)
from zhiben.dangers.services.suspicions import confirm_suspicion, dismiss_suspicion
from zhiben.journal.public import history, run_consumers
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Invalid, NotAllowed, NotFound
from zhiben.orgs.scope import Scope, scoped
from zhiben.standards.models import FactRequest
from zhiben.standards.public import NewFact, record_facts

COUNT = "special_ops_uncertified_count"


@pytest.fixture
def cast(cast):
    with scoped(Scope(everything=True)):
        yield cast


def tell(enterprise, now=NOW, **facts):
    record_facts(enterprise.pk, [NewFact(n, v, now.date()) for n, v in facts.items()], actor=SYSTEM, now=now)


def judge(cast, now=NOW, *, asks=False, unit=None):
    return judge_population(unit or cast.tree.county, asks=asks, actor=cast.zhao.actor, now=now)


def follow(now):
    while run_consumers(now=now):
        pass
    return sweep_suspicions(now)


def open_ones():
    return [(row.enterprise_id, row.standard, row.clause) for row in Suspicion.unscoped.filter(answer="open")]


def test_what_is_present_is_suspected_with_its_facts_once_and_is_no_danger(cast):
    tell(cast.enterprise, **{COUNT: 2})
    tell(cast.other_enterprise, **{COUNT: 1})  # of the next county: not ours to judge
    first = judge(cast)
    assert (first["enterprises"], first["raised"]) == (1, 1)
    assert open_ones() == [(cast.enterprise.pk, "gongmao-2023", "3(2)")]
    row = Suspicion.unscoped.get()
    assert row.facts["deciding"] == {COUNT: {"value": 2, "day": DAY.isoformat(), "source": "person"}}
    assert row.unit_id == cast.enterprise.registered_site_id
    again = judge(cast, NOW + timedelta(hours=1))
    assert (again["raised"], again["kept"], again["withdrawn"]) == (0, 1, 0)
    assert [one.code for one in history(f"suspicion/{row.pk}")] == ["suspicion:raised"]
    assert Danger.unscoped.count() == 0


def test_facts_that_change_withdraw_or_keep_it_and_the_journal_says_why(cast):
    tell(cast.enterprise, **{COUNT: 2})
    judge(cast)
    later = NOW + timedelta(hours=1)
    tell(cast.enterprise, later, **{COUNT: 3})
    assert follow(later) == 1
    row = Suspicion.unscoped.get()
    assert (row.answer, row.facts["deciding"][COUNT]["value"]) == ("open", 3)
    told = history(f"suspicion/{row.pk}")[-1]
    assert (told.code, told.body["facts"]) == ("suspicion:kept", [COUNT])
    last = later + timedelta(hours=1)
    tell(cast.enterprise, last, **{COUNT: 0})
    follow(last)
    row = Suspicion.unscoped.get()
    assert row.answer == "withdrawn"
    assert row.facts["withdrawn"] == {"by_law": False, "facts": [COUNT], "after": "absent"}


def test_a_fact_that_grows_stale_withdraws_it(cast):
    record_facts(cast.enterprise.pk, [NewFact(COUNT, 2, DAY, fresh_days=3)], actor=SYSTEM, now=NOW)
    judge(cast)
    follow(NOW)
    assert follow(NOW + timedelta(days=2)) == 0
    assert follow(NOW + timedelta(days=3)) == 1
    row = Suspicion.unscoped.get()
    assert (row.answer, row.facts["withdrawn"]["after"]) == ("withdrawn", "unknown")


def test_dismissed_it_stays_away_until_a_deciding_fact_changes(cast):
    tell(cast.enterprise, **{COUNT: 2})
    judge(cast)
    with pytest.raises(Invalid):
        dismiss_suspicion(Suspicion.unscoped.get().pk, " ", actor=cast.zhao.actor, now=NOW)
    dismiss_suspicion(Suspicion.unscoped.get().pk, "证书已补", actor=cast.zhao.actor, now=NOW)
    day_on = NOW + timedelta(days=1)
    tell(cast.enterprise, day_on, **{COUNT: 2, "safety_device_failed_count": 0})  # told anew: the same
    follow(day_on)
    assert judge(cast, day_on)["raised"] == 0
    tell(cast.enterprise, day_on + timedelta(days=1), **{COUNT: 3})
    follow(day_on + timedelta(days=1))
    assert open_ones() == [(cast.enterprise.pk, "gongmao-2023", "3(2)")]
    assert Suspicion.unscoped.count() == 2


def test_confirmed_it_is_a_danger_and_is_not_suspected_beside_it(cast):
    tell(cast.enterprise, **{COUNT: 2})
    judge(cast)
    done = confirm_suspicion(Suspicion.unscoped.get().pk, actor=cast.zhao.actor, now=NOW)
    assert Danger.unscoped.get(pk=done.id).channel == "determination"
    later = NOW + timedelta(days=1)
    tell(cast.enterprise, later, **{COUNT: 5})
    follow(later)
    assert judge(cast, later)["raised"] == 0


def test_two_runs_at_once_make_nothing_twice(cast):
    tell(cast.enterprise, **{COUNT: 2})
    parts = [next_part(cast.zhao.actor, cast.tree.county.pk, 0, asks=True, now=NOW) for _ in range(2)]
    raised = []
    for part in parts:  # both were judged before either wrote
        with transaction.atomic():
            counts, _ = keep_part(part, {}, unit=cast.tree.county.pk, actor=cast.zhao.actor, now=NOW)
        raised.append(counts["raised"])
    assert raised == [1, 0]
    names = FactRequest.unscoped.values_list("enterprise", "name")
    assert len(names) == len(set(names)) > 0


def test_what_is_missing_is_one_request_most_decisive_first_and_merged(cast):
    counts = judge(cast, asks=True)
    rows = list(FactRequest.unscoped.filter(enterprise=cast.enterprise).order_by("rank"))
    assert counts["asked"] == 1
    assert counts["facts"] == len(rows) == 10
    assert [row.rank for row in rows] == list(range(1, 11))
    assert {code for row in rows for code in [row.clauses[0].split()[0]]} <= {"gongmao-2023"}
    told = [one for one in history(f"enterprise/{cast.enterprise.pk}") if one.code == "fact:asked"]
    assert len(told) == 1
    again = judge(cast, NOW + timedelta(hours=1), asks=True)
    assert (again["asked"], again["facts"]) == (0, 0)
    tell(cast.enterprise, **{rows[0].name: False if rows[0].name.startswith("seen:") else 0})
    more = judge(cast, NOW + timedelta(hours=2), asks=True)
    open_ = FactRequest.unscoped.filter(enterprise=cast.enterprise, answered_at=None)
    assert more["asked"] <= 1
    assert len(set(open_.values_list("name", flat=True))) == open_.count() <= 11


def test_what_nothing_waits_for_any_more_is_no_longer_asked(cast):
    judge(cast, asks=True)
    cast.enterprise.industries_mask = 0
    cast.enterprise.save()
    judge(cast, NOW + timedelta(hours=1), asks=True)
    assert not FactRequest.unscoped.filter(enterprise=cast.enterprise, answered_at=None).exists()
    assert history(f"enterprise/{cast.enterprise.pk}")[-1].code == "fact:no-longer-asked"


def test_a_worker_goes_on_where_it_was_cut_short(cast, monkeypatch):
    for number in range(5):
        tell(make_enterprise(cast.tree.township, f"示例企业{number}", industries=("machinery",)), **{COUNT: 2})
    monkeypatch.setattr("zhiben.dangers.services.populations.AT_ONCE", 2)
    job = start_judging(cast.tree.county.pk, asks=False, actor=cast.zhao.actor, now=NOW)
    assert start_judging(cast.tree.county.pk, asks=False, actor=cast.zhao.actor, now=NOW) == job
    run_all(clock_from())
    assert Suspicion.unscoped.count() == 5
    assert history(f"unit/{cast.tree.county.pk}")[-1].body["raised"] == 5


def test_a_night_comes_and_it_is_judged_by_itself(cast):
    tell(cast.enterprise, **{COUNT: 2})
    plan_judging(cast.tree.county.pk, 7, asks=False, actor=cast.zhao.actor, now=NOW)
    assert sweep_plans(NOW) == 0
    night = NOW + timedelta(days=1)
    assert sweep_plans(night) == 1
    assert sweep_plans(night) == 0
    run_all(clock_from(night))
    assert len(open_ones()) == 1
    plan_judging(cast.tree.county.pk, None, asks=False, actor=cast.zhao.actor, now=night)
    assert not JudgingPlan.unscoped.exists()
    with pytest.raises(Invalid, match="no-such-rhythm"):
        plan_judging(cast.tree.county.pk, 0, asks=False, actor=cast.zhao.actor, now=NOW)


def test_strangers_and_onlookers_judge_nothing(cast):
    with pytest.raises(NotFound):
        start_judging(cast.tree.county.pk, asks=False, actor=cast.zhang.actor, now=NOW)
    with pytest.raises(NotAllowed):
        start_judging(cast.tree.county.pk, asks=False, actor=cast.su.actor, now=NOW)


def test_the_command_says_what_came_of_it(cast, capsys):
    tell(cast.enterprise, **{COUNT: 2})
    said = ["standards", "determine", "--raise", "--unit", cast.tree.county.path, "--as", "zhao", "--json"]
    call_command(*said)
    assert json.loads(capsys.readouterr().out)["raised"] == 1
    call_command(*said)
    assert json.loads(capsys.readouterr().out)["raised"] == 0
    with pytest.raises(Invalid):
        call_command("standards", "determine", "--raise", stdout=StringIO())


def test_plans_of_units_that_were_joined_are_one_run_a_night(cast):
    plan_judging(cast.tree.county.pk, 1, asks=False, actor=cast.zhao.actor, now=NOW)
    plan = JudgingPlan.unscoped.get()
    plan.pk = None
    plan.save()
    assert sweep_plans(NOW + timedelta(days=1)) == 2
    assert Job.objects.filter(kind="population:judge").count() == 1
    plan_judging(cast.tree.county.pk, 7, asks=False, actor=cast.zhao.actor, now=NOW)
    assert JudgingPlan.unscoped.get().days == 7
