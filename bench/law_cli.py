"""How long `zhiben law …` takes, Python's start included: random commands, against a bare interpreter and the limit."""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT_S = 0.4
ROUNDS = 40
SOURCE = Path(__file__).parents[1] / "src"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SOURCE)}

sys.path.insert(0, str(SOURCE))
from zhiben.law.standards import standards


def seconds(*words: str) -> float:
    """Run one command to its end; a refusal or a crash would be quick for the wrong reason."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, capture_output=True, env=ENVIRONMENT)
    return time.perf_counter() - start


def some_command(chance: random.Random, facts: str) -> list[str]:
    """Return a random command, most of them judgements."""
    judged = chance.choice([known for known in standards().values() if known.effective])
    judge = ["judge", "--standard", judged.id, "--facts", facts, "--on", str(judged.effective), "--json"]
    call = ["call", "recheck_due", '{"trigger": "2025-06-20"}', "--json"]
    return ["-m", "zhiben", "law", *chance.choice([judge, judge, judge, ["list"], ["show", judged.id], call])]


def main() -> int:
    """Print the figure and the limit."""
    chance = random.Random(20261122)
    with tempfile.TemporaryDirectory() as folder:
        facts = Path(folder) / "facts.json"
        facts.write_text('{"special_ops_uncertified_count": 1, "power_circuits_count": 2}')
        for _ in range(3):
            seconds(*some_command(chance, str(facts)))
        taken = sorted(seconds(*some_command(chance, str(facts))) for _ in range(ROUNDS))
        bare = statistics.median(seconds("-c", "pass") for _ in range(10))
        (SOURCE / "zhiben" / "law" / ".compiled.json").unlink(missing_ok=True)
        first = seconds("-m", "zhiben", "law", "list")
    p95 = taken[int(len(taken) * 0.95)]
    figure = {
        "bench": "law_cli",
        "median_s": round(statistics.median(taken), 3),
        "p95_s": round(p95, 3),
        "first_run_compiling_s": round(first, 3),
        "bare_python_s": round(bare, 3),
        "limit_s": LIMIT_S,
        "ok": p95 < LIMIT_S,
    }
    print(json.dumps(figure))
    return 0 if figure["ok"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
