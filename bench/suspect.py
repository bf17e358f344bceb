"""How long it takes to judge a part of the tree with all that follows: suspicions, requests, a what-if.

    python bench/suspect.py [ENTERPRISES]

Enterprises of several trades, each with up to forty facts; one in twenty counts is not zero. Rows are laid down directly.
Each run is told in enterprises a second: the first, which writes everything; again, by the snapshot, when nothing is new;
again when one in a hundred changed; again without a snapshot; with requests, at a tenth of them; and a what-if both ways.
"""

import json
import random
import shutil
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from rejudge import prepare

ENTERPRISES = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
LIMIT_FIRST, LIMIT_AGAIN, LIMIT_WHAT_IF = 100, 3_000, 3_000  # enterprises a second
FACTS = 40
KINDS = 2_000  # different sets of facts
TRADES = ("machinery", "light_industry", "metallurgy", "chemicals", "fireworks", "coal_mine", "special_equipment")


def kinds(draw, day):
    """Return some thousand sets of trades and facts."""
    from zhiben.law.facts import vocabulary
    from zhiben.law.standards import facts_asked

    made = []
    for _ in range(KINDS):
        trades = draw.sample(TRADES, 2)
        asked = [name for name in facts_asked(trades, day) if name in vocabulary()][:FACTS]
        counts = [name for name in asked if vocabulary()[name].unit == "count"]
        made.append((trades, {name: int(draw.random() < 0.05) for name in counts}))
    return made


def populate():
    """Make the enterprises and their facts; nine in ten in one township, the others in the next."""
    from make import DAY, NOW, make_tree

    from zhiben.orgs.domain.industries import mask_of
    from zhiben.orgs.domain.kinds import UnitKind
    from zhiben.orgs.models import Enterprise, Unit
    from zhiben.orgs.tree import reserve_ids, sprout
    from zhiben.standards.models import Fact

    tree, draw = make_tree(), random.Random(1)
    townships = (tree.township, tree.other_township)
    drawn = kinds(draw, DAY)
    for start in range(0, ENTERPRISES, 1_000):
        some = range(start, min(start + 1_000, ENTERPRISES))
        sites = Unit.objects.bulk_create(
            sprout(townships[n % 10 == 0], number, UnitKind.SITE, f"示例{n:07}厂区")
            for n, number in zip(some, reserve_ids(len(some)), strict=True)
        )
        told = [(draw.choice(drawn), site, n) for n, site in zip(some, sites, strict=True)]
        made = Enterprise.objects.bulk_create(
            Enterprise(
                name=f"示例{n:07}有限公司", plain_name=f"示例{n:07}", registered_site=site, path=site.path,
                industries_mask=mask_of(trades),
            )
            for (trades, _), site, n in told
        )  # fmt: skip
        for site, one in zip(sites, made, strict=True):
            site.enterprise = one
        Unit.objects.bulk_update(sites, ["enterprise"], batch_size=500)
        Fact.unscoped.bulk_create(
            Fact(
                unit_id=site.pk, path=site.path, enterprise=one, party=one, industries_mask=one.industries_mask,
                name=name, value=value, day=DAY, source="person", fresh_until=DAY + timedelta(days=365), recorded_at=NOW,
            )
            for one, ((_, facts), site, _) in zip(made, told, strict=True)
            for name, value in facts.items()
        )  # fmt: skip
    return tree


def change(some):
    """Record other values at some enterprises."""
    from make import DAY, NOW

    from zhiben.kernel.actor import SYSTEM
    from zhiben.orgs.models import Enterprise
    from zhiben.standards.public import NewFact, record_facts

    for number in Enterprise.objects.order_by("pk").values_list("pk", flat=True)[: some * 100 : 100]:
        record_facts(number, [NewFact("special_ops_uncertified_count", 3, DAY)], actor=SYSTEM, now=NOW)


def rate(work, enterprises=ENTERPRISES):
    """Return what a piece of work answered, and its enterprises a second."""
    began = time.perf_counter()
    return work(), round(enterprises / (time.perf_counter() - began))


def main():
    """Print one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="zhiben-bench-") as name:
        prepare(Path(name))
        from make import DAY, NOW

        from zhiben.dangers.services.populations import judge_population
        from zhiben.kernel.actor import SYSTEM
        from zhiben.law.trials import trial
        from zhiben.orgs.scope import Scope, scoped
        from zhiben.standards.services.snapshotting import root, write_snapshot
        from zhiben.standards.trying import what_if

        told = {"bench": "suspect", "enterprises": ENTERPRISES}
        with scoped(Scope(everything=True)):
            tree = populate()
            _, told["snapshot_per_second"] = rate(lambda: write_snapshot(now=NOW, anew=True))

            def judge(unit=tree.nation, *, asks=False):
                return judge_population(unit, asks=asks, actor=SYSTEM, now=NOW)

            tried = trial(DAY, changes=["gongmao-2023/3(2)/special_ops_uncertified_count=1"])
            first, told["first_per_second"] = rate(judge)
            again, told["again_per_second"] = rate(judge)
            assert (again["raised"], again["kept"]) == (0, first["raised"])
            change(ENTERPRISES // 100)
            _, told["one_in_100_changed_per_second"] = rate(judge)
            differs, told["what_if_per_second"] = rate(lambda: what_if(SYSTEM, tree.nation, tried, now=NOW))
            _, told["asks_per_second"] = rate(lambda: judge(tree.other_township, asks=True), ENTERPRISES // 10)
            shutil.rmtree(root())
            _, told["again_without_snapshot_per_second"] = rate(judge)
            same, told["what_if_without_snapshot_per_second"] = rate(
                lambda: what_if(SYSTEM, tree.nation, tried, now=NOW)
            )
            assert same == differs
    told |= {"raised": first["raised"], "what_if_changed": differs["changed"]}
    limits = {"first": LIMIT_FIRST, "again": LIMIT_AGAIN, "what_if": LIMIT_WHAT_IF}
    told |= {f"limit_{each}_per_second": limit for each, limit in limits.items()}
    told["ok"] = all(told[f"{each}_per_second"] >= limit for each, limit in limits.items())
    print(json.dumps(told))
    return 0 if told["ok"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
