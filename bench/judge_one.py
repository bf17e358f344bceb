"""One enterprise by all packs in force, with the reasons of every verdict; random enterprises, none twice.

    python bench/judge_one.py [ENTERPRISES]

`one_trade` has a trade of its own, `all_packs` every trade there is, so that every clause in force binds it. Half of the
facts asked are known. Reasons are the sentences of each clause in both languages, as `zhiben law judge --json` tells them.
The packs are settled first, as the web server and the worker do.
"""

import json
import random
import statistics
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "analytics"))

from populations import value_of

from zhiben.law.facts import industries
from zhiben.law.judge import judge_all, settle
from zhiben.law.standards import facts_asked

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 100
DAY, LIMIT_MS = date(2026, 11, 20), 20


def some(draw, trades):
    """Return what is told of one enterprise."""
    asked = sorted(facts_asked(trades, DAY))
    return {"industries": list(trades), **{n: value_of(n, draw) for n in draw.sample(asked, len(asked) // 2)}}


def answered(told):
    """Judge one enterprise and put every reason into words; return the clauses told and the milliseconds, by clock and core."""
    started, core = time.perf_counter(), time.process_time()
    words = [each.as_json() for each in judge_all(told, DAY)]
    spent = (time.perf_counter() - started) * 1000, (time.process_time() - core) * 1000
    return sum(len(each["clauses"]) for each in words), *spent


def figure(draw, trades_of):
    """Return the median and the slowest of twenty over enterprises of their own."""
    answered(some(draw, trades_of()))  # packs are read once a process
    told = [answered(some(draw, trades_of())) for _ in range(COUNT)]
    spent = sorted(ms for _, ms, _ in told)
    return {
        "clauses": round(statistics.mean(n for n, *_ in told)),
        "median_ms": round(statistics.median(spent), 2),
        "median_core_ms": round(statistics.median(core for *_, core in told), 2),
        "p95_ms": round(spent[int(len(spent) * 0.95)], 2),
    }


def main():
    """Print one line of JSON."""
    settle()
    draw, every = random.Random(20261122), sorted(industries())
    figures = {
        "one_trade": figure(draw, lambda: (draw.choice(every),)),
        "all_packs": figure(draw, lambda: tuple(every)),
    }
    ok = figures["all_packs"]["p95_ms"] < LIMIT_MS
    print(json.dumps({"bench": "judge_one", "enterprises": COUNT, **figures, "limit_ms": LIMIT_MS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    raise SystemExit(main())
