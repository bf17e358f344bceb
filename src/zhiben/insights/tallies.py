"""How changes reach the tallies: plain upserts that both databases read alike, rows sorted, one writer at a time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from zhiben.insights.domain.measures import Cell, Cut
from zhiben.insights.domain.months import DAYS, Change, month_of, month_rows
from zhiben.insights.models import TallyMonth, TallyOpening

DAY_COLUMNS = tuple(f"d{day}" for day in range(1, DAYS + 1))
WHOLE_TREE = 0  # the unit number under which the whole tree is counted
BATCH = 400  # rows a statement: 36 columns each stay below SQLite's limit of variables

_ADD = ", ".join(f"{c} = insights_tallymonth.{c} + excluded.{c}" for c in ("opening", *DAY_COLUMNS))
MONTH_SQL = (
    f"insert into insights_tallymonth (cut, what, month, unit, cell, restated_at, opening, {', '.join(DAY_COLUMNS)}) "
    "values {rows} on conflict (cut, what, month, unit, cell) do update set "
    f"{_ADD}, restated_at = coalesce(excluded.restated_at, insights_tallymonth.restated_at)"
)
DAY_SQL = (
    "insert into insights_tallyday (unit, day, cell, what, n) values {rows} "
    "on conflict (unit, day, cell, what) do update set n = insights_tallyday.n + excluded.n"
)
OPENING_SQL = (
    "insert into insights_tallyopening (unit, year, cell, what, n) values {rows} "
    "on conflict (unit, year, cell, what) do update set n = insights_tallyopening.n + excluded.n"
)
RESTATED_SQL = (
    "insert into insights_restated (unit, month, restated_at) values {rows} "
    "on conflict (unit, month) do update set restated_at = excluded.restated_at"
)
AGE_SQL = (
    "insert into insights_tallyage (unit, month, level, days, n, on_time) values {rows} on conflict "
    "(unit, month, level, days) do update set n = insights_tallyage.n + excluded.n, "
    "on_time = insights_tallyage.on_time + excluded.on_time"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that happened, under the units it counts for. `high` are above county, `low` county and below."""

    what: int
    high: tuple[int, ...]
    low: tuple[int, ...]
    cell: Cell
    day: date
    n: int
    recorded: date


def add(counted: Sequence[Counted], *, now: datetime) -> None:
    """Add to all tallies; the caller holds the transaction."""
    if not counted:
        return
    newest = newest_month()
    latest = max(month_of(one.day) for one in counted)
    if newest is not None and latest > newest:
        open_months(latest)
    newest = max(latest, newest if newest is not None else latest)
    for cut in Cut:
        _add_months(cut, counted, newest, now)
    _add_days(counted)
    _mark_restated(counted, newest, now)


def newest_month() -> int | None:
    """Return the newest month that has rows: every cell goes on to it, so the last row in the order of the key tells."""
    order = ("-cut", "-what", "-month")
    return TallyMonth.objects.order_by(*order).values_list("month", flat=True).first()


def open_months(upto: int) -> None:
    """Open every month up to `upto`: each cell goes on with the total it ended with."""
    newest = newest_month()
    while newest is not None and newest < upto:
        columns = f"cut, what, month, unit, cell, opening, {', '.join(DAY_COLUMNS)}"
        zeros = ", ".join("0" for _ in DAY_COLUMNS)
        with connection.cursor() as cursor:
            cursor.execute(
                f"insert into insights_tallymonth ({columns}) select cut, what, %s, unit, cell, opening + d31, {zeros} "
                "from insights_tallymonth where month = %s",
                [newest + 1, newest],
            )
        newest += 1


def newest_year() -> int | None:
    """Return the newest year that has openings."""
    return TallyOpening.objects.order_by("-year").values_list("year", flat=True).first()


def open_years(upto: int) -> None:
    """Open every year up to `upto` for the units from county down."""
    newest = newest_year()
    while newest is not None and newest < upto:
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into insights_tallyopening (unit, year, cell, what, n) "
                "select unit, cast(%s as smallint), cell, what, sum(n) from ("
                " select unit, cell, what, n from insights_tallyopening where year = %s"
                " union all"
                " select unit, cell, what, n from insights_tallyday where day >= %s and day < %s"
                ") t group by unit, cell, what",
                [newest + 1, newest, date(newest, 1, 1), date(newest + 1, 1, 1)],
            )
        newest += 1


def _add_months(cut: Cut, counted: Sequence[Counted], newest: int, now: datetime) -> None:
    changes = [
        Change(one.what, unit, one.cell.cut(cut), one.day, one.n, one.recorded) for one in counted for unit in one.high
    ]
    late = {(c.what, m, c.unit, c.cell) for c in changes if c.is_late for m in range(month_of(c.day), newest + 1)}
    rows = [
        [int(cut), *key, now if key in late else None, *numbers]
        for key, numbers in sorted(month_rows(changes, newest).items())
    ]
    upsert(MONTH_SQL, rows)


def _add_days(counted: Sequence[Counted]) -> None:
    years = [one.day.year for one in counted]
    newest = newest_year() or max(years)
    open_years(max(years))
    newest = max(newest, *years)
    days: Counter[tuple[int, date, int, int]] = Counter()
    openings: Counter[tuple[int, int, int, int]] = Counter()
    for one in counted:
        packed = one.cell.packed()
        for unit in one.low:
            days[unit, one.day, packed, one.what] += one.n
            openings[unit, one.day.year, packed, one.what] += 0  # a year that has days has an opening
            for year in range(one.day.year + 1, newest + 1):
                openings[unit, year, packed, one.what] += one.n
    upsert(DAY_SQL, [[*key, n] for key, n in sorted(days.items())])
    upsert(OPENING_SQL, [[*key, n] for key, n in sorted(openings.items())])


def _mark_restated(counted: Iterable[Counted], newest: int, now: datetime) -> None:
    marks = {
        (unit, month)
        for one in counted
        if month_of(one.recorded) > month_of(one.day)
        for unit in (*one.high, *one.low)
        for month in range(month_of(one.day), min(newest, month_of(one.recorded) - 1) + 1)
    }
    upsert(RESTATED_SQL, [[*key, now] for key in sorted(marks)])


def upsert(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Write many rows by few statements."""
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            chunk = rows[start : start + BATCH]
            holes = ", ".join(f"({', '.join(['%s'] * len(row))})" for row in chunk)
            cursor.execute(sql.format(rows=holes), [value for row in chunk for value in row])


def empty() -> None:
    """Empty every tally, before it is rebuilt from the journal."""
    for table in ("tallymonth", "tallyday", "tallyopening", "tallyage", "restated", "major"):
        with connection.cursor() as cursor:
            cursor.execute(f"delete from insights_{table}")


__all__ = ["AGE_SQL", "WHOLE_TREE", "Counted", "add", "empty", "newest_month", "open_months", "upsert"]
