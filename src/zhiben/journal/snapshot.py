"""Reading the whole journal as of one moment, row by row, while others write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

CHUNK = 5000


@contextmanager
def one_moment() -> Iterator[None]:
    """Hold one state of the database for all reads inside; writers are not held up.

    A transaction already open (a test's) is used as it is.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:  # Django's own transactions on SQLite take the write lock
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def stream(statement: str, parameters: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield rows without holding them all; on PostgreSQL from a cursor of the server."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows
