"""What `zhiben law call` answers about hidden dangers: deadlines, shares and cohorts under their public names."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from zhiben.kernel.errors import Invalid
from zhiben.law import clearing, deadlines
from zhiben.law.because import because
from zhiben.law.registry import Answer, function

_PLACES = 10**6  # shares are told to six places


@function(section="C")
def quarter_report_due(year: int, quarter: int) -> Answer:
    """Return when a quarter's statistics form is due."""
    return {"due": deadlines.quarter_report_due(year, quarter).day}


@function(section="C")
def annual_report_due(year: int) -> Answer:
    """Return when a year's statistics form is due."""
    return {"due": deadlines.annual_report_due(year).day}


@function(section="C")
def recheck_due(trigger: date) -> Answer:
    """Return until when a rectification is re-inspected."""
    return {"due": deadlines.recheck_due(trigger).day}


@function(section="C")
def restore_review_due(application: date) -> Answer:
    """Return until when an application to resume is reviewed."""
    return {"due": deadlines.resume_review_due(application).day}


@function(section="C")
def extension_window(deadline: date) -> Answer:
    """Return from when an extension may be asked for, and the days for an answer."""
    window = deadlines.extension_window(deadline)
    return {"apply_not_before": window.opens, "answer_days": window.answer_days}


@function(section="C")
def principal_check_due(last: date, *, high_risk: bool) -> Answer:
    """Return the period of the principal's own checks, and until when the next one is due."""
    due = deadlines.principal_check_due(last, high_risk=high_risk)
    return {"period_months": due.rule.value, "next_due": due.day}


@function(section="C")
def plan_complete(fields: Mapping[str, object]) -> Answer:
    """Tell whether the five implementations are filled, and which are not."""
    missing = clearing.missing_parts(fields)
    return {"complete": not missing, "missing": missing}


@function(section="C")
def hazard_rates(
    found_general: int, closed_general: int, found_major: int, closed_major: int, overdue_open_major: int
) -> Answer:
    """Return the shares closed; null where nothing was found."""
    if overdue_open_major < 0 or overdue_open_major > found_major - closed_major:
        raise Invalid(
            "share:impossible",
            field="overdue_open_major",
            reason=because("多于尚未整改的数量", "more than are open"),
            value=overdue_open_major,
            example=0,
        )
    return {
        "general_rate": _rounded(clearing.share(closed_general, found_general)),
        "major_rate": _rounded(clearing.share(closed_major, found_major)),
        "dynamic_zero": clearing.is_dynamic_zero(overdue_open_major),
    }


@function(section="C")
def stock_increment(asof: date, rows: list[clearing.Found]) -> Answer:
    """Return the legacy stock and the increment of major hidden dangers as of a day."""
    counted = clearing.cohorts(rows, asof)
    return {
        "stock": counted.stock,
        "stock_closed": counted.stock_closed,
        "stock_clear_rate": _rounded(counted.stock_clear_rate),
        "increment": counted.increment,
        "increment_open": counted.increment_open,
    }


def _rounded(value: Fraction | None) -> Fraction | None:
    return None if value is None else Fraction(round(value * _PLACES), _PLACES)
