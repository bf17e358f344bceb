"""Run the suite on SQLite, then what touches a database on PostgreSQL; `--quick` only what needs no browser and no servers.

Further arguments go to pytest.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from with_postgres import MISSING, binaries

ROOT = Path(__file__).resolve().parents[1]
QUICK = "--quick"
NOTHING = 5  # pytest: no test was collected
CI = os.environ.get("CI") == "true"
# The tests start the program many times over: it is compiled once, beside the code of nobody.
COMPILED = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(ROOT / "var" / "pycache")}

# Nothing that the server of the tests keeps need outlive it.
HASTY = {
    "ZHIBEN_PG_OPTIONS": " -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0 -c shared_buffers=256MB"
}


def suite(*arguments: str, prefix: tuple[str, ...] = ()) -> int:
    """Run the tests in as many processes as are asked for; where a choice selects nothing, that is no failure."""
    began = time.monotonic()
    workers = ("-n", os.environ.get("ZHIBEN_TEST_WORKERS", "2"), "--dist", "worksteal")
    command = [*prefix, sys.executable, "-m", "pytest", *workers, *arguments]
    code = subprocess.run(command, check=False, env={**HASTY, **os.environ, **COMPILED}).returncode
    print(f"{time.monotonic() - began:.0f} s", flush=True)
    return 0 if code == NOTHING else code


def main() -> int:
    """Return 0 when every part passed."""
    extra = sys.argv[1:]
    if QUICK in extra:
        return suite("-m", "not browser and not server", *[one for one in extra if one != QUICK])
    print("the suite on SQLite", flush=True)
    failed = suite(*extra)
    if binaries() is None:
        print("PostgreSQL is not installed: its tests are skipped", flush=True)
        return failed or (MISSING if CI else 0)
    print("the suite on PostgreSQL", flush=True)
    prefix = (sys.executable, str(Path(__file__).with_name("with_postgres.py")), "--")
    return suite(*extra, prefix=prefix) or failed


if __name__ == "__main__":
    raise SystemExit(main())
