"""Tailings ponds: grade, dry beach, freeboard, warning, rain, evaluation and closing."""

from datetime import date
from fractions import Fraction
from typing import Literal

from zhiben.kernel.quantities import Number, exact
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import need_between, need_not_negative, need_positive
from zhiben.law.registry import Answer, function, plain
from zhiben.law.spans import months_after, years_after

__all__ = [
    "dry_beach",
    "freeboard",
    "rain_level",
    "tailings_closing_due",
    "tailings_evaluation_due",
    "tailings_grade",
    "tailings_online",
    "tailings_warning",
]

_LOWEST = 5


@function(section="H")
def tailings_grade(*, volume_wan_m3: Number, height_m: Number, on: date) -> Answer:
    """Return the grade (1 is the highest): the higher of volume and dam height, one lower where they lie far apart."""
    need_not_negative("volume_wan_m3", volume_wan_m3, 1200)
    need_not_negative("height_m", height_m, 45)
    held = parameter("cn/tailings/grades").in_force(on).value
    by_volume, by_height = _band(volume_wan_m3, held["volume_wan_m3"]), _band(height_m, held["height_m"])
    step(f"全库容 {plain(volume_wan_m3)} 万m³：等别", f"volume {plain(volume_wan_m3)} × 10⁴ m³: grade", by_volume)
    step(f"坝高 {plain(height_m)} m：等别", f"dam {plain(height_m)} m: grade", by_height)
    higher, apart = min(by_volume, by_height), abs(by_volume - by_height)
    grade = higher + (apart > 1)
    step(
        f"取高者 {higher}，相差 {apart} 等{'，降一等' if apart > 1 else ''}",
        f"the higher, {higher}; {apart} apart{', one lower' if apart > 1 else ''}",
        grade,
    )
    return {"grade": grade}


def _band(value: Number, starts: list[int]) -> int:
    return next((at for at, start in enumerate(starts, 1) if value >= start), _LOWEST)


@function(section="H")
def dry_beach(*, grade: int, length_m: Number, on: date) -> Answer:
    """Tell whether the dry beach of an upstream dam is long enough."""
    need_not_negative("length_m", length_m, 65)
    least = _least("dry_beach", grade, on)
    step(f"干滩 {plain(length_m)} ≥ {plain(least)} m", f"beach {plain(length_m)} ≥ {plain(least)} m", length_m >= least)
    return {"ok": length_m >= least, "min_m": least}


@function(section="H")
def freeboard(*, grade: int, height_m: Number, on: date) -> Answer:
    """Tell whether the freeboard of an upstream dam is high enough."""
    need_not_negative("height_m", height_m, 0.8)
    least = _least("freeboard", grade, on)
    step(
        f"安全超高 {plain(height_m)} ≥ {plain(least)} m",
        f"freeboard {plain(height_m)} ≥ {plain(least)} m",
        height_m >= least,
    )
    return {"ok": height_m >= least, "min_m": least}


def _least(what: str, grade: int, on: date) -> Number:
    need_between("grade", grade, 1, _LOWEST, 3)
    return exact(parameter("cn/tailings/beach").in_force(on).value[what][grade - 1])


@function(section="H")
def tailings_online(*, grade: int, on: date) -> Answer:
    """Tell whether a pond of this grade is monitored on line."""
    need_between("grade", grade, 1, _LOWEST, 3)
    most = parameter("cn/tailings/monitoring").in_force(on).value["online_grade_at_most"]
    step(f"一至{most}等须在线监测：{grade} 等", f"grades 1 to {most} on line: grade {grade}", grade <= most)
    return {"needed": grade <= most}


@function(section="H")
def tailings_warning(
    *, signal: Literal["phreatic_depth", "displacement"], value: Number, red: Number, on: date
) -> Answer:
    """Return the warning colour (null: none) of a phreatic line's depth or a displacement by its red value."""
    need_not_negative("value", value, 5)
    need_positive("red", red, 4)
    held = parameter("cn/tailings/monitoring").in_force(on).value
    deep = signal == "phreatic_depth"  # the deeper the line, the safer
    orange = Fraction(red) * held["phreatic_orange_percent" if deep else "displacement_orange_percent"] / 100
    step(f"红色 {plain(red)}，橙色", f"red {plain(red)}, orange", orange)
    reached = (value <= red, value <= orange) if deep else (value >= red, value >= orange)
    colour = "red" if reached[0] else "orange" if reached[1] else None
    step(f"监测值 {plain(value)}：预警", f"measured {plain(value)}: warning", colour)
    return {"colour": colour, "orange_at": orange}


@function(section="H")
def rain_level(*, mm_24h: Number, on: date) -> Answer:
    """Return how heavy a day's rain is: none, heavy, torrential or extreme."""
    need_not_negative("mm_24h", mm_24h, 60)
    held = parameter("cn/tailings/rain").in_force(on).value
    level = next((name for name in ("extreme", "torrential", "heavy") if mm_24h >= held[name]), "none")
    step(
        f"24 小时 {plain(mm_24h)} mm（界限 {'、'.join(str(each) for each in held.values())}）",
        f"{plain(mm_24h)} mm in 24 h, bounds {', '.join(str(each) for each in held.values())}",
        level,
    )
    return {"level": level}


@function(section="H")
def tailings_evaluation_due(*, last: date, on: date | None = None) -> Answer:
    """Return until when a pond's safety is evaluated again."""
    years = parameter("cn/tailings/management").in_force(on or last).value["evaluation_years"]
    due = years_after(last, years)
    step(f"上次 {last} + {years} 年", f"last on {last} + {years} years", due)
    return {"due": due}


@function(section="H")
def tailings_closing_due(*, stopped: date, extended: bool = False, on: date | None = None) -> Answer:
    """Return until when a pond that stopped working is closed."""
    held = parameter("cn/tailings/management").in_force(on or stopped).value
    months = held["closing_months"] + (held["closing_extension_months"] if extended else 0)
    due = months_after(stopped, months)
    step(f"停用 {stopped} + {months} 个月", f"stopped on {stopped} + {months} months", due)
    return {"due": due}
