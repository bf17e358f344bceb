"""The journal's statements: one for each table and write, on both databases."""

# ruff: noqa: S608 -- only names of our own tables and columns, and placeholders, are put into statements

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

READ = "e.chain_id, e.seq, e.at, e.on_day, e.code, e.version, e.subject, e.actor, e.body"  # of an entry, to readers
POSITIONS, SIGNING = 1, 2  # rows of journal_sequencer


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


def batched(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Yield `rows` in parts that a statement can name one by one."""
    for start in range(0, len(rows), 500):
        yield rows[start : start + 500]


def _arrays(columns: dict[str, str]) -> str:
    return f"unnest({', '.join(f'%s::{kind}[]' for kind in columns.values())})"


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def stamp_batches(limit: int) -> int:
    """Give the next positions to batches that have none, in order of id; return how many.

    The lock is its own statement before the look, so the look sees what its holder before it committed. A batch that
    follows another in its chain was written after that one had committed: who sees the second sees the first.
    """
    with connection.cursor() as cursor:
        last = _lock_sequencer(cursor, POSITIONS)
        cursor.execute(
            "UPDATE journal_batch SET position = %s + r.n FROM (SELECT id, row_number() OVER (ORDER BY id) AS n "
            "FROM journal_batch WHERE position IS NULL ORDER BY id LIMIT %s) AS r WHERE journal_batch.id = r.id",
            [last, limit],
        )
        stamped = int(cursor.rowcount)
        if stamped:
            cursor.execute("UPDATE journal_sequencer SET n = %s WHERE id = %s", [last + stamped, POSITIONS])
    return stamped


def lock_signing() -> None:
    """Let one worker at a time sign, until commit."""
    with connection.cursor() as cursor:
        _lock_sequencer(cursor, SIGNING)


def _lock_sequencer(cursor: Any, row: int) -> int:
    for _ in range(2):
        cursor.execute(f"SELECT n FROM journal_sequencer WHERE id = %s{for_update()}", [row])
        if found := cursor.fetchone():
            return int(found[0])
        cursor.execute("INSERT INTO journal_sequencer (id, n) VALUES (%s, 0) ON CONFLICT (id) DO NOTHING", [row])
    raise RuntimeError("the journal's sequencer cannot be read")


def make_cursors(names: Iterable[str]) -> None:
    """Make the rows of consumers that have none yet."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO journal_cursor (name, position) VALUES (%s, 0) ON CONFLICT (name) DO NOTHING",
            [(name,) for name in sorted(names)],
        )


def lock_cursor(name: str, *, wait: bool = False) -> int | None:
    """Return where the consumer `name` stands, holding its row until commit; None while another worker holds it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT position FROM journal_cursor WHERE name = %s{for_update(skip_locked=not wait)}", [name])
        found = cursor.fetchone()
    return int(found[0]) if found else None


def batches_after(position: int, limit: int) -> list[tuple[int, int]]:
    """Return (position, number of entries) of the next batches, holding at least `limit` entries if there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT position, "last" - "first" + 1 FROM journal_batch WHERE position > %s ORDER BY position LIMIT %s',
            [position, limit],
        )
        found: list[tuple[int, int]] = cursor.fetchall()
    upto, sizes = 0, 0
    while upto < len(found) and sizes < limit:
        sizes += found[upto][1]
        upto += 1
    return found[:upto]


def hash_at(position: int) -> str:
    """Return the hash of the last entry of the batch at a position; "" where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.hash FROM journal_batch b JOIN journal_entry e "
            'ON e.chain_id = b.chain_id AND e.seq = b."last" WHERE b.position = %s',
            [position],
        )
        found = cursor.fetchone()
    return bytes(found[0]).hex() if found else ""


def entries_in_batches(after: int, upto: int, codes: Iterable[str] | None) -> list[tuple[Any, ...]]:
    """Return (position, columns of READ …) of the batches after one position up to another, in their order.

    Chains' names and personal values are asked for apart: with more tables in one statement PostgreSQL was seen to read
    whole chains.
    """
    among = sorted(codes) if codes is not None else []
    only = f" AND e.code IN ({', '.join(['%s'] * len(among))})" if among else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT b.position, {READ} FROM journal_batch b JOIN journal_entry e "
            'ON e.chain_id = b.chain_id AND e.seq BETWEEN b."first" AND b."last" '
            f"WHERE b.position > %s AND b.position <= %s{only} ORDER BY b.position, e.seq",
            (after, upto, *among),
        )
        return list(cursor.fetchall())


def entries_about(subject: str, limit: int) -> list[tuple[Any, ...]]:
    """Return (0, columns of READ …) of the newest entries about a subject, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 0, {READ} FROM journal_entry e WHERE e.subject = %s ORDER BY e.id DESC LIMIT %s", (subject, limit)
        )
        return list(reversed(cursor.fetchall()))


def chain_names(ids: Iterable[int]) -> dict[int, str]:
    """Return the chains' names."""
    names: dict[int, str] = {}
    for part in batched(sorted(set(ids))):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, name FROM journal_chain WHERE id IN ({', '.join(['%s'] * len(part))})", part)
            names.update(cursor.fetchall())
    return names


def personal_of(places: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int, str, str]]:
    """Yield (chain's id, seq, field, value) of what was not shredded at some places."""
    for part in batched(places):
        marks = ", ".join(["(%s, %s)"] * len(part))
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH k(chain_id, seq) AS (VALUES {marks}) SELECT p.chain_id, p.seq, p.field, p.value "
                "FROM k CROSS JOIN journal_personal p WHERE p.chain_id = k.chain_id AND p.seq = k.seq",
                [number for place in part for number in place],
            )
            yield from cursor.fetchall()


def delete_personal(column: str, value: str | int, field: str | None = None) -> dict[str, int]:
    """Delete the personal values of entries whose `column` is `value`; return how many by chain name."""
    parameters: list[str | int]
    only, parameters = (" AND p.field = %s", [value, field]) if field else ("", [value])
    join = "journal_personal p JOIN journal_entry e ON e.chain_id = p.chain_id AND e.seq = p.seq"
    where = f"WHERE e.{column} = %s{only}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT c.name, count(*) FROM {join} JOIN journal_chain c ON c.id = e.chain_id {where} GROUP BY c.name",
            parameters,
        )
        counts = dict(cursor.fetchall())
        cursor.execute(
            "DELETE FROM journal_personal WHERE (chain_id, seq, field) IN "
            f"(SELECT p.chain_id, p.seq, p.field FROM {join} {where})",
            parameters,
        )
    return counts


def leaves(upto_day: str = "9999") -> list[tuple[int, str, int, bytes]]:
    """Return (root's id, chain, seq, head) kept for days up to one, a chain's earliest stand first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.root_id, c.name, l.seq, l.head FROM journal_leaf l JOIN journal_root r ON r.id = l.root_id "
            "JOIN journal_chain c ON c.id = l.chain_id WHERE r.day <= %s ORDER BY l.chain_id, l.seq",
            [upto_day],
        )
        return list(cursor.fetchall())


def moved_chains(before_day: str, until: int) -> list[tuple[int, str, int, bytes]]:
    """Return (id, name, seq, head) of chains as they stood at `until`, if they moved since the roots before a day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH base AS (SELECT l.chain_id, max(l.seq) AS seq FROM journal_leaf l "
            "JOIN journal_root r ON r.id = l.root_id WHERE r.day < %s GROUP BY l.chain_id) "
            "SELECT c.id, c.name, e.seq, e.hash FROM journal_chain c LEFT JOIN base b ON b.chain_id = c.id "
            "JOIN journal_entry e ON e.chain_id = c.id AND e.seq = (SELECT max(x.seq) FROM journal_entry x "
            "WHERE x.chain_id = c.id AND x.seq > coalesce(b.seq, 0) AND x.at < %s)",
            [before_day, until],
        )
        return list(cursor.fetchall())
