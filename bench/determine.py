"""A country judged at once: enterprises × criteria over 150 facts, one in ten unknown, the facts that decided included.

    python bench/determine.py [ENTERPRISES] [CRITERIA] [--without-peers]

Beside it, in the same run: one pass over the bytes of the columns on as many threads, the same rules asked of single
enterprises, and two peers (bench/peers/judging.py), where they are installed. A peer is asked two questions: `same`, where
a rule holds and where it does not (what our verdicts tell, without the facts that decided), its answers compared with
ours; and `easier`, the rule alone with what is unknown taken for «no» and zero.

A peer that is missing is named in `not_compared` with the reason and how to install it, and on stderr; then this ends with
2, as part of the figure was not measured. `--without-peers` says that this is meant, and ends with 0.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

import numpy as np

from zhiben.analytics.columns import Population, column
from zhiben.analytics.determining import Asking, ones, unpacked
from zhiben.law.facts import vocabulary
from zhiben.law.population import MILLIONTHS
from zhiben.law.reasons import explain
from zhiben.law.rule_reader import parse
from zhiben.law.rules import Compare, Every, Fact, Not

WITHOUT_PEERS = "--without-peers" in sys.argv
COUNTS = [int(each) for each in sys.argv[1:] if each != "--without-peers"]
SIZE, CRITERIA = (COUNTS + [1_000_000, 300][len(COUNTS) :])[:2]
DAY, FACTS, UNKNOWN = date(2026, 11, 20), 150, 0.1
LIMIT_MILLION, LIMIT_MIB, LIMIT_ONE_CLAUSE_MS = 1_000, 2_500, 50
PEERS = {"openfisca": 3, "zen": 5_000}  # how many times as fast at least
ROOT = Path(__file__).parents[1]
INSTALL = "python -m venv .venv-peers && .venv-peers/bin/pip install openfisca-core zen-engine numpy"
PEERS_PYTHON = Path(os.environ.get("ZHIBEN_BENCH_PEERS", ROOT / ".venv-peers" / "bin" / "python"))


def columns(draw):
    """Return 100 truths and 50 numbers of the vocabulary over the whole population."""
    random_ = np.random.default_rng(7)
    kinds = {
        kind: [n for n, each in vocabulary().items() if each.kind == kind and not each.between]
        for kind in ("truth", "number")
    }
    names = draw.sample(kinds["truth"], FACTS - 50) + draw.sample(kinds["number"], 50)
    made = {}
    for name in names:
        is_truth = vocabulary()[name].kind == "truth"
        values = random_.random(SIZE) < 0.3 if is_truth else random_.integers(0, 100, SIZE) * MILLIONTHS
        rows = np.nonzero(random_.random(SIZE) >= UNKNOWN)[0]
        made[name] = column("truth" if is_truth else "number", SIZE, rows, values[rows])
    return made


def rules(made, draw):
    """Return criteria as the packs have them: one to three comparisons, joined."""
    truths = [name for name, one in made.items() if one.kind == "truth"]
    numbers = [name for name, one in made.items() if one.kind == "number"]

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
    """Print the figures; return 2 where a peer was not compared with and that was not asked for."""
    draw = random.Random(3)
    made = columns(draw)
    criteria = rules(made, draw)
    everybody = Population(DAY, np.arange(SIZE), (), np.ones(SIZE, dtype=np.uint64), made)
    told = {
        "figure": "a population judged",
        "enterprises": SIZE,
        "criteria": CRITERIA,
        "facts": FACTS,
        "unknown": UNKNOWN,
    }
    best, answers = None, {}
    for _ in range(3):
        asked = Asking(everybody)
        started = time.perf_counter()
        asked.prepare(criteria)
        for rule in criteria:
            deciding, two = asked.deciding(rule), asked.rule(rule)
            answers[rule] = two, deciding, ones(two.true), ones(two.false)
        spent = time.perf_counter() - started
        best = spent if best is None else min(best, spent)
    rate = SIZE * CRITERIA / best
    told |= {"seconds": round(best, 3), "million_a_second": round(rate / 1e6), "limit_million": LIMIT_MILLION}
    told["times_one_pass_over_the_bytes"] = round(best / one_pass(made), 2)
    started = time.perf_counter()
    Asking(everybody).rule(criteria[0])
    told["one_clause_ms"] = round((time.perf_counter() - started) * 1000, 1)
    told["limit_one_clause_ms"] = LIMIT_ONE_CLAUSE_MS
    told["times_one_by_one"] = round(one_by_one(made, criteria) / (best / (SIZE * CRITERIA)))
    told["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told["limit_mib"] = LIMIT_MIB
    compared, missing = peers(made, criteria, answers, rate)
    print(json.dumps(told | compared | ({"not_compared": missing, "install": INSTALL} if missing else {})))
    for peer, reason in missing.items():
        print(f"not compared with {peer}: {reason}", file=sys.stderr)
    if missing:
        print(f"to compare: {INSTALL} (or name their interpreter in ZHIBEN_BENCH_PEERS)", file=sys.stderr)
    return 2 if missing and not WITHOUT_PEERS else 0


def one_pass(made):
    """Return the seconds of reading every byte that is asked for, once, on all cores."""

    def read(one):
        for array in (one.known, one.values):
            array.view(np.uint8 if array.dtype == np.bool_ else array.dtype).max()

    best = None
    for _ in range(3):
        started = time.perf_counter()
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            list(pool.map(read, made.values()))
        spent = time.perf_counter() - started
        best = spent if best is None else min(best, spent)
    return best


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


# peers ----------------------------------------------------------------------------------------------------------------

OPENFISCA = {
    "fact": "enterprise('{}', period)",
    "known": "enterprise('{}__known', period)",
    "and": " & ",
    "or": " | ",
    "not": "~",
}
ZEN = {"fact": "{}", "known": "{} != null", "and": " and ", "or": " or ", "not": "not "}  # fmt: skip


def peers(made, criteria, answers, rate):
    """Return how many times as fast as each peer, and by peer why it was not compared with."""
    if WITHOUT_PEERS:
        return {}, dict.fromkeys(PEERS, "asked for by --without-peers")
    if not PEERS_PYTHON.exists():
        return {}, dict.fromkeys(PEERS, f"{PEERS_PYTHON} is not there")
    told, missing = {}, {}
    with tempfile.TemporaryDirectory(prefix="zhiben-bench-") as name:
        hand_over(Path(name), made, criteria)
        for peer, limit in PEERS.items():
            command = [str(PEERS_PYTHON), str(ROOT / "bench" / "peers" / "judging.py"), peer, name]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                missing[peer] = (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1]
                continue
            found = json.loads(done.stdout.splitlines()[-1])
            assert found["same"]["held"] == expected(criteria, answers, found["same"]["enterprises"]), peer
            rates = {asked: each["enterprises"] * CRITERIA / each["seconds"] for asked, each in found.items()}
            told[peer] = {f"million_a_second_{asked}": round(each / 1e6, 3) for asked, each in rates.items()}
            told[peer] |= {f"times_{asked}": round(rate / each, 1) for asked, each in rates.items()}
            told[peer]["limit_times"] = limit
    return told, missing


def hand_over(folder, made, criteria):
    """Write the columns and the rules in each peer's words."""
    columns = {
        name: np.where(one.known, one.values // (MILLIONTHS if one.kind == "number" else 1), 0).astype(
            np.int32 if one.kind == "number" else np.bool_
        )
        for name, one in made.items()
    }
    np.savez(folder / "columns.npz", **columns, **{f"{name}__known": one.known for name, one in made.items()})
    rules_ = {}
    for peer, words in {"openfisca": OPENFISCA, "zen": ZEN}.items():
        nodes = [parse(rule) for rule in criteria]
        same = [said(node, words, wanted=wanted) for node in nodes for wanted in (True, False)]
        rules_[peer] = {"same": same, "easier": [said(node, words) for node in nodes]}
    (folder / "rules.json").write_text(json.dumps(rules_))


def said(node, words, *, wanted=None):
    """Say where a rule holds (`wanted`), where it does not, or, with None, where it holds if nothing is unknown."""
    match node:
        case Not(part):
            return (
                said(part, words, wanted=not wanted) if wanted is not None else f"{words['not']}({said(part, words)})"
            )
        case Fact(name) | Compare(_, Fact(name)):
            fact, known = words["fact"].format(name), words["known"].format(name)
            leaf = fact if isinstance(node, Fact) else f"({fact} {node.sign} {node.right.value})"
            leaf = f"{words['not']}{leaf}" if wanted is False else leaf
            return leaf if wanted is None else f"({known}{words['and']}{leaf})"
    every = isinstance(node, Every) is (wanted is not False)
    return "(" + words["and" if every else "or"].join(said(part, words, wanted=wanted) for part in node.parts) + ")"


def expected(criteria, answers, rows):
    """Return at how many of the first enterprises each criterion holds, and does not."""
    if rows == SIZE:
        return [count for rule in criteria for count in answers[rule][2:]]
    return [int(unpacked(plane, rows).sum()) for rule in criteria for plane in answers[rule][0]]


if __name__ == "__main__":
    raise SystemExit(main())
