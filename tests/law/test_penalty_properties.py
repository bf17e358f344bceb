"""What holds of every answer about penalties, rewards, funds and ratings, whatever is given."""

import json
from datetime import date, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.law.properties import FEW, property_of
from tests.law.told import bare
from zhiben.law import accidents, case_steps, duties, enforcement, funds, insurance, penalties, rating, rewards
from zhiben.law.calendar import official
from zhiben.law.parameters import parameter
from zhiben.law.spans import years_after

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2024, 3, 1), date(2026, 10, 1))
MOMENTS = st.datetimes(datetime(2024, 3, 1), datetime(2026, 10, 1))  # noqa: DTZ001 -- as people give them
MONEY = st.fractions(0, 10**6, max_denominator=100)
GRADES = st.sampled_from(list(accidents.GRADES))
PER_UNIT = parameter("cn/fund/per-unit").in_force(TODAY).value
PERCENT = parameter("cn/fund/percent").in_force(TODAY).value


@property_of("report_deadlines")
@given(MOMENTS, GRADES)
def test_an_accident_is_reported_within_the_hour(told, grade):
    answer = accidents.report_deadlines(told, grade)
    assert answer["unit_to_county"] - told == timedelta(hours=1)


@property_of("supplement_deadline")
@given(DAYS, st.sampled_from(["general", "road", "fire"]))
def test_fires_and_road_accidents_close_their_counts_sooner(day, kind):
    until, general = (accidents.supplement_deadline(day, each)["until"] for each in (kind, "general"))
    assert day < until <= general == day + timedelta(30)


@property_of("investigation_due", "reply_due", "report_due")
@given(DAYS, GRADES)
def test_an_extension_never_brings_a_day_forward(day, grade):
    short, long = (accidents.investigation_due(day, extended=each)["report_due"] for each in (False, True))
    assert (long - short, short - day) == (timedelta(60), timedelta(60))
    assert accidents.reply_due(day, grade)["due"] <= accidents.reply_due(day, grade, extended=True)["due"]
    assert rewards.report_due(day, extended=True)["due"] - rewards.report_due(day, extended=False)["due"] == timedelta(
        30
    )


@property_of("publish_due_workdays")
@given(DAYS, st.integers(0, 40))
def test_a_decision_is_published_on_a_working_day_so_many_on(day, days):
    due = case_steps.publish_due_workdays(day, days)["due"]
    assert official().workdays_between(day, due).days == days
    assert days == 0 or not official().is_offday(due)


@property_of("ban_until", "dishonest_list", "std_expiry")
@given(DAYS, GRADES)
def test_a_ban_and_a_listing_end_on_their_own_day_years_later(day, grade):
    until, ends = penalties.ban_until(day, grade)["until"], rating.dishonest_list(day)["ends"]
    for end, years in ((until, 5), (ends, 3)):
        assert (end.year, end.month) == (day.year + years, day.month)
        assert end.day == day.day or (day.month, day.day, end.day) == (2, 29, 28)
    expiry = rating.std_expiry(day)
    assert timedelta(88) <= expiry["expires"] - expiry["apply_from"] <= timedelta(92)


@property_of("safety_staff_rule")
@given(st.sampled_from([0, 100, 101]) | st.integers(0, 10**6), st.booleans())
def test_only_small_units_outside_the_list_go_without_full_time_staff(employees, listed):
    needed = duties.safety_staff_rule(employees, high_risk=listed, on=TODAY)["institution_or_fulltime"]
    assert needed == (listed or employees >= 101)


@property_of("principal_income_fine", "leader_income_fine")
@given(MONEY, GRADES)
def test_the_principal_never_pays_more_than_the_income_and_leaders_no_more_than_half(income, grade):
    fine = penalties.principal_income_fine(income, grade, on=TODAY)["fine_wan"]
    leaders = penalties.leader_income_fine(income, grade, on=TODAY)
    assert Fraction(2, 5) * income <= fine <= income
    assert income / 5 <= leaders["lo_wan"] <= leaders["hi_wan"] <= income / 2


@property_of("enforcement_stats")
@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)), max_size=6))
def test_every_body_is_told_apart_and_none_without_inspections_is_called_zero(rows):
    given_ = [enforcement.Inspections(str(at), max(row), min(row), sorted(row)[1]) for at, row in enumerate(rows)]
    told = enforcement.enforcement_stats(given_, on=TODAY)
    assert list(bare(told)) == [row.org for row in given_]
    for row in given_:
        rate, zero = told[row.org]["penalty_rate"], told[row.org]["zero"]
        assert (rate is None) == (row.inspections == 0)
        assert zero == (rate == 0)


@property_of("fund_unit")
@given(st.sampled_from(sorted(PER_UNIT)), MONEY, MONEY)
def test_funds_by_quantity_add_up(key, one, other):
    both = funds.fund_unit(key, one + other, on=TODAY)["yuan"]
    assert both == funds.fund_unit(key, one, on=TODAY)["yuan"] + funds.fund_unit(key, other, on=TODAY)["yuan"]


@property_of("fund_percent")
@given(st.sampled_from(sorted(PERCENT)), MONEY)
def test_funds_by_cost_stay_between_one_and_three_and_a_half_percent(key, base):
    wan = funds.fund_percent(key, base, on=TODAY)["wan"]
    assert base / 100 <= wan <= base * Fraction(7, 200)


@property_of("std_grade")
@given(st.fractions(0, 100, max_denominator=10), st.fractions(0, 100, max_denominator=10))
def test_a_better_score_never_gets_a_worse_grade(one, other):
    order = ["一级", "二级", "三级", None]
    low, high = (order.index(rating.std_grade(each, on=TODAY)["grade"]) for each in sorted((one, other)))
    assert high <= low


@property_of("insurance_min")
@given(st.integers(0, 10**6))
def test_cover_grows_with_every_person(people):
    told = insurance.insurance_min(people, on=TODAY)
    assert told["total_wan"] == told["per_person_min_wan"] * people
    assert json.dumps(told)


@property_of("closure_trigger")
@FEW
@given(DAYS, st.integers(0, 180), st.integers(0, 400), st.integers(1, 40), st.randoms(use_true_random=False))
def test_three_penalties_in_180_days_or_four_in_a_year_ask_for_closure(first, second, third, more, random):
    def why(*after):
        days = [first + timedelta(days=each) for each in after]
        random.shuffle(days)
        told = penalties.closure_trigger(days, major_hazard=True)
        assert told["trigger"] == (told["why"] is not None)
        assert not penalties.closure_trigger(days, major_hazard=False)["trigger"]
        return told["why"]

    assert why(0, second, third) == ("3 in 180 days" if max(second, third) <= 180 else None)
    assert (why(0, second, 180), why(0, second, 181 + more)) == ("3 in 180 days", None)
    year = (years_after(first, 1) - first).days
    spread = (0, 1, 182)  # no three of them within 180 days, nor the last two with the fourth
    assert why(*spread, year) == ("4 in a year" if year - 1 > 180 else why(*spread))
    assert why(*spread, year + more) is None


@property_of("reward")
@FEW
@given(MONEY, GRADES, st.integers(1, 40))
def test_a_report_earns_fifteen_per_cent_of_the_fine_or_so_much_for_each_concealed_dead(fine, grade, people):
    told = rewards.reward("hazard_or_violation", fine, on=TODAY)["yuan"]
    assert told == min(max(fine * Fraction(15, 100), 3000), 300000)
    each = {"一般": 30000, "较大": 40000, "重大": 50000, "特别重大": 60000}[grade]
    assert rewards.reward("concealed", grade=grade, people=people, on=TODAY)["yuan"] == min(each * people, 300000)


TIERS = [(0, Fraction(9, 2)), (1000, Fraction(9, 4)), (10**4, Fraction(11, 20)), (10**5, Fraction(1, 5))]  # 10000 yuan


@property_of("fund_tier")
@FEW
@given(st.sampled_from([0, 1000, 10**4, 10**5]) | st.fractions(0, 2 * 10**5, max_denominator=10), st.integers(0, 3))
def test_each_tier_of_revenue_bears_its_own_rate(revenue, at):
    def annual(wan):
        return funds.fund_tier("危险品生产与储存", wan, on=TODAY)["annual_wan"]

    start, percent = TIERS[at]
    tops = [*(low for low, _ in TIERS[1:]), None]
    parts = [
        max((revenue if top is None else min(revenue, top)) - low, 0) * rate / 100
        for (low, rate), top in zip(TIERS, tops, strict=True)
    ]
    assert annual(revenue) == sum(parts)
    assert annual(start + 1) - annual(start) == percent / 100  # the bound itself still belongs to the lower tier


@property_of("std_grade")
@FEW
@given(st.sampled_from([90, 75, 60]), st.fractions(Fraction(1, 1000), 1, max_denominator=1000), st.booleans())
def test_the_least_score_of_a_grade_is_enough_and_a_veto_item_leaves_none(bound, less, veto):
    grades = {90: "一级", 75: "二级", 60: "三级"}
    lower = {90: "二级", 75: "三级", 60: None}[bound]
    told = [rating.std_grade(score, veto=veto, on=TODAY)["grade"] for score in (bound, bound - less)]
    assert told == ([None, None] if veto else [grades[bound], lower])
