"""What holds of every major hazard source by GB 18218, whatever stands on its site and whoever lives around it."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.properties import FEW, answer, property_of
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law.hazard_sources import Item

TODAY = date(2026, 11, 22)
PEOPLE = st.sampled_from([0, 1, 29, 30, 49, 50, 99, 100]) | st.integers(0, 10**5)
MASS = st.fractions(0, 500, max_denominator=100)
BETAS = [1, Fraction(3, 2), 2, 3, 4, 5, 10, 20]
ITEM = st.builds(
    lambda q, whole, beta: Item(q, "x", Q=whole, beta=beta), MASS, st.integers(1, 500), st.sampled_from(BETAS)
)
ITEMS = st.lists(ITEM, min_size=1, max_size=4)
BOUNDS = [100, 50, 10]  # of R: at it and above levels 1, 2, 3


def _graded(items, people=0):
    return answer("gb18218", on=TODAY, items=items, people_500m=people)


def _alpha(people):
    return answer("alpha", on=TODAY, people_500m=people)["alpha"]


@property_of("gb18218", "alpha", "r_level")
@FEW
@given(ITEMS, PEOPLE)
def test_a_source_is_the_sum_of_its_shares_weighed_by_the_factors(items, people):
    told, total = _graded(items, people), sum(Fraction(one.q) / one.Q for one in items)
    assert told["S"] == total
    assert told["is_major"] == (total >= 1)
    assert told["alpha"] == _alpha(people)
    weighed = told["alpha"] * sum(one.beta * Fraction(one.q) / one.Q for one in items)
    assert told["R"] == (weighed if told["is_major"] else None)
    assert told["level"] == (answer("r_level", on=TODAY, R=weighed)["level"] if told["is_major"] else None)
    assert answer("r_level", on=TODAY, R=Fraction(1, 10**6)) == {"level": 4}


@property_of("gb18218")
@FEW
@given(ITEM, st.fractions(0, 1, max_denominator=7), st.integers(2, 9), PEOPLE)
def test_a_substance_in_two_tanks_counts_once_and_everything_grows_with_the_quantity(item, part, times, people):
    whole = _graded([item], people)
    tanks = [Item(item.q * share, "x", Q=item.Q, beta=item.beta) for share in (part, 1 - part)]
    assert _graded(tanks, people) == whole
    more = _graded([Item(item.q * times, "x", Q=item.Q, beta=item.beta)], people)
    assert more["S"] == times * whole["S"]
    if whole["is_major"]:
        assert more["R"] == times * whole["R"]
        assert more["level"] <= whole["level"]


@property_of("gb18218")
@FEW
@given(st.integers(1, 10**4), st.fractions(Fraction(1, 10**9), 1, max_denominator=10**9))
def test_the_threshold_itself_is_major_and_the_least_below_it_is_not(threshold, less):
    at, below = (_graded([Item(q, "x", Q=threshold, beta=1)]) for q in (threshold, threshold - less))
    assert (at["S"], at["is_major"], at["R"], at["level"]) == (1, True, Fraction(1, 2), 4)
    assert (below["is_major"], below["R"], below["level"]) == (False, None, None)


@property_of("alpha")
@FEW
@given(PEOPLE, st.integers(0, 200))
def test_the_factor_of_the_people_around_rises_by_the_steps_of_the_table(people, more):
    steps = [(100, 2), (50, Fraction(3, 2)), (30, Fraction(6, 5)), (1, 1), (0, Fraction(1, 2))]
    assert _alpha(people) == next(factor for least, factor in steps if people >= least)
    assert _alpha(people + more) >= _alpha(people)


@property_of("alpha")
@FEW
@given(st.integers(-(10**6), -1), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_fewer_people_than_none_and_days_before_the_standard_are_refused(people, day):
    with pytest.raises(Invalid, match="impossible"):
        answer("alpha", on=TODAY, people_500m=people)
    if day < date(2019, 3, 1):
        with pytest.raises(NotFound, match="not-in-force"):
            answer("alpha", on=day, people_500m=-people)
    else:
        assert answer("alpha", on=day, people_500m=-people)["alpha"] == _alpha(-people)


@property_of("r_level")
@FEW
@given(st.sampled_from(BOUNDS), st.fractions(Fraction(1, 10**9), 1, max_denominator=10**9))
def test_a_bound_of_a_level_belongs_to_the_higher_one(bound, less):
    at, below, above = (
        answer("r_level", on=TODAY, R=graded)["level"] for graded in (bound, bound - less, bound + less)
    )
    assert at == above == BOUNDS.index(bound) + 1
    assert below == at + 1


@property_of("r_level")
@FEW
@given(st.fractions(Fraction(1, 1000), 300), st.fractions(0, 300))
def test_a_greater_figure_never_has_a_lower_level(graded, more):
    level, higher = (answer("r_level", on=TODAY, R=each)["level"] for each in (graded, graded + more))
    assert 1 <= higher <= level <= 4
    assert level == 4 - sum(graded >= bound for bound in BOUNDS)
