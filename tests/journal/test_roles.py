"""On PostgreSQL the application's role may add to the journal and nothing else, even without triggers."""

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from flush import unguarded
from journal.lamps import LI, NOW, line, write

from zhiben.journal import public as journal
from zhiben.journal.domain.roles import grants
from zhiben.journal.selectors.verifying import verify
from zhiben.journal.services import consuming
from zhiben.journal.services.signing import sign_yesterday
from zhiben.kernel.errors import Invalid


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")
def test_the_application_can_record_shred_and_sign_but_never_change(monkeypatch):
    monkeypatch.setattr(consuming, "CONSUMERS", {})
    seen = []
    journal.register_consumer(journal.Consumer("keeper", None, lambda entries, now: seen.extend(entries)))
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE zhiben_test_app")
        for statement in grants("zhiben_test_app"):
            cursor.execute(statement)
    with unguarded():
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE zhiben_test_app")
        write(line(1, note="x"), line(2, chain="system"))
        write(line(3))
        assert journal.run_consumers(now=NOW) == 3
        assert journal.shred("lamp/1", actor=LI, now=NOW) == 2
        sign_yesterday(NOW)
        assert verify().entries == 4
        for forbidden in (
            "UPDATE journal_entry SET actor = 8",
            "DELETE FROM journal_entry",
            "TRUNCATE journal_entry",
            "UPDATE journal_root SET n = 1",
            "DELETE FROM journal_leaf",
            "UPDATE journal_personal SET value = ''",
            "DELETE FROM journal_chain",
            "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
            "DROP TABLE journal_entry",
        ):
            with (
                pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(forbidden)
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def test_the_command_prints_what_to_grant(capsys):
    call_command("journal", "roles", "--app", "zhiben_app")
    told = capsys.readouterr().out
    assert "GRANT SELECT, INSERT ON journal_entry, journal_root, journal_leaf TO zhiben_app;\n" in told
    with pytest.raises(Invalid, match="role:bad-name"):
        call_command("journal", "roles", "--app", "x; drop table")
