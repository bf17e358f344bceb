"""Run the suite on SQLite, then what touches a database on PostgreSQL. Extra arguments go to pytest.

On each, what commits for real or starts browsers and servers runs after the rest, one test after the other.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from with_postgres import MISSING, binaries

NOTHING = 5  # pytest: no test was collected
CI = os.environ.get("CI") == "true"


def suite(*arguments: str, prefix: tuple[str, ...] = ()) -> int:
    """Run both parts with both cores; 5, no test for a part, is no failure where a selection was asked for."""
    worst = 0
    for part in ("plain", "apart"):
        began = time.monotonic()
        code = pytest(part, *arguments, prefix=prefix)
        print(f"{part}: {time.monotonic() - began:.0f} s", flush=True)
        worst = worst or (0 if code == NOTHING and arguments else code)
    return worst


def pytest(part: str, *arguments: str, prefix: tuple[str, ...]) -> int:
    """Run one part."""
    workers = "0" if part == "apart" else os.environ.get("ZHIBEN_TEST_WORKERS", "2")
    command = [*prefix, sys.executable, "-m", "pytest", "-n", workers, "--dist", "loadgroup", *arguments]
    return subprocess.run(command, check=False, env={**os.environ, "ZHIBEN_TEST_PART": part}).returncode


def main() -> int:
    """Return 0 when every part passed."""
    began = time.monotonic()
    extra = sys.argv[1:]
    print("the suite on SQLite", flush=True)
    failed = suite(*extra)
    if binaries() is None:
        print("PostgreSQL is not installed: its tests are skipped", flush=True)
        failed = failed or (MISSING if CI else 0)
    else:
        print("the suite on PostgreSQL", flush=True)
        prefix = (sys.executable, str(Path(__file__).with_name("with_postgres.py")), "--")
        failed = failed or suite(*extra, prefix=prefix)
    print(f"{time.monotonic() - began:.0f} s", flush=True)
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
