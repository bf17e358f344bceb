"""Work permits by GB 30871: how long they hold, who approves, gas and oxygen, conditions in figures."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal

from zhiben.kernel.quantities import Number, exact
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.large_works import (
    large_works,
)
from zhiben.law.naming import in_english, listed
from zhiben.law.near_lines import (
    pipeline_zone,
    power_line_distance,
    power_line_ok,
)
from zhiben.law.parameters import parameter
from zhiben.law.permit_grades import (
    fall_radius,
    height_grade,
    height_measures,
    hot_work_grade,
    hot_work_upgrade,
    lift_grade,
    permit_certificates,
    permit_papers,
    permit_upgrade,
    two_crane_lift,
)
from zhiben.law.permit_kinds import kind_of
from zhiben.law.refusing import impossible, need_between, need_not_negative
from zhiben.law.registry import Answer, function, plain
from zhiben.law.spans import in_china, months_after, to_the_minute
from zhiben.law.tables import row_of

__all__ = [
    "approver",
    "confined_space_voltage",
    "dedicated_person",
    "excavation_permit",
    "fall_radius",
    "gas_ok",
    "gas_sample_fresh",
    "height_grade",
    "height_measures",
    "hot_work_grade",
    "hot_work_upgrade",
    "large_works",
    "lift_grade",
    "new_permit_needed",
    "oxygen_ok",
    "permit_certificates",
    "permit_condition",
    "permit_conditions",
    "permit_end",
    "permit_keep_until",
    "permit_papers",
    "permit_upgrade",
    "permit_watching",
    "permits_needed",
    "pipeline_zone",
    "power_line_distance",
    "power_line_ok",
    "reanalysis_needed",
    "two_crane_lift",
    "wind_stop",
]

_TRADE = "工贸有限空间"


@function(section="G")
def permit_end(
    *, kind: str, start: datetime, special_case: bool = False, used_for: str | None = None, on: date | None = None
) -> Answer:
    """Return when a permit ends at the latest; null where it is given for one job.

    Temporary power holds longer in a `special_case`, and never longer than the permit of the work it is `used_for`.
    """
    hours = _hours(kind, on or in_china(start).date(), special_case=special_case)
    if used_for is not None:
        other = _hours(used_for, on or in_china(start).date(), "used_for")
        hours = min((each for each in (hours, other) if each is not None), default=None)
    if hours is None:
        step("一作业一票，无固定期限", "one permit a job, no fixed time", None)
        return {"latest_end": None}
    end = _later(start, timedelta(hours=hours))
    step(f"{to_the_minute(start)} + {hours} 小时", f"{to_the_minute(start)} + {hours} h", to_the_minute(end))
    return {"latest_end": to_the_minute(end)}


def _hours(kind: str, on: date, field: str = "kind", *, special_case: bool = False) -> int | None:
    known, row = kind_of(kind, on, field)
    held = parameter("cn/permit/validity-hours").in_force(on).value[known]
    hours: int | None = held.get("max_h_special") if special_case else None
    hours = hours or held["max_h"]
    step(f"{known}：有效期（小时）", f"{row['en']}: hours it holds", hours)
    return hours


@function(section="G")
def approver(*, kind: str, on: date) -> Answer:
    """Return who approves a permit (in the words of table B.1)."""
    known, row = kind_of(kind, on)
    approve = parameter("cn/permit/approvers").in_force(on).value[known]
    name = parameter("cn/permit/approver-names").in_force(on).value[approve]
    step(f"{known}：审批", f"{row['en']}: approved by {name}", approve)
    return {"approve": approve}


@function(section="G")
def permits_needed(*, kinds: list[str], on: date) -> Answer:
    """Return the permits of works that go on together: one each, linked with the others."""
    parameter("cn/permit/kinds").in_force(on)
    known = list(dict.fromkeys(kind_of(kind, on, f"kinds[{at}]")[0] for at, kind in enumerate(kinds)))
    step("同时进行的作业各办一票，互相关联", "works at the same time: a permit each, linked", known)
    return {"permits": known, "linked": len(known) > 1}


@function(section="G")
def gas_ok(*, lel_percent: Number, measured_percent: Number, on: date) -> Answer:
    """Tell whether a measured share of flammable gas allows work, by the lower explosive limit of the gas (% vol)."""
    need_between("lel_percent", lel_percent, 0, 100, 5)
    need_between("measured_percent", measured_percent, 0, 100, 0.1)
    held = parameter("cn/permit/flammable-limits").in_force(on).value
    rich = lel_percent >= exact(held["split"])
    limit = exact(held["at_or_above" if rich else "below"])
    sign = "≥" if rich else "<"
    step(
        f"爆炸下限 {plain(lel_percent)} {sign} {held['split']}：限值",
        f"LEL {plain(lel_percent)} {sign} {held['split']}: limit",
        limit,
    )
    ok = measured_percent <= limit
    step(
        f"{plain(measured_percent)} ≤ {plain(limit)}：合格", f"{plain(measured_percent)} ≤ {plain(limit)}: allowed", ok
    )
    return {"ok": ok, "limit": limit}


@function(section="G")
def oxygen_ok(*, o2: Number, rich: bool, on: date) -> Answer:
    """Tell whether the share of oxygen allows entering a confined space; `rich`: surroundings rich in oxygen."""
    need_between("o2", o2, 0, 100, 20.9)
    held = parameter("cn/permit/oxygen-limits").in_force(on).value
    low, high = exact(held["low"]), exact(held["rich_high" if rich else "high"])
    ok = low <= o2 <= high
    said = f"{plain(low)} ≤ {plain(o2)} ≤ {plain(high)}"
    step(f"{said}：合格", f"{said}: allowed", ok)
    return {"ok": ok}


@function(section="G")
def gas_sample_fresh(*, sample: datetime, start: datetime, on: date | None = None) -> Answer:
    """Tell whether a gas sample is fresh enough when work starts."""
    gap = _minutes(sample, start)
    limit = parameter("cn/permit/sample-fresh-minutes").in_force(on or in_china(start).date()).value
    step("取样至开工（分钟）", "minutes from sample to start", gap)
    ok = gap <= limit
    step(f"间隔 {plain(gap)} ≤ {limit} 分钟", f"gap {plain(gap)} ≤ {limit} min", ok)
    return {"ok": ok, "gap_min": gap}


@function(section="G")
def reanalysis_needed(*, kind: str, gap_min: Number, on: date) -> Answer:
    """Tell whether the gas is analysed again after a break; industry and trade has its own rule (`工贸有限空间`)."""
    need_not_negative("gap_min", gap_min, 45)
    limit = _break(kind, on)
    needed = gap_min > limit
    step(f"中断 {plain(gap_min)} 分钟 > {limit}", f"a break of {plain(gap_min)} min > {limit}", needed)
    return {"needed": needed}


def _break(kind: str, on: date) -> int:
    if kind.strip() == _TRADE:
        trade: int = parameter("cn/permit/reanalysis-minutes-trade").in_force(on).value
        return trade
    known, _ = kind_of(kind, on)
    held: Mapping[str, int] = parameter("cn/permit/reanalysis-minutes").in_force(on).value
    if known not in held:
        there = listed((*held, _TRADE))
        raise impossible(
            "kind",
            kind,
            because(f"只有这些作业有此规定：{there.zh}", f"only these have the rule: {there.en}"),
            next(iter(held)),
        )
    return held[known]


@function(section="G")
def permit_watching(*, kind: str, on: date) -> Answer:
    """Return what is measured, filmed and watched while work goes on; empty where the standard names nothing special."""
    known, row = kind_of(kind, on)
    wanted = parameter("cn/permit/watching").in_force(on).value.get(known, [])
    step(f"{known}：作业过程要求", f"{row['en']}: while work goes on", [each["code"] for each in wanted])
    return {"watching": wanted}


@function(section="G")
def new_permit_needed(*, changed: list[Literal["content", "place", "time", "people"]], on: date) -> Answer:
    """Tell whether what changed makes a new permit necessary."""
    grounds = parameter("cn/permit/renewal").in_force(on).value
    there = [each for each in grounds if each in changed]
    step("作业内容、地点、时限变更须重新办票", "content, place or time limit changed: a new permit", there)
    return {"needed": bool(there), "because": there}


@function(section="G")
def permit_keep_until(*, ended: date, on: date | None = None) -> Answer:
    """Return until when a permit and the film of the work are kept at the least."""
    held = parameter("cn/permit/keeping").in_force(on or ended).value
    until = {what: months_after(ended, months) for what, months in held.items()}
    step(
        f"{ended} + {held['permit']} 个月（票）、{held['video']} 个月（视频）",
        f"{ended} + {held['permit']} months (permit), {held['video']} (film)",
        until,
    )
    return until


@function(section="G")
def excavation_permit(*, depth_m: Number, machine: bool, near_dangerous_media: bool = False, on: date) -> Answer:
    """Tell whether digging needs a permit, and whether it is a confined space too."""
    need_not_negative("depth_m", depth_m, 0.6)
    held = parameter("cn/permit/excavation").in_force(on).value
    permit = machine or depth_m >= exact(held["permit_from"])
    confined = near_dangerous_media and depth_m > exact(held["confined_over"])
    step(
        f"机械，或深 {plain(depth_m)} ≥ {held['permit_from']} m",
        f"by machine, or {plain(depth_m)} ≥ {held['permit_from']} m deep",
        permit,
    )
    step(
        f"临近危险介质且深 > {held['confined_over']} m",
        f"near dangerous media and deeper than {held['confined_over']} m",
        confined,
    )
    return {"permit": permit, "confined_space": confined}


@function(section="G")
def dedicated_person(*, work: str, on: date) -> Answer:
    """Tell whether the law asks for a dedicated person on site; null where another rule may."""
    named = parameter("cn/permit/dedicated-person").in_force(on).value
    needed = work.strip().removesuffix("作业") in named or None
    step(f"列明：{'、'.join(named)}", "named in the law: " + ", ".join(map(in_english, named)), needed)
    return {"needed": needed}


@function(section="G")
def confined_space_voltage(*, wet_or_narrow: bool, on: date) -> Answer:
    """Return the highest voltage of lamps in a confined space."""
    volts = (
        parameter("cn/permit/confined-space-voltage")
        .in_force(on)
        .value["wet_or_narrow" if wet_or_narrow else "ordinary"]
    )
    step("照明电压不高于（V）", "lamps at most (V)", volts)
    return {"max_v": volts}


@function(section="G")
def permit_conditions(*, work: str, on: date) -> Answer:
    """Return the conditions in figures of a kind of work."""
    known, rows = row_of(parameter("cn/permit/conditions").in_force(on).value, work, "work")
    step(f"{known}：数值要求的项数", f"{in_english(known)}: conditions in figures", len(rows))
    return {"conditions": [{"condition": name, **row} for name, row in rows.items()]}


@function(section="G")
def permit_condition(*, work: str, condition: str, value: Number, on: date) -> Answer:
    """Tell whether a figure on site meets a condition of the work."""
    need_not_negative("value", value, 15)
    _, rows = row_of(parameter("cn/permit/conditions").in_force(on).value, work, "work")
    _, row = row_of(rows, condition, "condition")
    bound: Literal["at_least", "at_most"] = "at_least" if "at_least" in row else "at_most"
    limit = exact(row[bound])
    ok = value >= limit if bound == "at_least" else value <= limit
    said = f"{plain(value)} {'≥' if bound == 'at_least' else '≤'} {plain(limit)} {row['unit']}"
    step(f"{row['zh']}：{said}", f"{row['en']}: {said}", ok)
    return {"ok": ok, bound: limit, "unit": row["unit"]}


@function(section="G")
def wind_stop(*, work: Literal["动火", "高处", "吊装"], wind_level: int, on: date) -> Answer:
    """Tell whether open-air work stops at a wind force."""
    need_between("wind_level", wind_level, 0, 17, 4)
    force = parameter("cn/permit/wind-stop").in_force(on).value[work]
    stop = wind_level >= force
    step(f"风力 {wind_level} ≥ {force} 级", f"force {wind_level} ≥ {force}", stop)
    return {"stop": stop, "from_force": force}


def _minutes(earlier: datetime, later: datetime) -> Number:
    try:
        gap = later - earlier
    except TypeError as problem:
        raise impossible(
            "sample",
            earlier,
            because("两个时间须都有或都没有时区", "both times need a zone, or neither"),
            "2025-07-01T08:40",
        ) from problem
    if gap < timedelta(0):
        raise impossible("sample", earlier, because("晚于开工时间", "lies after the start"), "2025-07-01T08:40")
    return Fraction(gap // timedelta(seconds=1), 60)


def _later(start: datetime, span: timedelta) -> datetime:
    try:
        return start + span
    except OverflowError as problem:
        raise impossible(
            "start", start, because("时间太远", "the time lies too far off"), "2025-07-01T09:00"
        ) from problem
