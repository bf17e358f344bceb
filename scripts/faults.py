"""Kill workers with -9 at random moments under load, then reconcile: no promise lost, none kept twice.

    python scripts/faults.py [--kills 200] [--seed N] [--promises N] [--jobs N] [--letters N]

Two real worker processes work on a database of their own (SQLite in a new file, or a new database on the PostgreSQL
server that DATABASE_URL names) while one of them is killed again and again. The tables of effects have no unique key,
so that a promise kept twice would show. Prints one line of JSON; exit 1 when anything was lost or done twice.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

WORKERS = 2
RUNGS = 3  # effects a promise wants
STEPS = 40  # parts a job wants
PAUSES = (0.02, 0.18)  # seconds between two kills


@contextlib.contextmanager
def own_database(url: str, folder: Path) -> Iterator[str]:
    """Give the URL of a new database, gone afterwards."""
    if not url.startswith("postgres"):
        yield f"sqlite:///{folder / 'faults.sqlite3'}"
        return
    import psycopg  # noqa: PLC0415 -- only where asked for

    name = f"zhiben_faults_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def main() -> int:
    """Read the arguments, set the environment up, run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--promises", type=int)
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--letters", type=int)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="zhiben-faults-"))
    try:
        with own_database(os.environ.get("DATABASE_URL", ""), folder) as url:
            os.environ |= {"DATABASE_URL": url, "ZHIBEN_VAR": str(folder), "ZHIBEN_SECRET_KEY": "faults"}
            os.environ |= {"DJANGO_SETTINGS_MODULE": "zhiben.config.settings", "ZHIBEN_LOG_LEVEL": "CRITICAL"}
            import django  # noqa: PLC0415 -- the environment comes first

            django.setup()
            return _run(given, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(given: argparse.Namespace, folder: Path) -> int:
    """Fill the tables, kill and restart, wait until all is done, count."""
    from fault_load import Load  # noqa: PLC0415 -- needs Django

    load = Load(
        promises=given.promises or 30 * given.kills,
        jobs=given.jobs or max(4, given.kills * 3 // 10),
        letters=given.letters or 3 * given.kills,
        rungs=RUNGS,
        steps=STEPS,
        sent=folder / "sent",
        spread=timedelta(seconds=given.kills * sum(PAUSES) / 2),
    )
    chance = random.Random(given.seed)
    load.prepare(datetime.now(UTC))  # noqa: TID251 -- the script is the edge
    began = time.monotonic()
    workers = [load.fork() for _ in range(WORKERS)]
    for _ in range(given.kills):
        time.sleep(chance.uniform(*PAUSES))
        victim = chance.randrange(WORKERS)
        os.kill(workers[victim], signal.SIGKILL)
        os.waitpid(workers[victim], 0)
        workers[victim] = load.fork()
    killed_in = time.monotonic() - began
    finished = load.wait(seconds=60 + given.kills)
    polite = _stop(workers)
    found = {
        "database": load.vendor,
        "seed": given.seed,
        "kills": given.kills,
        "kill_seconds": round(killed_in, 1),
        "seconds": round(time.monotonic() - began, 1),
        **load.count(),
        "finished": finished,
        "workers_ended_politely": polite,
    }
    found["ok"] = finished and polite and not any(found[name] for name in ("lost", "twice", "open"))
    print(json.dumps(found))
    return 0 if found["ok"] else 1


def _stop(workers: list[int]) -> bool:
    """Ask the workers to end; tell whether each did so by itself."""
    for pid in workers:
        os.kill(pid, signal.SIGTERM)
    return all(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0 for pid in workers)


if __name__ == "__main__":
    sys.exit(main())
