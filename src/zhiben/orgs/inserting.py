"""Many new rows in one statement a table. `bulk_create` prepares each value anew, which is most of an import's time."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, TypeVar

import orjson
from django.db import connection, models
from django.db.models.base import ModelState

M = TypeVar("M", bound=models.Model)
Adapter = Callable[[Any], Any]


def made_row(table: type[M], columns: dict[str, Any]) -> M:
    """Return a row not yet inserted, with a value for each of its columns: what the model's own way takes longest for.

    Nothing of the model runs: no signal, no default, no descriptor.
    """
    row = table.__new__(table)
    row.__dict__ = columns
    row._state = ModelState()  # noqa: SLF001 -- what a model is made of
    return row


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one table, their own ids drawn first; in the caller's transaction."""
    if not rows:
        return
    table = type(rows[0])
    for row, number in zip(rows, _draw_ids(table, len(rows)), strict=True):
        if row.pk is None:
            row.pk = number
    names = tuple(field.attname for field in table._meta.concrete_fields)  # noqa: SLF001 -- Django's documented API
    insert_values(table, names, list(map(attrgetter(*names), rows)))


def insert_values(table: type[models.Model], names: Sequence[str], values: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows given as plain values of these fields; an id that is not among them is the database's."""
    if not values:
        return
    sql, adapters = _statement(table, tuple(names), connection.vendor)
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_adapted(row, adapters) for row in values] if adapters else values)


def _adapted(row: tuple[Any, ...], adapters: tuple[tuple[int, Adapter], ...]) -> list[Any]:
    values = list(row)
    for at, adapter in adapters:
        if (value := values[at]) is not None:
            values[at] = adapter(value)
    return values


@cache
def _statement(
    table: type[models.Model], names: tuple[str, ...], vendor: str
) -> tuple[str, tuple[tuple[int, Adapter], ...]]:
    """Return the statement, and for the columns whose values a database does not take as they are how it takes them."""
    meta = table._meta  # noqa: SLF001 -- Django's documented API
    known = {field.attname: field for field in meta.concrete_fields}
    fields = [known[name] for name in names]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    adapters = [(at, adapter) for at, field in enumerate(fields) if (adapter := _adapter(field, vendor))]
    return f'INSERT INTO "{meta.db_table}" ({columns}) VALUES ({marks})', tuple(adapters)  # noqa: S608 -- our own names


def _adapter(field: Any, vendor: str) -> Adapter | None:
    """SQLite wants text for days, moments and uuids, both want it for JSON and for members of an enumeration."""
    if isinstance(field, models.JSONField):
        return _written
    if isinstance(field, (models.CharField, models.TextField)):
        return str
    lite: dict[type, Adapter] = {
        models.DateTimeField: _moment,
        models.DateField: lambda day: day.isoformat(),
        models.UUIDField: lambda uid: uid.hex,
    }
    return None if vendor == "postgresql" else lite.get(type(field))


@lru_cache(maxsize=1024)  # the rows of a batch are of one moment
def _moment(value: datetime) -> str:
    return str(connection.ops.adapt_datetimefield_value(value))


def _written(value: Any) -> str:
    return orjson.dumps(value).decode()


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
