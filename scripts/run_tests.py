"""Run the suite on SQLite, then what touches a database on PostgreSQL. Extra arguments go to pytest.

On each, what commits for real or starts browsers and servers runs after the rest, every file in a process of its own.
"""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from with_postgres import MISSING, binaries

ROOT = Path(__file__).resolve().parents[1]
APART = re.compile(r"transactional_db|transaction=True|live_server|mark\.(browser|server)")
NOTHING = 5  # pytest: no test was collected
CI = os.environ.get("CI") == "true"


def suite(*arguments: str, prefix: tuple[str, ...] = ()) -> int:
    """Run both parts; where a part selects nothing, that is no failure."""
    began = time.monotonic()
    workers = ("-n", os.environ.get("ZHIBEN_TEST_WORKERS", "2"))
    plain = subprocess.run(command(prefix, *workers, *arguments), check=False, env=env_of("plain")).returncode
    print(f"plain: {time.monotonic() - began:.0f} s", flush=True)
    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(lambda file: apart(file, arguments, prefix), files_apart()))
    print(f"with those apart: {time.monotonic() - began:.0f} s", flush=True)
    return next((code for code in (plain, *codes) if code not in {0, NOTHING}), 0)


def files_apart() -> list[str]:
    """Return the files that may hold tests of the part «apart»; conftest.py decides test by test."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(file.relative_to(ROOT)) for file in files if APART.search(file.read_text(encoding="utf-8"))]


def apart(file: str, arguments: tuple[str, ...], prefix: tuple[str, ...]) -> int:
    """Run one file in a process of its own, so that what it commits or kills is nobody else's; show it when done."""
    done = subprocess.run(
        command(prefix, "-n0", *arguments, file), check=False, env=env_of("apart"), capture_output=True, text=True
    )
    if done.returncode != NOTHING:
        print(f"{file}\n{done.stdout}{done.stderr if done.returncode else ''}", flush=True)
    return done.returncode


def command(prefix: tuple[str, ...], *arguments: str) -> list[str]:
    """Return how pytest is started."""
    return [*prefix, sys.executable, "-m", "pytest", *arguments]


def env_of(part: str) -> dict[str, str]:
    """Return the environment that names the part."""
    return {**os.environ, "ZHIBEN_TEST_PART": part}


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
