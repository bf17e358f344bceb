"""Triggers: entries are never changed, deleted, emptied or written over, on either database."""

import pytest
from django.db import DatabaseError, connection, transaction
from journal.lamps import line, write

from zhiben.journal.models import Entry, Personal

FORBIDDEN = [
    "UPDATE journal_entry SET code = 'lamp:out'",
    "DELETE FROM journal_entry",
    "UPDATE journal_personal SET value = '\"\"'",
    "DELETE FROM journal_chain",
    "UPDATE journal_chain SET seq = 0",
    "UPDATE journal_chain SET name = 'enterprise:9'",
    "UPDATE journal_root SET n = 9",
    "DELETE FROM journal_root",
    "UPDATE journal_leaf SET seq = 9",
    "DELETE FROM journal_leaf",
]
OVER = {
    "sqlite": [
        "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE seq = 1",
        (
            "REPLACE INTO journal_entry (chain_id, seq, at, on_day, code, version, subject, body, alg, hash) SELECT"
            " chain_id, seq, at, on_day, 'lamp:out', version, subject, body, alg, hash FROM journal_entry"
        ),
        "INSERT OR REPLACE INTO journal_personal SELECT * FROM journal_personal",
        "INSERT OR REPLACE INTO journal_root SELECT * FROM journal_root",
    ],
    "postgresql": ["TRUNCATE journal_entry", "TRUNCATE journal_root CASCADE", "TRUNCATE journal_chain CASCADE"],
}


@pytest.fixture
def _lines(db):
    write(line(1, note="a"), line(2, note="b"))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_root (day, alg, n, root, payload, key, signature) "
            "VALUES ('2026-05-05', 'SHA-256', 1, %s, '{}', %s, %s)",
            [b"r", b"k", b"s"],
        )
        cursor.execute(
            "INSERT INTO journal_leaf (root_id, chain_id, seq, head) "
            "SELECT r.id, c.id, c.seq, c.head FROM journal_root r, journal_chain c"
        )
    connection.check_constraints()


@pytest.mark.usefixtures("_lines")
@pytest.mark.parametrize("statement", [*FORBIDDEN, *OVER[connection.vendor]])
def test_the_database_refuses(statement):
    before = list(Entry.objects.order_by("id").values())
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Entry.objects.order_by("id").values()) == before


@pytest.mark.usefixtures("_lines")
def test_personal_values_may_be_deleted():
    Personal.objects.all().delete()
    assert not Personal.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_committed_lines_stay_until_the_test_is_over():
    write(line(1))
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_next_test_finds_an_empty_journal_with_its_triggers():
    assert Entry.objects.count() == 0
    write(line(1))
    with pytest.raises(DatabaseError, match="never changed"):
        Entry.objects.all().delete()
