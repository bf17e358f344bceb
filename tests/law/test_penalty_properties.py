"""What holds of every answer about penalties, rewards, funds and ratings, whatever is given."""

import json
from datetime import date, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.law.told import bare
from zhiben.law import accidents, case_steps, duties, enforcement, funds, insurance, penalties, rating, rewards
from zhiben.law.calendar import official
from zhiben.law.parameters import parameter

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2024, 3, 1), date(2026, 10, 1))
MOMENTS = st.datetimes(datetime(2024, 3, 1), datetime(2026, 10, 1))  # noqa: DTZ001 -- as people give them
MONEY = st.fractions(0, 10**6, max_denominator=100)
GRADES = st.sampled_from(list(accidents.GRADES))
PER_UNIT = parameter("cn/fund/per-unit").in_force(TODAY).value
PERCENT = parameter("cn/fund/percent").in_force(TODAY).value


@given(MOMENTS, GRADES)
def test_an_accident_is_reported_within_the_hour(told, grade):
    answer = accidents.report_deadlines(told, grade)
    assert answer["unit_to_county"] - told == timedelta(hours=1)


@given(DAYS, st.sampled_from(["general", "road", "fire"]))
def test_fires_and_road_accidents_close_their_counts_sooner(day, kind):
    until, general = (accidents.supplement_deadline(day, each)["until"] for each in (kind, "general"))
    assert day < until <= general == day + timedelta(30)


@given(DAYS, GRADES)
def test_an_extension_never_brings_a_day_forward(day, grade):
    short, long = (accidents.investigation_due(day, extended=each)["report_due"] for each in (False, True))
    assert (long - short, short - day) == (timedelta(60), timedelta(60))
    assert accidents.reply_due(day, grade)["due"] <= accidents.reply_due(day, grade, extended=True)["due"]
    assert rewards.report_due(day, extended=True)["due"] - rewards.report_due(day, extended=False)["due"] == timedelta(
        30
    )


@given(DAYS, st.integers(0, 40))
def test_a_decision_is_published_on_a_working_day_so_many_on(day, days):
    due = case_steps.publish_due_workdays(day, days)["due"]
    assert official().workdays_between(day, due).days == days
    assert days == 0 or not official().is_offday(due)


@given(DAYS, GRADES)
def test_a_ban_and_a_listing_end_on_their_own_day_years_later(day, grade):
    until, ends = penalties.ban_until(day, grade)["until"], rating.dishonest_list(day)["ends"]
    for end, years in ((until, 5), (ends, 3)):
        assert (end.year, end.month) == (day.year + years, day.month)
        assert end.day == day.day or (day.month, day.day, end.day) == (2, 29, 28)
    expiry = rating.std_expiry(day)
    assert timedelta(88) <= expiry["expires"] - expiry["apply_from"] <= timedelta(92)


@given(st.integers(0, 10**6), st.booleans())
def test_only_small_units_outside_the_list_go_without_full_time_staff(employees, listed):
    needed = duties.safety_staff_rule(employees, high_risk=listed, on=TODAY)["institution_or_fulltime"]
    assert needed == (listed or employees >= 101)


@given(MONEY, GRADES)
def test_the_principal_never_pays_more_than_the_income_and_leaders_no_more_than_half(income, grade):
    fine = penalties.principal_income_fine(income, grade, on=TODAY)["fine_wan"]
    leaders = penalties.leader_income_fine(income, grade, on=TODAY)
    assert Fraction(2, 5) * income <= fine <= income
    assert income / 5 <= leaders["lo_wan"] <= leaders["hi_wan"] <= income / 2


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)), max_size=6))
def test_every_body_is_told_apart_and_none_without_inspections_is_called_zero(rows):
    given_ = [enforcement.Inspections(str(at), max(row), min(row), sorted(row)[1]) for at, row in enumerate(rows)]
    told = enforcement.enforcement_stats(given_, on=TODAY)
    assert list(bare(told)) == [row.org for row in given_]
    for row in given_:
        rate, zero = told[row.org]["penalty_rate"], told[row.org]["zero"]
        assert (rate is None) == (row.inspections == 0)
        assert zero == (rate == 0)


@given(st.sampled_from(sorted(PER_UNIT)), MONEY, MONEY)
def test_funds_by_quantity_add_up(key, one, other):
    both = funds.fund_unit(key, one + other, on=TODAY)["yuan"]
    assert both == funds.fund_unit(key, one, on=TODAY)["yuan"] + funds.fund_unit(key, other, on=TODAY)["yuan"]


@given(st.sampled_from(sorted(PERCENT)), MONEY)
def test_funds_by_cost_stay_between_one_and_three_and_a_half_percent(key, base):
    wan = funds.fund_percent(key, base, on=TODAY)["wan"]
    assert base / 100 <= wan <= base * Fraction(7, 200)


@given(st.fractions(0, 100, max_denominator=10), st.fractions(0, 100, max_denominator=10))
def test_a_better_score_never_gets_a_worse_grade(one, other):
    order = ["一级", "二级", "三级", None]
    low, high = (order.index(rating.std_grade(each, on=TODAY)["grade"]) for each in sorted((one, other)))
    assert high <= low


@given(st.integers(0, 10**6))
def test_cover_grows_with_every_person(people):
    told = insurance.insurance_min(people, on=TODAY)
    assert told["total_wan"] == told["per_person_min_wan"] * people
    assert json.dumps(told)
