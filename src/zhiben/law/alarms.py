"""Alarms of process plants (ISA-18.2, EEMUA 191): floods, chattering, stale ones, rates, priorities."""

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from zhiben.kernel.quantities import Number
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible, need_not_negative
from zhiben.law.registry import Answer, function, plain

__all__ = [
    "alarm_damping",
    "alarm_flood",
    "alarm_performance",
    "alarm_priorities",
    "alarm_rate_band",
    "chattering",
    "stale",
    "top_ten_share",
    "upset_band",
]

_PLACES = 10**6  # shares are told to six places
_TOP = 10
_SLOTS_AN_HOUR, _SLOTS_A_DAY = 6, 144


@function(section="H")
def alarm_flood(*, counts_per_10min: list[int], on: date) -> Answer:
    """Return the floods in a row of ten-minute slots, and the share of slots with more than ten alarms."""
    _counts("counts_per_10min", counts_per_10min)
    held = parameter("cn/alarm/flood").in_force(on).value
    starts = _flood_starts(counts_per_10min, held["start"], held["end"])
    step(
        f"泛滥：≥{held['start']} 起，<{held['end']} 止；起始时段",
        f"floods from ≥ {held['start']} until < {held['end']}; slots where one starts",
        starts,
    )
    crowded = sum(count > held["crowded"] for count in counts_per_10min)
    share = _share(crowded, len(counts_per_10min))
    step(
        f">{held['crowded']} 的时段占比 {crowded}/{len(counts_per_10min)}，六位小数",
        f"slots with more than {held['crowded']}: {crowded}/{len(counts_per_10min)}, to six places",
        share,
    )
    return {"floods": len(starts), "pct_over10": share}


def _flood_starts(counts: list[int], start: int, end: int) -> list[int]:
    """Return the slots (from 1) in which a flood starts."""
    inside = _in_flood(counts, start, end)
    return [at for at, (before, now) in enumerate(pairwise([False, *inside]), 1) if now and not before]


def _in_flood(counts: list[int], start: int, end: int) -> list[bool]:
    """Tell slot by slot whether a flood is on: from `start` alarms until a slot has fewer than `end`."""
    inside, flooding = [], False
    for count in counts:
        flooding = count >= (end if flooding else start)
        inside.append(flooding)
    return inside


@function(section="H")
def alarm_performance(*, counts_per_10min: list[int], on: date) -> Answer:
    """Return how an operator's alarms stand beside their targets: rate, crowded hours, time in flood, peak.

    Hours are rows of six slots from the start; a last part of an hour is left out. Shares to six places.
    """
    _counts("counts_per_10min", counts_per_10min)
    flood = parameter("cn/alarm/flood").in_force(on).value
    targets = parameter("cn/alarm/targets").in_force(on).value
    slots, hours = len(counts_per_10min), _hours(counts_per_10min)
    per_day = Fraction(sum(counts_per_10min) * _SLOTS_A_DAY, slots)
    step(
        f"{sum(counts_per_10min)} ÷ {slots} × {_SLOTS_A_DAY}：每日报警",
        f"{sum(counts_per_10min)} ÷ {slots} × {_SLOTS_A_DAY}: alarms a day",
        _six_places(per_day),
    )
    crowded = sum(count > targets["crowded_hour"] for count in hours)
    step(
        f"超过 {targets['crowded_hour']} 的小时 {crowded}/{len(hours)}",
        f"hours with more than {targets['crowded_hour']}: {crowded}/{len(hours)}",
        _share(crowded, len(hours)),
    )
    flooded = sum(_in_flood(counts_per_10min, flood["start"], flood["end"]))
    step(f"泛滥时段 {flooded}/{slots}", f"slots in flood {flooded}/{slots}", _share(flooded, slots))
    kept = {
        "crowded_hours": crowded * 100 < targets["hour_over_30_below"] * len(hours) if hours else None,
        "time_in_flood": flooded * 100 < targets["flood_time_below"] * slots,
        "peak": max(counts_per_10min) <= targets["peak_at_most"],
    }
    return {
        "per_day": _six_places(per_day),
        "band": alarm_rate_band(per_day=per_day, on=on)["band"],
        "crowded_hours": _share(crowded, len(hours)),
        "time_in_flood": _share(flooded, slots),
        "peak": max(counts_per_10min),
        "kept": kept,
    }


def _hours(counts: list[int]) -> list[int]:
    return [sum(counts[at : at + _SLOTS_AN_HOUR]) for at in range(0, len(counts) - _SLOTS_AN_HOUR + 1, _SLOTS_AN_HOUR)]


@function(section="H")
def chattering(*, times_s: list[Number], on: date) -> Answer:
    """Tell whether an alarm chatters: it came often enough within a minute, first and last included."""
    held = parameter("cn/alarm/chattering").in_force(on).value
    times = sorted(times_s)
    spans = [late - early for early, late in zip(times, times[held["times"] - 1 :], strict=False)]
    shortest = min(spans, default=None)
    step(f"任意 {held['times']} 次的最短跨度（秒）", f"shortest span of any {held['times']} (s)", shortest)
    found = shortest is not None and shortest <= held["seconds"]
    step(f"≤ {held['seconds']} 秒为抖动", f"at most {held['seconds']} s: it chatters", found)
    return {"chattering": found}


@function(section="H")
def stale(*, active_hours: Number, on: date) -> Answer:
    """Tell whether an alarm stands too long."""
    need_not_negative("active_hours", active_hours, 30)
    limit = parameter("cn/alarm/stale-hours").in_force(on).value
    step(
        f"持续 {plain(active_hours)} > {limit} 小时",
        f"active for {plain(active_hours)} > {limit} h",
        active_hours > limit,
    )
    return {"stale": active_hours > limit}


@function(section="H")
def alarm_rate_band(*, per_day: Number, on: date) -> Answer:
    """Return the band of an operator's alarms a day: acceptable, manageable or over."""
    need_not_negative("per_day", per_day, 180)
    held = parameter("cn/alarm/rate").in_force(on).value
    band = "acceptable" if per_day <= held["acceptable"] else "manageable" if per_day <= held["manageable"] else "over"
    step(
        f"可接受 ≤ {held['acceptable']}，可管理 ≤ {held['manageable']}：{plain(per_day)}",
        f"acceptable ≤ {held['acceptable']}, manageable ≤ {held['manageable']}: {plain(per_day)}",
        band,
    )
    return {"band": band}


@function(section="H")
def upset_band(*, first_10min: int, on: date) -> Answer:
    """Return the band of alarms in the first ten minutes of an upset: manageable, hard or too many."""
    need_not_negative("first_10min", first_10min, 20)
    held = parameter("cn/alarm/upset").in_force(on).value
    low, high = held["manageable_below"], held["too_many_over"]
    band = "manageable" if first_10min < low else "too_many" if first_10min > high else "hard"
    step(f"可管理 < {low}，过多 > {high}：{first_10min}", f"manageable < {low}, too many > {high}: {first_10min}", band)
    return {"band": band}


@function(section="H")
def alarm_priorities(*, low: int, medium: int, high: int, on: date) -> Answer:
    """Return the shares of the three priorities beside their targets; null where there is no alarm."""
    given = {"low": low, "medium": medium, "high": high}
    for name, count in given.items():
        need_not_negative(name, count, 8)
    targets = parameter("cn/alarm/targets").in_force(on).value["priority"]
    told = {
        name: {"share": _share(count, sum(given.values())), "target": Fraction(targets[name], 100)}
        for name, count in given.items()
    }
    step("各优先级占比与目标", "shares and targets by priority", told)
    return told


@function(section="H")
def top_ten_share(*, counts: list[int], on: date) -> Answer:
    """Return the share of the ten most frequent tags among all alarms, and whether it keeps its target."""
    _counts("counts", counts)
    top, total = sum(sorted(counts, reverse=True)[:_TOP]), sum(counts)
    limit = parameter("cn/alarm/targets").in_force(on).value["top10_at_most"]
    share = _share(top, total)
    step(f"前十 {top}/{total}", f"ten most frequent {top}/{total}", share)
    ok = None if total == 0 else top * 100 <= limit * total
    step(f"≤ {limit}% 达标", f"at most {limit} %: kept", ok)
    return {"share": share, "ok": ok}


@function(section="H")
def alarm_damping(*, signal: Literal["flow", "level", "pressure", "temperature"], on: date) -> Answer:
    """Return the usual deadband (per cent of span) and delay of an alarm."""
    held = parameter("cn/alarm/damping").in_force(on).value[signal]
    step("死区（量程%）与延时（秒）", "deadband (% of span) and delay (s)", held)
    return dict(held)


def _counts(field: str, counts: list[int]) -> None:
    if not counts:
        raise impossible(field, counts, because("不能为空", "must not be empty"), [3, 11])
    for at, count in enumerate(counts):
        need_not_negative(f"{field}[{at}]", count, 3)


def _share(part: int, whole: int) -> Fraction | None:
    return _six_places(Fraction(part, whole)) if whole else None


def _six_places(value: Fraction) -> Fraction:
    return Fraction(round(value * _PLACES), _PLACES)
