"""Entries as their readers get them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson

from zhiben.journal import store
from zhiben.journal.events import ACTOR_LABEL, Recorded
from zhiben.journal.models import Cursor

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def history(subject: str, *, limit: int = 200) -> list[Recorded]:
    """Return the newest entries about `subject`, oldest first. Whoever calls has checked that the reader may see it."""
    return recorded_of(store.entries_about(subject, limit))


def entries_between(after: int, upto: int, codes: Iterable[str] | None) -> list[Recorded]:
    """Return the entries of batches after one position up to another, in the order consumers see them."""
    return recorded_of(store.entries_in_batches(after, upto, codes))


def standing(consumer: str) -> tuple[int, str]:
    """Return the position up to which a consumer has read, and the mark of the journal there."""
    position = Cursor.objects.filter(name=consumer).values_list("position", flat=True).first() or 0
    return position, mark_at(position)


def mark_at(position: int) -> str:
    """Return what only this journal has at a position: the hash of the last entry of its batch; "" where none is."""
    return store.hash_at(position)


def recorded_of(rows: list[tuple[Any, ...]]) -> list[Recorded]:
    """Return rows (position, columns of READ …) as readers get them, with the personal values that still stand."""
    names = store.chain_names(row[1] for row in rows)
    values: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    for chain_id, seq, field, value in store.personal_of([row[1:3] for row in rows if '"~":' in row[-1]]):
        values[chain_id, seq][field] = value
    return [_recorded(row, names[row[1]], values.get(row[1:3], {})) for row in rows]


def _recorded(row: tuple[Any, ...], chain: str, values: dict[str, str]) -> Recorded:
    position, _, seq, at, on_day, code, version, subject, actor, text = row
    body: dict[str, Any] = orjson.loads(text)
    veiled = body.pop("~", {})
    for field in veiled:
        body[field] = orjson.loads(values[field]) if field in values else None
    label = body.pop(ACTOR_LABEL, "system" if actor is None else None)
    moment = EPOCH + timedelta(microseconds=at)
    gone = frozenset(veiled) - frozenset(values)
    return Recorded(
        position, chain, seq, moment, date.fromisoformat(on_day), code, version, subject, actor, body, label, gone
    )
