"""Supervision by class and level: classes and rhythm are settings, the days of a plan are counted as the measures say."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.told import call
from zhiben.kernel.errors import Invalid
from zhiben.law.explaining import explain

DAY = date(2026, 11, 22)
PLAN = {"officers": 6, "workdays": 249, "other_enforcement_days": 300, "other_days": 420, "days_per_visit": 1}


@pytest.mark.parametrize(
    ("points", "found"), [(100, "A"), (90, "A"), ("89.9", "B"), (75, "B"), ("74.9", "C"), (60, "C"), ("59.9", "D"), (0, "D")]
)  # fmt: skip
def test_both_sides_of_the_classes(points, found):
    from zhiben.kernel.quantities import exact  # noqa: PLC0415 -- text of the table only

    whole = exact(points)
    parts = {"inherent": min(whole, 40), "management": min(max(whole - 40, 0), 40), "performance": max(whole - 80, 0)}
    assert call("management_class", parts, DAY)["class"] == found
    assert call("management_class", parts | {"veto": True}, DAY)["class"] == "D"


@pytest.mark.parametrize(
    ("colour", "due"), [("red", "2026-02-28"), ("orange", "2026-05-30"), ("yellow", "2026-11-30"), ("blue", None)]
)
def test_when_an_enterprise_is_inspected_again(colour, due):
    assert call("inspection_due", {"colour": colour, "last": "2025-11-30"}, DAY)["due"] == due


def test_a_plan_counts_its_days():
    assert call("inspection_plan", PLAN, DAY) == {"available_days": 774, "visits": 387}
    assert call("inspection_plan", PLAN | {"days_per_visit": 1.5, "officers_per_visit": 3}, DAY)["visits"] == 172
    assert (
        call("inspection_plan", PLAN | {"officers": 1, "other_enforcement_days": 0, "other_days": 0}, DAY)["visits"]
        == 0
    )
    assert call("inspection_plan", PLAN | {"other_days": 5000}, DAY) == {"available_days": 0, "visits": 0}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 50), st.integers(0, 366), st.integers(0, 3000), st.integers(1, 9))
def test_more_officers_never_mean_fewer_visits(officers, workdays, others, days):
    def visits(count):
        given_ = PLAN | {"officers": count, "workdays": workdays, "other_days": others, "days_per_visit": days}
        return call("inspection_plan", given_, DAY)["visits"]

    assert visits(officers + 1) >= visits(officers)


@pytest.mark.parametrize(
    ("name", "given_", "field"),
    [
        ("management_class", {"inherent": 41, "management": 0, "performance": 0}, "inherent"),
        ("management_class", {"inherent": 0, "management": -1, "performance": 0}, "management"),
        ("inspection_plan", PLAN | {"officers_per_visit": 1}, "officers_per_visit"),
        ("inspection_plan", PLAN | {"days_per_visit": 0}, "days_per_visit"),
        ("inspection_plan", PLAN | {"workdays": 367}, "workdays"),
        ("inspection_due", {"colour": "green", "last": "2026-01-01"}, "colour"),
    ],
)
def test_what_cannot_be_is_refused(name, given_, field):
    with pytest.raises(Invalid) as refused:
        call(name, given_, DAY)
    assert refused.value.facts["field"] == field


def test_what_is_a_setting_says_so():
    assert explain("inspection_due", {"colour": "red", "last": "2026-01-01"}, DAY)["rests_on"] == "setting"
    assert explain("inspection_plan", PLAN, DAY)["rests_on"] == "law"
