"""Articles 92 to 114 of the Work Safety Law: what each act costs at each stage, and whom.

One pack an article, one row a paragraph (`whole` where it has one). `first`: what the breach costs at once;
`not_corrected`: not put right in time, or an order refused; `accident`: it led to one; `serious`: serious cases. Where
illegal income reaches `from` 10000 yuan, `income` is so many times of it, else the range `below`.
"""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.quantities import Number
from zhiben.law.accidents import Grade
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible, missing, need_not_negative
from zhiben.law.registry import Answer, function

Stage = Literal["first", "not_corrected", "accident", "serious"]
STAGES: Mapping[str, Bilingual] = {
    "first": Bilingual("初次", "at once"),
    "not_corrected": Bilingual("逾期未改正或者拒不执行", "not corrected in time, or refused"),
    "accident": Bilingual("导致发生事故", "led to an accident"),
    "serious": Bilingual("情节严重", "serious cases"),
}
_PEOPLE = frozenset({"persons", "principal", "leaders", "investor", "principal_income", "leaders_income"})
_UNIT = frozenset({"unit", "income", "unit_by_grade"})
_ARTICLES = tuple(str(number) for number in range(92, 115) if number != 112)
_ONE_FILE = {"114": ["95", "96"], "95": ["114"], "96": ["114"]}  # the unit's article and those of its people
Row = Mapping[str, Any]


@function(section="I")
def fine_range(
    article: str,
    stage: Stage = "first",
    illegal_income_wan: Number | None = None,
    grade: Grade | None = None,
    *,
    on: date,
) -> Answer:
    """Return what an act costs at a stage: ranges in 10000 yuan, percentages of last year's income, measures.

    `article` is one such as 97, or with its paragraph 103-2. Null where the law names no fine; from 0 means "up to".
    """
    row = _row(article, on)
    costs = _stage(article, row, stage)
    said = STAGES[stage]
    step(f"第 {article} 条：{row['act']['zh']}（{said.zh}）", f"art. {article}: {row['act']['en']} ({said.en})", stage)
    measures = parameter("cn/penalty/measures").in_force(on).value
    found = {
        "unit_wan": _unit(costs, illegal_income_wan, grade, on),
        "persons_wan": costs.get("persons"),
        "principal_wan": costs.get("principal"),
        "leaders_wan": costs.get("leaders"),
        "investor_wan": costs.get("investor"),
        "principal_income_percent": _percent(costs.get("principal_income"), grade, on),
        "leaders_income_percent": _percent(costs.get("leaders_income"), grade, on),
    }
    for name, value in found.items():
        if value is not None:
            step(f"幅度：{_SAID[name].zh}", f"range: {_SAID[name].en}", value)
    told = [measures[each] for each in costs.get("measures", ())]
    return {"article": article, "act": row["act"], "stage": stage, **found, "measures": told}


@function(section="I")
def fine_acts(article: str | None = None, *, on: date) -> Answer:
    """Return the acts of articles 92 to 114 with their items and stages; of one article where it is given."""
    chosen = {name: _row(name, on) for name in ([article] if article else _names(on))}
    for name, row in chosen.items():
        step(f"第 {name} 条：{row['act']['zh']}；处罚阶段", f"art. {name}: {row['act']['en']}; stages", _stages(row))
    return {
        "acts": [
            {"article": name, "act": row["act"], "items": row.get("items", []), "stages": _stages(row)}
            for name, row in chosen.items()
        ]
    }


@function(section="I")
def double_punishment(article: str, *, on: date) -> Answer:
    """Tell whether unit and responsible people may be fined in one file, at which stages, and by which other articles."""
    row = _row(article, on)
    unit = [stage for stage in _stages(row) if _UNIT & set(row[stage])]
    people = [stage for stage in _stages(row) if _PEOPLE & set(row[stage])]
    others = _ONE_FILE.get(article, [])
    step("处罚单位的阶段", "stages with a fine on the unit", unit)
    step("处罚人员的阶段", "stages with a fine on people", people)
    return {"possible": bool((unit and people) or others), "unit": unit, "people": people, "together_with": others}


_SAID = {
    "unit_wan": Bilingual("单位（万元）", "unit (10000 yuan)"),
    "persons_wan": Bilingual("直接责任人员（万元）", "people directly responsible (10000 yuan)"),
    "principal_wan": Bilingual("主要负责人（万元）", "principal (10000 yuan)"),
    "leaders_wan": Bilingual("其他负责人、安全管理人员（万元）", "other leaders, safety managers (10000 yuan)"),
    "investor_wan": Bilingual("个人投资人（万元）", "investor (10000 yuan)"),
    "principal_income_percent": Bilingual("主要负责人年收入百分比", "percent of the principal's income"),
    "leaders_income_percent": Bilingual("其他负责人年收入百分比", "percent of other leaders' income"),
}


def _names(on: date) -> list[str]:
    """Return the articles with their paragraphs, such as 97 and 103-2."""
    return [
        article if paragraph == "whole" else f"{article}-{paragraph}"
        for article in _ARTICLES
        for paragraph in parameter(f"cn/penalty/article-{article}").in_force(on).value
    ]


def _row(article: str, on: date) -> Row:
    number, _, paragraph = article.partition("-")
    found = parameter(f"cn/penalty/article-{number}").in_force(on).value if number in _ARTICLES else {}
    row = found.get(paragraph or "whole")
    if row is None:
        near = [f"{number}-{each}" for each in found if each != "whole"] or get_close_matches(number, _ARTICLES)
        there = ", ".join(near or _ARTICLES)
        reason = because(f"没有这一条；有：{there}", f"no such article; there are: {there}")
        raise impossible("article", article, reason, near[0] if near else "97")
    return dict(row)


def _stages(row: Row) -> list[str]:
    return [stage for stage in STAGES if stage in row]


def _stage(article: str, row: Row, stage: str) -> Row:
    there = _stages(row)
    if stage not in there:
        zh, en = "、".join(there), ", ".join(there)
        raise impossible(
            "stage", stage, because(f"第 {article} 条只有：{zh}", f"article {article} has only: {en}"), there[0]
        )
    return dict(row[stage])


def _unit(costs: Row, income: Number | None, grade: str | None, on: date) -> object:
    if "unit_by_grade" in costs:
        return parameter(costs["unit_by_grade"]).in_force(on).value[_needed(grade)]
    if "income" not in costs:
        return costs.get("unit")
    rule, gained = costs["income"], income or 0
    need_not_negative("illegal_income_wan", gained)
    step(f"违法所得 ≥ {rule['from']} 万元", f"illegal income ≥ {rule['from']} (10000 yuan)", gained >= rule["from"])
    return [gained * times for times in rule["times"]] if gained >= rule["from"] else rule["below"]


def _percent(named: str | None, grade: str | None, on: date) -> object:
    if named is None:
        return None
    value = parameter(named).in_force(on).value
    percent = value[_needed(grade)] if isinstance(value, dict) else value
    return percent if isinstance(percent, list) else [percent, percent]


def _needed(grade: str | None) -> str:
    if grade is None:
        raise missing(
            "grade",
            because("本条按事故等级处罚，须给出等级", "this article goes by the grade of the accident"),
            "一般",
        )
    return grade
