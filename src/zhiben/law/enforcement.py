"""Indicators of enforcement: how often inspections lead to a penalty, and who never penalises."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhiben.kernel.quantities import Number
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible, need_not_negative
from zhiben.law.registry import Answer, function
from zhiben.law.rounding import rounded

_PLACES = 6


@dataclass(frozen=True, slots=True)
class Inspections:
    """What one body of enforcement did in a period."""

    org: str
    inspections: int
    with_problems: int
    penalised: int


@function(section="I")
def enforcement_stats(rows: list[Inspections], *, on: date) -> Answer:
    """Return by body the share of inspections that led to a penalty, and whether there was none at all.

    Without inspections the share is null and the body is not called one of zero penalties.
    """
    parameter("proposals/enforcement/indicators").in_force(on)
    told: dict[str, object] = {}
    step("执法单位数", "bodies of enforcement", len(rows))
    for at, row in enumerate(rows):
        if row.org in told:
            raise impossible(f"rows[{at}].org", row.org, because("重复出现", "stands twice"), "甲")
        parts = {f"rows[{at}].with_problems": row.with_problems, f"rows[{at}].penalised": row.penalised}
        _need_parts(f"rows[{at}].inspections", row.inspections, parts)
        rate = _share(row.penalised, row.inspections)
        shown = f"{row.penalised} ÷ {row.inspections}"
        step(f"处罚 ÷ 检查：{shown}", f"penalised ÷ inspected: {shown}", rate, of=row.org)
        told[row.org] = {"penalty_rate": rate, "zero": row.inspections > 0 and row.penalised == 0}
    return told


@function(section="I")
def enforcement_rates(
    inspections: int, with_problems: int, penalised: int, coerced_only: int = 0, dangers_found: int = 0, *, on: date
) -> Answer:
    """Return the indicators of one body; null where there is nothing to divide.

    `coerced_only`: inspections with problems that led to a coercive measure but no penalty.
    """
    parameter("proposals/enforcement/indicators").in_force(on)
    parts = {"with_problems": with_problems, "penalised": penalised, "coerced_only": coerced_only}
    _need_parts("inspections", inspections, parts)
    need_not_negative("dangers_found", dangers_found)
    neither = with_problems - penalised - coerced_only
    if neither < 0:
        reason = because(
            "处罚与强制之和不能多于发现问题的检查", "penalties and measures exceed inspections with problems"
        )
        raise impossible("coerced_only", coerced_only, reason, 0)
    step("发现问题而未处罚、未强制", "problems, but neither penalty nor measure", neither)
    return {
        "penalty_rate": _share(penalised, inspections),
        "problem_rate": _share(with_problems, inspections),
        "only_inspect_rate": _share(neither, with_problems),
        "dangers_per_inspection": _share(dangers_found, inspections),
        "zero_penalty": inspections > 0 and penalised == 0,
    }


@function(section="I")
def enforcement_quality(
    *,
    cases: int = 0,
    fined_wan: Number = 0,
    executed: int = 0,
    ordered: int = 0,
    rectified: int = 0,
    rechecks_due: int = 0,
    rechecked_on_time: int = 0,
    decisions: int = 0,
    published_on_time: int = 0,
    reports: int = 0,
    reports_led_to_case: int = 0,
    on: date,
) -> Answer:
    """Return how well cases are carried through: a share for every pair given, null where there is nothing to divide."""
    parameter("proposals/enforcement/indicators").in_force(on)
    need_not_negative("fined_wan", fined_wan)
    pairs = {
        "execution_rate": ("executed", executed, "cases", cases),
        "rectification_rate": ("rectified", rectified, "ordered", ordered),
        "recheck_on_time_rate": ("rechecked_on_time", rechecked_on_time, "rechecks_due", rechecks_due),
        "published_on_time_rate": ("published_on_time", published_on_time, "decisions", decisions),
        "report_conversion_rate": ("reports_led_to_case", reports_led_to_case, "reports", reports),
    }
    told: dict[str, object] = {"fine_per_case_wan": rounded(Fraction(fined_wan) / cases, _PLACES) if cases else None}
    for name, (field, part, whole_field, whole) in pairs.items():
        _need_parts(whole_field, whole, {field: part})
        told[name] = _share(part, whole)
        step(f"{_SHARES[name]}：{part} ÷ {whole}", f"{name.replace('_', ' ')}: {part} ÷ {whole}", told[name])
    return told


_SHARES = {
    "execution_rate": "执行率",
    "rectification_rate": "整改率",
    "recheck_on_time_rate": "按时复查率",
    "published_on_time_rate": "按时公开率",
    "report_conversion_rate": "举报转案率",
}


def _need_parts(field: str, whole: int, parts: dict[str, int]) -> None:
    need_not_negative(field, whole)
    for name, part in parts.items():
        need_not_negative(name, part)
        if part > whole:
            raise impossible(name, part, because(f"不能多于总数 {whole}", f"must not exceed the whole, {whole}"), whole)


def _share(part: int, whole: int) -> Fraction | None:
    return rounded(Fraction(part, whole), _PLACES) if whole else None
