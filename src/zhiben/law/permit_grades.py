"""Grades of work at height, lifting and hot work, what raises them, and the certificates that go with a permit."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Literal

from zhiben.kernel.quantities import Number, exact
from zhiben.law.because import because
from zhiben.law.calendar import DayOff, official
from zhiben.law.certificates import special_operation
from zhiben.law.explaining import step
from zhiben.law.naming import in_english, listed
from zhiben.law.parameters import parameter
from zhiben.law.permit_kinds import kind_of
from zhiben.law.refusing import impossible, need_between, need_not_negative, need_positive
from zhiben.law.registry import Answer, function, plain
from zhiben.law.spans import in_china
from zhiben.law.tables import row_of

Place = Literal["running_equipment", "tank_farm_dike", "fire_explosion_area", "pipe_rack", "elsewhere"]
_HOT_WORK = ("特级", "一级", "二级")  # the highest first


@function(section="G")
def height_grade(
    *, h: Number, factors: int, slope_degrees: Number = 0, forced_highest: bool = False, on: date
) -> Answer:
    """Return the grade of work at height; null below the height from which it counts.

    `factors`: how many of the nine factors of danger are present. `forced_highest`: hot or cold, snow, rain, lamps
    only at night, live parts or no foothold. A slope over 45° counts as grade I at the least.
    """
    need_not_negative("h", h, 6)
    need_between("slope_degrees", slope_degrees, 0, 90, 30)
    held = parameter("cn/permit/height-grades").in_force(on).value
    need_between("factors", factors, 0, held["factors"], 1)
    band = sum(h > exact(bound) for bound in held["bounds"])
    if h < exact(held["least"]):
        return {"grade": _slope_grade(slope_degrees, held)}
    row = held["raised" if factors else "plain"]
    step(f"{plain(h)} m：第 {band + 1} 段", f"{plain(h)} m: band {band + 1}", band + 1)
    grade = row[-1] if forced_highest else row[band]
    step(
        f"危险因素 {factors} 项{'，直接列为最高级' if forced_highest else ''}：级别",
        f"{factors} factors{', raised to the highest' if forced_highest else ''}: grade",
        grade,
    )
    return {"grade": grade}


def _slope_grade(slope_degrees: Number, held: Mapping[str, Any]) -> object:
    steep = slope_degrees > exact(held["slope_degrees"])
    step(
        f"低于 {held['least']} m；坡度 {plain(slope_degrees)}° > {held['slope_degrees']}°",
        f"under {held['least']} m; slope {plain(slope_degrees)}° > {held['slope_degrees']}°",
        steep,
    )
    return held["plain"][0] if steep else None


@function(section="G")
def height_measures(*, h: Number, cross_work: bool, on: date) -> Answer:
    """Tell what work at a height needs beside the ordinary: a radio, double cover under crossing work."""
    need_not_negative("h", h, 6)
    held = parameter("cn/permit/height-measures").in_force(on).value
    radio = h > exact(held["radio_over"])
    cover = cross_work and h > exact(held["double_cover_over"])
    step(f"{plain(h)} > {held['radio_over']} m：通信器材", f"{plain(h)} > {held['radio_over']} m: radio", radio)
    step(
        f"交叉作业且 {plain(h)} > {held['double_cover_over']} m：双层防护",
        f"crossing work and {plain(h)} > {held['double_cover_over']} m: double cover",
        cover,
    )
    return {"radio": radio, "double_cover": cover}


@function(section="G")
def fall_radius(*, base_height_m: Number, on: date) -> Answer:
    """Return the possible fall radius by the base height."""
    need_between("base_height_m", base_height_m, 2, 1000, 10)
    bands = parameter("cn/permit/fall-radius").in_force(on).value
    radius = next(band["radius"] for band in bands if band["up_to"] is None or base_height_m <= band["up_to"])
    step(f"基础高度 {plain(base_height_m)} m：半径（m）", f"base height {plain(base_height_m)} m: radius (m)", radius)
    return {"radius_m": radius}


@function(section="G")
def lift_grade(*, t: Number, odd_shape: bool = False, on: date) -> Answer:
    """Return the grade of a lift by its mass, and whether it needs a plan and a permit."""
    need_positive("t", t, 12)
    held = parameter("cn/permit/lifting-grades").in_force(on).value
    over, start = exact(held["over"]), exact(held["from"])
    grade = "一级" if t > over else "二级" if t >= start else "三级"
    step(
        f"一级 > {plain(over)} t，二级 {plain(start)}–{plain(over)} t，三级 < {plain(start)} t：{plain(t)} t",
        f"grade 1 over {plain(over)} t, 2 from {plain(start)} t, 3 below: {plain(t)} t",
        grade,
    )
    plan = grade != "三级" or odd_shape
    step("一、二级和形状特殊的三级须编方案", "grades 1 and 2 and odd shapes of grade 3 need a plan", plan)
    permit = t >= exact(held["permit_from"])
    step(
        f"{plain(t)} ≥ {held['permit_from']} t 须办票；不办票也要风险分析",
        f"{plain(t)} ≥ {held['permit_from']} t needs a permit; the risk analysis is never spared",
        permit,
    )
    return {"grade": grade, "plan": plan, "permit": permit}


@function(section="G")
def two_crane_lift(*, load_t: Number, rated_t: Number, on: date) -> Answer:
    """Tell whether one of two cranes that lift together bears no more than its share of its rating."""
    need_not_negative("load_t", load_t, 30)
    need_positive("rated_t", rated_t, 50)
    percent = parameter("cn/permit/lifting-grades").in_force(on).value["share_of_two_cranes_percent"]
    limit = Fraction(rated_t) * percent / 100
    ok = load_t <= limit
    step(f"额定 {plain(rated_t)} t × {percent}%", f"rated {plain(rated_t)} t × {percent} %", limit)
    step(f"荷载 {plain(load_t)} ≤ {plain(limit)} t", f"load {plain(load_t)} t ≤ {plain(limit)} t", ok)
    return {"ok": ok, "limit_t": limit}


@function(section="G")
def hot_work_grade(*, where: list[Place], stopped_and_cleared: bool = False, on: date) -> Answer:
    """Return the grade of hot work by where it is done: the highest of all that holds.

    `stopped_and_cleared`: everything stopped, cleaned, isolated and approved, so that it may go by the lowest grade.
    """
    table = parameter("cn/permit/hot-work-grades").in_force(on).value
    rows = [table[place] for place in where] or [table["elsewhere"]]
    for row in rows:
        step(row["zh"], row["en"], row["grade"])
    grade = min((row["grade"] for row in rows), key=_HOT_WORK.index)
    if stopped_and_cleared:
        grade = table["elsewhere"]["grade"]
        step("全部停车、清洗、隔离并经批准", "all stopped, cleaned, isolated and approved", grade)
    return {"grade": grade}


@function(section="G")
def hot_work_upgrade(*, base: str, holiday: bool, night: bool, wind_level: int, on: date) -> Answer:
    """Return the grade by which hot work is managed: one up on a day off, at night or from force 5 in the open."""
    need_between("wind_level", wind_level, 0, 17, 3)
    held = parameter("cn/permit/hot-work-upgrade").in_force(on).value
    grades = held["grades"]
    if base not in grades:
        there = listed(grades)
        raise impossible("base", base, because(f"须为其中之一：{there.zh}", f"needs one of {there.en}"), grades[0])
    grounds = {"day_off": holiday, "night": night, "wind": wind_level >= held["wind"]}
    raised = any(grounds.values())
    step(
        "升级情形（节假日、夜间、风力）",
        "grounds: day off, night, wind",
        [name for name, there in grounds.items() if there],
    )
    grade = grades[min(grades.index(base) + raised, len(grades) - 1)]
    step(
        f"{base}，升一级" if raised else f"{base}，不升级",
        f"{in_english(base)}, one up" if raised else f"{in_english(base)}, as it is",
        grade,
    )
    return {"grade": grade}


@function(section="G")
def permit_upgrade(*, kind: str, start: datetime, sensitive: bool = False, on: date | None = None) -> Answer:
    """Return grade and approver when work falls on a day off, into a sensitive time or, hot work, into the night.

    A graded kind goes one grade up; one without grades, or already of the highest, to the next approver. The clock is
    that of China; `provisional` where only the week tells which days are off.
    """
    at = in_china(start)
    day = on or at.date()
    known, row = kind_of(kind, day)
    off = official().look_up(at.date())
    said = {"provisional": True} if off.provisional else {}
    rule = parameter("cn/permit/upgrade").in_force(day).value
    approve = parameter("cn/permit/approvers").in_force(day).value
    grounds = _grounds(at, sensitive=sensitive, off=off, night=rule["night"] if row.get("work") == "动火" else None)
    step("提级情形", "grounds", grounds)
    if not grounds:
        return {"kind": known, "approve": approve[known], "because": [], **said}
    kinds = parameter("cn/permit/kinds").in_force(day).value
    higher = next(
        (
            name
            for name, each in kinds.items()
            if "work" in row and each.get("work") == row["work"] and each["rank"] == row["rank"] - 1
        ),
        None,
    )
    by = approve[higher] if higher else rule["next_approver"].get(approve[known], approve[known])
    step(
        f"{known} → {higher or known}，审批",
        f"{row['en']} → {kinds[higher]['en'] if higher else row['en']}, approved by",
        by,
    )
    return {"kind": higher or known, "approve": by, "because": grounds, **said}


def _grounds(at: datetime, *, sensitive: bool, off: DayOff, night: Mapping[str, int] | None) -> list[str]:
    at_night = night is not None and (at.hour >= night["from_hour"] or at.hour < night["until_hour"])
    there = {"day_off": off.off, "sensitive": sensitive, "night": at_night}
    return [ground for ground, holds in there.items() if holds]


@function(section="G")
def permit_certificates(*, work: str, on: date) -> Answer:
    """Return the certificates checked before a permit is approved; `from`: the day from which the law asks for one."""
    known, rows = row_of(
        {name: {"rows": rows} for name, rows in parameter("cn/permit/certificates").in_force(on).value.items()},
        work,
        "work",
    )
    told = []
    for row in rows["rows"]:
        item = special_operation(name=row["item"], on=on) if "item" in row else {"from": None, "needed": True}
        told.append({"zh": row["zh"], "en": row["en"], "from": item["from"], "needed": item["needed"]})
    for each in told:
        step(f"{known}：{each['zh']}", f"{in_english(known)}: {each['en']}", each["needed"])
    return {"certificates": told}


@function(section="G")
def permit_papers(*, contractor: bool, on: date) -> Answer:
    """Return the papers checked before a permit is approved, beside the certificates."""
    held = parameter("cn/permit/papers").in_force(on).value
    papers = [*held["always"], *(held["contractor"] if contractor else ())]
    step("核验资料", "papers checked", [each["code"] for each in papers])
    return {"papers": papers}
