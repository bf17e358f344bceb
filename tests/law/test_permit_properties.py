"""What holds of every work permit: how long it lasts, gas and oxygen before entering, grades of lifting and hot work."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.properties import FEW, answer, property_of
from zhiben.kernel.errors import Invalid, NotFound

TODAY = date(2026, 11, 22)
STANDARD = date(2022, 10, 1)  # GB 30871-2022 in force from
MOMENTS = st.datetimes(datetime(2022, 10, 1), datetime(2090, 1, 1)).map(lambda at: at.replace(microsecond=0))  # noqa: DTZ001
HOURS = {
    "动火-特级": 8, "动火-一级": 8, "动火-二级": 72, "受限空间": 24, "临时用电": 360,
    "高处-Ⅰ": 168, "高处-Ⅱ": 168, "高处-Ⅲ": 168, "高处-Ⅳ": 168,
    "盲板抽堵": None, "吊装-一级": None, "吊装-二级": None, "吊装-三级": None, "动土": None, "断路": None,
}  # fmt: skip
APPROVERS = {
    "主管领导": ["动火-特级"], "安全管理部门": ["动火-一级"], "所在基层单位": ["动火-二级", "受限空间", "盲板抽堵", "高处-Ⅰ"],
    "所在单位专业部门": ["高处-Ⅱ", "高处-Ⅲ", "吊装-二级", "吊装-三级", "动土", "断路"],
    "主管厂长或总工程师": ["高处-Ⅳ", "吊装-一级"], "配送电单位": ["临时用电"],
}  # fmt: skip
KINDS = st.sampled_from(sorted(HOURS))
LEAST = st.fractions(Fraction(1, 10**6), Fraction(1, 10), max_denominator=10**6)  # the least step over a bound


def _end(kind, start, **given_):
    told = answer("permit_end", kind=kind, start=start, **given_)["latest_end"]
    return None if told is None else datetime.fromisoformat(told)


@property_of("permit_end")
@FEW
@given(KINDS, MOMENTS, st.integers(0, 10**6), st.booleans())
def test_a_permit_ends_its_hours_after_it_starts_or_with_the_job(kind, start, later, special):
    end, hours = _end(kind, start, special_case=special), HOURS[kind]
    if kind == "临时用电" and special:
        hours = 720
    assert end == (None if hours is None else start + timedelta(hours=hours))
    if end is not None:  # started later, it ends as much later
        shift = timedelta(minutes=later)
        assert _end(kind, start + shift, special_case=special) - end == shift


@property_of("permit_end")
@FEW
@given(MOMENTS, KINDS, st.booleans())
def test_power_for_another_work_never_outlasts_its_permit(start, served, special):
    alone, end = (_end("临时用电", start, special_case=special, used_for=each) for each in (None, served))
    other = _end(served, start)
    assert end == (alone if other is None else min(alone, other))


@property_of("permit_end", "approver")
@FEW
@given(KINDS, st.dates(date(2020, 1, 1), date(2025, 1, 1)) | st.sampled_from([date(2022, 9, 30), STANDARD]))
def test_before_the_standard_a_permit_is_unknown(kind, day):
    start = datetime(day.year, day.month, day.day, 9)  # noqa: DTZ001 -- clock time on site
    assert answer("approver", kind=kind, on=STANDARD)
    assert answer("permit_end", kind=kind, start=start, on=STANDARD)
    if day < STANDARD:
        for call in ({"name": "approver", "on": day}, {"name": "permit_end", "start": start}):
            with pytest.raises(NotFound, match="not-in-force"):
                answer(call.pop("name"), kind=kind, **call)
    else:
        assert answer("permit_end", kind=kind, start=start) == answer("permit_end", kind=kind, start=start, on=TODAY)


@property_of("approver")
@FEW
@given(KINDS, st.sampled_from(["{}", " {}", "{} "]))
def test_table_b_1_names_who_approves(kind, around):
    found = answer("approver", kind=around.format(kind), on=TODAY)["approve"]
    assert [name for name, kinds in APPROVERS.items() if kind in kinds] == [found]


PERCENT = st.fractions(0, 100, max_denominator=1000)


@property_of("gas_ok")
@FEW
@given(PERCENT | st.just(4), PERCENT | st.fractions(0, 1, max_denominator=1000), LEAST)
def test_the_limit_of_flammable_gas_is_included_and_turns_at_four_per_cent(lel, measured, more):
    told = answer("gas_ok", lel_percent=lel, measured_percent=measured, on=TODAY)
    limit = Fraction(1, 2) if lel >= 4 else Fraction(1, 5)
    assert told == {"ok": measured <= limit, "limit": limit}
    for value, ok in ((limit, True), (limit + more, False), (0, True)):
        assert answer("gas_ok", lel_percent=lel, measured_percent=value, on=TODAY)["ok"] is ok
    assert answer("gas_ok", lel_percent=4 - more, measured_percent=0, on=TODAY)["limit"] == Fraction(1, 5)
    assert answer("gas_ok", lel_percent=4, measured_percent=0, on=TODAY)["limit"] == Fraction(1, 2)


@property_of("oxygen_ok")
@FEW
@given(PERCENT | st.fractions(19, 24, max_denominator=100), st.booleans(), LEAST)
def test_oxygen_is_in_order_between_its_bounds_which_are_included(o2, rich, step):
    low, high = Fraction(39, 2), Fraction(47, 2) if rich else 21

    def ok(share, in_rich=rich):
        return answer("oxygen_ok", o2=share, rich=in_rich, on=TODAY)["ok"]

    assert ok(o2) == (low <= o2 <= high)
    assert [ok(each) for each in (low - step, low, high, high + step)] == [False, True, True, False]
    assert ok(o2, in_rich=True) or not ok(o2, in_rich=False)  # what is allowed anywhere is allowed in rich surroundings


BREAKS = {"动火-特级": 30, "动火-一级": 30, "动火-二级": 60, "受限空间": 60, "工贸有限空间": 0}


@property_of("reanalysis_needed")
@FEW
@given(st.sampled_from(sorted(BREAKS)), st.fractions(0, 300, max_denominator=60), LEAST)
def test_gas_is_analysed_again_after_more_than_the_break_allowed(kind, gap, more):
    def needed(minutes):
        return answer("reanalysis_needed", kind=kind, gap_min=minutes, on=TODAY)["needed"]

    assert needed(gap) == (gap > BREAKS[kind])
    assert (needed(BREAKS[kind]), needed(BREAKS[kind] + more)) == (False, True)
    assert needed(gap + 1) or not needed(gap)
    with pytest.raises(Invalid):
        needed(-more)


@property_of("reanalysis_needed")
@FEW
@given(KINDS, st.integers(0, 300))
def test_only_works_with_gas_have_a_rule_about_breaks(kind, gap):
    assert answer("reanalysis_needed", kind="动火-一级", gap_min=gap, on=TODAY)
    if kind not in BREAKS:
        with pytest.raises(Invalid) as refused:
            answer("reanalysis_needed", kind=kind, gap_min=gap, on=TODAY)
        assert refused.value.facts["field"] == "kind"


@property_of("gas_sample_fresh")
@FEW
@given(MOMENTS, st.integers(0, 90 * 60), st.integers(-500, 500))
def test_a_sample_is_fresh_for_half_an_hour_to_the_second(start, seconds, shift):
    def told(gap, move=0):
        at = start + timedelta(days=500 + move)
        return answer("gas_sample_fresh", sample=at - timedelta(seconds=gap), start=at)

    assert told(seconds) == {"ok": seconds <= 1800, "gap_min": Fraction(seconds, 60)}
    assert told(seconds, shift) == told(seconds)
    assert [told(gap)["ok"] for gap in (0, 1800, 1801)] == [True, True, False]
    with pytest.raises(Invalid):
        told(-1 - seconds)


GRADES = ["三级", "二级", "一级"]
TONNES = st.sampled_from([10, 40, 100]) | st.fractions(Fraction(1, 10), 500, max_denominator=100)


@property_of("lift_grade")
@FEW
@given(TONNES, st.booleans(), st.fractions(0, 100, max_denominator=100), LEAST)
def test_a_lift_is_graded_by_its_mass_and_never_lower_for_more(t, odd, more, least):
    told, heavier = (answer("lift_grade", t=each, odd_shape=odd, on=TODAY) for each in (t, t + more))
    assert told["grade"] == ("一级" if t > 100 else "二级" if t >= 40 else "三级")
    assert told["plan"] == (t >= 40 or odd)
    assert told["permit"] == (t >= 10)
    assert GRADES.index(told["grade"]) <= GRADES.index(heavier["grade"])
    assert all(heavier[each] or not told[each] for each in ("plan", "permit"))
    grades = [answer("lift_grade", t=each, on=TODAY)["grade"] for each in (40 - least, 40, 100, 100 + least)]
    assert grades == ["三级", "二级", "二级", "一级"]
    permits = [answer("lift_grade", t=each, on=TODAY)["permit"] for each in (10 - least, 10)]
    assert permits == [False, True]


HOT = ["二级", "一级", "特级"]


@property_of("hot_work_upgrade")
@FEW
@given(st.sampled_from(HOT), st.booleans(), st.booleans(), st.integers(0, 17))
def test_hot_work_goes_up_one_grade_for_any_ground_and_no_more_for_several(base, holiday, night, wind):
    def graded(**given_):
        usual = {"base": base, "holiday": False, "night": False, "wind_level": 0}
        return HOT.index(answer("hot_work_upgrade", on=TODAY, **usual | given_)["grade"])

    at = HOT.index(base)
    told = graded(holiday=holiday, night=night, wind_level=wind)
    assert told == min(at + (holiday or night or wind >= 5), 2)
    assert graded() == at
    assert (graded(wind_level=4), graded(wind_level=5)) == (at, min(at + 1, 2))


@property_of("height_grade")
@FEW
@given(st.fractions(0, 2, max_denominator=100), st.fractions(0, 45, max_denominator=10), LEAST)
def test_below_two_metres_only_a_slope_of_more_than_45_degrees_counts(h, slope, more):
    def grade(degrees):
        return answer(
            "height_grade", h=h - Fraction(1, 100) if h == 2 else h, factors=0, slope_degrees=degrees, on=TODAY
        )["grade"]

    assert (grade(slope), grade(45), grade(45 + more)) == (None, None, "Ⅰ")


@property_of("height_grade")
@FEW
@given(st.sampled_from([2, 5, 15, 30]), LEAST, st.integers(1, 9), st.booleans())
def test_the_bound_of_a_band_of_height_belongs_to_the_lower_one(bound, more, factors, forced):
    plain = {2: [None, "Ⅰ", "Ⅰ"], 5: ["Ⅰ", "Ⅰ", "Ⅱ"], 15: ["Ⅱ", "Ⅱ", "Ⅲ"], 30: ["Ⅲ", "Ⅲ", "Ⅳ"]}[bound]
    raised = {None: None, "Ⅰ": "Ⅱ", "Ⅱ": "Ⅲ", "Ⅲ": "Ⅳ", "Ⅳ": "Ⅳ"}
    heights = (bound - more, bound, bound + more)
    assert [answer("height_grade", h=h, factors=0, on=TODAY)["grade"] for h in heights] == plain
    dangerous = [answer("height_grade", h=h, factors=factors, on=TODAY)["grade"] for h in heights]
    assert dangerous == [raised[grade] for grade in plain]
    told = [answer("height_grade", h=h, factors=0, forced_highest=forced, on=TODAY)["grade"] for h in heights]
    assert told == ([grade and "Ⅳ" for grade in plain] if forced else plain)
