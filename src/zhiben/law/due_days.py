"""When something about hidden dangers is due. Every day returned carries the value of law that set it."""

from dataclasses import dataclass
from datetime import date, timedelta

from zhiben.kernel.errors import Invalid
from zhiben.law.because import because
from zhiben.law.parameters import Dated, parameter

QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Due:
    """A day and the value of law behind it."""

    day: date
    rule: Dated


@dataclass(frozen=True, slots=True)
class ExtensionWindow:
    """From when an extension may be asked for, the last day to ask, and how many days an answer may take."""

    opens: date
    closes: date
    answer_days: int
    rule: Dated


def quarter_report_due(year: int, quarter: int) -> Due:
    """Return when the statistics form of a quarter is due: in the month after it.

    >>> quarter_report_due(2025, 4).day.isoformat()
    '2026-01-15'
    """
    if not 1 <= quarter <= QUARTERS:
        raise Invalid(
            "deadline:no-such-quarter",
            field="quarter",
            reason=because("须为 1 至 4", "1 to 4"),
            value=quarter,
            example=1,
        )
    _known(year)
    month_after = quarter * 3 + 1
    first = date(year + (month_after > 12), (month_after - 1) % 12 + 1, 1)
    rule = parameter("cn/danger/quarter-report-day").in_force(first)
    return Due(first.replace(day=rule.value), rule)


def annual_report_due(year: int) -> Due:
    """Return when the statistics form of a year is due: in the January after it."""
    _known(year)
    rule = parameter("cn/danger/annual-report-day").in_force(date(year + 1, 1, 1))
    return Due(date(year + 1, 1, rule.value), rule)


def recheck_due(trigger: date) -> Due:
    """Return until when an ordered rectification is re-inspected after application or expiry (Order 15 art. 17).

    >>> recheck_due(date(2025, 6, 20)).day.isoformat()
    '2025-06-30'
    """
    return _days_after("cn/danger/recheck-days", trigger)


def resume_review_due(application: date) -> Due:
    """Return until when an application to resume is reviewed on site (Order 16 art. 23)."""
    return _days_after("cn/danger/resume-review-days", application)


def extension_window(deadline: date) -> ExtensionWindow:
    """Return when an extension of a limit set by the supervisor may be asked for (Order 15 art. 17)."""
    ask = parameter("cn/danger/extension-ask-days").in_force(deadline)
    answer = parameter("cn/danger/extension-answer-days").in_force(deadline)
    return ExtensionWindow(deadline - timedelta(days=ask.value), deadline, answer.value, ask)


def principal_check_due(last: date, *, high_risk: bool) -> Due:
    """Return the end of the calendar period after the one that the last check falls into.

    >>> principal_check_due(date(2025, 1, 10), high_risk=False).day.isoformat()
    '2025-06-30'
    """
    _known(last.year)
    name = "cn/danger/principal-check-months" + ("-high-risk" if high_risk else "")
    rule = parameter(name).in_force(last)
    months = rule.value
    month_index = last.year * 12 + last.month - 1
    after_next = (month_index // months + 2) * months  # the first month after the next period
    return Due(date(after_next // 12, after_next % 12 + 1, 1) - timedelta(days=1), rule)


def _days_after(name: str, start: date) -> Due:
    rule = parameter(name).in_force(start)
    return Due(start + timedelta(days=rule.value), rule)


def _known(year: int) -> None:
    if not 2000 <= year <= 9000:
        raise Invalid(
            "deadline:no-such-year",
            field="year",
            reason=because("须为 2000 至 9000", "2000 to 9000"),
            value=year,
            example=2025,
        )
