"""A country judged at once: enterprises × criteria over 150 facts, one in ten unknown, the facts that decided included.

    python bench/determine.py [ENTERPRISES] [CRITERIA]

Beside it, in the same run: one pass over the bytes of the columns, and the same rules asked of single enterprises.
"""

import json
import random
import resource
import sys
import time
from datetime import date
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

import numpy as np

from zhiben.analytics.columns import Column, Population
from zhiben.analytics.determining import Asking, ones
from zhiben.analytics.held import days_since
from zhiben.law.facts import vocabulary
from zhiben.law.population import MILLIONTHS
from zhiben.law.reasons import explain
from zhiben.law.rule_reader import parse

SIZE = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
CRITERIA = int(sys.argv[2]) if len(sys.argv) > 2 else 300
DAY, FACTS, UNKNOWN = date(2026, 11, 20), 150, 0.1
LIMIT_MILLION, LIMIT_MIB, LIMIT_ONE_CLAUSE_MS = 1_000, 2_500, 50


def columns(draw):
    """Return 100 truths and 50 numbers of the vocabulary over the whole population."""
    random_ = np.random.default_rng(7)
    kinds = {
        kind: [n for n, each in vocabulary().items() if each.kind == kind and not each.between]
        for kind in ("truth", "number")
    }
    names = draw.sample(kinds["truth"], FACTS - 50) + draw.sample(kinds["number"], 50)
    day = np.full(SIZE, days_since(DAY), dtype=np.int32)
    source = np.zeros(SIZE, dtype=np.int16)
    made = {}
    for name in names:
        is_truth = vocabulary()[name].kind == "truth"
        values = random_.random(SIZE) < 0.3 if is_truth else random_.integers(0, 100, SIZE) * MILLIONTHS
        made[name] = Column(
            "truth" if is_truth else "number", random_.random(SIZE) >= UNKNOWN, values, day, day + 90, source
        )
    return made


def rules(made, draw):
    """Return criteria as the packs have them: one to three comparisons, joined."""
    truths = [name for name, column in made.items() if column.kind == "truth"]
    numbers = [name for name, column in made.items() if column.kind == "number"]

    def leaf(taken):
        name = draw.choice([one for one in (truths if draw.random() < 0.6 else numbers) if one not in taken])
        taken.add(name)
        if name in numbers:
            return f"{name} {draw.choice(['>', '>=', '<', '<='])} {draw.randint(5, 95)}"
        return name if draw.random() < 0.7 else f"not {name}"

    def one():
        taken = set()
        shape = draw.choice(["{}", "{} and {}", "{} or {}", "{} and ({} or {})", "({} and {}) or {}"])
        return shape.format(*(leaf(taken) for _ in range(shape.count("{}"))))

    return [one() for _ in range(CRITERIA)]


def main():
    """Print the figures."""
    draw = random.Random(3)
    made = columns(draw)
    criteria = rules(made, draw)
    everybody = Population(DAY, np.arange(SIZE), (), np.ones(SIZE, dtype=np.uint64), made, ("person",))
    told = {
        "figure": "a population judged",
        "enterprises": SIZE,
        "criteria": CRITERIA,
        "facts": FACTS,
        "unknown": UNKNOWN,
    }
    best, masks = None, 0
    for _ in range(3):
        asked = Asking(everybody, DAY)
        started = time.perf_counter()
        asked.prepare(criteria)
        present = 0
        for rule in criteria:
            two = asked.rule(rule)
            present += ones(two.true)
            masks += len(asked.deciding(rule))
        spent = time.perf_counter() - started
        best = spent if best is None else min(best, spent)
    told |= {
        "seconds": round(best, 3),
        "million_a_second": round(SIZE * CRITERIA / best / 1e6),
        "limit_million": LIMIT_MILLION,
    }
    started = time.perf_counter()
    for column in made.values():
        column.values.sum()
        column.known.sum()
    told["times_one_pass_over_the_bytes"] = round(best / (time.perf_counter() - started), 2)
    started = time.perf_counter()
    Asking(everybody, DAY).rule(criteria[0])
    told["one_clause_ms"] = round((time.perf_counter() - started) * 1000, 1)
    told["limit_one_clause_ms"] = LIMIT_ONE_CLAUSE_MS
    told["times_one_by_one"] = round(one_by_one(made, criteria) / (best / (SIZE * CRITERIA)))
    told["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told["limit_mib"] = LIMIT_MIB
    print(json.dumps(told))


def one_by_one(made, criteria, rows=40):
    """Return the seconds of one answer with its reasons, asked of single enterprises."""
    started = time.perf_counter()
    for row in range(rows):
        facts = {
            name: (Fraction(int(c.values[row]), MILLIONTHS) if c.kind == "number" else bool(c.values[row]))
            if c.known[row]
            else None
            for name, c in made.items()
        }
        for rule in criteria:
            explain(parse(rule), facts)
    return (time.perf_counter() - started) / rows / len(criteria)


if __name__ == "__main__":
    main()
