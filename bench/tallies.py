"""Open, found, signed off and overdue as of any day in the three fixed cuts, beside the database's own GROUP BY.

    python bench/tallies.py [ROWS]            # on SQLite; with DATABASE_URL set, on that PostgreSQL

The tallies are built from the rows as series (the consumer's own way is held to the full scan by tests); every answer
measured is compared with the GROUP BY of the same question.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date, timedelta

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
KEEP = os.environ.get("ZHIBEN_BENCH_KEEP", "")
QUESTIONS = 200
COMPARED = 5
LIMIT_MS, LIMIT_TIMES = 5, 100
SINCE = {"OPEN": None, "FOUND": "found_on", "SIGNED_OFF": "closed_on", "OVERDUE": "overdue_since"}


def build():
    """Write month rows of the whole tree, the province and its cities for the four counts; return the cities."""
    from django.db import connection

    from zhiben.insights.domain.measures import Cut, What
    from zhiben.insights.domain.months import DAYS, first_of, month_of
    from zhiben.insights.models import Dimension, TallyMonth

    TallyMonth.objects.all().delete()
    Dimension.objects.all().delete()
    numbers = {}

    def number(kind, slug):
        if not slug:
            return 0
        if (kind, slug) not in numbers:
            numbers[kind, slug] = 1 + sum(known == kind for known, _ in numbers)
            Dimension.objects.create(kind=kind, slug=slug, number=numbers[kind, slug])
        return numbers[kind, slug]

    series = defaultdict(lambda: defaultdict(int))  # (cut, what, unit, cell) → day → change
    cities = set()
    with connection.cursor() as cursor:
        for cut, column in ((Cut.INDUSTRY, "industry"), (Cut.CHANNEL, "channel"), (Cut.MATTER, "matter")):
            for name in ("FOUND", "SIGNED_OFF", "OVERDUE"):
                day = SINCE[name]
                cursor.execute(
                    f"select city_id, province_id, {column}, level, {day}, count(*) from dangers_danger"
                    f" where {day} is not null group by 1, 2, 3, 4, 5"
                )
                for city, province, slug, level, text, n in cursor.fetchall():
                    cell = number(column, slug) << 8 | number("level", level)
                    on = date.fromisoformat(text) if isinstance(text, str) else text
                    cities.add(city)
                    for unit in (0, province, city):
                        series[cut, What[name], unit, cell][on] += n
                        if name != "OVERDUE":
                            series[cut, What.OPEN, unit, cell][on] += n if name == "FOUND" else -n
    first, last = (month_of(pick(day for days in series.values() for day in days)) for pick in (min, max))
    rows = []
    for (cut, what, unit, cell), changes in series.items():
        total = 0
        for month in range(first, last + 1):
            begin, growth, line = first_of(month), 0, []
            for offset in range(DAYS):
                growth += (
                    changes.get(begin + timedelta(days=offset), 0)
                    if (begin + timedelta(days=offset)).month == begin.month
                    else 0
                )
                line.append(growth)
            rows.append(
                TallyMonth(
                    cut=cut,
                    what=what,
                    month=month,
                    unit=unit,
                    cell=cell,
                    opening=total,
                    **{f"d{d}": n for d, n in enumerate(line, 1)},
                )
            )
            total += growth
    TallyMonth.objects.bulk_create(rows, batch_size=800)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return sorted(cities), len(rows)


def grouped(what, column, day):
    """Return the database's own answer."""
    from django.db import connection

    where = {
        "OPEN": "found_on <= %s and (closed_on is null or closed_on > %s)",
        "FOUND": "found_on <= %s",
        "SIGNED_OFF": "closed_on <= %s",
        "OVERDUE": "overdue_since <= %s",
    }[what]
    with connection.cursor() as cursor:
        cursor.execute(
            f"select city_id, {column}, level, count(*) from dangers_danger where {where} group by 1, 2, 3",
            [day] * where.count("%s"),
        )
        return {(city, slug, level): n for city, slug, level, n in cursor.fetchall()}


def main():
    with tempfile.TemporaryDirectory(prefix="zhiben-bench-") as made:
        var = KEEP or made
        os.environ["ZHIBEN_VAR"] = var
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{var}/bench.sqlite3")
        sys.path.insert(0, "src")
        import _population

        _population.setup()
        from django.db import connection

        from zhiben.insights.domain.measures import Cut, What
        from zhiben.insights.figures import Subjects, totals
        from zhiben.insights.ledger import By, slugs
        from zhiben.orgs.scope import Scope, scoped

        with scoped(Scope(everything=True)):
            made_of = _population.fill(ROWS, indexed=ROWS <= 2_000_000)
            cities, rows = build()
            draw = random.Random(2)
            columns = {Cut.INDUSTRY: "industry", Cut.CHANNEL: "channel", Cut.MATTER: "matter"}
            names = {cut: slugs(By(column)) for cut, column in columns.items()}
            levels, subjects = slugs(By.LEVEL), Subjects(high=tuple(cities))
            ours, theirs = [], []
            for n in range(QUESTIONS):
                day = date(2024, 1, 1) + timedelta(days=draw.randint(0, 1_050))
                what, cut = draw.choice(list(SINCE)), draw.choice(list(Cut))
                began = time.perf_counter()
                found = totals(subjects, day, cut=cut, whats=(What[what],))
                ours.append((time.perf_counter() - began) * 1000)
                if n < COMPARED:
                    began = time.perf_counter()
                    wanted = grouped(what, columns[cut], day)
                    theirs.append((time.perf_counter() - began) * 1000)
                    told = {
                        (unit, names[cut].get(cell >> 8, ""), levels.get(cell & 255, "")): v
                        for (unit, _, cell), v in found.items()
                        if v
                    }
                    assert told == wanted, (what, cut, day)
        told = {
            "figure": "fixed indicators as of any day", "database": connection.vendor, **made_of, "tally_rows": rows,
            "median_ms": round(statistics.median(ours), 2), "p95_ms": round(sorted(ours)[int(QUESTIONS * 0.95)], 2),
            "limit_ms": LIMIT_MS, "group_by_ms": round(statistics.median(theirs), 1),
            "compared_equal": COMPARED,
        }  # fmt: skip
        told["times_group_by"] = round(told["group_by_ms"] / told["median_ms"], 1)
        print(json.dumps({**told, "limit_times": LIMIT_TIMES}))


if __name__ == "__main__":
    main()
