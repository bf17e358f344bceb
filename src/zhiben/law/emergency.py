"""Emergency plans and drills: how often, by when, filed, evaluated and revised."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from zhiben.kernel.bilingual import Bilingual
from zhiben.law.because import because
from zhiben.law.calendar import official
from zhiben.law.explaining import step
from zhiben.law.high_risk import high_risk_by
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible, need_known_parts
from zhiben.law.registry import Answer, function
from zhiben.law.spans import years_after

__all__ = [
    "confined_space_min",
    "drill_due",
    "drill_file",
    "drill_min",
    "duty_watch",
    "emergency_fine",
    "evac_drill_min",
    "gas_drill_min",
    "government_drill_due",
    "plan_duties",
    "plan_filing_check_due",
    "plan_filing_due",
    "plan_review_due",
    "plan_revision_needed",
]

Unit = Literal["ordinary", "art33_unit", "hazard_source"]
_MONTHS = 12

_DUTIES = {"review": Bilingual("评审", "review"), "evaluation": Bilingual("评估", "evaluation")}


@function(section="F")
def drill_min(*, unit: Unit, on: date) -> Answer:
    """Return the least drills a year: of the comprehensive or a special plan, and of the on-site plans."""
    if unit == "hazard_source":
        held = parameter("cn/emergency/hazard-source-drills").in_force(on).value
    else:
        held = parameter("cn/emergency/drills").in_force(on).value[unit]
    step("综合或专项预案演练，每年", "comprehensive or special plan, a year", held["comprehensive_or_special_per_year"])
    step("现场处置方案演练，每年", "on-site plan, a year", held["onsite_per_year"])
    return dict(held)


@function(section="F")
def drill_due(
    *, unit: Unit, plan: Literal["comprehensive_or_special", "onsite"], last: date, on: date | None = None
) -> Answer:
    """Return the end of the calendar period after the one of the last drill, read as whole years or half-years."""
    times = drill_min(unit=unit, on=on or last)[f"{plan}_per_year"]
    months = _MONTHS // int(str(times))
    first = (last.year * _MONTHS + last.month - 1) // months * months + 2 * months  # the month after the next period
    if first >= _MONTHS * 9999:
        raise impossible("last", last, because("日期太远", "the day lies too far off"), "2025-06-20")
    due = date(first // _MONTHS, first % _MONTHS + 1, 1) - timedelta(days=1)
    step(
        f"每 {months} 个月一次，上次 {last}，下一周期末",
        f"once in {months} months, last on {last}: end of the next period",
        due,
    )
    return {"period_months": months, "due": due}


@function(section="F")
def evac_drill_min(*, high_risk: bool, on: date) -> Answer:
    """Return the least evacuation drills of all workers a year."""
    times = parameter("cn/emergency/evacuation-drills").in_force(on).value["high_risk" if high_risk else "other"]
    step("全员疏散逃生演练，每年", "evacuation drills a year", times)
    return {"per_year": times}


@function(section="F")
def gas_drill_min(*, on: date) -> Answer:
    """Return the least gas drills a year of a metallurgical enterprise with gas."""
    times = parameter("cn/emergency/gas-drills").in_force(on).value
    step("煤气事故演练，每年", "gas drills a year", times)
    return {"per_year": times}


@function(section="F")
def confined_space_min(*, on: date) -> Answer:
    """Return the least trainings and on-site drills a year for confined space in industry and trade."""
    held = parameter("cn/emergency/confined-space-drills").in_force(on).value
    step("有限空间专项培训、现场演练，每年", "confined space: trainings and on-site drills a year", held)
    return {"training_per_year": held["training"], "onsite_drill_per_year": held["onsite_drill"]}


@function(section="F")
def government_drill_due(*, last: date, on: date | None = None) -> Answer:
    """Return until when a government, department or township drills again."""
    return _after_years("cn/emergency/government-drill-years", last, on)


@function(section="F")
def plan_review_due(*, last: date, on: date | None = None) -> Answer:
    """Return until when an emergency plan is evaluated again."""
    return _after_years("cn/emergency/plan-evaluation-years", last, on)


@function(section="F")
def plan_filing_due(*, published: date, on: date | None = None) -> Answer:
    """Return until when a published plan is filed."""
    return _after_workdays("cn/emergency/plan-filing-workdays", published, on)


@function(section="F")
def plan_filing_check_due(*, received: date, on: date | None = None) -> Answer:
    """Return until when the county checks a plan sent for filing; after that day it counts as filed."""
    return _after_workdays("cn/emergency/plan-filing-check-workdays", received, on)


@function(section="F")
def plan_duties(*, industries: list[str], medium_or_larger: bool, on: date) -> Answer:
    """Tell whether plans must be reviewed before publishing and evaluated every three years; null: cannot be told."""
    told: dict[str, object] = {}
    for duty, rule in (("review", "plan-review"), ("evaluation", "plan-evaluation")):
        listed = high_risk_by(rule=rule, industries=industries, on=on)["high_risk"]  # type: ignore[arg-type]
        told[duty] = True if medium_or_larger else listed
        said = _DUTIES[duty]
        step(f"{said.zh}：列入名单或者中型以上", f"{said.en}: listed, or of medium size and more", told[duty])
    return told


@function(section="F")
def plan_revision_needed(*, happened: list[str], on: date) -> Answer:
    """Tell whether a plan must be revised; refuse a ground that the measures do not know."""
    grounds = parameter("cn/emergency/plan-revision-grounds").in_force(on).value
    for each in happened:
        if each not in grounds:
            listed = ", ".join(grounds)
            raise impossible(
                "happened",
                each,
                because(f"没有这种情形；有：{listed}", f"no such ground; there are: {listed}"),
                [next(iter(grounds))],
            )
        step(grounds[each]["zh"], grounds[each]["en"], True)
    step("须修订的情形数", "grounds that happened", len(set(happened)))
    return {"needed": bool(happened), "because": [each for each in grounds if each in happened]}


@function(section="F")
def drill_file(*, papers: Mapping[str, object], on: date) -> Answer:
    """Tell which papers of a drill (by their Chinese names) are missing."""
    wanted = [paper["zh"] for paper in parameter("cn/emergency/drill-kinds").in_force(on).value["papers"]]
    need_known_parts("papers", papers, wanted)
    missing = [paper for paper in wanted if not papers.get(paper)]
    step("演练文件", "papers of a drill", wanted)
    return {"complete": not missing, "missing": missing}


@function(section="F")
def emergency_fine(*, corrected: bool, on: date) -> Answer:
    """Return the fine (万元) for a plan not filed or no duty watch; null where it was corrected as ordered."""
    held = parameter("cn/emergency/fines").in_force(on).value
    step("先责令限期改正；已改正", "first an order to correct; corrected", corrected)
    if corrected:
        return {"unit_wan": None, "persons_wan": None}
    step("未改正：单位罚款（万元）", "not corrected: fine of the unit (10,000 yuan)", held["unit"])
    step("责任人员罚款（万元）", "fine of the persons (10,000 yuan)", held["persons"])
    return {"unit_wan": held["unit"], "persons_wan": held["persons"]}


@function(section="F")
def duty_watch(*, large_dangerous_goods: bool, on: date) -> Answer:
    """Return the emergency duty of a unit bound to it, and whether it needs a technical group."""
    hours = parameter("cn/emergency/duty-hours").in_force(on).value
    step("应急值班，每日小时", "emergency duty, hours a day", hours)
    step(
        "规模较大的危险物品单位须设技术组", "a large dangerous-goods unit has a technical group", large_dangerous_goods
    )
    return {"hours_a_day": hours, "technical_group": large_dangerous_goods}


def _after_years(name: str, last: date, on: date | None) -> Answer:
    years = parameter(name).in_force(on or last).value
    due = years_after(last, years)
    step(f"上次 {last} + {years} 年", f"last on {last} + {years} years", due)
    return {"due": due}


def _after_workdays(name: str, start: date, on: date | None) -> Answer:
    workdays = parameter(name).in_force(on or start).value
    found = official().add_workdays(start, workdays)
    step(f"{start} + {workdays} 个工作日", f"{start} + {workdays} working days", found.day)
    return {"due": found.day} | ({"provisional": True} if found.provisional else {})
