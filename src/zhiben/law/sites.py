"""Set points of tanks, dust collectors, crowds and cranes in the wind: proposals and practice, not law."""

from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from zhiben.kernel.quantities import Number, exact
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import need_between, need_not_negative, need_positive
from zhiben.law.registry import Answer, function, plain
from zhiben.law.tables import row_of

__all__ = [
    "crane_wind",
    "crowd_capacity",
    "crowd_level",
    "dust_collector_alarms",
    "signals_watched",
    "tank_level",
    "tank_pressure",
    "upload_ok",
    "warning_colour",
]


@function(section="H")
def tank_level(*, percent: Number, on: date) -> Answer:
    """Return the alarm of a tank's level in per cent of its height: hh, h, l, or null."""
    need_between("percent", percent, 0, 100, 60)
    held = parameter("cn/site/tanks").in_force(on).value["level"]
    alarm = "hh" if percent >= held["hh"] else "h" if percent >= held["h"] else "l" if percent <= held["l"] else None
    step(
        f"高高 {held['hh']}、高 {held['h']}、低 {held['l']}（%）：{plain(percent)}",
        f"level HH {held['hh']}, H {held['h']}, L {held['l']} (%): {plain(percent)}",
        alarm,
    )
    return {"alarm": alarm}


@function(section="H")
def tank_pressure(*, pressure: Number, design: Number, on: date) -> Answer:
    """Return the alarm of a tank's pressure by its design pressure: hh, h, or null."""
    need_not_negative("pressure", pressure, 0.4)
    need_positive("design", design, 0.5)
    held = parameter("cn/site/tanks").in_force(on).value["pressure"]
    share = exact(pressure) * 100
    alarm = "hh" if share >= held["hh"] * design else "h" if share >= held["h"] * design else None
    step(
        f"{plain(pressure)} 与设计压力 {plain(design)} 的 {held['h']}%、{held['hh']}%",
        f"{plain(pressure)} against {held['h']} and {held['hh']} % of {plain(design)}",
        alarm,
    )
    return {"alarm": alarm}


@function(section="H")
def dust_collector_alarms(
    *, pressure_kpa: Number, commissioned_kpa: Number, temperature_c: Number, wind_ms: Number, on: date
) -> Answer:
    """Return the alarms of a dust collector: pressure difference, temperature, duct wind."""
    need_not_negative("pressure_kpa", pressure_kpa, 1)
    need_positive("commissioned_kpa", commissioned_kpa, 1)
    need_not_negative("wind_ms", wind_ms, 21)
    held = parameter("cn/site/dust-collector").in_force(on).value
    off = abs(Fraction(pressure_kpa) - commissioned_kpa) * 100
    there = {
        "pressure_difference": off > held["band_percent"] * commissioned_kpa,
        "temperature": temperature_c > held["temperature_over"],
        "wind": wind_ms < held["wind_under"],
    }
    step(
        f"压差偏离调试值 > {held['band_percent']}%",
        f"pressure difference off by more than {held['band_percent']} %",
        there["pressure_difference"],
    )
    step(
        f"温度 > {held['temperature_over']} ℃", f"temperature over {held['temperature_over']} °C", there["temperature"]
    )
    step(f"风速 < {held['wind_under']} m/s", f"duct wind under {held['wind_under']} m/s", there["wind"])
    return {"alarms": [name for name, holds in there.items() if holds]}


@function(section="H")
def crowd_level(*, people: int, area_m2: Number, on: date) -> Answer:
    """Return the colour of a crowd by people a square metre."""
    need_not_negative("people", people, 500)
    need_positive("area_m2", area_m2, 200)
    held = parameter("cn/site/crowd").in_force(on).value
    colour = next((name for name in ("red", "orange", "yellow") if people >= held[name] * area_m2), "blue")
    step(
        f"{people} 人 ÷ {plain(area_m2)} m²（黄、橙、红：{held['yellow']}、{held['orange']}、{held['red']}）",
        f"{people} people ÷ {plain(area_m2)} m² (yellow, orange, red: {held['yellow']}, {held['orange']}, {held['red']})",
        colour,
    )
    return {"colour": colour}


@function(section="H")
def crowd_capacity(*, area_m2: Number, m2_a_person: Number, on: date) -> Answer:
    """Return how many people a place holds at once: its area by the area of one, rounded down."""
    need_positive("area_m2", area_m2, 200)
    need_positive("m2_a_person", m2_a_person, 0.75)
    exactly = Fraction(area_m2) / m2_a_person
    people = floor(exactly) if parameter("cn/site/crowd-capacity").in_force(on).value == "down" else ceil(exactly)
    step(
        f"{plain(area_m2)} ÷ {plain(m2_a_person)}，取整",
        f"{plain(area_m2)} ÷ {plain(m2_a_person)}, rounded down",
        people,
    )
    return {"people": people}


@function(section="H")
def crane_wind(*, work: Literal["lifting", "tower_crane_assembly"], wind_ms: Number, on: date) -> Answer:
    """Tell whether crane work stops at a wind speed."""
    need_not_negative("wind_ms", wind_ms, 9)
    held = parameter("cn/site/crane-wind").in_force(on).value
    lifting = work == "lifting"
    limit = exact(held["lifting_from" if lifting else "tower_crane_assembly_over"])
    stop = wind_ms >= limit if lifting else wind_ms > limit
    sign = "≥" if lifting else ">"
    step(
        f"风速 {plain(wind_ms)} {sign} {plain(limit)} m/s 停止",
        f"wind {plain(wind_ms)} {sign} {plain(limit)} m/s: stop",
        stop,
    )
    return {"stop": stop}


@function(section="H")
def upload_ok(*, what: Literal["sample", "alarm_upload", "value_upload"], seconds: Number, on: date) -> Answer:
    """Tell whether readings are sampled or sent on often enough."""
    need_not_negative("seconds", seconds, 30)
    held = parameter("cn/site/upload").in_force(on).value[what]
    ok = held["least"] <= seconds <= held["most"]
    step(
        f"{held['least']} ≤ {plain(seconds)} ≤ {held['most']} 秒",
        f"{held['least']} ≤ {plain(seconds)} ≤ {held['most']} s",
        ok,
    )
    return {"ok": ok, "at_most_s": held["most"]}


@function(section="H")
def signals_watched(*, kind: str, watched: list[str], on: date) -> Answer:
    """Return which signals of an object are commonly watched, and which of them are not (by Chinese or English name)."""
    known, row = row_of(parameter("cn/site/signals").in_force(on).value, kind, "kind")
    wanted = row["signals"]
    missing = [each for each in wanted if not {each["zh"], each["en"]} & set(watched)]
    step(f"{row['zh']}：应监测信号", f"{known}: signals commonly watched", [each["zh"] for each in wanted])
    step("未监测", "not watched", [each["zh"] for each in missing])
    return {"wanted": wanted, "missing": missing}


@function(section="H")
def warning_colour(*, level: int, on: date) -> Answer:
    """Return the colour of a warning level from 1 (the gravest) to 4."""
    colours = parameter("cn/monitoring/warning-colours").in_force(on).value
    need_between("level", level, 1, len(colours), 2)
    step(f"{level} 级预警", f"warning of level {level}", colours[level - 1])
    return {"colour": colours[level - 1]}
