"""Work permits: how long, by whom, gas and oxygen, grades and what raises them, distances, thresholds of works."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.told import bare, call
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law.explaining import explain
from zhiben.law.large_works import large_works
from zhiben.law.near_lines import pipeline_zone, power_line_distance, power_line_ok
from zhiben.law.parameters import parameter
from zhiben.law.permit_grades import fall_radius, height_grade, hot_work_upgrade, lift_grade, permit_upgrade
from zhiben.law.permit_kinds import kind_of
from zhiben.law.permits import approver, gas_ok, permit_condition, permit_conditions, permit_end

TODAY = date(2026, 11, 22)
KINDS = list(parameter("cn/permit/kinds").in_force(TODAY).value)
START = datetime(2025, 7, 1, 9)  # noqa: DTZ001 -- clock time on site
METRES = st.fractions(0, 200)
GRADES = [None, "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"]


@pytest.mark.parametrize(
    ("kind", "hours"),
    [("动火-特级", 8), ("特级动火", 8), ("动火-二级", 72), ("有限空间", 24), ("高处-IV", 168), ("临时用电", 360), ("盲板抽堵", None)],
)  # fmt: skip
def test_how_long_a_permit_holds(kind, hours):
    end = None if hours is None else (START + timedelta(hours=hours)).isoformat(timespec="minutes")
    assert permit_end(kind=kind, start=START)["latest_end"] == end


def test_temporary_power_ends_with_the_work_it_serves():
    given_ = {"kind": "临时用电", "start": "2025-07-01T09:00"}
    assert call("permit_end", {**given_, "special_case": True}) == {"latest_end": "2025-07-31T09:00"}
    assert call("permit_end", {**given_, "used_for": "动火-一级"}) == {"latest_end": "2025-07-01T17:00"}
    assert call("permit_end", {**given_, "used_for": "动土"}) == {"latest_end": "2025-07-16T09:00"}


def test_a_time_zone_is_kept():
    told = call("permit_end", {"kind": "动火-一级", "start": "2025-07-01T09:00:30+08:00"})
    assert told == {"latest_end": "2025-07-01T17:00:30+08:00"}


@pytest.mark.parametrize("table", ["validity-hours", "approvers"])
def test_every_kind_has_a_life_and_an_approver(table):
    assert set(parameter(f"cn/permit/{table}").in_force(TODAY).value) == set(KINDS)


def test_other_names_of_kinds_are_told_apart():
    names = [name for row in parameter("cn/permit/kinds").in_force(TODAY).value.values() for name in row["also"]]
    assert len(set(names) | set(KINDS)) == len(names) + len(KINDS)
    assert {kind_of(name, TODAY)[0] for name in names} <= set(KINDS)


@pytest.mark.parametrize(
    ("name", "given_", "field"),
    [
        ("approver", {"kind": "跳伞"}, "kind"),
        ("permit_end", {"kind": "动火-一级", "start": "9999-12-31T23:00"}, "start"),
        ("gas_ok", {"lel_percent": 101, "measured_percent": 1}, "lel_percent"),
        ("gas_ok", {"lel_percent": 5, "measured_percent": -1}, "measured_percent"),
        ("oxygen_ok", {"o2": -1, "rich": False}, "o2"),
        ("gas_sample_fresh", {"sample": "2025-07-01T09:01", "start": "2025-07-01T09:00"}, "sample"),
        ("gas_sample_fresh", {"sample": "2025-07-01T08:59", "start": "2025-07-01T09:00+08:00"}, "sample"),
        ("reanalysis_needed", {"kind": "断路", "gap_min": 5}, "kind"),
        ("reanalysis_needed", {"kind": "动火-一级", "gap_min": -5}, "gap_min"),
        ("height_grade", {"h": -1, "factors": 0}, "h"),
        ("height_grade", {"h": 4, "factors": 10}, "factors"),
        ("lift_grade", {"t": 0}, "t"),
        ("hot_work_upgrade", {"base": "三级", "holiday": True, "night": False, "wind_level": 1}, "base"),
        ("hot_work_upgrade", {"base": "二级", "holiday": True, "night": False, "wind_level": 18}, "wind_level"),
        ("power_line_distance", {"rule": "crane", "kv": 750}, "kv"),
        ("power_line_ok", {"rule": "crane", "kv": 10, "distance_m": 5}, "direction"),
        ("pipeline_zone", {"activity": "new_construction", "distance_m": -1}, "distance_m"),
        ("permit_condition", {"work": "动火", "condition": "moon", "value": 1}, "condition"),
        ("large_works", {"measures": {"moon": 3}}, "measures"),
        ("large_works", {"measures": {"pit_depth": -3}}, "measures.pit_depth"),
        ("fall_radius", {"base_height_m": 1}, "base_height_m"),
    ],
)
def test_what_cannot_be_is_refused(name, given_, field):
    with pytest.raises(Invalid) as refused:
        call(name, given_)
    assert refused.value.facts["field"] == field
    assert refused.value.facts["reason"]("zh")
    assert "example" in refused.value.facts


@pytest.mark.parametrize(("lel", "limit"), [("3.99", Fraction(1, 5)), ("4", Fraction(1, 2)), ("4.01", Fraction(1, 2))])
def test_the_limit_of_gas_turns_at_four_per_cent(lel, limit):
    for measured, ok in ((limit, True), (limit + Fraction(1, 1000), False)):
        told = gas_ok(lel_percent=Fraction(lel), measured_percent=measured, on=TODAY)
        assert bare(told) == {"ok": ok, "limit": limit}


@pytest.mark.parametrize(
    ("o2", "rich", "ok"),
    [(19.4, False, False), (19.5, False, True), (21, False, True), (21.1, False, False), (21.1, True, True), (23.5, True, True), (23.6, True, False)],
)  # fmt: skip
def test_oxygen_has_two_ends(o2, rich, ok):
    assert call("oxygen_ok", {"o2": o2, "rich": rich}) == {"ok": ok}


@pytest.mark.parametrize(
    ("kind", "gap", "needed"),
    [
        ("动火-特级", 30, False),
        ("动火-特级", 31, True),
        ("动火-二级", 60, False),
        ("动火-二级", 61, True),
        ("受限空间", 60, False),
        ("受限空间", 61, True),
        ("工贸有限空间", 0, False),
        ("工贸有限空间", 1, True),
    ],
)
def test_after_how_long_a_break_the_gas_is_analysed_again(kind, gap, needed):
    assert call("reanalysis_needed", {"kind": kind, "gap_min": gap}) == {"needed": needed}


def test_a_sample_of_thirty_minutes_is_still_fresh():
    start = "2025-07-01T09:00"
    assert call("gas_sample_fresh", {"sample": "2025-07-01T08:30", "start": start}) == {"ok": True, "gap_min": 30}
    assert call("gas_sample_fresh", {"sample": "2025-07-01T08:29:30", "start": start}) == {"ok": False, "gap_min": 30.5}


@pytest.mark.parametrize(
    ("h", "factors", "grade"),
    [
        (1.9, 0, None), (2, 0, "Ⅰ"), (5, 0, "Ⅰ"), (5.1, 0, "Ⅱ"), (15, 0, "Ⅱ"), (15.1, 0, "Ⅲ"), (30, 0, "Ⅲ"), (30.1, 0, "Ⅳ"),
        (2, 9, "Ⅱ"), (5.1, 1, "Ⅲ"), (15.1, 1, "Ⅳ"), (30.1, 1, "Ⅳ"), (1.9, 9, None),
    ],
)  # fmt: skip
def test_grades_of_height_on_both_sides_of_every_bound(h, factors, grade):
    assert call("height_grade", {"h": h, "factors": factors}) == {"grade": grade}


def test_a_steep_slope_counts_and_some_conditions_force_the_highest_grade():
    assert call("height_grade", {"h": 1, "factors": 0, "slope_degrees": 45}) == {"grade": None}
    assert call("height_grade", {"h": 1, "factors": 0, "slope_degrees": 45.1}) == {"grade": "Ⅰ"}
    assert call("height_grade", {"h": 2, "factors": 0, "forced_highest": True}) == {"grade": "Ⅳ"}


@given(METRES, METRES, st.integers(0, 9), st.integers(0, 9))
def test_more_height_or_more_factors_never_lower_the_grade(one, other, few, many):
    low, high = sorted((one, other))
    less, more = sorted((few, many))
    grades = [
        height_grade(h=h, factors=factors, on=TODAY)["grade"]
        for h, factors in ((low, less), (high, less), (high, more))
    ]
    assert [GRADES.index(grade) for grade in grades] == sorted(GRADES.index(grade) for grade in grades)


@pytest.mark.parametrize(("h", "cross", "radio", "cover"), [(24, True, False, False), (24.1, True, False, True), (30, False, False, False), (30.1, False, True, False)])  # fmt: skip
def test_radio_and_double_cover(h, cross, radio, cover):
    assert call("height_measures", {"h": h, "cross_work": cross}) == {"radio": radio, "double_cover": cover}


@pytest.mark.parametrize(("h", "radius"), [(2, 3), (5, 3), (5.1, 4), (15, 4), (30, 5), (30.1, 6)])
def test_fall_radius(h, radius):
    assert call("fall_radius", {"base_height_m": h}) == {"radius_m": radius}


def test_before_the_new_standard_no_fall_radius_is_held():
    with pytest.raises(NotFound, match="not-in-force"):
        fall_radius(base_height_m=3, on=date(2026, 4, 30))


@pytest.mark.parametrize(
    ("t", "grade", "plan", "permit"),
    [(100.1, "一级", True, True), (40, "二级", True, True), (39.9, "三级", False, True), (10, "三级", False, True), (9.9, "三级", False, False)],
)  # fmt: skip
def test_grades_of_lifting(t, grade, plan, permit):
    assert call("lift_grade", {"t": t}) == {"grade": grade, "plan": plan, "permit": permit}
    assert lift_grade(t=Fraction(str(t)), odd_shape=True, on=TODAY)["plan"]


def test_two_cranes_bear_eighty_per_cent_each():
    assert call("two_crane_lift", {"load_t": 40, "rated_t": 50}) == {"ok": True, "limit_t": 40}
    assert call("two_crane_lift", {"load_t": 40.1, "rated_t": 50})["ok"] is False


@pytest.mark.parametrize(
    ("where", "cleared", "grade"),
    [
        ([], False, "二级"),
        (["elsewhere"], False, "二级"),
        (["pipe_rack"], False, "一级"),
        (["pipe_rack", "tank_farm_dike"], False, "特级"),
        (["running_equipment"], True, "二级"),
    ],
)
def test_hot_work_is_graded_by_where_it_is_done(where, cleared, grade):
    assert call("hot_work_grade", {"where": where, "stopped_and_cleared": cleared}) == {"grade": grade}


def test_what_is_watched_while_work_goes_on():
    codes = [each["code"] for each in call("permit_watching", {"kind": "特级动火"})["watching"]]
    assert codes == ["continuous_gas", "full_video", "daily_analysis"]
    assert call("permit_watching", {"kind": "断路"}) == {"watching": []}


def test_works_at_the_same_time_need_a_permit_each():
    told = call("permits_needed", {"kinds": ["一级动火", "有限空间", "动火-一级"]})
    assert told == {"permits": ["动火-一级", "受限空间"], "linked": True}
    assert call("permits_needed", {"kinds": ["断路"]})["linked"] is False


def test_a_contractor_shows_more_papers():
    own, hired = (call("permit_papers", {"contractor": each})["papers"] for each in (False, True))
    assert [each["code"] for each in own] == ["insurance"]
    assert [each["code"] for each in hired] == ["insurance", "qualification", "safety_agreement"]


def test_a_change_of_place_needs_a_new_permit_and_one_of_people_does_not():
    assert call("new_permit_needed", {"changed": ["people", "place"]}) == {"needed": True, "because": ["place"]}
    assert call("new_permit_needed", {"changed": ["people"]}) == {"needed": False, "because": []}


@pytest.mark.parametrize(
    ("base", "holiday", "night", "wind", "grade"),
    [
        ("二级", False, False, 4, "二级"),
        ("二级", False, False, 5, "一级"),
        ("二级", True, True, 6, "一级"),
        ("一级", False, True, 0, "特级"),
        ("特级", True, True, 6, "特级"),
    ],
)
def test_hot_work_goes_up_one_grade_and_never_past_the_highest(base, holiday, night, wind, grade):
    assert bare(hot_work_upgrade(base=base, holiday=holiday, night=night, wind_level=wind, on=TODAY)) == {
        "grade": grade
    }


@pytest.mark.parametrize(
    ("kind", "start", "sensitive", "told"),
    [
        ("动火-二级", "2025-07-01T09:00", False, ("动火-二级", "所在基层单位", [])),
        ("动火-二级", "2025-07-01T20:00", False, ("动火-一级", "安全管理部门", ["night"])),
        ("动火-二级", "2025-07-01T05:59", False, ("动火-一级", "安全管理部门", ["night"])),
        ("动火-二级", "2025-07-01T06:00", False, ("动火-二级", "所在基层单位", [])),
        ("受限空间", "2025-07-01T21:00", False, ("受限空间", "所在基层单位", [])),
        ("受限空间", "2025-10-02T09:00", False, ("受限空间", "所在单位专业部门", ["day_off"])),
        ("高处-Ⅲ", "2025-07-01T09:00", True, ("高处-Ⅳ", "主管厂长或总工程师", ["sensitive"])),
        ("高处-Ⅳ", "2025-07-01T09:00", True, ("高处-Ⅳ", "主管厂长或总工程师", ["sensitive"])),
        ("临时用电", "2025-07-05T09:00", False, ("临时用电", "所在单位专业部门", ["day_off"])),
        ("动土", "2025-09-28T09:00", False, ("动土", "所在单位专业部门", [])),
    ],
)
def test_control_is_tightened_on_days_off_at_night_and_at_sensitive_times(kind, start, sensitive, told):
    answer = permit_upgrade(kind=kind, start=datetime.fromisoformat(start), sensitive=sensitive)
    assert tuple(bare(answer).values()) == told


def test_the_clock_of_a_permit_is_that_of_china():
    day = call("permit_upgrade", {"kind": "动火-二级", "start": "2025-07-01T11:59+00:00"})
    night = call("permit_upgrade", {"kind": "动火-二级", "start": "2025-07-01T12:00+00:00"})
    assert (day["because"], night["because"]) == ([], ["night"])
    eve = call("permit_upgrade", {"kind": "动土", "start": "2025-09-30T16:30+00:00"})
    assert eve["because"] == ["day_off"]


def test_a_year_without_its_notice_is_provisional_and_one_before_the_first_is_refused():
    assert call("permit_upgrade", {"kind": "动土", "start": "2027-10-04T09:00"})["provisional"]
    with pytest.raises(Invalid, match="unknown-year"):
        call("permit_upgrade", {"kind": "动土", "start": "2023-10-04T09:00"}, TODAY)


def test_a_tightened_permit_rests_on_a_setting():
    told = explain("permit_upgrade", {"kind": "动土", "start": "2025-10-02T09:00"})
    assert told["rests_on"] == "setting"


@given(st.sampled_from(KINDS), st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)), st.booleans())  # noqa: DTZ001
def test_tightening_never_lowers_a_grade(kind, start, sensitive):
    told = permit_upgrade(kind=kind, start=start, sensitive=sensitive)
    kinds = parameter("cn/permit/kinds").in_force(start.date()).value
    assert kinds[told["kind"]].get("work") == kinds[kind].get("work")
    assert kinds[told["kind"]].get("rank", 0) in {kinds[kind].get("rank", 0), kinds[kind].get("rank", 0) - 1}
    if not told["because"]:
        assert told["approve"] == approver(kind=kind, on=start.date())["approve"]


def test_the_certificate_for_watching_a_confined_space_is_not_needed_yet():
    told = call("permit_certificates", {"work": "受限空间"}, TODAY)["certificates"]
    assert (told[0]["from"], told[0]["needed"]) == ("2028-06-01", False)
    assert call("permit_certificates", {"work": "受限空间"}, date(2028, 6, 1))["certificates"][0]["needed"]
    assert all(each["needed"] for each in call("permit_certificates", {"work": "吊装"}, TODAY)["certificates"])


@pytest.mark.parametrize("work", list(parameter("cn/permit/conditions").in_force(TODAY).value))
def test_every_condition_holds_at_its_figure(work):
    for row in permit_conditions(work=work, on=TODAY)["conditions"]:
        (bound,) = {"at_least", "at_most"} & row.keys()
        off = Fraction(1, 100) * (-1 if bound == "at_least" else 1)
        limit = Fraction(str(row[bound]))
        for value, ok in ((limit, True), (limit + off, False)):
            told = permit_condition(work=work, condition=row["condition"], value=value, on=TODAY)
            assert bare(told) == {"ok": ok, bound: limit, "unit": row["unit"]}


@pytest.mark.parametrize(
    ("name", "given_", "answer"),
    [
        ("permit_keep_until", {"ended": "2025-01-31"}, {"permit": "2026-01-31", "video": "2025-02-28"}),
        ("excavation_permit", {"depth_m": 0.5, "machine": False}, {"permit": True, "confined_space": False}),
        ("excavation_permit", {"depth_m": 0.49, "machine": False}, {"permit": False, "confined_space": False}),
        ("excavation_permit", {"depth_m": 0.1, "machine": True}, {"permit": True, "confined_space": False}),
        ("excavation_permit", {"depth_m": 1.2, "machine": False, "near_dangerous_media": True}, {"permit": True, "confined_space": False}),
        ("excavation_permit", {"depth_m": 1.21, "machine": False, "near_dangerous_media": True}, {"permit": True, "confined_space": True}),
        ("dedicated_person", {"work": "动火作业"}, {"needed": True}),
        ("dedicated_person", {"work": "盲板抽堵"}, {"needed": None}),
        ("confined_space_voltage", {"wet_or_narrow": True}, {"max_v": 12}),
        ("wind_stop", {"work": "吊装", "wind_level": 5}, {"stop": False, "from_force": 6}),
        ("wind_stop", {"work": "高处", "wind_level": 5}, {"stop": True, "from_force": 5}),
    ],
)  # fmt: skip
def test_single_figures(name, given_, answer):
    assert call(name, given_) == answer


@pytest.mark.parametrize(
    ("rule", "kv", "told"),
    [
        ("scaffold", 0.4, {"min_m": 4}),
        ("scaffold", 1, {"min_m": 6}),
        ("scaffold", 20, {"min_m": 8}),
        ("scaffold", 500, {"min_m": 15}),
        ("crane", 10, {"vertical_m": 3, "horizontal_m": 2}),
        ("crane", 35, {"vertical_m": 4, "horizontal_m": Fraction(7, 2)}),
        ("protection-zone", 10, {"min_m": 5}),
        ("protection-zone", 220, {"min_m": 15}),
        ("danger-distance", 35, {"min_m": 2}),
        ("danger-distance", 110, {"min_m": Fraction(5, 2)}),
    ],
)
def test_distances_from_power_lines(rule, kv, told):
    assert bare(power_line_distance(rule=rule, kv=Fraction(str(kv)), on=TODAY)) == told


@settings(max_examples=60)
@given(
    st.sampled_from(["scaffold", "protection-zone", "danger-distance"]),
    st.fractions(Fraction(1, 10), 500),
    st.fractions(Fraction(1, 10), 500),
)
def test_a_higher_voltage_never_asks_for_less(rule, one, other):
    low, high = (power_line_distance(rule=rule, kv=kv, on=TODAY)["min_m"] for kv in sorted((one, other)))
    assert low <= high
    assert power_line_ok(rule=rule, kv=one, distance_m=high + low, on=TODAY)["ok"]


def test_a_crane_is_measured_in_a_direction():
    given_ = {"rule": "crane", "kv": 10, "distance_m": 2.5}
    assert call("power_line_ok", {**given_, "direction": "horizontal"}) == {"ok": True, "min_m": 2}
    assert call("power_line_ok", {**given_, "direction": "vertical"}) == {"ok": False, "min_m": 3}


@pytest.mark.parametrize(
    ("activity", "distance", "facility", "outcome", "within"),
    [
        ("dig_build_or_deep_roots", 5, False, "forbidden", 5),
        ("dig_build_or_deep_roots", 5.1, False, "free", 5),
        ("new_construction", 50, False, "consent", 50),
        ("blasting_or_mining", 200, False, "approval", 200),
        ("blasting_or_mining", 201, False, "free", 200),
        ("blasting_or_mining", 500, True, "approval", 500),
        ("new_construction", 20, True, None, None),
    ],
)
def test_zones_of_pipelines(activity, distance, facility, outcome, within):
    told = pipeline_zone(activity=activity, distance_m=Fraction(str(distance)), to_facility=facility, on=TODAY)
    assert bare(told) == {"outcome": outcome, "within_m": within}


@pytest.mark.parametrize(
    ("measures", "grade", "experts"),
    [
        ({"pit_depth": 2.9}, "none", 0),
        ({"pit_depth": 3}, "dangerous", 0),
        ({"pit_depth": 5}, "over_scale", 5),
        ({"pit_depth": 2, "formwork_height": 8, "formwork_span": 12}, "over_scale", 5),
        ({"formwork_area_load": 14.9}, "dangerous", 0),
        ({"cantilever_scaffold_height": 3}, "dangerous", 0),
        ({"curtain_wall_height": 50}, "over_scale", 5),
        ({}, "none", 0),
    ],
)
def test_works_of_greater_danger(measures, grade, experts):
    told = call("large_works", {"measures": measures})
    assert (told["grade"], told["experts"], told["plan"]) == (grade, experts, grade != "none")


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from(["pit_depth", "scaffold_height", "unusual_lift"]), METRES), METRES)
def test_a_larger_measure_never_lowers_the_grade(measures, more):
    order = ["none", "dangerous", "over_scale"]
    before = large_works(measures=measures, on=TODAY)["grade"]
    after = large_works(measures={name: value + more for name, value in measures.items()}, on=TODAY)["grade"]
    assert order.index(after) >= order.index(before)
