"""Distances from power lines and from oil and gas pipelines."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from zhiben.kernel.quantities import Number, exact
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible, need_not_negative, need_positive
from zhiben.law.registry import Answer, function, plain

Rule = Literal["scaffold", "crane", "protection-zone", "danger-distance"]
Activity = Literal["dig_build_or_deep_roots", "new_construction", "blasting_or_mining"]


@function(section="G")
def power_line_distance(*, rule: Rule, kv: Number, on: date) -> Answer:
    """Return the least distance from an overhead line or live part by its voltage; a crane has two."""
    row = _row(rule, kv, on)
    told = {f"{name}_m": exact(row[name]) for name in ("vertical", "horizontal") if name in row}
    told = told or {"min_m": exact(row["m"])}
    step(f"{plain(kv)} kV：最小距离（m）", f"{plain(kv)} kV: least distance (m)", told)
    return told


@function(section="G")
def power_line_ok(
    *, rule: Rule, kv: Number, distance_m: Number, direction: Literal["vertical", "horizontal"] | None = None, on: date
) -> Answer:
    """Tell whether a distance from a power line is kept; a crane's needs its direction."""
    need_not_negative("distance_m", distance_m, 6)
    row = _row(rule, kv, on)
    if rule == "crane" and direction is None:
        raise impossible(
            "direction",
            direction,
            because("起重机须说明垂直或者水平方向", "a crane's distance needs its direction"),
            "vertical",
        )
    limit = exact(row[direction or "m"] if rule == "crane" else row["m"])
    ok = distance_m >= limit
    step(
        f"{plain(kv)} kV：距离 {plain(distance_m)} ≥ {plain(limit)} m",
        f"{plain(kv)} kV: distance {plain(distance_m)} m ≥ {plain(limit)} m",
        ok,
    )
    return {"ok": ok, "min_m": limit}


def _row(rule: Rule, kv: Number, on: date) -> Mapping[str, Any]:
    """Return the first row that takes in a voltage: one between two rows takes the higher."""
    need_positive("kv", kv, 10)
    rows: Sequence[Mapping[str, Any]] = parameter(f"cn/power-line/{rule}").in_force(on).value
    for row in rows:
        if ("below_kv" in row and kv < row["below_kv"]) or ("up_to_kv" in row and kv <= row["up_to_kv"]):
            return row
    most = rows[-1]["up_to_kv"]
    raise impossible("kv", kv, because(f"表中最高 {most} kV", f"the table ends at {most} kV"), most)


@function(section="G")
def pipeline_zone(*, activity: Activity, distance_m: Number, to_facility: bool = False, on: date) -> Answer:
    """Tell what an activity near an oil or gas pipeline needs: it is forbidden, needs consent or approval, or is free."""
    need_not_negative("distance_m", distance_m, 30)
    row = parameter("cn/pipeline/zones").in_force(on).value[activity]
    limit = row.get("facility_m" if to_facility else "line_m")
    if limit is None:
        step("距管道设施：本条未规定", "from a facility: no figure in this rule", None)
        return {"outcome": None, "within_m": None}
    within = distance_m <= limit
    outcome = row["outcome"] if within else "free"
    step(f"{row['zh']}：{plain(distance_m)} ≤ {limit} m", f"{row['en']}: {plain(distance_m)} m ≤ {limit} m", within)
    return {"outcome": outcome, "within_m": limit}
