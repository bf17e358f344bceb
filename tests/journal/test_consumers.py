"""Consumers: every entry once, in the order of its chain, whatever committed late or failed."""

import threading

import pytest
from django.db import connection, transaction
from journal.lamps import DAY, LI, NOW, line, write

from zhiben.journal import public as journal
from zhiben.journal.models import Batch, Cursor
from zhiben.journal.services import consuming
from zhiben.kernel.errors import NotFound


@pytest.fixture(autouse=True)
def consumers(monkeypatch):
    known: dict[str, journal.Consumer] = {}
    monkeypatch.setattr(consuming, "CONSUMERS", known)
    return known


def keep(seen, codes=None, name="keeper", **more):
    consumer = journal.Consumer(name, codes, lambda entries, now: seen.extend(entries), **more)
    journal.register_consumer(consumer)
    return consumer


def places(seen):
    return [(e.chain, e.seq) for e in seen]


@pytest.mark.django_db
def test_a_consumer_gets_each_entry_once_with_its_personal_values():
    seen = []
    keep(seen)
    write(line(1, note="东头的灯"), line(2, chain="system"))
    assert journal.run_consumers(now=NOW) == 2
    assert journal.run_consumers(now=NOW) == 0
    first = next(e for e in seen if e.subject == "lamp/1")
    assert first.body == {"lamp": 1, "note": "东头的灯"}
    assert (first.actor, first.actor_label, first.at, first.on) == (7, "李强", NOW, DAY)
    assert first.position > 0
    write(line(3))
    assert journal.run_consumers(now=NOW) == 1
    assert places(seen)[-1] == ("enterprise:1", 2)


@pytest.mark.django_db
def test_a_consumer_sees_only_its_codes_and_still_moves_on():
    seen = []
    keep(seen, frozenset({"lamp:out"}))
    write(line(1))
    assert journal.run_consumers(now=NOW) == 1
    assert not seen
    assert Cursor.objects.get(name="keeper").position == 1


@pytest.mark.django_db
def test_it_reads_a_little_at_a_time_but_never_part_of_a_batch():
    seen = []
    keep(seen)
    for start in range(0, 30, 10):
        write(*[line(n) for n in range(start, start + 10)])
    assert [journal.run_consumers(now=NOW, limit=15) for _ in range(3)] == [20, 10, 0]
    assert [e.seq for e in seen] == list(range(1, 31))


@pytest.mark.django_db
def test_one_that_fails_keeps_its_place_and_stops_no_other():
    seen = []

    def fail(entries, now):
        raise ZeroDivisionError

    journal.register_consumer(journal.Consumer("broken", None, fail))
    keep(seen)
    write(line(1))
    with pytest.raises(ExceptionGroup) as failure:
        journal.run_consumers(now=NOW)
    assert "'broken'" in failure.value.exceptions[0].__notes__[0]
    assert len(seen) == 1
    assert not Cursor.objects.filter(name="broken", position__gt=0).exists()


@pytest.mark.django_db
def test_rebuilding_empties_and_begins_again():
    seen = []
    keep(seen, empty=seen.clear)
    write(line(1))
    write(line(2))
    journal.run_consumers(now=NOW)
    journal.rebuild("keeper")
    assert seen == []
    journal.run_consumers(now=NOW)
    assert [e.seq for e in seen] == [1, 2]
    with pytest.raises(NotFound):
        journal.rebuild("nobody")


def test_two_consumers_may_not_share_a_name():
    keep([])
    with pytest.raises(TypeError, match="share the name"):
        keep([])


@pytest.mark.django_db
def test_history_tells_what_happened_to_one_thing_oldest_first():
    write(line(1, note="a"))
    write(line(2))
    write(line(1, note="b"))
    assert [e.body["note"] for e in journal.history("lamp/1")] == ["a", "b"]
    assert [e.body["note"] for e in journal.history("lamp/1", limit=1)] == ["b"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_what_commits_late_is_not_skipped():
    seen = []
    keep(seen)
    written, may_commit = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            journal.record([line(1, chain="enterprise:1")], actor=LI, now=NOW)
            written.set()
            may_commit.wait(10)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    written.wait(10)
    write(line(2, chain="enterprise:2"))  # later id, earlier commit
    journal.run_consumers(now=NOW)
    assert places(seen) == [("enterprise:2", 1)]
    may_commit.set()
    writer.join()
    journal.run_consumers(now=NOW)
    assert places(seen) == [("enterprise:2", 1), ("enterprise:1", 1)]
    by_id = Batch.objects.order_by("id").values_list("position", flat=True)
    assert list(by_id) == [2, 1]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_one_worker_at_a_time_runs_a_consumer():
    inside, may_end, seen = threading.Event(), threading.Event(), []

    def handle(entries, now):
        inside.set()
        may_end.wait(10)
        seen.extend(entries)

    consumer = journal.Consumer("slow", None, handle)
    journal.register_consumer(consumer)
    write(line(1))

    def work():
        journal.run_consumers(now=NOW)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    inside.wait(10)
    assert consuming.consume(consumer, now=NOW, limit=10) == 0
    may_end.set()
    worker.join()
    assert len(seen) == 1
    assert journal.run_consumers(now=NOW) == 0
