"""Reading the tallies: one row a cell and day, however many dangers there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from zhiben.insights.domain.measures import DIMENSION_MASK, LEVEL_BITS, Cut, What, part
from zhiben.insights.domain.months import month_of
from zhiben.insights.tallies import newest_month, newest_year

Totals = dict[tuple[int, int, int], int]  # (unit, what, cell of the cut, or only its level) → running total
Query = tuple[str, list[Any]]
Kept = tuple[int, ...] | None
_DIMENSION = {
    cut: f"(cell >> {shift} & 255)" for cut, shift in ((Cut.INDUSTRY, 24), (Cut.CHANNEL, 16), (Cut.MATTER, 8))
}


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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question for several days at once."""

    days: Sequence[date]
    whats: tuple[int, ...]
    cut: Cut
    kept: Kept  # numbers of the cut's dimension that count; None: all


def by_level(
    subjects: Subjects,
    days: Sequence[date],
    *,
    cut: Cut = Cut.INDUSTRY,
    dimensions: frozenset[int] | None = None,
    whats: Iterable[What] = What,
) -> list[Totals]:
    """Return the running totals by level as of the end of each day: as many queries for twenty days as for one.

    `dimensions` keeps only cells with these numbers in the cut's dimension.
    """
    kept = None if dimensions is None else tuple(sorted(dimensions))
    asked = _Asked(days, tuple(int(what) for what in whats), cut, kept)
    found: list[Totals] = [{} for _ in days]
    if not days or kept == ():
        return found
    if subjects.high and (newest := newest_month()) is not None:
        _add_columns(found, *_high_columns(subjects.high, asked, newest))
    if subjects.low and (year := newest_year()) is not None:
        first = min(min(days).year, year)
        _add_columns(found, *_low_opening(subjects.low, asked, first))
        _add_columns(found, *_low_columns(subjects.low, asked, first))
    return found


def _high_columns(units: tuple[int, ...], asked: _Asked, newest: int) -> Query:
    """Read one column a day; a day beyond the newest month stands as that month ended."""
    months = [min(month_of(day), newest) for day in asked.days]
    ends = ["d31" if month_of(day) > newest else f"d{day.day}" for day in asked.days]
    sums = ", ".join(f"sum(case when month = %s then opening + {end} else 0 end)" for end in ends)
    narrowed, numbers = _narrowed("(cell >> 8)", asked.kept)
    sql = (
        f"select unit, what, cell & 255, {sums} from insights_tallymonth "
        f"where cut = %s and what in ({_holes(asked.whats)}) and month in ({_holes(tuple(months))}) "
        f"and unit in ({_holes(units)}){narrowed} group by unit, what, cell & 255"
    )
    return sql, [*months, int(asked.cut), *asked.whats, *months, *units, *numbers]


def _low_opening(units: tuple[int, ...], asked: _Asked, year: int) -> Query:
    narrowed, numbers = _narrowed(_DIMENSION[asked.cut], asked.kept)
    sums = ", ".join(["sum(n)"] * len(asked.days))
    sql = (
        f"select unit, what, cell & 255, {sums} from insights_tallyopening where unit in ({_holes(units)}) "
        f"and year = %s and what in ({_holes(asked.whats)}){narrowed} group by unit, what, cell & 255"
    )
    return sql, [*units, year, *asked.whats, *numbers]


def _low_columns(units: tuple[int, ...], asked: _Asked, year: int) -> Query:
    narrowed, numbers = _narrowed(_DIMENSION[asked.cut], asked.kept)
    sums = ", ".join(["sum(case when day <= %s then n else 0 end)"] * len(asked.days))
    sql = (
        f"select unit, what, cell & 255, {sums} from insights_tallyday where unit in ({_holes(units)}) "
        f"and day >= %s and day <= %s and what in ({_holes(asked.whats)}){narrowed} "
        "group by unit, what, cell & 255"
    )
    return sql, [*asked.days, *units, date(year, 1, 1), max(asked.days), *asked.whats, *numbers]


def _narrowed(dimension: str, kept: Kept) -> tuple[str, tuple[int, ...]]:
    return ("", ()) if kept is None else (f" and {dimension} in ({_holes(kept)})", kept)


def _add_columns(found: list[Totals], sql: str, parameters: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        for unit, what, level, *numbers in cursor.fetchall():
            for totals_of_day, n in zip(found, numbers, strict=True):
                key = (unit, what, level)
                totals_of_day[key] = totals_of_day.get(key, 0) + int(n)


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
    newest = newest_year()
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
