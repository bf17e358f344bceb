"""A database of its own for the benches of the journal, and lines to write: SQLite in a file, or DATABASE_URL's server."""

import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]


@contextmanager
def database():
    """Start Django on an empty, migrated database; yield the database's kind."""
    with tempfile.TemporaryDirectory(prefix="zhiben-bench-") as var:
        os.environ["ZHIBEN_VAR"] = var
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{var}/bench.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiben.config.settings")
        sys.path.insert(0, str(ROOT / "src"))
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        if connection.vendor == "postgresql":
            before = connection.settings_dict["NAME"]
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            yield "PostgreSQL"
            connection.creation.destroy_test_db(before, verbosity=0)
        else:
            call_command("migrate", verbosity=0)
            yield "SQLite"
            connection.close()


def lamp_event():
    """Declare an event like most: a few plain fields and a note."""
    from dataclasses import dataclass

    from zhiben.journal import public as journal
    from zhiben.kernel.bilingual import Bilingual

    @dataclass(frozen=True)
    class BenchMoved(journal.Event):
        """A move of the bench: `move`, `before`, `after`, `note`."""

        code = "bench:moved"
        label = Bilingual("测试步骤", "Bench step")
        personal = frozenset({"note"})

        move: str
        before: str
        after: str
        note: str = ""

    return BenchMoved


def lines(event, start, count, chains=50):
    """Return lines over `chains` chains; every third has a note beside the name of who acted."""
    from datetime import date

    from zhiben.journal import public as journal

    return [
        journal.Line(
            event("rectify", "confirmed", "rectifying", "配电箱未上锁,已责成整改" if n % 3 == 0 else ""),
            f"danger/{n}",
            f"enterprise:{n % chains + 1}",
            date(2026, 5, 1),
        )
        for n in range(start, start + count)
    ]


def write(batch):
    """Record one batch as a person would."""
    from datetime import UTC, datetime

    from django.db import transaction

    from zhiben.journal import public as journal
    from zhiben.kernel.actor import Actor

    with transaction.atomic():
        journal.record(batch, actor=Actor(id=7, label="李强"), now=datetime(2026, 5, 1, 8, tzinfo=UTC))
