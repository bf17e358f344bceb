"""Consumers: rooms that derive something from the journal, each with its own cursor.

Who reads, stamps first: entries get their positions after commit, so one that committed late is never skipped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhiben.journal import store
from zhiben.journal.events import Recorded
from zhiben.journal.models import Cursor
from zhiben.journal.selectors.reading import entries_between
from zhiben.kernel.errors import NotFound

CONSUMERS: dict[str, "Consumer"] = {}
STAMPED_AT_ONCE = 5000


@dataclass(frozen=True)
class Consumer:
    """What a room does with entries of some `codes` (None: all). `handle` gets them in the order of their chains.

    Its effects commit together with its cursor, so nothing counts twice; it may call `record` once. `empty` clears
    the room's own tables when everything is derived anew.
    """

    name: str
    codes: frozenset[str] | None
    handle: Callable[[Sequence[Recorded], datetime], None]
    empty: Callable[[], None] | None = None


def register_consumer(consumer: Consumer) -> None:
    """Make a consumer known to the worker; call it from the room's `AppConfig.ready`."""
    if CONSUMERS.setdefault(consumer.name, consumer) != consumer:
        raise TypeError(f"two consumers share the name {consumer.name!r}")


@transaction.atomic
def stamp(limit: int = STAMPED_AT_ONCE) -> int:
    """Give positions to the batches committed since; return how many. Its own transaction, before anybody reads."""
    store.make_cursors(CONSUMERS)
    return store.stamp_batches(limit)


def run_consumers(*, now: datetime, limit: int = 5000) -> int:
    """Let every consumer take its next entries, about `limit`; return how many were passed. 0: nothing left to do.

    A consumer that fails keeps its place and stops no other; all failures are raised together at the end.
    """
    stamp()
    passed, failures = 0, []
    for consumer in list(CONSUMERS.values()):
        try:
            passed += consume(consumer, now=now, limit=limit)
        except Exception as failure:  # noqa: BLE001 -- raised below, with the consumer's name
            failure.add_note(f"in the journal's consumer {consumer.name!r}")
            failures.append(failure)
    if failures:
        raise ExceptionGroup("consumers of the journal failed", failures)
    return passed


def catch_up(name: str, *, now: datetime, wait: bool = False) -> int:
    """Hand one consumer all that is committed, and return where it stands; less while another worker holds it.

    `wait` for that one: who must know what changed cannot do without what it has not committed yet.
    """
    while stamp():
        pass
    while consume(CONSUMERS[name], now=now, limit=STAMPED_AT_ONCE, wait=wait):
        pass
    return Cursor.objects.get(name=name).position


@transaction.atomic
def consume(consumer: Consumer, *, now: datetime, limit: int, wait: bool = False) -> int:
    """Hand one consumer its next entries and move its cursor, in one transaction; 0 while another worker does it."""
    position = store.lock_cursor(consumer.name, wait=wait)
    batches = store.batches_after(position, limit) if position is not None else []
    if not batches or position is None:
        return 0
    upto = batches[-1][0]
    if entries := entries_between(position, upto, consumer.codes):
        consumer.handle(entries, now)
    if not Cursor.objects.filter(name=consumer.name, position=position).update(position=upto):
        raise RuntimeError(f"the cursor of {consumer.name!r} moved while it was held")
    return sum(size for _, size in batches)


@transaction.atomic
def rebuild(name: str) -> None:
    """Empty what a consumer derived and set it back to the beginning; the worker derives it anew."""
    consumer = CONSUMERS.get(name)
    if consumer is None:
        raise NotFound("consumer:not-found", name=name)
    store.lock_cursor(name, wait=True)
    if consumer.empty:
        consumer.empty()
    Cursor.objects.filter(name=name).update(position=0)
