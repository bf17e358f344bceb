"""Let test cases with real transactions empty the journal afterwards: its triggers refuse that, as they should."""

from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.test.testcases import TransactionTestCase

_teardown = TransactionTestCase._fixture_teardown


@contextmanager
def unguarded():
    """Lift the journal's triggers; put them back."""
    tables = [model._meta.db_table for model in apps.get_app_config("journal").get_models()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            found = [f"ALTER TABLE {table} {{}} TRIGGER USER" for table in tables]
            lift, put_back = [s.format("DISABLE") for s in found], [s.format("ENABLE") for s in found]
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_%%'")
            triggers = cursor.fetchall()
            lift, put_back = [f"DROP TRIGGER {name}" for name, _ in triggers], [sql for _, sql in triggers]
        _settle()
        for statement in lift:
            cursor.execute(statement)
    try:
        yield
    finally:
        _settle()
        with connection.cursor() as cursor:
            for statement in put_back:
                cursor.execute(statement)


def _settle():
    """Let PostgreSQL check now what waits for the commit: a table with waiting checks cannot be altered."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def _unguarded_teardown(case):
    with unguarded():
        _teardown(case)


def install():
    """Wrap Django's own clean-up."""
    TransactionTestCase._fixture_teardown = _unguarded_teardown
