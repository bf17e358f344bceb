"""How long it takes until every judged enterprise is judged by a new edition: the job's parts, one after another.

python bench/rejudge.py [enterprises]
"""

import json
import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENTERPRISES = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
LIMIT_PER_SECOND = 20
BEFORE = datetime(2023, 5, 14, 4, tzinfo=UTC)  # the last day of the industry-and-trade standard of 2017
FACTS = {"quick_freezer_separate_room": True, "quick_freezer_room_workers_count": 10}


def prepare(folder):
    """Set the program up with an empty database."""
    os.environ.update(ZHIBEN_VAR=str(folder), DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiben.config.settings")
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def judged_before():
    """Make enterprises with facts, judged by the edition that ends."""
    from make import make_enterprise, make_tree

    from zhiben.journal.public import run_consumers
    from zhiben.kernel.actor import SYSTEM
    from zhiben.standards.public import NewFact, judge_enterprise, record_facts

    tree = make_tree()
    facts = [NewFact(name, value, BEFORE.date()) for name, value in FACTS.items()]
    for number in range(ENTERPRISES):
        trade = ("light_industry", "ammonia_refrigeration")
        one = make_enterprise(tree.township, f"示例食品{number:05}有限公司", industries=trade)
        record_facts(one.pk, facts, actor=SYSTEM, now=BEFORE)
        judge_enterprise(one.pk, day=BEFORE.date(), actor=SYSTEM, now=BEFORE)
    while run_consumers(now=BEFORE):
        pass


def through_all():
    """Take the job's parts until it ends; return parts and seconds."""
    from uuid import uuid4

    from zhiben.clocks.public import JobView
    from zhiben.kernel.actor import SYSTEM
    from zhiben.standards.services.rejudging import JOB, rejudge_part

    parts, result, began = 0, {}, time.perf_counter()
    while True:
        step = rejudge_part(JobView(uuid4(), JOB, {}, 0, None, result, SYSTEM, BEFORE + timedelta(days=1)))
        parts, result = parts + 1, step.result
        if step.finished:
            return parts, result["changed"], time.perf_counter() - began


def main():
    """Print one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="zhiben-bench-") as name:
        prepare(Path(name))
        from zhiben.orgs.scope import Scope, scoped

        with scoped(Scope(everything=True)):
            judged_before()
            parts, changed, seconds = through_all()
    rate = ENTERPRISES / seconds
    print(json.dumps({"bench": "rejudge", "enterprises": ENTERPRISES, "parts": parts, "verdicts_changed": changed,
                      "seconds": round(seconds, 1), "per_second": round(rate, 1),
                      "limit_per_second": LIMIT_PER_SECOND, "met": rate >= LIMIT_PER_SECOND}))  # fmt: skip


if __name__ == "__main__":
    main()
