"""Electricity as a witness: load while ordered to stop, at night, without fans or collectors, restarts, meters.

A point is the mean load of a quarter of an hour in kW. Every rule here is a setting: the plan asks for the monitoring
and names no figures. What they raise is for a person to look at, not a finding.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import groupby
from typing import Any

from zhiben.kernel.quantities import Number, exact
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible, need_not_negative, need_positive
from zhiben.law.registry import Answer, function, plain
from zhiben.law.spans import in_china, to_the_minute

__all__ = [
    "collector_off",
    "fan_stopped",
    "meter_health",
    "night_production",
    "power_baseline",
    "power_watch",
    "supply_cut_from",
    "unfiled_restart",
]

_RULES = "cn/power/rules"
_PLACES = 10**6


@dataclass(frozen=True, slots=True)
class Night:
    """One night (22:00 to 06:00) and the day before it (08:00 to 20:00): mean loads in kW."""

    night_kw: Number
    day_kw: Number


@function(section="H")
def power_watch(
    *,
    baseline_kw: Number,
    ordered_stop: bool,
    points_kw: list[Number],
    ratio: Number | None = None,
    min_points: int | None = None,
    on: date,
) -> Answer:
    """Tell whether a site that was ordered to stop seems to work: its load stays above a share of the baseline.

    `run` is the longest row of such points. `ratio` and `min_points` are settings; a site of one's own may have others.
    """
    need_positive("baseline_kw", baseline_kw, 800)
    _loads("points_kw", points_kw)
    rule = _rules(on)["stop"]
    share, wanted = (
        exact(rule["ratio"]) if ratio is None else ratio,
        rule["points"] if min_points is None else min_points,
    )
    need_positive("ratio", share, 0.25)
    need_positive("min_points", wanted, 4)
    limit = share * baseline_kw
    step(f"界限 {plain(share)} × {plain(baseline_kw)} kW", f"limit {plain(share)} × {plain(baseline_kw)} kW", limit)
    run = _longest(point > limit for point in points_kw)
    step("连续超过的点数", "longest row of points above it", run)
    alert = ordered_stop and run >= wanted
    step(f"责令停产且 ≥ {wanted} 点", f"ordered to stop, and at least {wanted} points", alert)
    return {"alert": alert, "run": run}


@function(section="H")
def power_baseline(*, loads_kw: list[Number], load_kw: Number | None = None, on: date) -> Answer:
    """Return the median of the same weekday and quarter hour in 4 to 8 normal weeks, and how far a load lies off it.

    The residual is (load - median) / median deviation × 0.6745, to six places; null where there is no deviation.
    """
    _loads("loads_kw", loads_kw)
    if not loads_kw:
        raise impossible("loads_kw", loads_kw, because("不能为空", "must not be empty"), [800, 810, 790, 805])
    factor = exact(_rules(on)["residual_factor"])
    median = _median(loads_kw)
    deviation = _median([abs(load - median) for load in loads_kw])
    step("中位数（kW）", "median (kW)", median)
    step("绝对偏差中位数（kW）", "median absolute deviation (kW)", deviation)
    residual = None
    if load_kw is not None and deviation:
        residual = _rounded((load_kw - median) / deviation * factor)
        step(
            f"({plain(load_kw)} − {plain(median)}) ÷ {plain(deviation)} × {plain(factor)}，六位小数",
            f"({plain(load_kw)} - {plain(median)}) ÷ {plain(deviation)} × {plain(factor)}, to six places",
            residual,
        )
    return {"baseline_kw": median, "mad_kw": deviation, "residual": residual}


@function(section="H")
def night_production(*, nights: list[Night], day_shift: bool, on: date) -> Answer:
    """Tell whether a firm registered as working by day seems to work at night, by its last nights."""
    rule = _rules(on)["night"]
    last = nights[-rule["of"] :]
    for at, night in enumerate(last):
        need_not_negative(f"nights[{at}].night_kw", night.night_kw, 100)
        need_not_negative(f"nights[{at}].day_kw", night.day_kw, 800)
    busy = sum(night.night_kw > exact(rule["ratio"]) * night.day_kw for night in last)
    step(
        f"最近 {len(last)} 夜中夜间均值 > {rule['ratio']} × 白天均值的夜数",
        f"of the last {len(last)} nights, those with a mean over {rule['ratio']} × the day's",
        busy,
    )
    alert = day_shift and busy >= rule["nights"]
    step(f"登记为白班且 ≥ {rule['nights']} 夜", f"registered as day shift, and at least {rule['nights']} nights", alert)
    return {"alert": alert, "nights": busy}


@function(section="H")
def fan_stopped(
    *, fan_kw: list[Number], rated_kw: Number, production_kw: list[Number], baseline_kw: Number, on: date
) -> Answer:
    """Tell whether the main fan seems to stand while production runs: a danger to life."""
    need_positive("rated_kw", rated_kw, 250)
    need_positive("baseline_kw", baseline_kw, 800)
    _same_length("production_kw", fan_kw, production_kw)
    rule = _rules(on)["fan"]
    low, busy = exact(rule["rated"]) * rated_kw, exact(rule["production"]) * baseline_kw
    run = _longest(fan < low and work > busy for fan, work in zip(fan_kw, production_kw, strict=True))
    step(
        f"风机 < {plain(low)} kW 而生产 > {plain(busy)} kW 的连续点数",
        f"longest row with the fan under {plain(low)} kW and production over {plain(busy)} kW",
        run,
    )
    step(f"≥ {rule['points']} 点", f"at least {rule['points']} points", run >= rule["points"])
    return {"alert": run >= rule["points"], "run": run}


@function(section="H")
def collector_off(*, process_kw: list[Number], collector_kw: list[Number], idle_kw: Number = 0, on: date) -> Answer:
    """Tell whether a process ran while its dust or gas collector did not; loads up to `idle_kw` count as off."""
    need_not_negative("idle_kw", idle_kw, 2)
    _same_length("collector_kw", process_kw, collector_kw)
    run = _longest(work > idle_kw >= collect for work, collect in zip(process_kw, collector_kw, strict=True))
    step("工艺开而收尘、抽排停的连续点数", "longest row with the process on and the collector off", run)
    wanted = _rules(on)["collector"]["points"]
    step(f"≥ {wanted} 点", f"at least {wanted} points", run >= wanted)
    return {"alert": run >= wanted, "run": run}


@function(section="H")
def unfiled_restart(*, points_kw: list[Number], baseline_kw: Number, filed: bool, on: date) -> Answer:
    """Tell whether work started again after a holiday without a filed restart, and at which point (from 1; null: none)."""
    need_positive("baseline_kw", baseline_kw, 800)
    _loads("points_kw", points_kw)
    limit = exact(_rules(on)["restart"]["ratio"]) * baseline_kw
    first = next((at for at, point in enumerate(points_kw, 1) if point > limit), None)
    step(f"首个 > {plain(limit)} kW 的点", f"first point over {plain(limit)} kW", first)
    step("未报备复工", "no restart filed", not filed)
    return {"alert": first is not None and not filed, "point": first}


@function(section="H")
def meter_health(*, points_kw: list[Number | None], branches_kw: list[Number] | None = None, on: date) -> Answer:
    """Return what is wrong with a meter: a flat line, too many missing points, branches that do not add up."""
    if not points_kw:
        raise impossible("points_kw", points_kw, because("不能为空", "must not be empty"), [800, 805, None])
    known = [point for point in points_kw if point is not None]
    _loads("points_kw", known)
    rule = _rules(on)["health"]
    flat = max((len(list(same)) for point, same in groupby(points_kw) if point is not None), default=0)
    missing = len(points_kw) - len(known)
    there = {"flat": flat >= rule["flat"], "missing": missing * 100 > rule["missing_percent"] * len(points_kw)}
    step(f"最长不变 {flat} 点 ≥ {rule['flat']}", f"longest flat row {flat} ≥ {rule['flat']}", there["flat"])
    step(
        f"缺 {missing}/{len(points_kw)} > {rule['missing_percent']}%",
        f"missing {missing}/{len(points_kw)} > {rule['missing_percent']} %",
        there["missing"],
    )
    if branches_kw is not None:
        main, parts = Fraction(sum(known)), Fraction(sum(branches_kw))
        there["branches"] = abs(parts - main) * 100 > rule["branches_percent"] * main
        step(
            f"分表之和 {plain(parts)} 与总表 {plain(main)} 相差 > {rule['branches_percent']}%",
            f"branches {plain(parts)} against main {plain(main)}: off by more than {rule['branches_percent']} %",
            there["branches"],
        )
    return {"problems": [name for name, holds in there.items() if holds]}


@function(section="H")
def supply_cut_from(*, ordered: datetime, urgent: bool, on: date | None = None) -> Answer:
    """Return from when the supply may be cut after an order: at once in urgent danger, else after the notice."""
    notice = parameter("cn/power/supply-cut-notice-hours").in_force(on or in_china(ordered).date()).value
    hours = 0 if urgent else notice
    try:
        start = ordered + timedelta(hours=hours)
    except OverflowError as problem:
        reason = because("时间太远", "the time lies too far off")
        raise impossible("ordered", ordered, reason, "2025-07-01T09:00") from problem
    step(f"{to_the_minute(ordered)} + {hours} 小时", f"{to_the_minute(ordered)} + {hours} h", to_the_minute(start))
    return {"from": to_the_minute(start)}


def _rules(on: date) -> Any:
    return parameter(_RULES).in_force(on).value


def _longest(holds: Iterable[bool]) -> int:
    return max((len(list(row)) for held, row in groupby(holds) if held), default=0)


def _median(values: Sequence[Number]) -> Fraction:
    ranked, half = sorted(values), len(values) // 2
    return Fraction(ranked[half]) if len(values) % 2 else Fraction(ranked[half - 1] + ranked[half]) / 2


def _loads(field: str, points: Sequence[Number]) -> None:
    for at, point in enumerate(points):
        need_not_negative(f"{field}[{at}]", point, 320)


def _same_length(field: str, one: Sequence[Number], other: Sequence[Number]) -> None:
    if len(one) != len(other):
        reason = because("两列点数须相同", "both rows need as many points")
        raise impossible(field, len(other), reason, len(one))


def _rounded(value: Fraction) -> Fraction:
    return Fraction(round(value * _PLACES), _PLACES)
