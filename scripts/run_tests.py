"""Run the suite: first everything on SQLite, then what touches a database on PostgreSQL. Extra arguments go to pytest."""

import os
import subprocess
import sys
import time
from pathlib import Path

from with_postgres import MISSING, binaries

CI = os.environ.get("CI") == "true"


def pytest(*arguments: str, prefix: tuple[str, ...] = ()) -> int:
    """Run pytest with both cores."""
    workers = os.environ.get("ZHIBEN_TEST_WORKERS", "2")
    command = [*prefix, sys.executable, "-m", "pytest", "-n", workers, "--dist", "loadgroup", *arguments]
    return subprocess.run(command, check=False).returncode


def main() -> int:
    """Return 0 when every part passed."""
    began = time.monotonic()
    extra = sys.argv[1:]
    print("the suite on SQLite", flush=True)
    failed = pytest(*extra)
    if binaries() is None:
        print("PostgreSQL is not installed: its tests are skipped", flush=True)
        failed = failed or (MISSING if CI else 0)
    else:
        print("the suite on PostgreSQL", flush=True)
        prefix = (sys.executable, str(Path(__file__).with_name("with_postgres.py")), "--")
        failed = failed or pytest(*extra, prefix=prefix)
    print(f"{time.monotonic() - began:.0f} s", flush=True)
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
