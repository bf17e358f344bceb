"""Assessment of risks: LEC, LS, MES, a matrix of one's own, direct judgement, LOPA, individual risk, areas."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import Literal

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.quantities import Number, exact
from zhiben.law.accident_classes import (
    accident_type,
    code_2025,
    code_industry,
    hazard_factor,
    type_carried_over,
)
from zhiben.law.accident_losses import (
    direct_loss,
    injury_grade,
    loss_thousand,
    medical_estimate,
    rate_gdp,
    rate_mt,
    rate_thousand,
    work_value_loss,
)
from zhiben.law.bands import band_of, edge_of, product, told
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.record_forms import (
    hazop_deviations,
    record_form,
    record_missing,
)
from zhiben.law.refusing import impossible, need_not_negative, need_positive
from zhiben.law.registry import Answer, function, plain
from zhiben.law.spans import months_after, years_after

__all__ = [
    "accident_type",
    "area_colour",
    "assessment_methods",
    "code_2025",
    "code_industry",
    "direct_loss",
    "direct_major",
    "hazard_factor",
    "hazop_deviations",
    "hazop_due",
    "individual_risk",
    "injury_grade",
    "lec",
    "lopa",
    "loss_thousand",
    "ls",
    "matrix_class",
    "medical_estimate",
    "mes",
    "rate_gdp",
    "rate_mt",
    "rate_thousand",
    "reassess_due",
    "record_form",
    "record_missing",
    "type_carried_over",
    "work_value_loss",
]

Colour = Literal["red", "orange", "yellow", "blue"]
COLOURS: Mapping[Colour, Bilingual] = {  # from the highest risk down
    "red": Bilingual("红（重大风险）", "red (major risk)"),
    "orange": Bilingual("橙（较大风险）", "orange (larger risk)"),
    "yellow": Bilingual("黄（一般风险）", "yellow (general risk)"),
    "blue": Bilingual("蓝（低风险）", "blue (low risk)"),
}
RANKED: Sequence[Colour] = tuple(COLOURS)


@function(section="A")
def lec(
    *, L: Number, E: Number, C: Number, edges: Literal["usual", "inclusive", "exclusive"] = "usual", on: date
) -> Answer:
    """Assess working conditions: D = L × E × C. `edges` picks how a score on a boundary is read."""
    return _scored("cn/assessment/lec", "D", {"L": L, "E": E, "C": C}, on, edges)


@function(section="A")
def ls(*, L: Number, S: Number, on: date) -> Answer:
    """Assess by likelihood and severity: R = L × S."""
    return _scored("cn/assessment/ls", "R", {"L": L, "S": S}, on)


@function(section="A")
def mes(*, M: Number, E: Number, S: Number, on: date) -> Answer:
    """Assess by measures, exposure and severity: R = M × E × S."""
    return _scored("cn/assessment/mes", "R", {"M": M, "E": E, "S": S}, on)


def _scored(method: str, result: str, given: Mapping[str, Number], on: date, edges: str = "usual") -> Answer:
    table = parameter(method).in_force(on).value
    for name, value in given.items():
        meaning = _meaning(table["factors"][name], name, value)
        step(f"{name}：{meaning.zh}", f"{name}: {meaning.en}", value)
    score = prod(given.values())
    formula = f"{result} = {' × '.join(given)} = {product(given.values())}"
    step(formula, formula, score)
    band = band_of(table["edges"][edges], score)
    if band is None:
        raise ValueError(f"{method} has no class for {score}")  # a pack's fault: the lowest class starts at 0
    step(f"级别：{told(score)} {edge_of(band)}", f"class: {told(score)} {edge_of(band)}", band["class"])
    colour = parameter("cn/assessment/class-colours").in_force(on).value[str(band["class"])]
    step(f"颜色（{colour['zh']}）", f"colour ({colour['en']})", colour["colour"])
    return {result: score, "class": band["class"], "colour": colour["colour"]}


def _meaning(rows: Sequence[Mapping[str, str]], field: str, value: Number) -> Bilingual:
    for row in rows:
        if exact(row["value"]) == value:
            return Bilingual(row["zh"], row["en"])
    listed = ", ".join(str(row["value"]) for row in rows)
    raise impossible(field, value, because(f"须为 {listed} 之一", f"must be one of {listed}"), rows[0]["value"])


@function(section="A")
def matrix_class(*, cells: list[list[int]], row: int, column: int) -> Answer:
    """Look a risk up in a matrix of one's own: rows and columns from the least up, cells classes with 1 the highest.

    `monotonic` tells whether no cell is lower in risk than one with less likelihood or less severity.
    """
    if not cells or not cells[0] or any(len(line) != len(cells[0]) for line in cells):
        reason = because("各行的列数须相同且不为空", "all rows need the same number of columns, at least one")
        raise impossible("cells", cells, reason, [[3, 2], [2, 1]])
    for name, at, size in (("row", row, len(cells)), ("column", column, len(cells[0]))):
        if not 1 <= at <= size:
            raise impossible(name, at, because(f"须为 1 至 {size}", f"must be 1 to {size}"), 1)
    parameter("cn/assessment/matrix").latest()
    lines = [*cells, *zip(*cells, strict=True)]
    monotonic = all(low >= high for line in lines for low, high in pairwise(line))
    found = cells[row - 1][column - 1]
    step(f"第 {row} 行、第 {column} 列", f"row {row}, column {column}", found)
    step("风险随可能性和严重性只增不减", "risk never falls as likelihood or severity rise", monotonic)
    return {"class": found, "monotonic": monotonic}


@function(section="A")
def direct_major(
    *,
    violates_mandatory: bool,
    fatal_or_serious_history_same_condition: bool,
    minor_history_count: int,
    hazard_source_level: int | None,
    people_in_toxic_fire_explosion_area: int,
    assessed_highest: bool,
    on: date,
) -> Answer:
    """Tell whether a risk is major whatever its score, and the first reason."""
    need_not_negative("minor_history_count", minor_history_count)
    need_not_negative("people_in_toxic_fire_explosion_area", people_in_toxic_fire_explosion_area)
    need_level(hazard_source_level)
    given: Mapping[str, bool | int | None] = {
        "violates_mandatory": violates_mandatory,
        "fatal_or_serious_history_same_condition": fatal_or_serious_history_same_condition,
        "minor_history_count": minor_history_count,
        "hazard_source_level": hazard_source_level,
        "people_in_toxic_fire_explosion_area": people_in_toxic_fire_explosion_area,
        "assessed_highest": assessed_highest,
    }
    reason = None
    for case in parameter("cn/assessment/direct-major").in_force(on).value:
        sign = _met(case, given[case["input"]])
        step(case["zh"], case["en"], sign is not None)
        if sign is not None and reason is None:
            reason = f"{case['input']}{sign}"
    return {"major": reason is not None, "reason": reason}


def _met(case: Mapping[str, int], value: bool | int | None) -> str | None:  # noqa: FBT001 -- a value, not a switch
    """Return how the case is met, as it is told behind the input's name; None where it is not."""
    if value is None:
        return None
    if "equals" in case:
        return "" if value == case["equals"] else None
    if "at_least" in case:
        return f">={case['at_least']}" if value >= case["at_least"] else None
    return f"<={case['at_most']}" if value <= case["at_most"] else None


def need_level(level: int | None, field: str = "hazard_source_level") -> None:
    """Refuse what is no level of a major hazard source."""
    if level is not None and not 1 <= level <= 4:
        reason = because("须为 1 至 4；没有重大危险源用 null", "must be 1 to 4; null where there is no hazard source")
        raise impossible(field, level, reason, 2)


@function(section="A")
def lopa(*, f_init: Number, pfd: list[Number], target: Number, on: date) -> Answer:
    """Analyse layers of protection: the frequency left, the risk reduction still needed, and the SIL for it.

    `sil` is 0 where no safety function is needed, null where none of the levels suffices and the design must change.
    """
    need_positive("f_init", f_init, 0.1)
    need_positive("target", target, 0.00001)
    for at, one in enumerate(pfd):
        if not 0 < one <= 1:
            reason = because("失效概率须大于 0，不大于 1", "a probability of failure lies above 0 and not above 1")
            raise impossible(f"pfd[{at}]", one, reason, 0.1)
    left = f_init * prod(pfd)
    step(f"f = {product([f_init, *pfd])}", f"f = {product([f_init, *pfd])}", left)
    needed = Fraction(left) / Fraction(target)
    step(f"RRF = {told(left)} ÷ {told(target)}", f"RRF = {told(left)} ÷ {told(target)}", needed)
    rows = parameter("cn/assessment/sil").in_force(on).value
    level = next((row["sil"] for row in rows if needed <= row["at_most"]), None)
    step("安全完整性等级（空：须修改设计）", "safety integrity level (empty: the design must change)", level)
    return {"f": left, "rrf": needed, "sil": level}


@function(section="A")
def individual_risk(
    *, risk_per_year: Number, target: Literal["high", "second", "third"], existing: bool, on: date
) -> Answer:
    """Compare an individual risk with the limit for its kind of target, new or existing."""
    need_not_negative("risk_per_year", risk_per_year, 0.000001)
    row = parameter("cn/assessment/individual-risk").in_force(on).value[target]
    limit = exact(row["existing" if existing else "new"])
    step(f"防护目标：{row['zh']}；基准", f"target: {row['en']}; limit", limit)
    ok = risk_per_year <= limit
    step(f"个人风险 {told(risk_per_year)} ≤ {told(limit)}", f"risk {told(risk_per_year)} ≤ {told(limit)}", ok)
    return {"ok": ok, "limit": limit}


@function(section="A")
def area_colour(*, points: list[Colour], on: date) -> Answer:
    """Return the colour of an area: that of its highest risk point."""
    parameter("cn/assessment/area-colour").in_force(on)
    if not points:
        reason = because("没有风险点就没有颜色", "an area without risk points has no colour")
        raise impossible("points", points, reason, ["blue", "yellow"])
    counts = "，".join(f"{COLOURS[colour].zh} {points.count(colour)}" for colour in COLOURS)
    counts_en = ", ".join(f"{COLOURS[colour].en} {points.count(colour)}" for colour in COLOURS)
    colour = highest(points)
    step(f"取最高：{counts}", f"the highest of {counts_en}", colour)
    return {"colour": colour}


def highest(colours: Iterable[Colour]) -> Colour:
    """Return the colour of highest risk."""
    return min(colours, key=RANKED.index)


@function(section="A")
def reassess_due(*, last: date, on: date) -> Answer:
    """Return until when risks are assessed again at the latest."""
    months = parameter("cn/assessment/reassess-months").in_force(on).value
    due = months_after(last, months)
    step(f"{last} 加 {months} 个月", f"{last} and {months} months", due)
    return {"due": due}


@function(section="A")
def hazop_due(*, last: date, key_device: bool, on: date) -> Answer:
    """Return until when a HAZOP study is done again."""
    years = parameter("cn/assessment/hazop-years").in_force(on).value["key" if key_device else "other"]
    due = years_after(last, years)
    step(f"{last} 加 {years} 年", f"{last} and {years} years", due)
    return {"due": due}


@function(section="A")
def assessment_methods(
    *,
    about: Literal["operation", "equipment", "process", "inventory", "region", "construction", "fire"],
    on: date,
) -> Answer:
    """Return which methods of assessment suit what is to be assessed."""
    row = parameter("cn/assessment/which-method").in_force(on).value[about]
    step(f"{row['zh']}适用的方法", f"methods for {row['en']}", plain(row["methods"]))
    return {"methods": row["methods"]}
