"""The colour of an enterprise, for supervision by class and level: a proposal of this program, not law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhiben.law.assessment import COLOURS, RANKED, Colour, highest, need_level
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import need_between, need_not_negative
from zhiben.law.registry import Answer, function

_HIGHEST = RANKED[0]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many risk points of each colour there are."""

    red: int = 0
    orange: int = 0
    yellow: int = 0
    blue: int = 0


@function(section="D")
def enterprise_colour(
    *,
    counts: Counts,
    hazard_source_level: int | None,
    open_major_hazards: int,
    months_since_death: int | None = None,
    seriously_dishonest: bool = False,
    standardisation_grade: int | None = None,
    on: date,
) -> Answer:
    """Return the colour of an enterprise; null where no risk point is graded and nothing else tells."""
    _check(counts, hazard_source_level, open_major_hazards, months_since_death, standardisation_grade)
    rule = parameter("zhiben/enterprise-colour").in_force(on).value
    graded = [colour for colour in COLOURS if getattr(counts, colour)]
    inherent = highest(graded) if graded else None
    step("风险点的最高颜色", "highest colour of the risk points", inherent)
    forced = _forced(rule, hazard_source_level, open_major_hazards)
    if forced:
        return {"colour": _HIGHEST}
    if inherent is None:
        return {"colour": None}
    lifted = _lifted(rule, inherent, months_since_death, seriously_dishonest=seriously_dishonest)
    return {"colour": _lowered(rule, lifted, inherent, standardisation_grade)}


def _check(counts: Counts, level: int | None, majors: int, months: int | None, grade: int | None) -> None:
    for colour in COLOURS:
        need_not_negative(f"counts.{colour}", getattr(counts, colour))
    need_level(level)
    need_not_negative("open_major_hazards", majors)
    if months is not None:
        need_not_negative("months_since_death", months)
    if grade is not None:
        need_between("standardisation_grade", grade, 1, 3, 2)


def _forced(rule: Mapping[str, Any], level: int | None, majors: int) -> bool:
    by_source = level in rule["red_by_hazard_source_levels"]
    by_danger = majors >= rule["red_by_open_major"]
    step("有一级、二级重大危险源：红", "a hazard source of level 1 or 2: red", by_source)
    step("有未销号的重大事故隐患：红", "an open major hidden danger: red", by_danger)
    return by_source or by_danger


def _lifted(rule: Mapping[str, Any], colour: Colour, months: int | None, *, seriously_dishonest: bool) -> Colour:
    death = months is not None and months < rule["up_for_death_months"]
    levels = max(int(death), int(rule["up_for_dishonesty"]) * seriously_dishonest)
    raised = RANKED[max(RANKED.index(colour) - levels, 0)]
    step(
        f"{rule['up_for_death_months']} 个月内有死亡事故或列入严重失信名单：升一级",
        f"a death within {rule['up_for_death_months']} months or listed for serious dishonesty: one up",
        raised,
    )
    return raised


def _lowered(rule: Mapping[str, Any], colour: Colour, inherent: Colour, grade: int | None) -> Colour:
    if grade not in rule["down_for_grades"]:
        return colour
    floor = min(RANKED.index(inherent) + int(rule["below_inherent"]), len(RANKED) - 1)
    lowered = RANKED[min(RANKED.index(colour) + 1, floor)]
    step(f"标准化{grade}级：降一级", f"standardisation of grade {grade}: one down", lowered)
    return lowered
