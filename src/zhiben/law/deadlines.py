"""Deadlines of hidden dangers, the five implementations, shares closed, legacy stock and increment."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from zhiben.kernel.errors import Invalid
from zhiben.law import clearing, due_days
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import need_known_parts, need_not_negative
from zhiben.law.registry import Answer, function

__all__ = [
    "annual_report_due",
    "extension_window",
    "hazard_rates",
    "plan_complete",
    "principal_check_due",
    "quarter_report_due",
    "recheck_due",
    "restore_review_due",
    "stock_increment",
]

_PLACES = 10**6  # shares are told to six places


@function(section="C")
def quarter_report_due(year: int, quarter: int) -> Answer:
    """Return when a quarter's statistics form is due."""
    due = due_days.quarter_report_due(year, quarter)
    step(
        f"{year} 年第 {quarter} 季度后一个月的 {due.rule.value} 日",
        f"day {due.rule.value} of the month after quarter {quarter}",
        due.day,
    )
    return {"due": due.day}


@function(section="C")
def annual_report_due(year: int) -> Answer:
    """Return when a year's statistics form is due."""
    due = due_days.annual_report_due(year)
    step(f"{year + 1} 年 1 月 {due.rule.value} 日", f"{due.rule.value} January {year + 1}", due.day)
    return {"due": due.day}


@function(section="C")
def recheck_due(trigger: date) -> Answer:
    """Return until when a rectification is re-inspected."""
    return _days_after(trigger, due_days.recheck_due(trigger))


@function(section="C")
def restore_review_due(application: date) -> Answer:
    """Return until when an application to resume is reviewed."""
    return _days_after(application, due_days.resume_review_due(application))


def _days_after(start: date, due: due_days.Due) -> Answer:
    step(f"{start} 加 {due.rule.value} 日", f"{start} and {due.rule.value} days", due.day)
    return {"due": due.day}


@function(section="C")
def extension_window(deadline: date) -> Answer:
    """Return from when an extension may be asked for, and the days for an answer."""
    window = due_days.extension_window(deadline)
    step(
        f"期满 {deadline} 前 {window.rule.value} 日起可申请",
        f"from {window.rule.value} days before {deadline}",
        window.opens,
    )
    step("答复天数", "days for the answer", window.answer_days)
    return {"apply_not_before": window.opens, "answer_days": window.answer_days}


@function(section="C")
def principal_check_due(last: date, *, high_risk: bool) -> Answer:
    """Return the period of the principal's own checks, and until when the next one is due."""
    due = due_days.principal_check_due(last, high_risk=high_risk)
    step("检查周期（月）", "period in months", due.rule.value)
    step(f"{last} 所在周期的下一周期末", f"end of the period after the one of {last}", due.day)
    return {"period_months": due.rule.value, "next_due": due.day}


@function(section="C")
def plan_complete(fields: Mapping[str, object]) -> Answer:
    """Tell whether the five implementations are filled, and which are not."""
    need_known_parts("fields", fields, parameter("cn/danger/five-parts").latest().value)
    missing = clearing.missing_parts(fields)
    step("五落实中未填的", "parts of the five that are not filled", missing)
    return {"complete": not missing, "missing": missing}


@function(section="C")
def hazard_rates(
    found_general: int, closed_general: int, found_major: int, closed_major: int, overdue_open_major: int
) -> Answer:
    """Return the shares closed; null where nothing was found."""
    parameter("cn/danger/rates").latest()
    general = _share("general", "一般", closed_general, found_general)
    major = _share("major", "重大", closed_major, found_major)
    if overdue_open_major < 0 or overdue_open_major > found_major - closed_major:
        raise Invalid(
            "share:impossible",
            field="overdue_open_major",
            reason=because("多于尚未整改的数量", "more than are open"),
            value=overdue_open_major,
            example=0,
        )
    zero = clearing.is_dynamic_zero(overdue_open_major)
    step(f"逾期未整改重大隐患 {overdue_open_major} 项", f"{overdue_open_major} major ones open past their day", zero)
    return {"general_rate": general, "major_rate": major, "dynamic_zero": zero}


@function(section="C")
def stock_increment(asof: date, rows: list[clearing.Found]) -> Answer:
    """Return the legacy stock and the increment of major hidden dangers as of a day."""
    counted = clearing.cohorts(rows, asof)
    step(f"存量：{asof} 已整改 ÷ 全部", f"legacy stock on {asof}: closed of all", [counted.stock_closed, counted.stock])
    step("增量：未整改 ÷ 全部", "increment: open of all", [counted.increment_open, counted.increment])
    return {
        "stock": counted.stock,
        "stock_closed": counted.stock_closed,
        "stock_clear_rate": _rounded(counted.stock_clear_rate),
        "increment": counted.increment,
        "increment_open": counted.increment_open,
    }


def _share(kind: str, zh: str, closed: int, found: int) -> Fraction | None:
    need_not_negative(f"found_{kind}", found)
    share = _rounded(clearing.share(closed, found, f"closed_{kind}"))
    step(f"{zh}隐患整改率：{closed} ÷ {found}", f"{kind} hidden dangers closed: {closed} ÷ {found}", share)
    return share


def _rounded(value: Fraction | None) -> Fraction | None:
    return None if value is None else Fraction(round(value * _PLACES), _PLACES)
