"""Emergency plans and drills: counts, days, papers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.told import bare, call
from zhiben.kernel.errors import Invalid
from zhiben.law import store
from zhiben.law.calendar import official
from zhiben.law.emergency import drill_due, drill_file, drill_min, plan_duties, plan_filing_due, plan_revision_needed
from zhiben.law.explaining import explain
from zhiben.law.facts import industries

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2019, 9, 1), date(2026, 6, 30))


def test_a_hazard_source_drills_its_special_plan_yearly():
    assert bare(drill_min(unit="hazard_source", on=TODAY)) == {
        "comprehensive_or_special_per_year": 1,
        "onsite_per_year": 2,
    }


@pytest.mark.parametrize(
    ("unit", "plan", "last", "due"),
    [
        ("ordinary", "comprehensive_or_special", "2025-03-01", "2026-12-31"),
        ("ordinary", "onsite", "2025-06-30", "2025-12-31"),
        ("ordinary", "onsite", "2025-07-01", "2026-06-30"),
        ("art33_unit", "comprehensive_or_special", "2025-12-31", "2026-06-30"),
    ],
)
def test_the_next_drill_falls_into_the_next_period(unit, plan, last, due):
    told = drill_due(unit=unit, plan=plan, last=date.fromisoformat(last))
    assert told["due"] == date.fromisoformat(due)


@given(DAYS, st.sampled_from(["comprehensive_or_special", "onsite"]))
def test_who_drills_more_often_is_never_due_later(last, plan):
    ordinary, listed = (drill_due(unit=unit, plan=plan, last=last)["due"] for unit in ("ordinary", "art33_unit"))
    assert last < listed <= ordinary
    assert (listed + timedelta(days=1)).day == 1


def test_a_drill_at_the_end_of_the_calendar_is_refused():
    with pytest.raises(Invalid, match="last"):
        drill_due(unit="ordinary", plan="onsite", last=date(9999, 7, 1))


@pytest.mark.parametrize(
    ("name", "given_", "answer"),
    [
        ("gas_drill_min", {}, {"per_year": 1}),
        ("emergency_fine", {"corrected": False}, {"unit_wan": [3, 5], "persons_wan": [1, 2]}),
        ("emergency_fine", {"corrected": True}, {"unit_wan": None, "persons_wan": None}),
        ("duty_watch", {"large_dangerous_goods": True}, {"hours_a_day": 24, "technical_group": True}),
        ("confined_space_min", {}, {"training_per_year": 1, "onsite_drill_per_year": 1}),
        ("government_drill_due", {"last": "2024-02-29"}, {"due": "2026-02-28"}),
        ("plan_filing_due", {"published": "2026-02-10"}, {"due": "2026-03-16"}),
        ("plan_filing_check_due", {"received": "2026-02-10"}, {"due": "2026-02-24"}),
        ("plan_filing_due", {"published": "2026-12-25"}, {"due": "2027-01-22", "provisional": True}),
    ],
)
def test_days_and_counts(name, given_, answer):
    assert call(name, given_) == answer


@given(DAYS)
def test_filing_leaves_twenty_working_days(published):
    published = max(published, date(2024, 1, 1))
    due = plan_filing_due(published=published)["due"]
    assert official().workdays_between(published, due).days == 20
    assert not official().is_offday(due)


@pytest.mark.parametrize(
    ("named", "medium", "review", "evaluation"),
    [
        (["machinery"], False, False, False),
        (["machinery"], True, True, True),
        (["coal_mine"], False, True, True),
        (["construction_building_municipal"], False, False, True),
        (["nonferrous"], False, None, None),
    ],
)
def test_whose_plans_are_reviewed_and_evaluated(named, medium, review, evaluation):
    told = plan_duties(industries=named, medium_or_larger=medium, on=TODAY)
    assert bare(told) == {"review": review, "evaluation": evaluation}


def test_a_plan_is_revised_when_a_ground_happened():
    assert bare(plan_revision_needed(happened=[], on=TODAY)) == {"needed": False, "because": []}
    assert plan_revision_needed(happened=["problem_found", "law_changed"], on=TODAY)["because"] == [
        "law_changed",
        "problem_found",
    ]
    with pytest.raises(Invalid, match="happened"):
        plan_revision_needed(happened=["bored"], on=TODAY)


def test_the_papers_of_a_drill():
    assert drill_file(papers={"演练计划": "p.pdf"}, on=TODAY)["missing"][0] == "演练脚本"
    every = dict.fromkeys(["演练计划", "演练脚本", "评估方案", "演练记录", "评估报告", "演练总结"], "x")
    assert bare(drill_file(papers=every, on=TODAY)) == {"complete": True, "missing": []}


def test_every_high_risk_list_names_known_industries_once():
    packs = {name: each for name, each in store.documents("parameters").items() if name.startswith("high-risk/")}
    assert len(packs) >= 4
    for each in packs.values():
        for dated in each["values"]:
            assert set(dated["value"]) <= industries().keys()
            assert len(set(dated["value"])) == len(dated["value"])


def test_what_outlives_the_action_plan_is_marked_to_be_checked():
    told = [explain("evac_drill_min", {"high_risk": True}, day) for day in (date(2026, 12, 31), date(2027, 1, 1))]
    assert [bare(each["answer"]) for each in told] == [{"per_year": 2}] * 2
    assert [each["verify"] for each in told] == [False, True]
