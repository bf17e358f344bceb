"""What holds of hours, examinations, certificates, drills and plans, whatever is given."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.properties import FEW, answer, property_of
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law.calendar import official

TODAY = date(2026, 11, 22)
ONE = timedelta(days=1)
ORDER_3, ORDER_88, PLAN = date(2015, 7, 1), date(2019, 9, 1), date(2024, 1, 1)  # in force from
NEVER = 10**4
ROLES = st.sampled_from(["principal", "safety_manager", "worker"])
KINDS = st.sampled_from(["initial", "annual"])


def _same_day(start, months):
    """The day so many months on, or the last day of a month that lacks it."""
    at = start.year * 12 + start.month - 1 + months
    first, following = (date(each // 12, each % 12 + 1, 1) for each in (at, at + 1))
    return min(first + timedelta(days=start.day - 1), following - ONE)


def _refused_before(name, field, since, day, **given_):
    """From its first day a rule is answered by the day given, before it refused."""
    assert answer(name, **{field: since}, **given_)
    if day < since:
        with pytest.raises(NotFound, match="not-in-force"):
            answer(name, **{field: day}, **given_)
    else:
        assert answer(name, **{field: day}, **given_)


@property_of("training_hours")
@FEW
@given(ROLES, st.booleans(), KINDS, st.dates(ORDER_3, date(2090, 1, 1)))
def test_the_hours_are_those_of_the_order_more_for_higher_risk_and_more_at_first(role, high_risk, kind, day):
    workers = {(True, "initial"): 72, (True, "annual"): 20, (False, "initial"): 24, (False, "annual"): None}
    leaders = {(True, "initial"): 48, (True, "annual"): 16, (False, "initial"): 32, (False, "annual"): 12}
    table = workers if role == "worker" else leaders

    def hours(risk, which):
        return answer("training_hours", role=role, high_risk=risk, kind=which, on=day)["hours"]

    assert hours(high_risk, kind) == table[high_risk, kind]
    assert hours(True, kind) > (hours(False, kind) or 0)
    assert hours(high_risk, "initial") > (hours(high_risk, "annual") or 0)


@property_of("training_hours")
@FEW
@given(ROLES, st.booleans(), KINDS, st.dates(date(2010, 1, 1), date(2020, 1, 1)))
def test_before_the_order_no_hours_are_told(role, high_risk, kind, day):
    _refused_before("training_hours", "on", ORDER_3, day, role=role, high_risk=high_risk, kind=kind)


@property_of("principal_assess_due")
@FEW
@given(st.dates(ORDER_3, date(2090, 1, 1)), st.integers(0, 400))
def test_an_examination_is_passed_within_six_months_of_taking_post(appointed, later):
    due = answer("principal_assess_due", appointed=appointed)["due"]
    assert due == _same_day(appointed, 6)
    assert timedelta(days=181) <= due - appointed <= timedelta(days=184)
    assert due <= answer("principal_assess_due", appointed=appointed + timedelta(days=later))["due"]


@property_of("principal_assess_due")
@FEW
@given(st.dates(date(2010, 1, 1), date(2020, 1, 1)))
def test_who_took_post_before_the_order_is_not_told_a_day_by_it(appointed):
    _refused_before("principal_assess_due", "appointed", ORDER_3, appointed)


@property_of("plan_review_due")
@FEW
@given(st.dates(ORDER_88, date(2090, 1, 1)), st.integers(0, 400))
def test_a_plan_is_evaluated_again_on_the_same_day_three_years_later(last, later):
    due = answer("plan_review_due", last=last)["due"]
    assert due == _same_day(last, 36)
    assert (due.year - last.year, due.month) == (3, last.month)
    assert due.day == last.day or (last.month, last.day, due.day) == (2, 29, 28)
    assert due <= answer("plan_review_due", last=last + timedelta(days=later))["due"]


@property_of("plan_review_due")
@FEW
@given(st.dates(date(2015, 1, 1), date(2024, 1, 1)), st.dates(date(2015, 1, 1), date(2024, 1, 1)))
def test_the_law_of_the_evaluation_or_of_the_day_asked_for_decides(last, day):
    _refused_before("plan_review_due", "last", ORDER_88, last)
    _refused_before("plan_review_due", "on", ORDER_88, day, last=last)


@property_of("plan_review_due", "principal_assess_due")
@FEW
@given(st.dates(date(9990, 1, 1), date(9999, 12, 31)))
def test_a_day_past_the_calendar_is_refused_and_its_last_year_is_not(day):
    for name, field, months in (("plan_review_due", "last", 36), ("principal_assess_due", "appointed", 6)):
        assert answer(name, **{field: date(9996, 6, 1)})
        if day.year * 12 + day.month + months > 9999 * 12 + 12:
            with pytest.raises(Invalid, match="impossible"):
                answer(name, **{field: day})
        else:
            assert answer(name, **{field: day})["due"].year <= 9999


@property_of("drill_min")
@FEW
@given(st.sampled_from(["ordinary", "art33_unit", "hazard_source"]), st.dates(ORDER_88, date(2090, 1, 1)))
def test_every_unit_drills_its_sites_half_yearly_and_a_listed_one_its_plans_too(unit, day):
    told = answer("drill_min", unit=unit, on=day)
    assert told == {"comprehensive_or_special_per_year": 2 if unit == "art33_unit" else 1, "onsite_per_year": 2}
    listed = answer("drill_min", unit="art33_unit", on=day)
    assert all(listed[each] >= told[each] for each in told)


@property_of("drill_min")
@FEW
@given(st.dates(date(2010, 1, 1), date(2025, 1, 1)))
def test_drills_are_asked_for_from_the_day_of_their_order(day):
    for unit, since in (("ordinary", ORDER_88), ("art33_unit", ORDER_88), ("hazard_source", ORDER_3)):
        _refused_before("drill_min", "on", since, day, unit=unit)


@property_of("evac_drill_min")
@FEW
@given(st.dates(PLAN, date(2090, 1, 1)) | st.sampled_from([date(2026, 12, 31), date(2027, 1, 1)]))
def test_all_workers_practise_escape_yearly_and_half_yearly_where_risk_is_high_also_past_the_plan(day):
    assert answer("evac_drill_min", high_risk=False, on=day) == {"per_year": 1}
    assert answer("evac_drill_min", high_risk=True, on=day) == {"per_year": 2}


@property_of("evac_drill_min")
@FEW
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.booleans())
def test_before_the_plan_no_evacuation_drills_are_told(day, high_risk):
    _refused_before("evac_drill_min", "on", PLAN, day, high_risk=high_risk)


CERTIFICATES = {  # years it holds, years to the review, days or months before it from which it is asked for
    "special_operation": (6, 3, 60, None),
    "special_equipment": (4, 4, None, 1),
    "construction_abc": (3, 3, None, 3),
}


@property_of("cert_dates")
@FEW
@given(st.sampled_from(sorted(CERTIFICATES)), st.dates(date(2019, 6, 1), date(2090, 1, 1)), st.integers(0, 12))
def test_a_certificate_holds_and_is_reviewed_on_its_own_day_years_later(kind, issued, unbroken):
    years, review, days, months = CERTIFICATES[kind]
    told = answer("cert_dates", kind=kind, issued=issued, unbroken_years=unbroken)
    if kind == "special_operation" and unbroken >= 10:  # reviewed once in its term
        review = 6
    due = _same_day(issued, 12 * review)
    assert (told["expires"], told["review_due"]) == (_same_day(issued, 12 * years), due)
    assert told["renew_window_from"] == (due - timedelta(days=days) if days else _same_day(due, -months))


@property_of("cert_dates")
@FEW
@given(st.dates(date(2020, 1, 1), date(2032, 1, 1)) | st.sampled_from([date(2026, 5, 31), date(2026, 6, 1)]))
def test_a_certificate_of_construction_holds_a_year_longer_from_june_2026(issued):
    told = answer("cert_dates", kind="construction_special_operation", issued=issued)
    assert told["expires"] == _same_day(issued, 36 if issued >= date(2026, 6, 1) else 24)


@property_of("add_workdays")
@FEW
@given(st.dates(date(2024, 3, 1), date(2026, 6, 1)), st.integers(-20, 60), st.integers(0, 60))
def test_working_days_added_one_after_the_other_end_where_they_end_together(start, one, other):
    def end(day, n):
        return answer("add_workdays", start=day, n=n)["end"]

    assert end(start, 0) == start
    assert one == 0 or not official().is_offday(end(start, one))
    if one >= 0:
        assert end(end(start, one), other) == end(start, one + other)
    assert end(start, one) < end(start, one + 1)
    back = end(end(start, other), -other)
    assert back == start or official().is_offday(start)


@property_of("add_workdays")
@FEW
@given(st.integers(0, 400))
def test_a_count_past_the_last_notice_says_that_it_is_provisional(days):
    told = answer("add_workdays", start=date(2026, 12, 1), n=days)
    assert ("provisional" in told) == (told["end"].year > 2026)
    with pytest.raises(Invalid, match="too-many-days"):
        answer("add_workdays", start=date(2026, 12, 1), n=NEVER + 1 + days)
