"""Many writers at once, in whatever order they name their chains; and writers that are killed."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest
from django.db import connection
from journal.lamps import NOW, line, write

from zhiben.journal import public as journal
from zhiben.journal.models import Batch, Entry
from zhiben.journal.selectors.verifying import verify
from zhiben.journal.services import consuming

WRITER = """
    import sys, os
    sys.path[:0] = {paths!r}
    import django; django.setup()
    from journal.lamps import line, write
    from zhiben.journal.models import Entry
    chains = sys.argv[2].split(",")
    for n in range(int(sys.argv[1])):
        write(*[line(n, note="x", chain=chain) for chain in chains])
        print(n, flush=True)
"""


@pytest.fixture
def url(transactional_db):
    """Where other processes find the test's database."""
    s = connection.settings_dict
    if connection.vendor == "postgresql":
        return f"postgres://{s['USER']}@{s['HOST']}:{s['PORT']}/{s['NAME']}"
    return f"sqlite:///{s['NAME']}"


def start(url, count, chains):
    script = textwrap.dedent(WRITER.format(paths=[p for p in sys.path if p]))
    env = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "zhiben.config.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", script, str(count), ",".join(chains)], env=env, stdout=subprocess.PIPE, text=True
    )


def verified(url):
    """Verify from a process of its own, as the command does."""
    env = {**os.environ, "DATABASE_URL": url}
    command = [sys.executable, "-m", "zhiben", "journal", "verify", "--json"]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.mark.server
@pytest.mark.slow
def test_writers_that_name_their_chains_in_opposite_order_never_stop_each_other(url):
    one, two = ["enterprise:1", "enterprise:2", "system"], ["system", "enterprise:2", "enterprise:1"]
    writers = [start(url, 60, chains) for chains in (one, two)]
    meanwhile = verified(url)  # as of one moment: no break while others write, and nobody is held up
    told = [writer.communicate(timeout=60)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert [len(lines) for lines in told] == [60, 60]
    assert meanwhile.returncode == 0, meanwhile.stdout + meanwhile.stderr
    checked = verified(url)
    assert '"entries": 360, "chains": 3, "broken": []' in checked.stdout


@pytest.mark.server
@pytest.mark.slow
def test_a_killed_writer_loses_nothing_it_was_told_was_written(url):
    seed = random.Random(20260506)
    written = 0
    for _ in range(3):
        writer = start(url, 100_000, ["enterprise:1", "system"])
        first = writer.stdout.readline()
        time.sleep(seed.uniform(0.01, 0.2))
        writer.send_signal(signal.SIGKILL)
        written += len([first, *writer.stdout.read().splitlines()])
        writer.wait()
    checked = verified(url)
    assert checked.returncode == 0, checked.stdout
    entries = int(checked.stdout.split('"entries": ')[1].split(",")[0])
    assert written * 2 <= entries <= (written + 3) * 2  # the last of each may have been written and not told


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_a_consumer_beside_many_writers_misses_nothing_and_keeps_the_order(monkeypatch):
    monkeypatch.setattr(consuming, "CONSUMERS", {})
    seen, failures = [], []
    journal.register_consumer(journal.Consumer("keeper", None, lambda entries, now: seen.extend(entries)))

    def work(number):
        try:
            seed = random.Random(number)
            for n in range(30):
                chains = seed.sample(["enterprise:1", "enterprise:2", "enterprise:3", "system"], 2)
                write(*[line(n, chain=chain) for chain in chains])
        except Exception as failure:  # noqa: BLE001 -- told by the test
            failures.append(failure)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        journal.run_consumers(now=NOW, limit=20)
    while journal.run_consumers(now=NOW):
        pass
    assert not failures
    assert len(seen) == Entry.objects.count() == 240
    for chain in {e.chain for e in seen}:
        in_order = [e.seq for e in seen if e.chain == chain]
        assert in_order == list(range(1, len(in_order) + 1))
    assert not Batch.objects.filter(position=None).exists()
    assert not verify().broken
