"""Run every script of bench/ (or those named) one after the other; each prints one line of JSON."""

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[1] / "bench"


def main() -> int:
    """Return 0 when every figure was measured."""
    wanted = sys.argv[1:] or sorted(p.name for p in BENCH.glob("*.py") if not p.name.startswith("_"))
    failed = 0
    for name in wanted:
        failed |= subprocess.run([sys.executable, str(BENCH / name)], check=False).returncode
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
