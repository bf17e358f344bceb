"""Import the shipped table of divisions (44,703 rows) into an empty tree, once more, and move one county.

    python bench/import_divisions.py          # SQLite in a file
    python scripts/with_postgres.py -- python bench/import_divisions.py

Prints JSON: seconds against the limit of 20, beside the same rows saved one by one (on a sample, scaled).
"""

import json
import resource
from time import perf_counter

from _journal import database

LIMIT_SECONDS = 20
SAMPLE = 1_000


def main() -> None:
    with database() as kind:
        print(json.dumps({"bench": "import_divisions", "database": kind, **measured()}, indent=2))


def measured() -> dict:
    from django.db import transaction
    from django.utils import timezone

    from zhiben.kernel.actor import SYSTEM
    from zhiben.orgs.models import Unit
    from zhiben.orgs.public import SHIPPED, import_divisions, move_unit, unit_at
    from zhiben.orgs.tree import grow

    now = timezone.now()
    first, report = timed(lambda: import_divisions(SHIPPED, actor=SYSTEM, now=now))
    again, repeated = timed(lambda: import_divisions(SHIPPED, actor=SYSTEM, now=now))
    county, target = unit_at("510104"), unit_at("5103")  # Jinjiang to Zigong, for the sake of the figure
    rows = Unit.objects.filter(path__startswith=county.path).count()
    moving, _ = timed(lambda: move_unit(county.pk, target.pk, actor=SYSTEM, now=now))

    def one_by_one():
        with transaction.atomic():
            for number in range(SAMPLE):
                grow(county, "township", f"样本{number}")

    county.refresh_from_db()
    slow, _ = timed(one_by_one)
    return {
        "rows": report.read,
        "seconds": round(first, 2),
        "limit_seconds": LIMIT_SECONDS,
        "within_limit": first < LIMIT_SECONDS,
        "again_seconds": round(again, 2),
        "again_made": repeated.made,
        "peer_one_by_one_seconds": round(slow / SAMPLE * report.read, 1),
        "county_moved": {"units": rows, "seconds": round(moving, 2)},
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def timed(work):
    started = perf_counter()
    answer = work()
    return perf_counter() - started, answer


if __name__ == "__main__":
    main()
