"""The likeliest duplicates of a new danger among a million: found by index, scored, with reasons. Beside it how well
likeness tells the pairs written by hand apart.

    python bench/duplicates.py [ROWS]       # on SQLite; with DATABASE_URL set, on that PostgreSQL

Every twentieth danger names no enterprise, only its township, as reports of the public often do. Each is asked for once,
so that no text is remembered; half of the new ones name an enterprise, half only a township.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
ASKED = int(os.environ.get("ZHIBEN_BENCH_ASKED", "1000"))
KEEP = os.environ.get("ZHIBEN_BENCH_KEEP", "")
LIMIT_MS = 100
PLACES = ["{}号车间", "{}车间东侧", "{}号车间北门"]
WORDS = [
    "灭火器失压，指针在红区",
    "疏散出口堆放货物，无法通行",
    "配电箱箱门敞开，内部积灰",
    "现场电线私拉乱接",
    "除尘系统没有设置泄爆片",
    "可燃气体探测器不能正常工作",
    "消火栓被杂物遮挡",
    "现场动火没有办理动火证",
]


def lay_clauses():
    """Lay the candidate clauses of its words beside every danger, and let every twentieth know only its township."""
    from _population import TEXTS, TODAY
    from django.db import connection

    from zhiben.dangers.models import CandidateClause
    from zhiben.law.candidates import candidates

    with connection.cursor() as cursor:
        if CandidateClause.objects.exists():
            return
        for text in TEXTS:
            for one in candidates(text, [], TODAY, most=3):
                cursor.execute(
                    "insert into dangers_candidateclause (danger_id, standard, clause, score, terms, answer)"
                    " select id, %s, %s, %s, '[]', 'offered' from dangers_danger where description like %s",
                    [one.clause.standard, one.clause.ref, one.score, f"{text}%"],
                )
        cursor.execute(
            "update dangers_danger set enterprise_id = null, channel = 'public_report', unit_id = township_id,"
            " path = (select path from orgs_unit u where u.id = township_id)"
            " where mod(id, 20) = 0 and township_id is not null"
        )
        cursor.execute("analyze")


def questions(draw):
    """Return what people are about to tell, at random places and days of the last two years."""
    from _population import TODAY

    from zhiben.dangers.selectors.alike import wanted_at
    from zhiben.orgs.models import Unit

    sites = list(Unit.objects.filter(kind="site").select_related("enterprise"))
    townships = list(Unit.objects.filter(kind="township", pk__in={site.township_id for site in sites}))
    for n in range(ASKED):
        unit = draw.choice(sites if n % 2 else townships)
        words = f"{draw.choice(WORDS)}（新{n}）"
        place = draw.choice(PLACES).format(draw.randint(1, 40))
        found = TODAY - timedelta(days=draw.randrange(700))
        yield wanted_at(unit, words, place, found, "inspection" if n % 2 else "public_report")


def asked(wanted):
    """Return the milliseconds, and how many were proposed."""
    from zhiben.dangers.selectors.alike import alikes_of

    began = time.perf_counter()
    found = alikes_of(wanted)
    return (time.perf_counter() - began) * 1_000, len(found)


def told(times):
    times = sorted(times)
    at = [round(times[len(times) * share // 100], 2) for share in (50, 95, 99)]
    return {"p50_ms": at[0], "p95_ms": at[1], "p99_ms": at[2], "max_ms": round(times[-1], 2)}


def main():
    with tempfile.TemporaryDirectory(prefix="zhiben-bench-") as made:
        var = KEEP or made
        os.environ.update(ZHIBEN_VAR=var, ZHIBEN_DEBUG="0", ZHIBEN_LOG_LEVEL="ERROR")
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{var}/bench.sqlite3")
        root = Path(__file__).parents[1]
        sys.path[:0] = [str(root / "src"), str(root / "tests" / "dangers")]
        import _population

        _population.setup()
        from alike import measured
        from django.db import connection

        from zhiben.dangers.domain.likeness import PROPOSED
        from zhiben.orgs.scope import Scope, scoped

        with scoped(Scope(everything=True)):
            made_of = _population.fill(ROWS)
            lay_clauses()
            waiting = list(questions(random.Random(9)))
            for wanted in waiting[:20]:
                asked(wanted)  # the first question reads the packs
            answers = [asked(wanted) for wanted in waiting[20:]]
    by_kind = {"names_enterprise": answers[1::2], "names_township_only": answers[::2]}
    found = {
        "figure": "duplicate candidates for a new danger",
        "database": connection.vendor,
        **made_of,
        "asked": len(answers),
        **told([spent for spent, _ in answers]),
        **{kind: told([spent for spent, _ in part]) for kind, part in by_kind.items()},
        "proposed_each": round(statistics.mean(count for _, count in answers), 2),
        "pairs": {
            half: {name: value for name, value in measured(half, PROPOSED).items() if name != "wrong"}
            for half in ("tuned", "unseen")
        },
        "limit_ms": LIMIT_MS,
    }
    found["within_limit"] = found["p95_ms"] < LIMIT_MS
    print(json.dumps(found, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
