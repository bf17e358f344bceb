"""What holds of every gas reading, alarm and tailings pond, whatever is measured."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.properties import FEW, answer, property_of
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.kernel.quantities import exact

TODAY = date(2026, 11, 22)
LEAST = st.fractions(Fraction(1, 10**6), Fraction(1, 10), max_denominator=10**6)  # the least step over a bound
PERCENT = st.fractions(0, 100, max_denominator=1000)
READING = st.fractions(0, 500, max_denominator=100)


@property_of("gas_alarm_flammable")
@FEW
@given(READING, READING, LEAST)
def test_flammable_gas_alarms_at_a_quarter_and_at_half_of_its_limit(reading, more, least):
    def level(lel):
        return answer("gas_alarm_flammable", lel_pct=lel, on=TODAY)["level"]

    assert level(reading) == (reading >= 25) + (reading >= 50)
    assert level(reading) <= level(reading + more)
    assert [level(each) for each in (25 - least, 25, 50 - least, 50)] == [0, 1, 1, 2]
    with pytest.raises(Invalid):
        level(-least)


@property_of("gas_alarm_toxic")
@FEW
@given(READING, st.fractions(Fraction(1, 100), 100, max_denominator=100), st.integers(2, 50), LEAST)
def test_toxic_gas_alarms_at_its_limit_and_at_twice_that_in_any_unit(conc, oel, unit, least):
    def level(value, limit=oel):
        return answer("gas_alarm_toxic", conc=value, oel=limit, on=TODAY)["level"]

    assert level(conc) == (conc >= oel) + (conc >= 2 * oel)
    assert level(conc * unit, oel * unit) == level(conc)
    assert [level(each * oel) for each in (1 - least, 1, 2 - least, 2)] == [0, 1, 1, 2]


@property_of("o2_alarm")
@FEW
@given(PERCENT | st.fractions(19, 24, max_denominator=100), LEAST)
def test_air_is_deficient_below_and_enriched_from_its_bounds(o2, least):
    def state(share):
        return answer("o2_alarm", o2=share, on=TODAY)["state"]

    low, high = Fraction(39, 2), Fraction(47, 2)
    assert state(o2) == ("deficient" if o2 < low else "enriched" if o2 >= high else "ok")
    assert [state(each) for each in (low - least, low, high - least, high)] == ["deficient", "ok", "ok", "enriched"]
    for outside in (-least, 100 + least):
        with pytest.raises(Invalid):
            state(outside)


@property_of("mgm3_to_ppm")
@FEW
@given(READING, st.fractions(2, 200, max_denominator=10), st.integers(-20, 60), st.integers(2, 20))
def test_the_same_mass_is_a_greater_share_of_warmer_air_and_a_smaller_one_of_a_heavier_gas(mgm3, mw, t_c, k):
    def ppm(mass=mgm3, mole=mw, warmth=t_c):
        return answer("mgm3_to_ppm", mgm3=mass, mw=mole, t_c=warmth, on=TODAY)["ppm"]

    kelvin = exact("273.15") + t_c
    assert abs(ppm() - mgm3 * exact("8.314") * kelvin / (exact("101.325") * mw)) < max(ppm() / 1000, Fraction(1, 100))
    assert ppm() <= ppm(warmth=t_c + 1)
    assert ppm(mole=mw + 1) <= ppm()
    assert abs(ppm(mass=mgm3 * k) - k * ppm()) <= Fraction(k + 1, 200)  # each is rounded to two places
    assert ppm(mass=mgm3 * k, mole=mw * k) == ppm()
    assert ppm(warmth=exact("-273.14")) <= Fraction(1, 10) + mgm3 / mw
    for wrong in (exact("-273.15"), -300 - k):  # absolute zero itself
        with pytest.raises(Invalid):
            ppm(warmth=wrong)


METHANE = {  # place: alarm, power cut
    "采煤工作面": ("1.0", "1.5"), "掘进工作面": ("1.0", "1.5"), "上隅角": ("1.0", "1.5"), "采掘机械": ("1.0", "1.5"),
    "采煤工作面回风巷": ("1.0", "1.0"), "掘进工作面回风流": ("1.0", "1.0"),
    "被串工作面进风流": ("0.5", "0.5"), "突出煤层工作面进风巷": ("0.5", "0.5"),
    "总回风或一翼回风": ("0.75", None),
}  # fmt: skip


@property_of("ch4_sensor")
@FEW
@given(st.sampled_from(sorted(METHANE)), PERCENT | st.fractions(0, 2, max_denominator=100), LEAST)
def test_methane_alarms_and_cuts_the_power_from_the_figures_of_the_place_on(place, ch4, least):
    alarm, cut = (None if each is None else exact(each) for each in METHANE[place])

    def told(share):
        return answer("ch4_sensor", place=place, ch4=share, on=TODAY)

    assert told(ch4) == {"alarm": ch4 >= alarm, "cut": cut is not None and ch4 >= cut}
    assert told(ch4)["alarm"] or not told(ch4)["cut"]  # no power is cut without an alarm
    assert [told(each)["alarm"] for each in (alarm - least, alarm)] == [False, True]
    if cut is not None:
        assert [told(each)["cut"] for each in (cut - least, cut)] == [False, True]


@property_of("ch4_sensor")
@FEW
@given(st.sampled_from(sorted(METHANE)), st.dates(date(2018, 1, 1), date(2022, 1, 1)))
def test_before_the_standard_of_2020_no_sensor_is_judged(place, day):
    assert answer("ch4_sensor", place=place, ch4=1, on=date(2020, 2, 1))
    if day < date(2020, 2, 1):
        with pytest.raises(NotFound, match="not-in-force"):
            answer("ch4_sensor", place=place, ch4=1, on=day)
    else:
        assert answer("ch4_sensor", place=place, ch4=1, on=day) == answer("ch4_sensor", place=place, ch4=1, on=TODAY)


COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=40)


@property_of("alarm_flood")
@FEW
@given(COUNTS, st.integers(0, 4))
def test_a_flood_goes_on_until_a_quiet_slot_and_rows_parted_by_one_are_counted_apart(counts, quiet):
    def told(row):
        return answer("alarm_flood", counts_per_10min=row, on=TODAY)

    floods = told(counts)["floods"]
    assert told([*counts, quiet, *counts])["floods"] == 2 * floods
    assert abs(told(counts)["pct_over10"] - Fraction(sum(each > 10 for each in counts), len(counts))) < Fraction(
        1, 10**6
    )
    assert told([10])["floods"] == told([10, 5, 9])["floods"] == 1
    assert told([9])["floods"] == 0
    assert told([10, quiet, 10])["floods"] == 2


@property_of("chattering")
@FEW
@given(st.lists(st.integers(0, 600), max_size=8), st.integers(0, 10**4), LEAST)
def test_three_times_within_a_minute_chatter_whenever_they_come(times, shift, least):
    def found(row):
        return answer("chattering", times_s=row, on=TODAY)["chattering"]

    ordered = sorted(times)
    assert found(times) == any(ordered[at + 2] - ordered[at] <= 60 for at in range(len(ordered) - 2))
    assert found([each + shift for each in times[::-1]]) == found(times)
    assert (found([0, 1, 60]), found([0, 1, 60 + least])) == (True, False)


@property_of("stale", "alarm_rate_band")
@FEW
@given(READING, READING, LEAST)
def test_an_alarm_is_stale_after_a_day_and_an_operator_bears_so_many_of_them(value, more, least):
    def stale(hours):
        return answer("stale", active_hours=hours, on=TODAY)["stale"]

    def band(per_day):
        return ["acceptable", "manageable", "over"].index(answer("alarm_rate_band", per_day=per_day, on=TODAY)["band"])

    assert stale(value) == (value > 24)
    assert (stale(24), stale(24 + least)) == (False, True)
    assert band(value) == (value > 150) + (value > 300)
    assert [band(each) for each in (150, 150 + least, 300, 300 + least)] == [0, 1, 1, 2]
    assert band(value) <= band(value + more)
    for wrong in (stale, band):
        with pytest.raises(Invalid):
            wrong(-least)


@property_of("dry_beach")
@FEW
@given(st.integers(1, 5), READING, LEAST)
def test_the_least_beach_is_enough_and_a_higher_grade_asks_for_more(grade, length, least):
    wanted = [150, 100, 70, 50, 40]

    def told(metres, of=grade):
        return answer("dry_beach", grade=of, length_m=metres, on=TODAY)

    need = wanted[grade - 1]
    assert told(length) == {"ok": length >= need, "min_m": need}
    assert (told(need)["ok"], told(need - least)["ok"]) == (True, False)
    assert grade == 5 or told(length, grade + 1)["ok"] or not told(length)["ok"]
    for wrong in (0, 6):
        with pytest.raises(Invalid):
            told(length, wrong)


VOLUMES, HEIGHTS = [50000, 10000, 1000, 100], [200, 100, 60, 30]


@property_of("tailings_grade")
@FEW
@given(st.integers(0, 3), st.integers(0, 3), LEAST, st.booleans())
def test_a_pond_has_the_higher_of_both_grades_less_one_where_they_lie_apart(volume, height, less, below):
    """Both bounds belong to the higher grade; `less` under them is the next one."""
    given_ = {"volume_wan_m3": VOLUMES[volume] - less * below, "height_m": HEIGHTS[height] - less * below}
    grades = volume + 1 + below, height + 1 + below
    told = answer("tailings_grade", on=TODAY, **given_)["grade"]
    assert told == min(grades) + (abs(grades[0] - grades[1]) >= 2)


@property_of("power_watch")
@FEW
@given(st.lists(st.booleans(), max_size=20), st.integers(1, 1000), LEAST)
def test_whoever_was_ordered_to_stop_is_suspected_after_an_hour_above_a_quarter_of_the_usual_load(above, usual, least):
    """`above`: of which quarters of an hour the load lies above; at the quarter itself it does not."""
    points = [Fraction(usual, 4) + (least if over else 0) for over in above]
    told = answer("power_watch", on=TODAY, baseline_kw=usual, ordered_stop=True, points_kw=points)
    longest = max(map(len, "".join("x" if over else " " for over in above).split()), default=0)
    assert (told["run"], told["alert"]) == (longest, longest >= 4)
