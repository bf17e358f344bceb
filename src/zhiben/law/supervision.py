"""Supervision by class and level: classes of enterprises, the rhythm of inspections, the days a plan has."""

from collections.abc import Mapping
from datetime import date

from zhiben.kernel.quantities import Number
from zhiben.law.assessment import COLOURS, Colour
from zhiben.law.bands import band_of, edge_of, told
from zhiben.law.because import because
from zhiben.law.duties import (
    safety_staff_rule,
)
from zhiben.law.enforcement import (
    enforcement_quality,
    enforcement_rates,
    enforcement_stats,
)
from zhiben.law.enterprise_colour import (
    enterprise_colour,
)
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible, need_between, need_not_negative, need_positive
from zhiben.law.registry import Answer, function
from zhiben.law.spans import months_after

__all__ = [
    "enforcement_quality",
    "enforcement_rates",
    "enforcement_stats",
    "enterprise_colour",
    "inspection_due",
    "inspection_plan",
    "management_class",
    "safety_staff_rule",
]


@function(section="D")
def management_class(
    *, inherent: Number, management: Number, performance: Number, veto: bool = False, on: date
) -> Answer:
    """Return the points and the class A to D of an enterprise; a veto leads to the lowest class."""
    rule = parameter("zhiben/supervision/management-class").in_force(on).value
    given: Mapping[str, Number] = {"inherent": inherent, "management": management, "performance": performance}
    for part, most in rule["most"].items():
        need_between(part, given[part], 0, most, most)
    points = sum(given.values())
    added = " + ".join(map(told, given.values()))
    step(f"得分 = {added}", f"points = {added}", points)
    row = band_of(rule["classes"], points)
    if veto or row is None:
        row = rule["classes"][-1]
        step("有否决情形：最低类", "a veto: the lowest class", row["class"])
    else:
        step(f"得分 {told(points)} {edge_of(row)}：类别", f"points {told(points)} {edge_of(row)}: class", row["class"])
    return {"points": points, "class": row["class"]}


@function(section="D")
def inspection_due(*, colour: Colour, last: date, on: date) -> Answer:
    """Return until when an enterprise of a colour is inspected again; null where it is only drawn at random."""
    months = parameter("zhiben/supervision/inspection-months").in_force(on).value[colour]
    due = None if months is None else months_after(last, months)
    said = COLOURS[colour]
    step(f"{said.zh}：检查周期（月），空为只随机抽查", f"{said.en}: months, null is drawn at random only", months)
    step(f"上次检查 {last} 之后", f"after the last inspection on {last}", due)
    return {"period_months": months, "due": due}


@function(section="D")
def inspection_plan(
    *,
    officers: int,
    workdays: int,
    other_enforcement_days: Number,
    other_days: Number,
    days_per_visit: Number,
    officers_per_visit: int = 2,
    on: date,
) -> Answer:
    """Return the days left for inspections in a year, and how many visits fit into them."""
    least = parameter("cn/supervision/plan-days").in_force(on).value["least_officers"]
    need_not_negative("officers", officers, 6)
    need_between("workdays", workdays, 0, 366, 249)
    need_not_negative("other_enforcement_days", other_enforcement_days)
    need_not_negative("other_days", other_days)
    need_positive("days_per_visit", days_per_visit)
    if officers_per_visit < least:
        reason = because(f"不得少于 {least} 人", f"must not be less than {least}")
        raise impossible("officers_per_visit", officers_per_visit, reason, least)
    whole = officers * workdays
    step(f"总工作日 = {officers} × {workdays}", f"all workdays = {officers} × {workdays}", whole)
    available = max(whole - other_enforcement_days - other_days, 0)
    taken = f"{whole} − {told(other_enforcement_days)} − {told(other_days)}"
    step(f"可用于检查 = {taken}，不小于 0", f"for inspections = {taken}, not below 0", available)
    visits = int(available // (days_per_visit * officers_per_visit)) if officers >= officers_per_visit else 0
    formula = f"{told(available)} ÷ ({told(days_per_visit)} × {officers_per_visit})"
    step(f"{formula}，取整", f"{formula}, rounded down", visits)
    return {"available_days": available, "visits": visits}
