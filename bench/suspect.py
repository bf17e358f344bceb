"""How long it takes to judge a part of the tree with all that follows: suspicions, and one request an enterprise.

python bench/suspect.py [enterprises]

Prints the first run, which writes everything, the second, which finds that nothing is new, and a what-if.
"""

import json
import random
import sys
import tempfile
import time
from pathlib import Path

from rejudge import prepare

ENTERPRISES = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
LIMIT_PER_SECOND = 100  # enterprises, of the first run
FACTS = 40
TRADES = ("machinery", "light_industry", "metallurgy", "chemicals", "fireworks", "coal_mine", "special_equipment")


def populate():
    """Make enterprises of several trades, each with up to forty facts; one in twenty counts is not zero."""
    from make import DAY, NOW, make_enterprise, make_tree

    from zhiben.kernel.actor import SYSTEM
    from zhiben.law.facts import vocabulary
    from zhiben.law.standards import facts_asked
    from zhiben.standards.public import NewFact, record_facts

    tree, draw = make_tree(), random.Random(1)
    for number in range(ENTERPRISES):
        trades = draw.sample(TRADES, 2)
        one = make_enterprise(tree.township, f"示例{number:05}有限公司", industries=tuple(trades))
        asked = [name for name in facts_asked(trades, DAY) if name in vocabulary()][:FACTS]
        counts = [name for name in asked if vocabulary()[name].unit == "count"]
        told = [NewFact(name, int(draw.random() < 0.05), DAY) for name in counts]
        record_facts(one.pk, told, actor=SYSTEM, now=NOW)
    return tree


def timed(work):
    """Return what a piece of work answered, and its seconds."""
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def main():
    """Print one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="zhiben-bench-") as name:
        prepare(Path(name))
        from make import DAY, NOW

        from zhiben.dangers.services.populations import judge_population
        from zhiben.kernel.actor import SYSTEM
        from zhiben.law.trials import trial
        from zhiben.orgs.scope import Scope, scoped
        from zhiben.standards.trying import what_if

        with scoped(Scope(everything=True)):
            tree = populate()
            first, seconds = timed(lambda: judge_population(tree.nation, asks=True, actor=SYSTEM, now=NOW))
            _, again = timed(lambda: judge_population(tree.nation, asks=True, actor=SYSTEM, now=NOW))
            tried = trial(DAY, changes=["gongmao-2023/3(2)/special_ops_uncertified_count=1"])
            told, compared = timed(lambda: what_if(SYSTEM, tree.nation, tried))
    rate = ENTERPRISES / seconds
    print(json.dumps({"bench": "suspect", "enterprises": ENTERPRISES, "raised": first["raised"], "asked": first["facts"],
                      "per_second": round(rate, 1), "again_per_second": round(ENTERPRISES / again, 1),
                      "what_if_per_second": round(ENTERPRISES / compared, 1), "what_if_changed": told["changed"],
                      "limit_per_second": LIMIT_PER_SECOND, "ok": rate >= LIMIT_PER_SECOND}))  # fmt: skip
    return 0 if rate >= LIMIT_PER_SECOND else 1


if __name__ == "__main__":
    raise SystemExit(main())
