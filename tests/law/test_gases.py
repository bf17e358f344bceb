"""Gas detection, air and methane in coal mines: both sides of every set point."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.told import bare, call
from zhiben.kernel.errors import Invalid
from zhiben.law.coal_gas import ch4_restore, ch4_sensor, mine_air
from zhiben.law.explaining import explain
from zhiben.law.gases import gas_alarm_toxic, gas_set_points, mgm3_to_ppm, ppm_to_mgm3
from zhiben.law.parameters import parameter

TODAY = date(2026, 11, 22)
PLACES = parameter("cn/coal/methane").in_force(TODAY).value
SHARES = st.fractions(0, 5)


@pytest.mark.parametrize(
    ("name", "given_", "answer"),
    [
        ("gas_alarm_flammable", {"lel_pct": 24.9}, {"level": 0}),
        ("gas_alarm_flammable", {"lel_pct": 25}, {"level": 1}),
        ("gas_alarm_flammable", {"lel_pct": 49.9}, {"level": 1}),
        ("gas_alarm_flammable", {"lel_pct": 120}, {"level": 2}),
        ("gas_alarm_line", {"lel_m": 0.99}, {"level": 0}),
        ("gas_alarm_line", {"lel_m": 1}, {"level": 1}),
        ("gas_alarm_line", {"lel_m": 2}, {"level": 2}),
        ("gas_alarm_toxic", {"conc": 9.99, "oel": 10}, {"level": 0}),
        ("gas_alarm_toxic", {"conc": 10, "oel": 10}, {"level": 1}),
        ("gas_alarm_toxic", {"conc": 19.99, "oel": 10}, {"level": 1}),
        ("gas_alarm_idlh", {"conc": 4.9, "idlh": 100}, {"level": 0}),
        ("gas_alarm_idlh", {"conc": 5, "idlh": 100}, {"level": 1}),
        ("gas_alarm_idlh", {"conc": 10, "idlh": 100}, {"level": 2}),
        ("o2_alarm", {"o2": 19.4}, {"state": "deficient"}),
        ("o2_alarm", {"o2": 23.4}, {"state": "ok"}),
        ("o2_alarm", {"o2": 23.5}, {"state": "enriched"}),
        ("gas_alarm", {"gas": "光气", "mgm3": 0.5}, {"gas": "COCl2", "level": 1}),
        ("gas_alarm", {"gas": "HCl", "mgm3": 7.4}, {"gas": "HCl", "level": 0}),
        ("co_alarm_metallurgy", {"ppm": 23}, {"level": 0}),
        ("co_alarm_metallurgy", {"ppm": 160}, {"level": 2}),
        ("exposure_limit", {"gas": "硫化氢"}, {"twa": None, "stel": None, "mac": 10}),
        ("ppm_to_mgm3", {"ppm": 24, "mw": 28.01, "t_c": 0}, {"mgm3": 29.99}),
        ("mgm3_to_ppm", {"mgm3": 30, "mw": 28.01, "t_c": 0}, {"ppm": 24.01}),
        ("mine_welding", {"ch4": 0.5}, {"ok": True, "limit": 0.5}),
        ("mine_welding", {"ch4": 0.51}, {"ok": False, "limit": 0.5}),
        ("fan_restart", {"ch4": 1, "co2": 1.5, "near_fan_ch4": 0.5}, {"may_start": True}),
        ("fan_restart", {"ch4": 1, "co2": 1.6, "near_fan_ch4": 0.5}, {"may_start": False}),
        ("calibration_due", {"what": "catalytic_sensor", "last": "2026-02-20"}, {"due": "2026-03-07"}),
        ("calibration_due", {"what": "fan_stop", "last": "2025-08-31"}, {"due": "2026-02-28"}),
    ],
)  # fmt: skip
def test_levels_and_limits(name, given_, answer):
    assert call(name, given_) == answer


def test_benzene_fell_in_2024_and_the_day_is_to_be_checked():
    assert gas_set_points(gas="苯", on=date(2023, 12, 31))["first"] == 6
    assert bare(gas_set_points(gas="苯", on=date(2024, 1, 1))) == {"first": 3, "second": 6, "unit": "mg/m³"}
    told = explain("exposure_limit", {"gas": "C6H6"}, TODAY)
    assert (told["answer"]["twa"], told["verify"]) == (3, True)
    assert explain("gas_set_points", {"gas": "苯"}, TODAY)["rests_on"] == "practice"


@pytest.mark.parametrize(
    ("name", "given_", "field"),
    [
        ("gas_alarm_flammable", {"lel_pct": -1}, "lel_pct"),
        ("gas_alarm_toxic", {"conc": 1, "oel": 0}, "oel"),
        ("gas_alarm_idlh", {"conc": 1, "idlh": -1}, "idlh"),
        ("o2_alarm", {"o2": 101}, "o2"),
        ("gas_set_points", {"gas": "氦"}, "gas"),
        ("mgm3_to_ppm", {"mgm3": 1, "mw": 0, "t_c": 25}, "mw"),
        ("mgm3_to_ppm", {"mgm3": 1, "mw": 28, "t_c": -273.15}, "t_c"),
        ("ch4_sensor", {"place": "办公室", "ch4": 1}, "place"),
        ("ch4_sensor", {"place": "上隅角", "ch4": 101}, "ch4"),
        ("mine_air", {"gas": "CO", "percent": -1}, "percent"),
    ],
)
def test_what_cannot_be_is_refused(name, given_, field):
    with pytest.raises(Invalid) as refused:
        call(name, given_)
    assert refused.value.facts["field"] == field
    assert refused.value.facts["reason"]("zh")


@given(SHARES, st.fractions(Fraction(1, 10), 5), SHARES)
def test_more_gas_never_lowers_the_level(conc, oel, more):
    low, high = (gas_alarm_toxic(conc=each, oel=oel, on=TODAY)["level"] for each in (conc, conc + more))
    assert low <= high


@settings(max_examples=50)
@given(st.integers(0, 10**6), st.fractions(2, 200, max_denominator=100), st.integers(-40, 200))
def test_there_and_back_is_the_same_to_the_rounding(mgm3, mw, t_c):
    ppm = mgm3_to_ppm(mgm3=mgm3, mw=mw, t_c=t_c, on=TODAY)["ppm"]
    back = ppm_to_mgm3(ppm=ppm, mw=mw, t_c=t_c, on=TODAY)["mgm3"]
    assert abs(back - mgm3) <= Fraction(1, 200) * mw / 17 + Fraction(1, 100)


@pytest.mark.parametrize("place", list(PLACES))
def test_methane_alarms_and_cuts_at_its_figure_and_not_below(place):
    row, below = PLACES[place], Fraction(1, 1000)
    alarm = Fraction(str(row["alarm"]))
    assert ch4_sensor(place=place, ch4=alarm, on=TODAY)["alarm"]
    assert not ch4_sensor(place=place, ch4=alarm - below, on=TODAY)["alarm"]
    if row["cut"] is None:
        assert not ch4_sensor(place=place, ch4=5, on=TODAY)["cut"]
        assert bare(ch4_restore(place=place, ch4=0, on=TODAY)) == {"may_restore": None}
        return
    cut, restore = Fraction(str(row["cut"])), Fraction(str(row["restore"]))
    assert ch4_sensor(place=place, ch4=cut, on=TODAY)["cut"]
    assert not ch4_sensor(place=place, ch4=cut - below, on=TODAY)["cut"]
    assert ch4_restore(place=place, ch4=restore - below, on=TODAY)["may_restore"]
    assert not ch4_restore(place=place, ch4=restore, on=TODAY)["may_restore"]


@pytest.mark.parametrize(
    ("named", "place"),
    [
        ("15101综采工作面上隅角", "上隅角"),
        ("15101综采工作面回风顺槽", "采煤工作面回风巷"),
        ("3号煤层综掘工作面", "掘进工作面"),
        ("1203掘进工作面回风", "掘进工作面回风流"),
        ("北一翼回风巷道", "总回风或一翼回风"),
        ("1105被串采煤工作面进风", "被串工作面进风流"),
        ("MG300采煤机", "采掘机械"),
    ],
)
def test_a_place_is_known_by_the_signs_in_its_name(named, place):
    told = explain("ch4_sensor", {"place": named, "ch4": 1}, TODAY)
    assert told["steps"][0]["value"] == place
    assert told["answer"] == explain("ch4_sensor", {"place": place, "ch4": 1}, TODAY)["answer"]


@pytest.mark.parametrize("named", ["15101工作面进风巷", "15101采煤工作面进风", "掘进工作面进风流", "主井", "回风"])
def test_a_place_without_enough_signs_is_refused(named):
    with pytest.raises(Invalid, match="place"):
        call("ch4_sensor", {"place": named, "ch4": 1})


def test_no_name_of_a_place_belongs_to_two():
    names = [name for row in PLACES.values() for name in row["also"]]
    assert len(set(names) | set(PLACES)) == len(names) + len(PLACES)


@pytest.mark.parametrize(
    ("given_", "codes"),
    [
        ({"ch4": 0.99}, []),
        ({"ch4": 1}, ["stop_drilling_blasting"]),
        ({"ch4": 1.5}, ["stop_drilling_blasting", "stop_and_withdraw"]),
        ({"ch4": 2, "accumulation_m3": 0.5}, ["stop_drilling_blasting", "stop_and_withdraw"]),
        ({"ch4": 2, "accumulation_m3": 0.6}, ["stop_drilling_blasting", "stop_and_withdraw", "local_accumulation"]),
        ({"ch4": 3, "stopped_area": True}, ["stop_drilling_blasting", "stop_and_withdraw", "seal_stopped_area"]),
    ],
)
def test_what_methane_demands(given_, codes):
    assert [each["code"] for each in call("ch4_actions", given_)["actions"]] == codes


@pytest.mark.parametrize("gas", list(parameter("cn/coal/air").in_force(TODAY).value))
def test_air_underground_is_in_order_at_its_limit(gas):
    row = parameter("cn/coal/air").in_force(TODAY).value[gas]
    (bound,) = {"at_least", "at_most"} & row.keys()
    limit, off = Fraction(str(row[bound])), Fraction(1, 10**6) * (-1 if bound == "at_least" else 1)
    assert bare(mine_air(gas=gas, percent=limit, on=TODAY)) == {"ok": True, "limit": limit}
    assert not mine_air(gas=gas, percent=limit + off, on=TODAY)["ok"]
