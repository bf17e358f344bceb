"""Standardisation grades and their validity, and the list of serious dishonesty."""

from datetime import date
from fractions import Fraction
from typing import Literal

from zhiben.kernel.quantities import Number
from zhiben.law.accidents import GRADES, Grade
from zhiben.law.explaining import step
from zhiben.law.instruments import instrument
from zhiben.law.insurance import (
    insurance_commission_max,
    insurance_min,
    insurance_prevention_max,
    insurance_rate,
)
from zhiben.law.naming import in_english
from zhiben.law.parameters import parameter
from zhiben.law.refusing import need_between, need_not_negative, need_positive
from zhiben.law.registry import Answer, function, plain
from zhiben.law.rounding import rounded
from zhiben.law.spans import months_after, years_after

__all__ = [
    "dishonest_grounds",
    "dishonest_list",
    "insurance_commission_max",
    "insurance_min",
    "insurance_prevention_max",
    "insurance_rate",
    "joint_punishment",
    "std_elements",
    "std_expiry",
    "std_grade",
    "std_score",
]

_FULL = 100
Conduct = Literal[
    "fine_multiplied",
    "concealed",
    "false_report",
    "not_rescuing",
    "left_post",
    "fled",
    "unlicensed",
    "agency_false_report",
]


@function(section="L")
def std_score(got: Number, applicable: Number) -> Answer:
    """Return the score of a standardisation review in points of a hundred: got of those applicable."""
    need_positive("applicable", applicable, 800)
    need_between("got", got, 0, applicable, 720)
    full = parameter("cn/rating/full-score").latest().value
    score = rounded(Fraction(got) / applicable * full, 2)
    step(
        f"{plain(got)} ÷ {plain(applicable)} × {full}，保留两位小数",
        f"{plain(got)} ÷ {plain(applicable)} × {full}, two places",
        score,
    )
    return {"score": score}


@function(section="L")
def std_grade(score: Number, *, veto: bool = False, on: date) -> Answer:
    """Return the standardisation grade of a score; none below the lowest, and none where a veto item failed."""
    need_between("score", score, 0, _FULL, 90)
    bounds = parameter("cn/rating/grade-scores").in_force(on).value
    if veto:
        step("有否决项", "a veto item failed", value=True)
        return {"grade": None}
    reached = [grade for grade, least in bounds.items() if score >= least]
    for grade, least in bounds.items():
        step(f"{grade}：{plain(score)} ≥ {least}", f"{in_english(grade)}: {plain(score)} ≥ {least}", score >= least)
    return {"grade": max(reached, key=lambda grade: bounds[grade], default=None)}


@function(section="L")
def std_expiry(announced: date, *, on: date | None = None) -> Answer:
    """Return until when a grade holds, and from when its renewal is asked for."""
    rule = parameter("cn/rating/validity").in_force(on or announced).value
    expires = years_after(announced, rule["years"])
    apply_from = months_after(expires, -rule["apply_months"])
    step(f"公告之日 + {rule['years']} 年", f"day announced + {rule['years']} years", expires)
    step(f"期满前 {rule['apply_months']} 个月", f"{rule['apply_months']} months before", apply_from)
    return {"expires": expires, "apply_from": apply_from}


@function(section="L")
def std_elements(*, on: date) -> Answer:
    """Return the first-level elements of the edition in force."""
    found = parameter("cn/rating/elements").in_force(on)
    edition = instrument(found.source.instrument)
    step(f"当日有效版本：{edition.number.zh}", f"edition in force: {edition.number.en}", found.period.since)
    step("一级要素个数", "first-level elements", len(found.value))
    return {"edition": found.source.instrument, "elements": found.value}


@function(section="L")
def dishonest_list(listed: date, *, on: date | None = None) -> Answer:
    """Return until when a unit or person stands on the list of serious dishonesty, and from when early removal may be asked."""
    rule = parameter("cn/rating/dishonesty-list").in_force(on or listed).value
    ends, early = years_after(listed, rule["years"]), months_after(listed, rule["early_months"])
    step(f"列入之日 + {rule['years']} 年", f"day listed + {rule['years']} years", ends)
    step(f"列入之日 + {rule['early_months']} 个月", f"day listed + {rule['early_months']} months", early)
    return {"ends": ends, "early_removal_from": early}


@function(section="L")
def dishonest_grounds(
    grade: Grade | None = None, larger_accidents_12_months: int = 0, conduct: list[Conduct] | None = None, *, on: date
) -> Answer:
    """Return which grounds put a unit and its principal on the list.

    Two further cases without an accident are not held here: their wording was not read.
    """
    need_not_negative("larger_accidents_12_months", larger_accidents_12_months)
    rule = parameter("cn/rating/dishonesty-grounds").in_force(on).value
    by_grade = grade in rule["grades"]
    step(f"事故等级：{grade or '—'}", f"grade: {GRADES[grade].en if grade else '—'}", by_grade)
    often = larger_accidents_12_months >= rule["larger_accidents"]
    step(
        f"{rule['within_months']} 个月内较大事故 ≥ {rule['larger_accidents']}",
        f"larger accidents in {rule['within_months']} months ≥ {rule['larger_accidents']}",
        often,
    )
    why = [*(["grade"] if by_grade else []), *(["larger_accidents"] if often else []), *dict.fromkeys(conduct or ())]
    for act in dict.fromkeys(conduct or ()):
        step(rule["conduct"][act]["zh"], rule["conduct"][act]["en"], value=True)
    return {"listed": bool(why), "why": why}


@function(section="L")
def joint_punishment(*, on: date) -> Answer:
    """Return what follows from a penalty made public, and what from the list of serious dishonesty."""
    names = {"penalised": "penalty-consequences", "on_the_list": "dishonesty-consequences"}
    told = {name: parameter(f"cn/rating/{pack}").in_force(on).value for name, pack in names.items()}
    step("处罚公示后的联合惩戒措施", "measures that follow from a penalty made public", told["penalised"])
    step("列入严重失信主体名单后的措施", "measures that follow from the list", told["on_the_list"])
    return told
