"""Reading the tallies: one row a cell and day, however many dangers there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from zhiben.insights.domain.measures import DIMENSION_MASK, LEVEL_BITS, Cut, What, part
from zhiben.insights.domain.months import month_of
from zhiben.insights.tallies import newest_month

Totals = dict[tuple[int, int, int], int]  # (unit, what, cell of the cut) → running total


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whose figures are asked for: units above county, or unit numbers counted by the day."""

    high: tuple[int, ...] = ()
    low: tuple[int, ...] = ()


def totals(subjects: Subjects, day: date, *, cut: Cut = Cut.INDUSTRY, whats: Iterable[What] = What) -> Totals:
    """Return the running totals as of the end of `day`."""
    wanted = tuple(int(what) for what in whats)
    found = _high(subjects.high, day, cut, wanted) if subjects.high else {}
    if subjects.low:
        found.update(_low(subjects.low, day, cut, wanted))
    return found


def span(subjects: Subjects, since: date, until: date, *, cut: Cut) -> tuple[Totals, Totals]:
    """Return the totals at the end of the day before `since` and at the end of `until`."""
    return totals(subjects, since - timedelta(days=1), cut=cut), totals(subjects, until, cut=cut)


def _high(units: tuple[int, ...], day: date, cut: Cut, whats: tuple[int, ...]) -> Totals:
    newest = newest_month()
    if newest is None:
        return {}
    month = month_of(day)
    column = "d31" if month > newest else f"d{day.day}"
    sql = (
        f"select unit, what, cell, opening + {column} from insights_tallymonth "
        f"where cut = %s and what in ({_holes(whats)}) and month = %s and unit in ({_holes(units)})"
    )
    return _read(sql, [int(cut), *whats, min(month, newest), *units])


def _low(units: tuple[int, ...], day: date, cut: Cut, whats: tuple[int, ...]) -> Totals:
    newest = _newest_year()
    if newest is None:
        return {}
    year = min(day.year, newest)
    sql = (  # placeholders only
        "select unit, what, cell, sum(n) from ("
        f" select unit, what, cell, n from insights_tallyopening where unit in ({_holes(units)}) and year = %s"
        f"  and what in ({_holes(whats)})"
        " union all"
        f" select unit, what, cell, n from insights_tallyday where unit in ({_holes(units)}) and day >= %s and day <= %s"
        f"  and what in ({_holes(whats)})"
        ") t group by unit, what, cell"
    )
    packed = _read(sql, [*units, year, *whats, *units, date(year, 1, 1), min(day, date(year, 12, 31)), *whats])
    found: Totals = {}
    for (unit, what, cell), n in packed.items():
        key = (unit, what, part(cell, cut))
        found[key] = found.get(key, 0) + n
    return found


def _newest_year() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("select max(year) from insights_tallyopening")
        row = cursor.fetchone()
    return row[0] if row else None


def _read(sql: str, parameters: list[Any]) -> Totals:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {(unit, what, cell): int(n) for unit, what, cell, n in cursor.fetchall()}


def _holes(values: tuple[int, ...]) -> str:
    return ", ".join(["%s"] * len(values))


def level_of(cell: int) -> int:
    """Return the level's number in a cell of a cut."""
    return cell & DIMENSION_MASK


def dimension_of(cell: int) -> int:
    """Return the industry's, channel's or matter's number in a cell of a cut."""
    return cell >> LEVEL_BITS


def summed(found: Mapping[tuple[int, int, int], int], what: What) -> int:
    """Return one count over all units and cells."""
    return sum(n for (_, counted, _), n in found.items() if counted == what)
