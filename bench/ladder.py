"""The ladder of a province simulated over a year on past records: what it would have sent, when and to whom.

    python bench/ladder.py [ROWS] [OVERDUE]   # on SQLite; with DATABASE_URL set, on that PostgreSQL

The stretches past a limit are built from the rows in SQL (the consumer's own way is held to the journal by tests): of
the open ones as they stand, of one closed danger in four one that ended with it; a tenth of all with a hold and a day
of progress.
"""

import json
import os
import sys
import tempfile
import time
from datetime import timedelta

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
OVERDUE = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
KEEP = os.environ.get("ZHIBEN_BENCH_KEEP", "")
LIMIT_S = 20


def build(today):
    """Write the stretches; leave just OVERDUE dangers late."""
    from django.db import connection

    from zhiben.dangers.models import Danger, OverdueSpan

    OverdueSpan.objects.all().delete()
    late = Danger.unscoped.filter(is_overdue=True)
    kept = set(late.order_by("pk").values_list("pk", flat=True)[:OVERDUE])
    rest = [pk for pk in late.values_list("pk", flat=True) if pk not in kept]
    for start in range(0, len(rest), 5_000):
        Danger.unscoped.filter(pk__in=rest[start : start + 5_000]).update(is_overdue=False, overdue_since=None)
    missing = OVERDUE - len(kept)
    if missing > 0:
        more = Danger.unscoped.filter(closed_on__isnull=True, is_overdue=False).exclude(level="unset")
        ids = list(more.order_by("pk").values_list("pk", flat=True)[:missing])
        for start in range(0, len(ids), 5_000):
            since = today - timedelta(days=1 + start // 100)
            Danger.unscoped.filter(pk__in=ids[start : start + 5_000]).update(is_overdue=True, overdue_since=since)
    day = "date(closed_on, '-20 days')" if connection.vendor == "sqlite" else "closed_on - 20"
    empty = "'[]'" if connection.vendor == "sqlite" else "'[]'::jsonb"
    into = "insert into dangers_overduespan (danger_id, since, until, holds, progress)"
    with connection.cursor() as cursor:
        cursor.execute(f"{into} select id, overdue_since, null, {empty}, {empty} from dangers_danger where is_overdue")
        cursor.execute(
            f"{into} select id, {day}, closed_on, {empty}, {empty} from dangers_danger"
            " where closed_on is not null and id % 4 = 0"
        )
        cursor.execute("analyze")
    told = []
    for span in OverdueSpan.objects.filter(pk__in=OverdueSpan.objects.values("pk")).iterator():
        if span.pk % 10 == 0:
            held, back = span.since + timedelta(3), span.since + timedelta(6)
            span.holds = [["awaiting", held.isoformat(), back.isoformat()]]
            span.progress = [held.isoformat()]
            told.append(span)
    OverdueSpan.objects.bulk_update(told, ["holds", "progress"], batch_size=1_000)
    return OverdueSpan.objects.filter(until__isnull=True).count(), OverdueSpan.objects.count()


def main():
    with tempfile.TemporaryDirectory(prefix="zhiben-bench-") as made:
        var = KEEP or made
        os.environ["ZHIBEN_VAR"] = var
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{var}/bench.sqlite3")
        sys.path.insert(0, "src")
        import _population

        _population.setup()
        from django.db import connection

        from zhiben.dangers.domain.standing_rules import RulesKind
        from zhiben.dangers.selectors.simulation import simulate, year_before
        from zhiben.dangers.services.regional import draft_rules
        from zhiben.kernel.actor import SYSTEM
        from zhiben.law.ladders import ladder_template
        from zhiben.orgs.public import unit_at
        from zhiben.orgs.scope import Scope, scoped

        with scoped(Scope(everything=True)):
            made_of = _population.fill(ROWS)
            overdue, stretches = build(_population.TODAY)
            body = dict(ladder_template("default").body)
            place = {"template": "default", "basis": "", "actor": SYSTEM, "now": _population.NOW}
            rules = draft_rules(RulesKind.LADDER, unit_at("51"), body, **place)
            began = time.perf_counter()
            found = simulate(rules, *year_before(_population.TODAY), today=_population.TODAY)
            seconds = time.perf_counter() - began
        told = {
            "figure": "ladder of a province simulated over a year", "database": connection.vendor, **made_of,
            "overdue": overdue, "stretches": stretches, "looked_at": found.counts.looked_at,
            "would_have_sent": found.counts.as_json(), "rows": len(found.rows), "seconds": round(seconds, 2),
            "limit_seconds": LIMIT_S,
        }  # fmt: skip
        print(json.dumps(told))
        return 0 if seconds < LIMIT_S else 1


if __name__ == "__main__":
    sys.exit(main())
