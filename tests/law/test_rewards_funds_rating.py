"""Rewards for reports, safety funds, standardisation grades, the dishonesty list and liability insurance."""

import re
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.law.properties import property_of
from tests.law.told import bare, call
from zhiben.kernel.errors import Invalid
from zhiben.law.explaining import explain
from zhiben.law.functions import FUNCTIONS
from zhiben.law.funds import fund_pause, fund_tier, fund_year
from zhiben.law.insurance import insurance_rate
from zhiben.law.parameters import parameter
from zhiben.law.rating import std_grade
from zhiben.law.rewards import reward

TODAY = date(2026, 11, 22)
TIERS = parameter("cn/fund/tiers").in_force(TODAY).value
VECTORS = [
    each
    for path in sorted(Path(__file__).with_name("vectors").glob("[IJKL].yaml"))
    for each in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_a_worked_example_can_be_redone_by_hand(vector):
    told = explain(vector["call"], vector["given"])
    assert bare(told["answer"]) == vector["answer"]
    assert told["steps"]
    assert all(step["zh"] and step["en"] and step["zh"] != step["en"] for step in told["steps"])
    assert told["citations"]


@pytest.mark.parametrize(
    ("name", "given_"),
    [
        ("principal_income_fine", {"income_wan": 36.5, "grade": "较大"}),
        ("daily_fine", {"original_wan": 4.5, "order_date": "2026-03-01", "recheck_date": "2026-03-11"}),
        ("late_penalty", {"fine": 0.5, "days_late": 3}),
        ("unit_fine", {"deaths": 1, "heavy": 0, "loss_wan": 0.5}),
        ("unknown_income", {"average_wage_wan": 10.5, "who": "others"}),
        ("fine_range", {"article": "103-1", "illegal_income_wan": 12.5}),
        ("discretion_range", {"lo": 0.5, "hi": 7.25, "tier": "light"}),
        ("on_the_spot", {"who": "unit", "fine_yuan": 0.5}),
        ("hearing_right", {"who": "unit", "fine_yuan": 0.5, "province_yuan": 1.5}),
        ("reward", {"kind": "hazard_or_violation", "penalty_yuan": 0.5}),
        ("worker_reward", {"yuan": 0.5, "raise_percent": 12.5}),
        ("fund_unit", {"key": "天然气(元/千m3)", "qty": 0.5}),
        ("fund_tier", {"key": "冶金", "revenue_wan": 0.5}),
        ("fund_percent", {"key": "施工-房屋建筑", "base_wan": 0.5}),
        ("fund_pause", {"balance_wan": 0.5, "last_year_wan": 0.25}),
        ("std_score", {"got": 0.5, "applicable": 1.5}),
        ("std_grade", {"score": 74.5}),
        ("insurance_rate", {"base_percent": 0.5, "colour": "orange"}),
    ],
)
def test_the_steps_write_broken_numbers_as_people_do(name, given_):
    steps = explain(name, given_, TODAY)["steps"]
    assert steps
    assert not [one for one in steps if re.search(r"\d/\d|Fraction", one["zh"] + one["en"])]


def test_every_function_of_these_sections_says_what_it_does():
    mine = [each for each in FUNCTIONS.values() if each.section in "IJKL"]
    assert len(mine) > 50
    assert all(each.run.__doc__.startswith(("Return", "Tell", "Add")) for each in mine)


@property_of("reward")
@given(st.fractions(0, 10**8, max_denominator=100), st.fractions(0, 10**8, max_denominator=100))
def test_a_reward_grows_with_the_fine_between_its_ends(one, other):
    low, high = (reward("hazard_or_violation", each, on=TODAY)["yuan"] for each in sorted((one, other)))
    assert 3000 <= low <= high <= 300000


@pytest.mark.parametrize(
    ("given_", "yuan"),
    [
        ({"penalty_yuan": 20000}, 3000),
        ({"penalty_yuan": 20000.02}, 3000.003),
        ({"penalty_yuan": 2000000}, 300000),
        ({"penalty_yuan": 1999999}, 299999.85),
        ({"penalty_yuan": 0}, 3000),
        ({}, 3000),
    ],
)
def test_a_reward_is_held_between_its_ends(given_, yuan):
    assert call("reward", {"kind": "hazard_or_violation"} | given_) == {"yuan": yuan}


def test_without_a_fine_the_reward_rests_on_practice():
    assert explain("reward", {"kind": "hazard_or_violation"})["rests_on"] == "practice"
    assert explain("reward", {"kind": "hazard_or_violation", "penalty_yuan": 1})["rests_on"] == "law"


@pytest.mark.parametrize(
    ("name", "given_", "answer"),
    [
        ("worker_reward", {"yuan": 10000}, {"yuan": 12000}),
        ("worker_reward", {"yuan": 10000, "raise_percent": 0}, {"yuan": 10000}),
        ("report_feedback_due", {"verified": "2026-03-01"}, {"due": "2026-03-11"}),
        ("reward_collect_until", {"notified": "2026-03-01"}, {"until": "2026-04-30"}),
        ("internal_reward_due", {"high_risk_field": True}, {"due": "2025-06-30", "passed": True}),
        ("fund_unit_highest", {"keys": ["煤-其他井工(元/t)", "煤-突出/冲击地压(元/t)"], "qty": 10}, {"key": "煤-突出/冲击地压(元/t)", "yuan": 500}),
        ("fund_unit", {"key": "天然气(元/千m3)", "qty": 3}, {"yuan": 22.5}),
        ("fund_owner_advance", {"fund_wan": 300, "started": "2026-01-31"}, {"least_wan": 150, "due": "2026-02-28"}),
        ("fund_year", {"opening_wan": 10, "due_wan": 20, "spent_wan": 35}, {"charged_wan": 20, "carried_over_wan": 0, "short_wan": 5}),
        ("fund_year", {"opening_wan": 60, "due_wan": 20, "spent_wan": 5, "last_year_wan": 20}, {"charged_wan": 0, "carried_over_wan": 55, "short_wan": 0}),
        ("std_score", {"got": 712, "applicable": 950}, {"score": 74.95}),
        ("std_grade", {"score": 95, "veto": True}, {"grade": None}),
        ("std_expiry", {"announced": "2024-02-29"}, {"expires": "2027-02-28", "apply_from": "2026-11-28"}),
        ("dishonest_grounds", {"grade": "较大"}, {"listed": False, "why": []}),
        ("dishonest_grounds", {"grade": "重大", "conduct": ["concealed"]}, {"listed": True, "why": ["grade", "concealed"]}),
        ("dishonest_grounds", {"larger_accidents_12_months": 2}, {"listed": True, "why": ["larger_accidents"]}),
        ("dishonest_grounds", {"conduct": ["agency_false_report"]}, {"listed": True, "why": ["agency_false_report"]}),
        ("insurance_prevention_max", {"premium_yuan": 20000}, {"yuan": 4200}),
        ("insurance_commission_max", {"premium_yuan": 20000}, {"yuan": 1000}),
        ("insurance_rate", {"base_percent": 1, "colour": "red", "overdue_major": True}, {"change_percent": 40, "rate_percent": 1.4}),
        ("insurance_rate", {"base_percent": 2, "colour": "blue", "standardisation": "一级"}, {"change_percent": -25, "rate_percent": 1.5}),
    ],
)  # fmt: skip
def test_worked_examples_beside_the_list(name, given_, answer):
    assert call(name, given_, TODAY) == answer
    assert explain(name, given_, TODAY)["steps"]


def test_the_reward_goes_to_the_first_in_a_real_name_and_there_to_the_first_signer():
    reports = [
        {"reporter": "丙", "at": "2026-03-03T08:00"},
        {"reporter": "甲", "at": "2026-03-01T08:00", "real_name": False},
        {"reporter": "乙", "at": "2026-03-02T08:00", "signers": ["丁", "乙"]},
    ]
    reports.append({"reporter": "戊", "at": "2026-02-01T08:00", "is_staff": True})
    assert call("reward_goes_to", {"reports": reports}) == {"reporter": "丁", "at": "2026-03-02T08:00"}
    assert call("reward_goes_to", {"reports": reports[1:2]}) == {"reporter": None, "at": None}


@pytest.mark.parametrize("key", TIERS)
def test_the_funds_of_a_tier_join_without_a_jump(key):
    at = Fraction(0)
    before = 0
    for top, percent in TIERS[key][:-1]:
        at += (top - before) * Fraction(str(percent)) / 100
        before = top
        assert fund_tier(key, top, on=TODAY)["annual_wan"] == at
        just_above = fund_tier(key, top + Fraction(1, 100), on=TODAY)["annual_wan"]
        assert 0 < just_above - at < Fraction(1, 100)


@pytest.mark.parametrize("key", TIERS)
def test_the_tiers_of_a_table_ascend_and_their_percentages_fall(key):
    tops = [top for top, _ in TIERS[key]]
    assert tops[-1] is None
    assert all(low < high for low, high in pairwise(tops[:-1]))
    assert all(high > low for (_, high), (_, low) in pairwise(TIERS[key]))


REVENUE = st.fractions(0, 3 * 10**7, max_denominator=100)


@property_of("fund_tier")
@given(st.sampled_from(sorted(TIERS)), REVENUE, REVENUE)
def test_more_revenue_never_means_less_funds_and_a_month_is_a_twelfth(key, one, other):
    low, high = (fund_tier(key, each, on=TODAY) for each in sorted((one, other)))
    assert low["annual_wan"] <= high["annual_wan"]
    assert abs(high["monthly_wan"] * 12 - high["annual_wan"]) <= Fraction(12, 20000)


def test_the_pause_begins_at_three_times_exactly():
    assert fund_pause(Fraction("607.5"), Fraction("202.5"), on=TODAY)["pause"]
    assert not fund_pause(Fraction("607.49"), Fraction("202.5"), on=TODAY)["pause"]


@given(REVENUE, REVENUE, REVENUE)
def test_a_year_of_the_account_adds_up(opening, due, spent):
    told = fund_year(opening, due, spent, on=TODAY)
    assert told["carried_over_wan"] - told["short_wan"] == opening + due - spent
    assert 0 in (told["carried_over_wan"], told["short_wan"])


@pytest.mark.parametrize(("score", "grade"), [(100, "一级"), ("89.99", "二级"), ("74.99", "三级"), (0, None)])
def test_the_bounds_of_the_grades_belong_to_the_better_one(score, grade):
    assert std_grade(Fraction(score), on=TODAY)["grade"] == grade


def test_editions_of_standardisation_and_cover_change_on_their_days():
    assert len(call("std_elements", {}, date(2025, 10, 30))["elements"]) == 8
    assert len(call("std_elements", {}, date(2025, 10, 31))["elements"]) == 10
    assert call("insurance_min", {"people": 1}, date(2025, 3, 28))["total_wan"] == 30
    assert call("insurance_min", {"people": 1}, date(2025, 3, 29))["total_wan"] == 40


@given(
    st.sampled_from(["red", "orange", "yellow", "blue"]), st.sampled_from([None, "一级", "二级", "三级"]), st.booleans()
)
def test_a_proposed_rate_stays_within_its_limits_and_an_overdue_danger_never_lowers_it(colour, grade, overdue):
    plain, worse = (insurance_rate(2, colour, grade, overdue_major=each, on=TODAY) for each in (False, overdue))
    assert Fraction(6, 5) <= plain["rate_percent"] <= worse["rate_percent"] <= Fraction(16, 5)


def test_what_follows_from_a_penalty_and_from_the_list_is_told_in_both_languages():
    told = call("joint_punishment", {})
    assert all(each["zh"] and each["en"] for each in told["penalised"] + told["on_the_list"])
    assert {each["instrument"] for each in explain("joint_punishment", {})["citations"]} == {
        "cn/work-safety-law",
        "cn/mem-order-11",
    }


def test_names_and_uses_of_funds_are_listed():
    keys = call("fund_keys", {})
    assert keys["fund_tier"]["冶金"][0] == [1000, 3]
    assert {len(keys["fund_unit"]), len(keys["fund_percent"]), len(keys["fund_tier"])} == {16, 20, 12}
    assert len(call("fund_uses", {})["uses"]) == 10


@pytest.mark.parametrize(
    ("name", "given_", "field"),
    [
        ("reward", {"kind": "concealed", "grade": "一般"}, "people"),
        ("reward", {"kind": "concealed", "people": 2}, "grade"),
        ("reward", {"kind": "concealed", "grade": "一般", "people": 0}, "people"),
        ("reward", {"kind": "concealed", "grade": "一般", "people": 1, "penalty_yuan": 5}, "penalty_yuan"),
        ("reward", {"kind": "hazard_or_violation", "penalty_yuan": -5}, "penalty_yuan"),
        ("reward", {"kind": "hazard_or_violation", "people": 2}, "people"),
        (
            "reward_goes_to",
            {
                "reports": [
                    {"reporter": "甲", "at": "2026-01-01T00:00"},
                    {"reporter": "乙", "at": "2026-01-01T00:00+08:00"},
                ]
            },
            "reports",
        ),
        ("fund_unit", {"key": "煤", "qty": 1}, "key"),
        ("fund_unit", {"key": "冶金", "qty": 1}, "key"),
        ("fund_unit", {"key": "原油(元/t)", "qty": -1}, "qty"),
        ("fund_unit_highest", {"keys": [], "qty": 1}, "keys"),
        ("fund_tier", {"key": "冶金", "revenue_wan": -1}, "revenue_wan"),
        ("fund_percent", {"key": "施工-房屋建筑", "base_wan": "10"}, "base_wan"),
        ("fund_pause", {"balance_wan": 1, "last_year_wan": 0}, "last_year_wan"),
        ("std_grade", {"score": 100.1}, "score"),
        ("std_score", {"got": 11, "applicable": 10}, "got"),
        ("std_score", {"got": 0, "applicable": 0}, "applicable"),
        ("insurance_min", {"people": -1}, "people"),
        ("insurance_rate", {"base_percent": 1, "colour": "green"}, "colour"),
    ],
)
def test_what_cannot_be_is_refused_with_field_and_reason(name, given_, field):
    with pytest.raises(Invalid) as refused:
        call(name, given_)
    assert refused.value.facts["field"] == field
    assert refused.value.facts["reason"]("zh")
