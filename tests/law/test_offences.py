"""Articles 92 to 114, the steps of a case, discretion and indicators of enforcement."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.told import call
from zhiben.kernel.errors import Invalid
from zhiben.law.discretion import discretion_range
from zhiben.law.explaining import explain
from zhiben.law.offences import STAGES, fine_range
from zhiben.law.parameters import parameter

TODAY = date(2026, 11, 22)
ARTICLES = {
    number if paragraph == "whole" else f"{number}-{paragraph}": row
    for number in map(str, (*range(92, 112), 113, 114))
    for paragraph, row in parameter(f"cn/penalty/article-{number}").in_force(TODAY).value.items()
}
RANGES = ("unit_wan", "persons_wan", "principal_wan", "leaders_wan", "investor_wan")


def test_an_answer_cites_its_own_article():
    told = explain("fine_range", {"article": "103-2"})
    assert (told["citations"][0]["parameter"], told["citations"][0]["clause"]) == ("cn/penalty/article-103", "103")
    assert "第103条" in told["citations"][0]["citation"]["zh"]


@pytest.mark.parametrize("article", ARTICLES)
def test_every_stage_of_an_article_answers_with_ranges_and_measures(article):
    for stage in set(STAGES) & set(ARTICLES[article]):
        told = fine_range(article, stage, grade="较大", on=TODAY)
        ranges = [told[name] for name in RANGES if told[name]]
        assert all(0 <= low < high for low, high in ranges)
        assert ranges or told["measures"] or told["principal_income_percent"]
        assert all(measure["zh"] and measure["en"] for measure in told["measures"])
        assert explain("fine_range", {"article": article, "stage": stage, "grade": "较大"})["steps"]


@pytest.mark.parametrize(
    ("given_", "found"),
    [
        ({"article": "97"}, {"unit_wan": [0, 10], "persons_wan": None}),
        ({"article": "97", "stage": "not_corrected"}, {"unit_wan": [10, 20], "persons_wan": [2, 5]}),
        ({"article": "102", "stage": "not_corrected"}, {"unit_wan": None, "persons_wan": [5, 10]}),
        ({"article": "103-1"}, {"unit_wan": [10, 20], "persons_wan": [1, 2]}),
        ({"article": "103-1", "illegal_income_wan": 9.99}, {"unit_wan": [10, 20]}),
        ({"article": "103-1", "illegal_income_wan": 10}, {"unit_wan": [20, 50]}),
        ({"article": "92-2", "illegal_income_wan": 12.5}, {"unit_wan": [25, 62.5], "persons_wan": [5, 10]}),
        ({"article": "95", "stage": "accident", "grade": "重大"}, {"principal_income_percent": [80, 80]}),
        ({"article": "96", "stage": "accident", "grade": "重大"}, {"leaders_income_percent": [40, 50]}),
        ({"article": "110", "stage": "accident"}, {"principal_income_percent": [60, 100]}),
        ({"article": "114", "stage": "accident", "grade": "一般"}, {"unit_wan": [30, 100]}),
    ],
)
def test_ranges_by_article_and_stage(given_, found):
    told = call("fine_range", given_)
    assert {name: told[name] for name in found} == found


@pytest.mark.parametrize("article", [name for name, row in ARTICLES.items() if {"first", "not_corrected"} <= set(row)])
def test_not_correcting_never_costs_the_same_payer_less(article):
    first, later = (fine_range(article, stage, on=TODAY) for stage in ("first", "not_corrected"))
    for name in RANGES:
        if first[name] and later[name]:
            assert first[name] < later[name]


@pytest.mark.parametrize(
    ("given_", "field"),
    [
        ({"article": "91"}, "article"),
        ({"article": "103"}, "article"),
        ({"article": "97", "stage": "accident"}, "stage"),
        ({"article": "114", "stage": "accident"}, "grade"),
        ({"article": "92-2", "illegal_income_wan": -1}, "illegal_income_wan"),
    ],
)
def test_an_article_or_stage_that_is_not_there_is_refused(given_, field):
    with pytest.raises(Invalid) as refused:
        call("fine_range", given_)
    assert refused.value.facts["field"] == field
    assert refused.value.facts["reason"]("zh") != str(refused.value.facts["reason"])


def test_the_acts_are_listed_with_their_items_and_stages():
    acts = {each["article"]: each for each in call("fine_acts", {})["acts"]}
    assert list(acts) == list(ARTICLES)
    assert len(acts["97"]["items"]) == 7
    assert len(acts["99"]["items"]) == 8
    assert acts["99"]["stages"] == ["first", "not_corrected", "serious"]
    assert [each["article"] for each in call("fine_acts", {"article": "102"})["acts"]] == ["102"]


@pytest.mark.parametrize(
    ("article", "possible"),
    [("95", True), ("96", True), ("97", True), ("98", True), ("99", True), ("101", True), ("102", True), ("103-1", True),
     ("104", True), ("105", True), ("114", True), ("93", False), ("94", False), ("107", False), ("109", False)],
)  # fmt: skip
def test_unit_and_people_are_fined_in_one_file_where_the_law_has_both(article, possible):
    assert call("double_punishment", {"article": article})["possible"] is possible


@pytest.mark.parametrize(
    ("name", "given_", "answer"),
    [
        ("publish_due_workdays", {"decision": "2026-09-24"}, {"due": "2026-10-12"}),
        ("publish_due_workdays", {"decision": "2026-12-30", "n": 7}, {"due": "2027-01-08", "provisional": True}),
        ("penalty_step_due", {"kind": "hearing_request", "start": "2026-09-24"}, {"due": "2026-10-09"}),
        ("penalty_step_due", {"kind": "hearing_notice", "start": "2026-03-11"}, {"due": "2026-03-02"}),
        ("penalty_step_due", {"kind": "service", "start": "2026-03-02"}, {"due": "2026-03-11"}),
        ("penalty_step_due", {"kind": "statement", "start": "2026-03-02"}, {"due": "2026-03-05"}),
        ("case_due", {"opened": "2026-03-02"}, {"due": "2026-04-01", "by_general_law": "2026-05-31"}),
        ("case_due", {"opened": "2026-03-02", "extension": "upper"}, {"due": "2026-08-29", "by_general_law": "2026-05-31"}),
        ("limitation", {"act_ended": "2024-02-29", "harm_to_life": False}, {"years": 2, "until": "2026-02-28"}),
        ("limitation", {"act_ended": "2024-05-01", "harm_to_life": True}, {"years": 5, "until": "2029-05-01"}),
        ("fine_payment_due", {"received": "2026-03-02"}, {"due": "2026-03-17"}),
        ("on_the_spot", {"who": "person", "fine_yuan": 200}, {"allowed": True, "limit_yuan": 200}),
        ("on_the_spot", {"who": "unit", "fine_yuan": 3000.01}, {"allowed": False, "limit_yuan": 3000}),
        ("hearing_right", {"who": "unit", "fine_yuan": 50000}, {"right": True, "from_yuan": 50000}),
        ("hearing_right", {"who": "person", "fine_yuan": 19999.99}, {"right": False, "from_yuan": 20000}),
        ("hearing_right", {"who": "unit", "fine_yuan": 50000, "province_yuan": 100000}, {"right": False, "from_yuan": 100000}),
        ("sum_fines", {"fines": [{"act": "97(3)", "wan": 4.5}, {"act": "102", "wan": 3}]}, {"wan": 7.5}),
        ("sum_fines", {"fines": []}, {"wan": 0}),
        ("safety_staff_rule", {"employees": 1, "high_risk": True}, {"institution_or_fulltime": True}),
        ("high_risk_by", {"rule": "safety-staff", "industries": ["road_transport"]}, {"high_risk": True, "because": ["road_transport"]}),
        ("high_risk_by", {"rule": "safety-staff", "industries": ["fishing_vessels"]}, {"high_risk": False, "because": []}),
        ("high_risk_by", {"rule": "insurance", "industries": ["fishing_vessels"]}, {"high_risk": True, "because": ["fishing_vessels"]}),
    ],
)  # fmt: skip
def test_steps_of_a_case(name, given_, answer):
    assert call(name, given_) == answer
    assert explain(name, given_)["steps"] or not given_.get("fines", 1)


def test_one_act_is_not_fined_twice():
    with pytest.raises(Invalid, match="function:impossible-input"):
        call("sum_fines", {"fines": [{"act": "102", "wan": 3}, {"act": "102", "wan": 2}]})


SPANS = st.tuples(st.integers(0, 1000), st.integers(0, 1000)).map(sorted)
FACTORS = st.tuples(
    st.lists(st.sampled_from(["repeated", "refuses", "violence"])),
    st.lists(st.sampled_from(["harm_removed", "coerced", "confessed", "merit"])),
)


@given(SPANS, st.sampled_from(["light", "ordinary", "serious"]), FACTORS)
def test_discretion_never_leaves_the_legal_range(span, tier, factors):
    told = discretion_range(*span, tier, *factors, on=TODAY)
    assert span[0] <= told["lo"] <= told["hi"] <= span[1]


@given(SPANS)
def test_the_tiers_cover_the_range_without_a_gap(span):
    light, ordinary, serious = (discretion_range(*span, tier, on=TODAY) for tier in ("light", "ordinary", "serious"))
    assert (light["lo"], light["hi"], ordinary["hi"], serious["hi"]) == (
        span[0],
        ordinary["lo"],
        serious["lo"],
        span[1],
    )


def test_what_weighs_moves_the_tier_and_is_recorded_as_a_reason():
    told = call("discretion_range", {"lo": 10, "hi": 20, "tier": "ordinary", "heavier": ["refuses", "repeated"]})
    assert (told["tier"], told["lo"], told["hi"]) == ("serious", 17, 20)
    assert [each["en"] for each in told["reasons"]][:1] == ["refuses to correct"]
    both = call("discretion_range", {"lo": 10, "hi": 20, "tier": "light", "heavier": ["refuses"], "lighter": ["merit"]})
    assert (both["tier"], both["lo"], both["hi"]) == ("light", 10, 13)
    assert explain("discretion_range", {"lo": 10, "hi": 20, "tier": "light"})["rests_on"] == "setting"
    with pytest.raises(Invalid):
        call("discretion_range", {"lo": 20, "hi": 10, "tier": "light"})


def test_the_quality_of_enforcement_is_told_share_by_share():
    told = call("enforcement_quality", {"cases": 8, "fined_wan": 50, "executed": 6, "ordered": 20, "rectified": 19})
    assert {name: value for name, value in told.items() if value is not None} == {
        "fine_per_case_wan": 6.25,
        "execution_rate": 0.75,
        "rectification_rate": 0.95,
    }
    with pytest.raises(Invalid) as refused:
        call("enforcement_quality", {"ordered": 1, "rectified": 2})
    assert refused.value.facts["field"] == "rectified"


TABLE = [
    {"tier": "轻", "at_least": 1, "lo": 0, "hi": 3},
    {"tier": "一般", "at_least": 3, "lo": 3, "hi": 6},
    {"tier": "重", "at_least": 10, "lo": 6, "hi": 10},
]


@pytest.mark.parametrize(("measure", "tier"), [(1, "轻"), (2.99, "轻"), (3, "一般"), (10, "重"), (500, "重")])
def test_a_benchmark_table_is_read_by_its_lower_bounds(measure, tier):
    told = call("benchmark_fine", {"article": "97", "rows": TABLE, "measure": measure})
    assert told == {"tier": tier} | {name: row[name] for row in TABLE if row["tier"] == tier for name in ("lo", "hi")}


@pytest.mark.parametrize(
    ("given_", "field"),
    [
        ({"rows": []}, "rows"),
        ({"rows": [TABLE[0] | {"hi": 11}]}, "rows"),
        ({"rows": TABLE[::-1]}, "rows"),
        ({"rows": [TABLE[0], TABLE[0]]}, "rows"),
        ({"measure": 0}, "measure"),
        ({"payer": "persons"}, "payer"),
        ({"stage": "not_corrected"}, "rows"),
        ({"article": "9"}, "article"),
    ],
)
def test_a_benchmark_table_that_leaves_the_law_is_refused(given_, field):
    with pytest.raises(Invalid) as refused:
        call("benchmark_fine", {"article": "97", "rows": TABLE, "measure": 4} | given_)
    assert refused.value.facts["field"] == field
    assert refused.value.facts["reason"]("zh")


@pytest.mark.parametrize(
    ("given_", "penalty"),
    [
        ({"minor": True, "corrected": True, "harmless": True}, "none"),
        ({"minor": True, "corrected": True}, "due"),
        ({"first": True, "slight": True, "corrected": True}, "may be left out"),
        ({"first": True, "harmless": True, "corrected": True}, "may be left out"),
        ({"first": True, "slight": True}, "due"),
        ({}, "due"),
    ],
)
def test_a_minor_breach_put_right_without_harm_is_not_penalised(given_, penalty):
    assert call("no_penalty", given_) == {"penalty": penalty}


def test_enforcement_is_measured_by_what_became_of_inspections():
    told = call(
        "enforcement_rates",
        {"inspections": 40, "with_problems": 30, "penalised": 12, "coerced_only": 3, "dangers_found": 100},
    )
    assert told == {
        "penalty_rate": 0.3,
        "problem_rate": 0.75,
        "only_inspect_rate": 0.5,
        "dangers_per_inspection": 2.5,
        "zero_penalty": False,
    }  # fmt: skip
    nothing = call("enforcement_rates", {"inspections": 0, "with_problems": 0, "penalised": 0})
    assert nothing["penalty_rate"] is nothing["only_inspect_rate"] is None
    assert nothing["zero_penalty"] is False


@pytest.mark.parametrize(
    ("name", "given_", "field"),
    [
        ("enforcement_stats", {"rows": [{"org": "甲", "inspections": 1, "with_problems": 2, "penalised": 0}]}, "rows[0].with_problems"),
        ("enforcement_stats", {"rows": [{"org": "甲", "inspections": 1, "with_problems": 1, "penalised": 0}] * 2}, "rows[1].org"),
        ("enforcement_stats", {"rows": [{"org": "甲"}]}, "rows[0].inspections"),
        ("enforcement_rates", {"inspections": 5, "with_problems": 2, "penalised": 2, "coerced_only": 1}, "coerced_only"),
        ("enforcement_rates", {"inspections": -5, "with_problems": 0, "penalised": 0}, "inspections"),
        ("safety_staff_rule", {"employees": -1, "high_risk": False}, "employees"),
        ("on_the_spot", {"who": "unit", "fine_yuan": -1}, "fine_yuan"),
        ("publish_due_workdays", {"decision": "2026-09-24", "n": -1}, "n"),
    ],
)  # fmt: skip
def test_impossible_counts_are_refused(name, given_, field):
    with pytest.raises(Invalid) as refused:
        call(name, given_)
    assert refused.value.facts["field"] == field
