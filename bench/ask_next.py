"""How long the ten most decisive questions take, all standards in force: the first time, again, and after an answer."""

import json
import random
import sys
import time
from datetime import date
from pathlib import Path

LIMIT_MS = 50
ROUNDS = 20
DAY = date(2026, 11, 22)

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
from zhiben.law.asking import asking
from zhiben.law.facts import industries

ENTERPRISES = {
    "machinery with dust": ["machinery", "dust_explosion"],
    "coal mine": ["coal_mine"],
    "all industries at once": list(industries()),
}


def milliseconds(given):
    start = time.perf_counter()
    told = asking(given, DAY)
    return (time.perf_counter() - start) * 1000, told


def measured(slugs):
    """Ask with nothing known, again, and after each of twenty answers."""
    chance, given, after = random.Random(20261122), {"industries": slugs}, []
    first, told = milliseconds(given)
    again = min(milliseconds(given)[0] for _ in range(5))
    for _ in range(ROUNDS):
        if not told.questions:
            break
        question = told.questions[0]
        given[question.fact] = chance.choice(question.answers).example
        took, told = milliseconds(given)
        after.append(took)
    worst = round(max(after, default=0), 1)
    return {
        "clauses": len(told.verdicts),
        "first_ms": round(first, 1),
        "again_ms": round(again, 1),
        "after_answer_ms": worst,
    }


def main():
    """Print one line of JSON; the limit is for what a person waits for, after an answer."""
    found = {name: measured(slugs) for name, slugs in ENTERPRISES.items()}
    met = all(each["after_answer_ms"] <= LIMIT_MS for each in found.values())
    print(json.dumps({"bench": "ask_next", "limit_ms": LIMIT_MS, "met": met, **found}))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
