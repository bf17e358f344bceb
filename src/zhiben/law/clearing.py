"""How far hidden dangers are cleared: shares, the two cohorts of the national plan, and whether a plan is whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhiben.kernel.errors import Invalid
from zhiben.law.because import because
from zhiben.law.parameters import parameter


@dataclass(frozen=True, slots=True)
class Found:
    """One major hidden danger in the count of cohorts: found on a day, closed on a day or not yet."""

    found: date
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class Cohorts:
    """The legacy stock and the increment as of a day."""

    stock: int
    stock_closed: int
    increment: int
    increment_open: int

    @property
    def stock_clear_rate(self) -> Fraction | None:
        """The share of the stock that is closed; None where there was no stock."""
        return share(self.stock_closed, self.stock)


def share(part: int, whole: int, field: str = "part") -> Fraction | None:
    """Return part of whole, exactly; None where there is nothing to divide.

    >>> share(114, 120), share(0, 0)
    (Fraction(19, 20), None)
    """
    if part < 0 or whole < 0 or part > whole:
        raise Invalid(
            "share:impossible",
            field=field,
            reason=because(f"须在 0 至 {whole} 之间", f"must lie between 0 and {whole}"),
            value=part,
            example=1,
        )
    return Fraction(part, whole) if whole else None


def is_dynamic_zero(overdue_open_major: int) -> bool:
    """Tell whether no major hidden danger stands open past its day."""
    return overdue_open_major == 0


def cohorts(rows: Iterable[Found], asof: date) -> Cohorts:
    """Count the legacy stock (found before the day the plan fixes) and the increment, as they stood on a day.

    What was found after the day is left out; what was closed after it counts as open.
    """
    until = date.fromisoformat(parameter("cn/danger/legacy-until").latest().value)
    stock = stock_closed = increment = increment_open = 0
    for at, row in enumerate(rows):
        if row.closed is not None and row.closed < row.found:
            raise Invalid(
                "danger:closed-before-found",
                field=f"rows[{at}].closed",
                reason=because("早于发现日", "before found"),
                value=str(row.closed),
                example=str(row.found),
            )
        if row.found > asof:
            continue
        closed = row.closed is not None and row.closed <= asof
        if row.found < until:
            stock, stock_closed = stock + 1, stock_closed + closed
        else:
            increment, increment_open = increment + 1, increment_open + (not closed)
    return Cohorts(stock, stock_closed, increment, increment_open)


def missing_parts(fields: Mapping[str, object], day: date | None = None) -> list[str]:
    """Return which of the five implementations are not filled, in the order of the plan."""
    history = parameter("cn/danger/five-parts")
    parts = (history.in_force(day) if day else history.latest()).value
    return [part for part in parts if not _filled(fields.get(part))]


def _filled(value: object) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value is not False and value not in ([], {})
