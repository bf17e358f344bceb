"""Accidents: their grade, who is told, who investigates, and until when."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.quantities import Number
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import need_not_negative
from zhiben.law.registry import Answer, function, plain
from zhiben.law.spans import years_after

Grade = Literal["一般", "较大", "重大", "特别重大"]
GRADES: Mapping[str, Bilingual] = {
    "一般": Bilingual("一般事故", "general accident"),
    "较大": Bilingual("较大事故", "larger accident"),
    "重大": Bilingual("重大事故", "major accident"),
    "特别重大": Bilingual("特别重大事故", "especially major accident"),
}
Row = Mapping[str, Any]


class Harm(NamedTuple):
    """What an accident did: deaths, serious injuries, direct loss in 10000 yuan."""

    deaths: int
    heavy: int
    loss_wan: Number


_FIGURES = {
    "deaths": Bilingual("死亡人数", "deaths"),
    "heavy": Bilingual("重伤人数", "serious injuries"),
    "loss_wan": Bilingual("直接经济损失（万元）", "direct loss in 10000 yuan"),
}
_EVENT = {
    "involved": Bilingual("涉险人数", "people in danger"),
    "trapped": Bilingual("被困或者下落不明人数", "trapped or missing"),
    "evacuated": Bilingual("紧急疏散人数", "evacuated"),
}


@function(section="I")
def accident_grade(deaths: int, heavy: int, loss_wan: Number, *, on: date) -> Answer:
    """Return the grade of an accident: the highest that deaths, serious injuries or direct loss reach."""
    return {"grade": grade_of(harm(deaths, heavy, loss_wan), on)}


@function(section="I")
def danger_event(
    involved: int = 0,
    trapped: int = 0,
    evacuated: int = 0,
    *,
    serious_pollution: bool = False,
    key_facilities_endangered: bool = False,
    on: date,
) -> Answer:
    """Tell whether something is an event of serious danger to people, reported like a larger accident, and why."""
    bounds = parameter("cn/accident/danger-event").in_force(on).value
    why = []
    for name, count in {"involved": involved, "trapped": trapped, "evacuated": evacuated}.items():
        need_not_negative(name, count)
        step(
            f"{_EVENT[name].zh} {count} ≥ {bounds[name]}",
            f"{_EVENT[name].en} {count} ≥ {bounds[name]}",
            count >= bounds[name],
        )
        why += [name] if count >= bounds[name] else []
    why += ["serious_pollution"] if serious_pollution else []
    why += ["key_facilities_endangered"] if key_facilities_endangered else []
    return {"serious": bool(why), "why": why}


@function(section="I")
def report_deadlines(notified: datetime, grade: Grade, *, on: date | None = None) -> Answer:
    """Return until when the head of the unit reports to the county, and the hours each level then has."""
    day = on or notified.date()
    unit = parameter("cn/accident/unit-report-hours").in_force(day).value
    level = parameter("cn/accident/level-report-hours").in_force(day).value
    due = notified + timedelta(hours=unit)
    step(f"接报时间 + {unit} 小时", f"told at + {unit} h", due)
    step(f"{grade}事故逐级上报，每级不超过小时数", f"{GRADES[grade].en}: hours for each level", level)
    return {"unit_to_county": due, "each_level_hours": level}


@function(section="I")
def report_plan(notified: datetime, grade: Grade, *, on: date | None = None) -> Answer:
    """Return the phone report to the province (null below larger), follow-ups a day, and how far up it is reported."""
    day = on or notified.date()
    flash = parameter("cn/accident/flash-report").in_force(day).value
    by_phone = notified + timedelta(hours=flash["hours"]) if grade in flash["grades"] else None
    step("较大以上事故电话快报省级", "phone report to the province, larger accidents and above", by_phone)
    return {
        "province_by_phone": by_phone,
        "follow_ups_per_day": parameter("cn/accident/follow-ups-per-day").in_force(day).value[grade],
        "reported_up_to": parameter("cn/accident/reported-up-to").in_force(day).value[grade],
    }


@function(section="I")
def accident_competence(grade: Grade, *, on: date) -> Answer:
    """Return the levels of government that investigate an accident and decide its fines."""
    investigates = parameter("cn/accident/investigated-by").in_force(on).value[grade]
    fines = parameter("cn/penalty/accident-fines-decided-by").in_force(on).value[grade]
    step(
        f"{GRADES[grade].zh}：组织调查的人民政府层级",
        f"{GRADES[grade].en}: level of government that investigates",
        investigates,
    )
    step(f"{GRADES[grade].zh}：决定罚款的部门层级", f"{GRADES[grade].en}: level that decides the fines", fines)
    return {"investigated_by": investigates, "fined_by": fines}


@function(section="I")
def supplement_deadline(accident: date, kind: Literal["general", "road", "fire"], *, on: date | None = None) -> Answer:
    """Return until when changed numbers of casualties are reported."""
    days = parameter("cn/accident/supplement-days").in_force(on or accident).value[kind]
    return {"until": _days_after(accident, days, Bilingual("事故发生之日", "day of the accident"))}


@function(section="I")
def investigation_due(accident: date, *, extended: bool, on: date | None = None) -> Answer:
    """Return until when the investigation report is handed in, with the longest extension where one was granted."""
    rule = parameter("cn/accident/investigation-days").in_force(on or accident).value
    days = rule["days"] + (rule["extension"] if extended else 0)
    return {"report_due": _days_after(accident, days, Bilingual("事故发生之日", "day of the accident"))}


@function(section="I")
def reply_due(received: date, grade: Grade, *, extended: bool = False, on: date | None = None) -> Answer:
    """Return until when the government replies to the investigation report; only especially major ones are extended."""
    day = on or received
    days = parameter("cn/accident/reply-days").in_force(day).value[grade]
    if extended and grade == "特别重大":
        days += parameter("cn/accident/reply-extension-days").in_force(day).value
    return {"due": _days_after(received, days, Bilingual("收到调查报告之日", "day the report was received"))}


@function(section="I")
def lessons_review_due(replied: date, *, on: date | None = None) -> Answer:
    """Return until when it is evaluated whether an accident's lessons were put into practice."""
    years = parameter("cn/accident/lessons-review-years").in_force(on or replied).value
    due = years_after(replied, years)
    step(f"批复之日 + {years} 年", f"day of the reply + {years} year", due)
    return {"due": due}


def harm(deaths: int, heavy: int, loss_wan: Number, named: str = "") -> Harm:
    """Return what an accident did; refuse figures below zero, of inputs whose names begin with `named`."""
    found = Harm(deaths, heavy, loss_wan)
    for name, value in found._asdict().items():
        need_not_negative(named + name, value)
    return found


def grade_of(done: Harm, on: date) -> str:
    """Return the grade of an accident on a day's law."""
    rows = parameter("cn/accident/grades").in_force(on).value
    reached = highest(rows, done, lambda row: row["grade"])
    return str(rows[reached]["grade"])


def highest(rows: Sequence[Row], done: Harm, told: Callable[[Row], object]) -> int:
    """Return the highest row that any figure reaches; rows ascend in the lower bound of every figure."""
    best = 0
    for field, value in done._asdict().items():
        at = max(at for at, row in enumerate(rows) if row[field] <= value)
        label, bound = _FIGURES[field], rows[at][field]
        step(f"{label.zh}：{plain(value)} ≥ {bound}", f"{label.en}: {plain(value)} ≥ {bound}", told(rows[at]))
        best = max(best, at)
    return best


def _days_after(start: date, days: int, whence: Bilingual) -> date:
    due = start + timedelta(days=days)
    step(f"{whence.zh} + {days} 日", f"{whence.en} + {days} days", due)
    return due
