"""How long `import zhiben.law` and the loading of all its functions take, and a function with and without explaining."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

LIMIT_S = 0.3
ROUNDS = 20
CALLS = 2000
SOURCE = Path(__file__).parents[1] / "src"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SOURCE)}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed library has its bytecode
NO_DJANGO = "import sys; assert not any(name.partition('.')[0] == 'django' for name in sys.modules)"

sys.path.insert(0, str(SOURCE))


def seconds(source: str) -> float:
    """Run a program to its end in a fresh interpreter."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"{source}; {NO_DJANGO}"], check=True, capture_output=True, env=ENVIRONMENT)
    return time.perf_counter() - start


def median(source: str) -> float:
    """Return the median of some runs, the first two left out: they write what the others read."""
    return round(statistics.median([seconds(source) for _ in range(ROUNDS + 2)][2:]), 3)


def per_second(run, name: str, given: dict[str, object]) -> int:
    """Return how often a function answers in a second."""
    run(name, given)
    start = time.perf_counter()
    for _ in range(CALLS):
        run(name, given)
    return round(CALLS / (time.perf_counter() - start))


def main() -> int:
    """Print the figures and the limit."""
    from zhiben.law import call, explain

    unit = {"items": [{"name": "液氨", "q": 40}, {"name": "甲醇", "q": 1200}], "people_500m": 60}
    imported = median("import zhiben.law")
    loaded = median("from zhiben.law import call, explain, parameter; call('lec', {'L': 3, 'E': 6, 'C': 15})")
    figure = {
        "bench": "law_import",
        "bare_python_s": median("pass"),
        "import_s": imported,
        "all_functions_and_one_call_s": loaded,
        "lec_per_s": per_second(call, "lec", {"L": 3, "E": 6, "C": 15}),
        "gb18218_per_s": per_second(call, "gb18218", unit),
        "gb18218_explained_per_s": per_second(explain, "gb18218", unit),
        "limit_s": LIMIT_S,
        "ok": max(imported, loaded) < LIMIT_S,
    }
    print(json.dumps(figure))
    return 0 if figure["ok"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
