"""The journal's statements: one for each table and write, on both databases."""

# ruff: noqa: S608 -- only names of our own tables and columns, and placeholders, are put into statements

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is written in one statement: `unnest` of arrays on PostgreSQL, `executemany` on SQLite."""

    name: str
    columns: dict[str, str]  # name: PostgreSQL's type

    def insert(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write all rows."""
        if not rows:
            return
        into = f"INSERT INTO {self.name} ({', '.join(self.columns)})"  # names are ours
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"{into} SELECT * FROM {_arrays(self.columns)}", _columns(rows))
            else:
                cursor.executemany(f"{into} VALUES ({', '.join(['%s'] * len(self.columns))})", rows)


ENTRIES = Table(
    "journal_entry",
    {
        "chain_id": "bigint",
        "seq": "bigint",
        "at": "bigint",
        "on_day": "text",
        "code": "text",
        "version": "smallint",
        "subject": "text",
        "actor": "bigint",
        "body": "text",
        "alg": "text",
        "hash": "bytea",
    },
)
PERSONAL = Table(
    "journal_personal", {"chain_id": "bigint", "seq": "bigint", "field": "text", "salt": "bytea", "value": "text"}
)
BATCHES = Table("journal_batch", {"chain_id": "bigint", "first": "bigint", "last": "bigint"})
LEAVES = Table("journal_leaf", {"root_id": "bigint", "chain_id": "bigint", "seq": "bigint", "head": "bytea"})


def for_update(*, skip_locked: bool = False) -> str:
    """Return the clause that locks rows; SQLite's transactions are immediate and hold the database already."""
    if connection.vendor != "postgresql":
        return ""
    return " FOR UPDATE SKIP LOCKED" if skip_locked else " FOR UPDATE"


def lock_heads(names: Iterable[str]) -> dict[str, tuple[int, int, bytes]]:
    """Return (id, seq, head) by chain name, holding each until commit.

    Missing chains are made first, in order of name; then all are locked in order of id. Whoever holds a lock waits for
    no insert, whoever waits for an insert holds only names before it: no two writers can wait for each other.
    """
    wanted = sorted(set(names))
    marks = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT name FROM journal_chain WHERE name IN ({marks})", wanted)
            missing = sorted(set(wanted) - {name for (name,) in cursor.fetchall()})
        else:
            missing = wanted
        if missing:
            new = [(name, 0, b"") for name in missing]
            cursor.executemany(
                "INSERT INTO journal_chain (name, seq, head) VALUES (%s, %s, %s) ON CONFLICT (name) DO NOTHING", new
            )
        cursor.execute(
            f"SELECT name, id, seq, head FROM journal_chain WHERE name IN ({marks}) ORDER BY id{for_update()}", wanted
        )
        return {name: (id_, seq, bytes(head)) for name, id_, seq, head in cursor.fetchall()}


def advance(heads: Sequence[tuple[int, int, bytes]]) -> None:
    """Move chains to (id, seq, head)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            types = {"id": "bigint", "seq": "bigint", "head": "bytea"}
            cursor.execute(
                "UPDATE journal_chain c SET seq = v.seq, head = v.head "
                f"FROM {_arrays(types)} AS v(id, seq, head) WHERE c.id = v.id",
                _columns(heads),
            )
        else:
            cursor.executemany(
                "UPDATE journal_chain SET seq = %s, head = %s WHERE id = %s", [(s, h, i) for i, s, h in heads]
            )


def _arrays(columns: dict[str, str]) -> str:
    return f"unnest({', '.join(f'%s::{kind}[]' for kind in columns.values())})"


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
