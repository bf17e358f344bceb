"""Alarms, tailings ponds, set points of sites and electricity: rules of monitoring."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.properties import property_of
from tests.law.told import call
from zhiben.kernel.errors import Invalid
from zhiben.law.alarms import alarm_flood, chattering
from zhiben.law.explaining import explain
from zhiben.law.power import power_baseline, power_watch
from zhiben.law.tailings import tailings_grade

TODAY = date(2026, 11, 22)
LOADS = st.lists(st.integers(0, 1000), max_size=40)


@pytest.mark.parametrize(
    ("name", "given_", "answer"),
    [
        ("alarm_flood", {"counts_per_10min": [10, 5, 4, 9, 9]}, {"floods": 1, "pct_over10": 0}),
        ("alarm_flood", {"counts_per_10min": [11, 4, 10]}, {"floods": 2, "pct_over10": 0.333333}),
        ("alarm_flood", {"counts_per_10min": [9, 9, 9]}, {"floods": 0, "pct_over10": 0}),
        ("upload_ok", {"what": "alarm_upload", "seconds": 60}, {"ok": True, "at_most_s": 60}),
        ("upload_ok", {"what": "sample", "seconds": 0.5}, {"ok": False, "at_most_s": 60}),
        ("upload_ok", {"what": "value_upload", "seconds": 301}, {"ok": False, "at_most_s": 300}),
        ("spare_host_ok", {"seconds": 60}, {"ok": True, "at_most_s": 60}),
        ("spare_host_ok", {"seconds": 60.1}, {"ok": False, "at_most_s": 60}),
        ("warning_colour", {"level": 1}, {"colour": "red"}),
        ("warning_colour", {"level": 4}, {"colour": "blue"}),
        ("chattering", {"times_s": [0, 30, 60]}, {"chattering": True}),
        ("chattering", {"times_s": [0, 30, 60.1]}, {"chattering": False}),
        ("chattering", {"times_s": [60, 0, 30]}, {"chattering": True}),
        ("chattering", {"times_s": []}, {"chattering": False}),
        ("stale", {"active_hours": 24}, {"stale": False}),
        ("alarm_rate_band", {"per_day": 151}, {"band": "manageable"}),
        ("alarm_rate_band", {"per_day": 300}, {"band": "manageable"}),
        ("upset_band", {"first_10min": 9}, {"band": "manageable"}),
        ("upset_band", {"first_10min": 10}, {"band": "hard"}),
        ("upset_band", {"first_10min": 100}, {"band": "hard"}),
        ("upset_band", {"first_10min": 101}, {"band": "too_many"}),
        ("top_ten_share", {"counts": [1] * 200}, {"share": 0.05, "ok": True}),
        ("top_ten_share", {"counts": [1] * 199}, {"share": 0.050251, "ok": False}),
        ("top_ten_share", {"counts": [0]}, {"share": None, "ok": None}),
        ("alarm_damping", {"signal": "level"}, {"deadband_percent": 5, "delay_s": 60}),
        ("dry_beach", {"grade": 3, "length_m": 70}, {"ok": True, "min_m": 70}),
        ("freeboard", {"grade": 5, "height_m": 0.4}, {"ok": True, "min_m": 0.4}),
        ("freeboard", {"grade": 1, "height_m": 1.49}, {"ok": False, "min_m": 1.5}),
        ("tailings_online", {"grade": 3}, {"needed": True}),
        ("tailings_online", {"grade": 4}, {"needed": False}),
        ("rain_level", {"mm_24h": 49.9}, {"level": "none"}),
        ("rain_level", {"mm_24h": 50}, {"level": "heavy"}),
        ("rain_level", {"mm_24h": 100}, {"level": "torrential"}),
        ("rain_level", {"mm_24h": 250}, {"level": "extreme"}),
        ("tailings_evaluation_due", {"last": "2024-02-29"}, {"due": "2027-02-28"}),
        ("tailings_closing_due", {"stopped": "2025-03-31"}, {"due": "2026-03-31"}),
        ("tailings_closing_due", {"stopped": "2025-03-31", "extended": True}, {"due": "2026-09-30"}),
        ("tank_level", {"percent": 85}, {"alarm": "h"}),
        ("tank_level", {"percent": 90}, {"alarm": "hh"}),
        ("tank_level", {"percent": 15}, {"alarm": "l"}),
        ("tank_level", {"percent": 15.1}, {"alarm": None}),
        ("tank_pressure", {"pressure": 0.45, "design": 0.5}, {"alarm": "h"}),
        ("tank_pressure", {"pressure": 0.5, "design": 0.5}, {"alarm": "hh"}),
        ("tank_pressure", {"pressure": 0.44, "design": 0.5}, {"alarm": None}),
        ("crowd_level", {"people": 399, "area_m2": 200}, {"colour": "blue"}),
        ("crowd_level", {"people": 400, "area_m2": 200}, {"colour": "yellow"}),
        ("crowd_level", {"people": 600, "area_m2": 200}, {"colour": "orange"}),
        ("crowd_level", {"people": 800, "area_m2": 200}, {"colour": "red"}),
        ("crowd_capacity", {"area_m2": 200, "m2_a_person": 0.75}, {"people": 266}),
        ("crane_wind", {"work": "lifting", "wind_ms": 10.8}, {"stop": True}),
        ("crane_wind", {"work": "lifting", "wind_ms": 10.7}, {"stop": False}),
        ("crane_wind", {"work": "tower_crane_assembly", "wind_ms": 12}, {"stop": False}),
        ("crane_wind", {"work": "tower_crane_assembly", "wind_ms": 12.1}, {"stop": True}),
        ("supply_cut_from", {"ordered": "2025-07-01T09:00", "urgent": False}, {"from": "2025-07-02T09:00"}),
        ("supply_cut_from", {"ordered": "2025-07-01T09:00", "urgent": True}, {"from": "2025-07-01T09:00"}),
    ],
)
def test_on_both_sides_of_the_bounds(name, given_, answer):
    assert call(name, given_) == answer


@pytest.mark.parametrize(
    ("name", "given_", "field"),
    [
        ("alarm_flood", {"counts_per_10min": []}, "counts_per_10min"),
        ("alarm_flood", {"counts_per_10min": [3, -1]}, "counts_per_10min[1]"),
        ("warning_colour", {"level": 5}, "level"),
        ("signals_watched", {"kind": "toaster", "watched": []}, "kind"),
        ("stale", {"active_hours": -1}, "active_hours"),
        ("alarm_priorities", {"low": 1, "medium": -1, "high": 0}, "medium"),
        ("dry_beach", {"grade": 6, "length_m": 50}, "grade"),
        ("dry_beach", {"grade": 3, "length_m": -5}, "length_m"),
        ("tailings_grade", {"volume_wan_m3": -1, "height_m": 5}, "volume_wan_m3"),
        ("tailings_warning", {"signal": "displacement", "value": 1, "red": 0}, "red"),
        ("tank_level", {"percent": 101}, "percent"),
        ("crowd_level", {"people": 10, "area_m2": 0}, "area_m2"),
        ("power_watch", {"baseline_kw": 0, "ordered_stop": True, "points_kw": []}, "baseline_kw"),
        ("power_watch", {"baseline_kw": 8, "ordered_stop": True, "points_kw": [1, -1]}, "points_kw[1]"),
        ("power_baseline", {"loads_kw": []}, "loads_kw"),
        ("meter_health", {"points_kw": []}, "points_kw"),
        ("collector_off", {"process_kw": [1], "collector_kw": []}, "collector_kw"),
        ("supply_cut_from", {"ordered": "9999-12-31T23:00", "urgent": False}, "ordered"),
    ],
)
def test_what_cannot_be_is_refused(name, given_, field):
    with pytest.raises(Invalid) as refused:
        call(name, given_)
    assert refused.value.facts["field"] == field
    assert refused.value.facts["reason"]("zh")


def test_priorities_beside_their_targets():
    told = call("alarm_priorities", {"low": 16, "medium": 3, "high": 1})
    assert told["low"] == {"share": 0.8, "target": 0.8}
    assert told["high"] == {"share": 0.05, "target": 0.05}
    assert call("alarm_priorities", {"low": 0, "medium": 0, "high": 0})["low"]["share"] is None


@pytest.mark.parametrize(
    ("volume", "height", "grade"),
    [
        (50000, 10, 2), (50000, 100, 1), (49999, 200, 1), (10000, 60, 2), (1000, 30, 3), (999, 59, 4), (100, 29, 4), (99, 29, 5),
        (99, 60, 4), (99, 200, 2), (1000, 59, 3),
    ],
)  # fmt: skip
def test_the_grade_of_a_pond(volume, height, grade):
    assert call("tailings_grade", {"volume_wan_m3": volume, "height_m": height}) == {"grade": grade}


@given(st.integers(0, 60000), st.integers(0, 250))
def test_a_pond_is_never_graded_above_both_nor_below_both(volume, height):
    both = (
        tailings_grade(volume_wan_m3=volume, height_m=0, on=TODAY)["grade"],
        tailings_grade(volume_wan_m3=0, height_m=height, on=TODAY)["grade"],
    )
    grade = tailings_grade(volume_wan_m3=volume, height_m=height, on=TODAY)["grade"]
    assert grade <= max(both)
    assert 1 <= grade <= 5


@pytest.mark.parametrize(
    ("signal", "value", "colour", "orange"),
    [
        ("phreatic_depth", 4, "red", 4.4), ("phreatic_depth", 4.1, "orange", 4.4), ("phreatic_depth", 4.4, "orange", 4.4),
        ("phreatic_depth", 4.5, None, 4.4), ("displacement", 4, "red", 3.2), ("displacement", 3.2, "orange", 3.2),
        ("displacement", 3.1, None, 3.2),
    ],
)  # fmt: skip
def test_warnings_of_a_pond(signal, value, colour, orange):
    told = call("tailings_warning", {"signal": signal, "value": value, "red": 4})
    assert told == {"colour": colour, "orange_at": orange}


@pytest.mark.parametrize(
    ("pressure", "temperature", "wind", "alarms"),
    [
        (1.25, 70, 20, []), (1.26, 70, 20, ["pressure_difference"]), (0.74, 20, 25, ["pressure_difference"]),
        (1, 70.1, 19.9, ["temperature", "wind"]),
    ],
)  # fmt: skip
def test_dust_collectors(pressure, temperature, wind, alarms):
    given_ = {"pressure_kpa": pressure, "commissioned_kpa": 1, "temperature_c": temperature, "wind_ms": wind}
    assert call("dust_collector_alarms", given_) == {"alarms": alarms}


@settings(max_examples=50)
@given(st.lists(st.integers(0, 20), min_size=1, max_size=30))
def test_a_flood_needs_a_slot_of_ten_and_floods_are_parted_by_quiet_ones(counts):
    floods = alarm_flood(counts_per_10min=counts, on=TODAY)["floods"]
    assert bool(floods) == any(count >= 10 for count in counts)
    assert floods <= sum(count < 5 for count in counts) + 1


@given(st.lists(st.integers(0, 600), max_size=12), st.integers(0, 600))
def test_one_more_time_never_ends_chattering(times, more):
    if chattering(times_s=times, on=TODAY)["chattering"]:
        assert chattering(times_s=[*times, more], on=TODAY)["chattering"]


@pytest.mark.parametrize("name", ["tank_level", "crowd_level", "power_watch"])
def test_proposals_say_that_they_are_settings(name):
    given_ = {
        "tank_level": {"percent": 50},
        "crowd_level": {"people": 1, "area_m2": 1},
        "power_watch": {"baseline_kw": 1, "ordered_stop": True, "points_kw": [1], "ratio": 1, "min_points": 1},
    }[name]
    told = explain(name, given_, TODAY)
    assert (told["rests_on"], told["verify"]) == ("setting", True)


@property_of("power_watch")
@settings(max_examples=50)
@given(LOADS, st.integers(1, 1000))
def test_who_was_not_ordered_to_stop_is_never_suspected_and_the_row_is_the_same(points, baseline):
    ordered, free = (
        power_watch(baseline_kw=baseline, ordered_stop=stop, points_kw=points, on=TODAY) for stop in (True, False)
    )
    assert not free["alert"]
    assert ordered["run"] == free["run"] <= len(points)
    assert ordered["alert"] == (ordered["run"] >= 4)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=9), st.integers(-5, 5))
def test_the_baseline_moves_with_the_loads(loads, shift):
    here = power_baseline(loads_kw=loads, on=TODAY)
    there = power_baseline(loads_kw=[load + 5 + shift for load in loads], on=TODAY)
    assert there["baseline_kw"] == here["baseline_kw"] + 5 + shift
    assert there["mad_kw"] == here["mad_kw"]


def test_how_far_a_load_lies_off_its_baseline():
    told = call("power_baseline", {"loads_kw": [800, 810, 790, 805], "load_kw": 902.5})
    assert told == {"baseline_kw": 802.5, "mad_kw": 5, "residual": 13.49}
    assert call("power_baseline", {"loads_kw": [800], "load_kw": 900})["residual"] is None
    assert power_baseline(loads_kw=[1, 2], on=TODAY)["baseline_kw"] == Fraction(3, 2)


@pytest.mark.parametrize(("busy", "day_shift", "alert"), [(3, True, True), (2, True, False), (7, False, False)])
def test_night_production(busy, day_shift, alert):
    quiet = {"night_kw": 60, "day_kw": 100}
    nights = [{"night_kw": 61, "day_kw": 100}] * busy + [quiet] * (7 - busy)
    assert call("night_production", {"nights": nights, "day_shift": day_shift}) == {"alert": alert, "nights": busy}
    older = [{"night_kw": 99, "day_kw": 100}] * 5
    assert call("night_production", {"nights": older + [quiet] * 7, "day_shift": True}) == {"alert": False, "nights": 0}


def test_a_fan_that_stands_while_production_runs():
    given_ = {"rated_kw": 200, "baseline_kw": 1000, "production_kw": [400, 400, 400, 300]}
    assert call("fan_stopped", {**given_, "fan_kw": [180, 90, 0, 0]}) == {"alert": True, "run": 2}
    assert call("fan_stopped", {**given_, "fan_kw": [180, 100, 0, 0]}) == {"alert": False, "run": 1}


def test_a_collector_that_stands_while_the_process_runs():
    given_ = {"process_kw": [0, 30, 30, 30], "collector_kw": [0, 5, 1, 0]}
    assert call("collector_off", {**given_, "idle_kw": 1}) == {"alert": True, "run": 2}
    assert call("collector_off", {"process_kw": [0, 30], "collector_kw": [0, 5]}) == {"alert": False, "run": 0}


def test_a_restart_that_was_not_filed():
    given_ = {"points_kw": [100, 400, 401], "baseline_kw": 800}
    assert call("unfiled_restart", {**given_, "filed": False}) == {"alert": True, "point": 3}
    assert call("unfiled_restart", {**given_, "filed": True}) == {"alert": False, "point": 3}


def test_what_is_wrong_with_a_meter():
    assert call("meter_health", {"points_kw": [5] * 7 + [6]}) == {"problems": []}
    assert call("meter_health", {"points_kw": [5] * 8}) == {"problems": ["flat"]}
    assert call("meter_health", {"points_kw": [1, 2, None]}) == {"problems": ["missing"]}
    assert call("meter_health", {"points_kw": [40, 60], "branches_kw": [50, 45]}) == {"problems": []}
    assert call("meter_health", {"points_kw": [40, 60], "branches_kw": [50, 44.9]}) == {"problems": ["branches"]}


def test_signals_that_are_not_watched():
    told = call("signals_watched", {"kind": "储罐", "watched": ["液位", "pressure"]})
    assert [each["en"] for each in told["missing"]] == ["temperature"]
    assert len(call("signals_watched", {"kind": "深井铸造", "watched": []})["missing"]) == 10


def test_how_alarms_stand_beside_their_targets():
    quiet = call("alarm_performance", {"counts_per_10min": [1] * 144})
    assert quiet["kept"] == {"crowded_hours": True, "time_in_flood": True, "peak": True}
    assert (quiet["per_day"], quiet["band"]) == (144, "acceptable")
    busy = call("alarm_performance", {"counts_per_10min": [12, 6, 4, 3, 3, 3, 1]})
    assert busy == {
        "per_day": 658.285714,
        "band": "over",
        "crowded_hours": 1,
        "time_in_flood": 0.285714,
        "peak": 12,
        "kept": {"crowded_hours": False, "time_in_flood": False, "peak": False},
    }
    assert call("alarm_performance", {"counts_per_10min": [3]})["kept"]["crowded_hours"] is None
