"""Accidents and what they cost: grades, steps, fines by the day and for late payment, closure, bans, times."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.properties import property_of
from tests.law.told import bare, call
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law.accidents import GRADES, Harm, grade_of
from zhiben.law.explaining import explain
from zhiben.law.parameters import parameter
from zhiben.law.penalties import closure_trigger, daily_fine, late_penalty, unit_fine, unit_fine_especially_bad

TODAY = date(2026, 11, 22)
ORDER = list(GRADES)
HARM = st.tuples(st.integers(0, 60), st.integers(0, 160), st.fractions(0, 25000, max_denominator=100))
DAYS = st.dates(date(2021, 9, 1), date(2026, 6, 30))


@pytest.mark.parametrize("at", range(1, len(ORDER)))
@pytest.mark.parametrize("figure", Harm._fields)
def test_both_sides_of_every_bound_of_a_grade(at, figure):
    bound = parameter("cn/accident/grades").in_force(TODAY).value[at][figure]
    least = Fraction(1, 10000) if figure == "loss_wan" else 1
    reached, below = Harm(0, 0, 0)._replace(**{figure: bound}), Harm(0, 0, 0)._replace(**{figure: bound - least})
    assert (grade_of(reached, TODAY), grade_of(below, TODAY)) == (ORDER[at], ORDER[at - 1])


@pytest.mark.parametrize("at", range(1, 12))
@pytest.mark.parametrize("figure", Harm._fields)
def test_both_sides_of_every_step_of_the_fine(at, figure):
    rows = parameter("cn/penalty/accident-fine-steps").in_force(TODAY).value
    least = Fraction(1, 10000) if figure == "loss_wan" else 1
    told = [
        bare(unit_fine(**Harm(0, 0, 0)._replace(**{figure: value})._asdict(), on=TODAY))
        for value in (rows[at][figure], rows[at][figure] - least)
    ]
    assert told == [{name: row[name] for name in ("grade", "lo", "hi")} for row in (rows[at], rows[at - 1])]


@property_of("unit_fine")
@given(HARM, HARM)
def test_a_worse_accident_is_never_graded_or_fined_less(one, other):
    worse = tuple(max(pair) for pair in zip(one, other, strict=True))
    mild, hard = unit_fine(*one, on=TODAY), unit_fine(*worse, on=TODAY)
    assert ORDER.index(mild["grade"]) <= ORDER.index(hard["grade"])
    assert (mild["lo"], mild["hi"]) <= (hard["lo"], hard["hi"])


@property_of("unit_fine", "unit_fine_especially_bad")
@given(HARM, st.sampled_from([date(2022, 1, 1), TODAY]))
def test_a_step_lies_within_the_range_of_its_grade(harm, day):
    told = unit_fine(*harm, on=day)
    lo, hi = parameter("cn/penalty/accident-fines").in_force(day).value[told["grade"]]
    assert lo <= told["lo"] < told["hi"] <= hi
    bad = unit_fine_especially_bad(*harm, on=day)
    assert (bad["lo"], bad["hi"]) == (2 * told["lo"], 5 * told["hi"])


def test_before_the_steps_the_range_of_the_grade_holds_and_before_the_law_nothing():
    assert call("unit_fine", {"deaths": 1, "heavy": 0, "loss_wan": 0}, date(2024, 2, 29)) == {
        "grade": "一般",
        "lo": 30,
        "hi": 100,
    }
    with pytest.raises(NotFound, match="not-in-force"):
        call("unit_fine", {"deaths": 1, "heavy": 0, "loss_wan": 0}, date(2021, 8, 31))


@given(DAYS, st.integers(0, 400), st.fractions(0, 100, max_denominator=10))
def test_every_day_after_the_order_costs_the_original_fine(ordered, days, fine):
    told = daily_fine(fine, ordered, ordered + timedelta(days=days))
    assert bare(told) == {"days": days, "extra_wan": fine * days}


@given(st.fractions(0, 10**6, max_denominator=100), st.integers(0, 100))
def test_late_payment_grows_and_never_exceeds_the_fine(fine, days):
    now, later = (late_penalty(fine, each, on=TODAY)["extra"] for each in (days, days + 1))
    assert 0 <= now <= later <= fine
    assert (days < 34) or now == fine


@pytest.mark.parametrize(
    ("dates", "why"),
    [
        (["2025-01-10", "2025-01-11", "2025-07-09"], "3 in 180 days"),  # day 180 after the first
        (["2025-01-10", "2025-01-11", "2025-07-10"], None),
        (["2025-07-09", "2025-01-10", "2025-01-10"], "3 in 180 days"),  # in any order, twice in a day
        (["2024-02-29", "2024-08-01", "2024-12-01", "2025-02-28"], "4 in a year"),
        (["2024-08-01", "2024-12-01", "2025-03-01", "2025-08-01"], "4 in a year"),
        (["2024-08-01", "2024-12-01", "2025-03-01", "2025-08-02"], None),
        (["2025-01-10", "2025-01-11"], None),
        ([], None),
    ],
)
def test_closure_is_asked_for_after_three_penalties_in_180_days_or_four_in_a_year(dates, why):
    given_ = {"penalty_dates": dates, "major_hazard": True}
    assert call("closure_trigger", given_) == {"trigger": why is not None, "why": why}
    assert call("closure_trigger", given_ | {"major_hazard": False}) == {"trigger": False, "why": None}


@property_of("closure_trigger")
@settings(max_examples=50)
@given(st.lists(DAYS, max_size=8), DAYS)
def test_another_penalty_never_undoes_the_trigger(dates, another):
    if closure_trigger(dates, major_hazard=True)["trigger"]:
        assert closure_trigger([*dates, another], major_hazard=True)["trigger"]


@pytest.mark.parametrize(
    ("name", "given_", "answer"),
    [
        ("concealment_unit_fine", {"grade": "较大"}, {"lo": 150, "hi": 200}),
        ("concealment_unit_fine", {"grade": "特别重大", "worse": True}, {"lo": 450, "hi": 500}),
        ("coal_accident_fine", {"grade": "重大"}, {"lo": 500, "hi": 1000}),
        ("coal_major_danger_fine", {}, {"unit": [50, 200], "principal": [3, 15]}),
        ("leader_income_fine", {"income_wan": 20, "grade": "一般"}, {"lo_wan": 4, "hi_wan": 6}),
        ("principal_conduct_fine", {"income_wan": 50, "act": "fled"}, {"lo_wan": 30, "hi_wan": 50}),
        ("principal_conduct_fine", {"income_wan": 50, "act": "concealed"}, {"lo_wan": 30, "hi_wan": 40}),
        ("principal_conduct_fine", {"income_wan": 50, "act": "omitted", "worse": True}, {"lo_wan": 30, "hi_wan": 40}),
        ("unknown_income", {"average_wage_wan": 12, "who": "principal"}, {"lo_wan": 60, "hi_wan": 120}),
        ("waived_liability_fine", {"kind": "waiving"}, {"lo": 2, "hi": 10}),
        ("criminal_line", {"deaths": 1, "heavy": 0, "loss_wan": 0, "crime": "forced_work"}, {"reached": True, "years": [0, 5]}),
        ("criminal_line", {"deaths": 0, "heavy": 0, "loss_wan": 500, "crime": "works_quality", "main_responsibility": True}, {"reached": True, "years": [5, 10]}),
        ("criminal_line", {"deaths": 0, "heavy": 2, "loss_wan": 99}, {"reached": False, "years": None}),
        ("criminal_line", {"deaths": 0, "heavy": 3, "loss_wan": 0}, {"reached": True, "years": [0, 3]}),
        ("criminal_line", {"deaths": 3, "heavy": 0, "loss_wan": 0}, {"reached": True, "years": [0, 3]}),
        (
            "criminal_line",
            {"deaths": 3, "heavy": 0, "loss_wan": 0, "main_responsibility": True},
            {"reached": True, "years": [3, 7]},
        ),
        ("not_reporting_crime", {"added_heavy": 2, "added_loss_wan": 99.99}, {"grave": None}),
        ("not_reporting_crime", {"added_heavy": 3}, {"grave": "serious"}),
        ("not_reporting_crime", {"obstructed_rescue": True}, {"grave": "serious"}),
        ("not_reporting_crime", {"added_loss_wan": 500}, {"grave": "especially serious"}),
        ("dangerous_work_crime", {"act": "devices", "real_danger": True}, {"transfer": True}),
        ("danger_event", {"involved": 9, "trapped": 2, "evacuated": 499}, {"serious": False, "why": []}),
        ("danger_event", {"trapped": 3, "serious_pollution": True}, {"serious": True, "why": ["trapped", "serious_pollution"]}),
        ("accident_competence", {"grade": "较大"}, {"investigated_by": "city", "fined_by": "city"}),
        ("reply_due", {"received": "2026-06-01", "grade": "重大"}, {"due": "2026-06-16"}),
        ("reply_due", {"received": "2026-06-01", "grade": "特别重大", "extended": True}, {"due": "2026-07-31"}),
        ("lessons_review_due", {"replied": "2026-06-16"}, {"due": "2027-06-16"}),
        ("ban_until", {"served_until": "2024-02-29", "grade": "特别重大"}, {"until": "2029-02-28", "lifetime_industry": True}),
    ],
)  # fmt: skip
def test_worked_examples_beside_the_list(name, given_, answer):
    assert call(name, given_) == answer
    told = explain(name, given_)
    assert told["citations"]


@pytest.mark.parametrize(
    ("dates", "trigger"),
    [
        (["2026-01-31", "2026-04-30"], True),
        (["2026-01-31", "2026-05-01"], False),
        (["2026-04-30", "2025-10-01", "2026-02-01"], True),
        (["2026-01-31"], False),
        ([], False),
    ],
)
def test_a_coal_mine_found_twice_in_three_months_is_to_be_closed(dates, trigger):
    assert call("coal_closure_trigger", {"found_dates": dates}) == {"trigger": trigger}


def test_what_order_15_said_holds_until_order_18():
    before, after = date(2026, 1, 31), date(2026, 2, 1)
    assert call("waived_liability_fine", {"kind": "waiving"}, before) == {"lo": 5, "hi": 10}
    for day, instrument in ((before, "cn/saws-order-15"), (after, "cn/mem-order-18")):
        told = explain("hearing_right", {"who": "unit", "fine_yuan": 50000}, day)
        assert told["citations"][0]["instrument"] == instrument
        assert told["citations"][0]["confidence"] == ("low" if day == after else "high")


def test_before_order_14_other_leaders_had_the_whole_range():
    given_ = {"income_wan": 20, "grade": "一般"}
    assert call("leader_income_fine", given_, date(2024, 2, 29)) == {"lo_wan": 4, "hi_wan": 10}


def test_a_larger_accident_goes_to_the_province_by_phone_a_general_one_does_not():
    told = call("report_plan", {"notified": "2026-05-01T23:30", "grade": "较大"})
    assert told == {"province_by_phone": "2026-05-02T00:30", "follow_ups_per_day": 1, "reported_up_to": "province"}
    told = call("report_plan", {"notified": "2026-05-01T23:30", "grade": "一般"})
    assert told == {"province_by_phone": None, "follow_ups_per_day": 1, "reported_up_to": "city"}


def test_the_hour_to_report_keeps_its_seconds_and_its_zone():
    moment = "2026-05-01T10:00:30+08:00"
    told = call("report_deadlines", {"notified": moment, "grade": "重大"})
    assert told["unit_to_county"] == (datetime.fromisoformat(moment) + timedelta(hours=1)).isoformat()


@pytest.mark.parametrize(
    ("name", "given_", "field"),
    [
        ("accident_grade", {"deaths": -1, "heavy": 0, "loss_wan": 0}, "deaths"),
        ("accident_grade", {"deaths": 0, "heavy": 0, "loss_wan": -0.5}, "loss_wan"),
        ("accident_grade", {"deaths": 1.5, "heavy": 0, "loss_wan": 0}, "deaths"),
        ("principal_income_fine", {"income_wan": 36, "grade": "重特大"}, "grade"),
        ("principal_income_fine", {"income_wan": -36, "grade": "重大"}, "income_wan"),
        ("daily_fine", {"original_wan": 5, "order_date": "2026-03-11", "recheck_date": "2026-03-10"}, "recheck_date"),
        ("late_penalty", {"fine": 5, "days_late": -1}, "days_late"),
        ("closure_trigger", {"penalty_dates": ["2025-02-30"], "major_hazard": True}, "penalty_dates[0]"),
        ("ban_until", {"served_until": "9998-01-01", "grade": "重大"}, "served_until"),
        ("supplement_deadline", {"accident": "2026-05-01", "kind": "rail"}, "kind"),
    ],
)
def test_what_cannot_be_is_refused_with_field_and_reason(name, given_, field):
    with pytest.raises(Invalid) as refused:
        call(name, given_)
    assert refused.value.facts["field"] == field
    assert refused.value.facts["reason"]("zh")
    assert "example" in refused.value.facts
