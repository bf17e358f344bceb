"""Many writers at once, in whatever order they name their chains; and writers that are killed."""

import json
import random
import threading
import time
from functools import partial

import pytest
from django.db import connection
from journal.lamps import NOW, line, write

from zhiben.config import command
from zhiben.journal import public as journal
from zhiben.journal.models import Batch, Entry
from zhiben.journal.selectors.verifying import verify
from zhiben.journal.services import consuming


def keep_writing(count, chains):
    for n in range(count):
        write(*[line(n, note="x", chain=chain) for chain in chains])
        print(n)


def verified(child):
    """Verify from a process of its own, as the command does; JSON."""
    return json.loads(child(lambda: command.run(["zhiben", "journal", "verify", "--json"])).told())


@pytest.mark.server
@pytest.mark.slow
def test_writers_that_name_their_chains_in_opposite_order_never_stop_each_other(transactional_db, child):
    one, two = ["enterprise:1", "enterprise:2", "system"], ["system", "enterprise:2", "enterprise:1"]
    writers = [child(partial(keep_writing, 60, chains)) for chains in (one, two)]
    verified(child)  # as of one moment: no break while others write, and nobody is held up
    assert [len(writer.told().split()) for writer in writers] == [60, 60]
    found = verified(child)
    assert (found["entries"], found["chains"], found["broken"]) == (360, 3, [])


@pytest.mark.server
@pytest.mark.slow
def test_a_killed_writer_loses_nothing_it_was_told_was_written(transactional_db, child):
    seed = random.Random(20260506)
    written = 0
    for _ in range(3):
        writer = child(lambda: keep_writing(100_000, ["enterprise:1", "system"]))
        first = writer.stdout.readline()
        time.sleep(seed.uniform(0.01, 0.2))
        writer.kill()
        written += len([first, *writer.stdout.read().splitlines()])
    entries = verified(child)["entries"]
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
