"""Many new rows in one statement a table. `bulk_create` prepares each value anew, which is most of an import's time."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models

Adapter = Callable[[Any], Any]


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one table, their own ids drawn first; in the caller's transaction."""
    if not rows:
        return
    table = type(rows[0])
    for row, number in zip(rows, _draw_ids(table, len(rows)), strict=True):
        if row.pk is None:
            row.pk = number
    names, sql = _statement(table)
    adapters = _adapters(connection.vendor)
    values = [tuple(_adapted(getattr(row, name), adapters) for name in names) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def insert_values(table: type[models.Model], names: Sequence[str], values: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows given as plain values of these columns; the id is the database's."""
    if not values:
        return
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join(["%s"] * len(names))
    name, adapters = table._meta.db_table, _adapters(connection.vendor)  # noqa: SLF001 -- Django's documented API
    with connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{name}" ({columns}) VALUES ({marks})',  # noqa: S608 -- our own names
            [tuple(_adapted(value, adapters) for value in row) for row in values],
        )


def _adapted(value: Any, adapters: dict[type, Adapter]) -> Any:
    adapter = adapters.get(type(value))
    return adapter(value) if adapter else str(value) if isinstance(value, str) else value


@cache
def _statement(table: type[models.Model]) -> tuple[tuple[str, ...], str]:
    fields = table._meta.concrete_fields  # noqa: SLF001 -- Django's documented API
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    name = table._meta.db_table  # noqa: SLF001 -- the same
    return tuple(field.attname for field in fields), f'INSERT INTO "{name}" ({columns}) VALUES ({marks})'  # noqa: S608 -- our own names


@cache
def _adapters(vendor: str) -> dict[type, Adapter]:
    """Return what a database cannot take as it is: SQLite wants text for days, moments and uuids, both for JSON."""
    shared: dict[type, Adapter] = {list: _written, dict: _written}
    if vendor == "postgresql":
        return shared
    ops = connection.ops
    return shared | {date: date.isoformat, datetime: ops.adapt_datetimefield_value, UUID: lambda value: value.hex}


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _draw_ids(table: type[models.Model], count: int) -> Sequence[int]:
    """Draw ids in ascending order: from the sequence, or beyond the last one where the database is ours alone."""
    meta = table._meta  # noqa: SLF001 -- Django's documented API
    if not isinstance(meta.pk, models.AutoField):
        return [0] * count  # rows bring their own key
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            wanted = [meta.db_table, meta.pk.column, count]
            cursor.execute("select nextval(pg_get_serial_sequence(%s, %s)) from generate_series(1, %s)", wanted)
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("select seq from sqlite_sequence where name = %s", [meta.db_table])  # IMMEDIATE holds the lock
        row = cursor.fetchone()
    first = (row[0] if row else 0) + 1
    return range(first, first + count)
