"""The national plan's cohorts, ages and medians, with the worked numbers of docs/algorithms/clearing.md."""

from datetime import date
from fractions import Fraction
from statistics import median as plain_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiben.insights.domain.measures import ClearingRow
from zhiben.insights.models import Major, TallyAge
from zhiben.insights.plan import ages, median, plan_figures


def test_the_worked_month_balances():
    row = ClearingRow(
        open_before=40, found=12, reopened=1, moved_in=2, moved_out=3, signed_off=15, voided=1, open_after=36
    )
    assert row.balances()


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40))
def test_the_median_of_counted_values_is_the_median(values):
    histogram = [(value, values.count(value)) for value in sorted(set(values))]
    assert median(histogram) == Fraction(plain_median(values))


def test_the_median_of_nothing_is_none():
    assert median([]) is None
    assert median([(1, 2), (5, 1), (9, 1)]) == 3


def major(number, found, closed=None, due=None, plan=False):
    Major.objects.create(danger=number, path="/1/", found_on=found, closed_on=closed, due_on=due, has_plan=plan)


@pytest.mark.django_db
def test_cohorts_are_told_apart_by_the_day_found():
    major(1, date(2023, 12, 31), date(2024, 6, 1))
    major(2, date(2023, 5, 1), date(2024, 12, 31))
    major(3, date(2022, 1, 1))
    major(4, date(2024, 1, 1))
    figures = plan_figures(None, date(2024, 12, 31))
    assert (figures.cohorts.stock, figures.cohorts.stock_closed, figures.cohorts.increment) == (3, 2, 1)
    assert figures.cohorts.stock_clear_rate == Fraction(2, 3)
    assert figures.new_by_month[0] == ("2024-01", 1)


@pytest.mark.django_db
def test_dynamic_clearing_wants_a_plan_for_each_and_none_overdue():
    major(1, date(2026, 1, 1), due=date(2026, 6, 1), plan=True)
    assert plan_figures(None, date(2026, 6, 1)).is_dynamically_clear
    assert not plan_figures(None, date(2026, 6, 2)).is_dynamically_clear
    Major.objects.update(closed_on=date(2026, 5, 30))
    figures = plan_figures(None, date(2026, 6, 2))
    assert figures.is_dynamically_clear
    assert figures.on_time_share == 1


@pytest.mark.django_db
def test_ages_add_up_over_months():
    for month, days, n, on_time in ((670, 1, 2, 2), (671, 5, 1, 1), (671, 9, 1, 0)):
        TallyAge.objects.create(unit=0, month=month, level=1, days=days, n=n, on_time=on_time)
    told = ages(None, 670, 671)
    assert (told.signed_off, told.median_days, told.on_time_share) == (4, 3, Fraction(3, 4))
