"""Weeks, months, quarters and years: where they begin and end, and how they are named."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiben.insights.domain.cycles import CycleKind, cycle_at, cycle_named, last_over
from zhiben.kernel.errors import Invalid

days = st.dates(date(1991, 1, 1), date(2198, 12, 31))
kinds = st.sampled_from(CycleKind)


@given(kinds, days)
def test_every_day_lies_in_one_cycle_and_its_name_leads_back(kind, day):
    cycle = cycle_at(kind, day)
    assert cycle.since <= day < cycle.until
    assert cycle_named(cycle.name) == cycle
    assert cycle_at(kind, cycle.last) == cycle


@given(kinds, days)
def test_cycles_follow_each_other_without_gap(kind, day):
    cycle = cycle_at(kind, day)
    assert cycle.before.until == cycle.since
    assert cycle.after.since == cycle.until


def test_a_week_across_two_years_belongs_to_the_year_of_its_thursday():
    assert cycle_at(CycleKind.WEEK, date(2027, 1, 1)).name == "2026-W53"


def test_the_last_one_over_ends_before_today():
    monday = date(2026, 3, 2)
    assert last_over(CycleKind.WEEK, monday).last == monday - timedelta(days=1)
    assert last_over(CycleKind.MONTH, monday).name == "2026-02"


@pytest.mark.parametrize(
    "text", ["", "2026-W54", "2026-W00", "2026-13", "2026-00", "2026-Q5", "0000", "1066", "9999", "٢٠٢٦", "2026-W", "x" * 5000, "\x00"]
)  # fmt: skip
def test_nonsense_is_refused(text):
    with pytest.raises(Invalid) as refused:
        cycle_named(text)
    assert refused.value.code == "period:unreadable"
