"""What holds of accident grades, fines and the pause of safety funds at each of their bounds."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.properties import FEW, answer, property_of
from zhiben.kernel.errors import Invalid, NotFound

TODAY = date(2026, 11, 22)
LEAST = st.fractions(Fraction(1, 10**6), Fraction(1, 10), max_denominator=10**6)
GRADES = ["一般", "较大", "重大", "特别重大"]
BOUNDS = {"deaths": [3, 10, 30], "heavy": [10, 50, 100], "loss_wan": [1000, 5000, 10000]}  # Order 493 art. 3: included
HARM = st.fixed_dictionaries(
    {
        "deaths": st.integers(0, 40),
        "heavy": st.integers(0, 120),
        "loss_wan": st.sampled_from([0, 1000, 5000, 10000]) | st.fractions(0, 12000, max_denominator=100),
    }
)
MONEY = st.fractions(Fraction(1, 100), 10**5, max_denominator=100)


def _grade(harm, on=TODAY):
    return GRADES.index(answer("accident_grade", on=on, **harm)["grade"])


@property_of("accident_grade")
@FEW
@given(HARM, HARM)
def test_an_accident_has_the_highest_grade_that_any_figure_reaches_alone(harm, other):
    by_figure = [sum(harm[name] >= bound for bound in BOUNDS[name]) for name in BOUNDS]
    assert _grade(harm) == max(by_figure)
    alone = [_grade({each: harm[each] * (each == name) for each in BOUNDS}) for name in BOUNDS]
    assert alone == by_figure
    both = {name: max(harm[name], other[name]) for name in BOUNDS}
    assert _grade(both) == max(_grade(harm), _grade(other))


@property_of("accident_grade")
@FEW
@given(st.sampled_from(sorted(BOUNDS)), st.integers(0, 2), LEAST)
def test_a_bound_of_a_grade_belongs_to_the_higher_one(name, at, least):
    bound, nothing = BOUNDS[name][at], dict.fromkeys(BOUNDS, 0)
    less = least if name == "loss_wan" else 1
    assert [_grade(nothing | {name: value}) for value in (bound - less, bound)] == [at, at + 1]
    with pytest.raises(Invalid):
        _grade(nothing | {name: -less})


@property_of("accident_grade")
@FEW
@given(HARM, st.dates(date(2005, 1, 1), date(2010, 1, 1)))
def test_before_order_493_no_accident_is_graded(harm, day):
    since = date(2007, 6, 1)
    assert _grade(harm, since) == _grade(harm)
    if day < since:
        with pytest.raises(NotFound, match="not-in-force"):
            _grade(harm, day)
    else:
        assert _grade(harm, day) == _grade(harm)


STEPS = [  # MEM Order 14, in force from March 2024: deaths, serious injuries, loss, least and highest fine (10000 yuan)
    (0, 0, 0, 30, 50), (1, 3, 300, 50, 70), (2, 6, 500, 70, 100), (3, 10, 1000, 100, 120), (5, 20, 2000, 120, 150),
    (7, 30, 3000, 150, 200), (10, 50, 5000, 200, 400), (13, 60, 6000, 400, 600), (15, 70, 7000, 600, 1000),
    (30, 100, 10000, 1000, 1200), (40, None, None, 1200, 1500), (50, None, None, 1500, 2000),
]  # fmt: skip


@property_of("unit_fine")
@FEW
@given(
    st.integers(0, 60),
    st.dates(date(2021, 9, 1), date(2028, 1, 1)) | st.sampled_from([date(2024, 2, 29), date(2024, 3, 1)]),
)
def test_deaths_alone_set_the_step_of_the_fine_from_the_day_of_its_order_on(deaths, day):
    told = answer("unit_fine", deaths=deaths, heavy=0, loss_wan=0, on=day)
    *_, lo, hi = next(row for row in reversed(STEPS) if deaths >= row[0])
    whole = {"一般": (30, 100), "较大": (100, 200), "重大": (200, 1000), "特别重大": (1000, 2000)}[told["grade"]]
    assert (told["lo"], told["hi"]) == ((lo, hi) if day >= date(2024, 3, 1) else whole)


@property_of("unit_fine")
@FEW
@given(st.integers(1, 9), LEAST)
def test_a_bound_of_a_step_belongs_to_the_higher_one_for_injuries_and_loss(at, least):
    def fined(heavy=0, loss_wan=0):
        told = answer("unit_fine", deaths=0, heavy=heavy, loss_wan=loss_wan, on=TODAY)
        return told["lo"], told["hi"]

    _, heavy, loss, *fine = STEPS[at]
    below = tuple(STEPS[at - 1][3:])
    assert (fined(heavy=heavy), fined(heavy=heavy - 1)) == (tuple(fine), below)
    assert (fined(loss_wan=loss), fined(loss_wan=loss - least)) == (tuple(fine), below)


@property_of("principal_income_fine")
@FEW
@given(MONEY, st.integers(2, 9))
def test_a_principal_pays_more_of_the_income_for_every_grade_more(income, k):
    fines = [answer("principal_income_fine", income_wan=income, grade=grade, on=TODAY)["fine_wan"] for grade in GRADES]
    assert [fine * 100 / income for fine in fines] == [40, 60, 80, 100]
    assert answer("principal_income_fine", income_wan=income * k, grade=GRADES[0], on=TODAY)["fine_wan"] == fines[0] * k


@property_of("daily_fine")
@FEW
@given(MONEY, st.dates(date(2021, 9, 1), date(2026, 6, 30)), st.integers(0, 100), st.integers(1, 30))
def test_a_fine_by_the_day_counts_from_the_day_after_the_order_and_adds_up(fine, ordered, days, more):
    def told(after):
        return answer("daily_fine", original_wan=fine, order_date=ordered, recheck_date=ordered + timedelta(days=after))

    assert told(0) == {"days": 0, "extra_wan": 0}
    assert told(days + more)["extra_wan"] - told(days)["extra_wan"] == more * fine
    with pytest.raises(Invalid):
        told(-more)


@property_of("late_penalty")
@FEW
@given(MONEY, st.integers(0, 60))
def test_late_payment_costs_three_per_cent_a_day_until_it_equals_the_fine(fine, days):
    extra = answer("late_penalty", fine=fine, days_late=days, on=TODAY)["extra"]
    assert extra == min(fine * Fraction(3, 100) * days, fine)


@property_of("fund_pause")
@FEW
@given(MONEY, MONEY, LEAST, st.integers(2, 9))
def test_the_charge_pauses_from_three_times_what_was_due_on(balance, due, least, k):
    def pauses(held, last_year=due):
        return answer("fund_pause", balance_wan=held, last_year_wan=last_year, on=TODAY)["pause"]

    assert pauses(balance) == (balance >= 3 * due)
    assert (pauses(3 * due), pauses(3 * due - least * due)) == (True, False)
    assert pauses(balance * k, due * k) == pauses(balance)
    assert pauses(balance + due) or not pauses(balance)
    for held, last_year in ((-least, due), (balance, 0)):
        with pytest.raises(Invalid):
            pauses(held, last_year)


@property_of("fund_pause")
@FEW
@given(MONEY, st.dates(date(2020, 1, 1), date(2025, 1, 1)))
def test_before_the_measures_of_2022_no_pause_is_told(due, day):
    since = date(2022, 11, 21)
    assert answer("fund_pause", balance_wan=0, last_year_wan=due, on=since) == {"pause": False}
    if day < since:
        with pytest.raises(NotFound, match="not-in-force"):
            answer("fund_pause", balance_wan=0, last_year_wan=due, on=day)
    else:
        assert answer("fund_pause", balance_wan=0, last_year_wan=due, on=day) == {"pause": False}
