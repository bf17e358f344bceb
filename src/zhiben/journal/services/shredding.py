"""Destroying personal values: the chain keeps their hashes and still verifies, nobody can read them again."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from zhiben.journal import store
from zhiben.journal.events import ACTOR_LABEL, Line, PersonalShredded
from zhiben.journal.services.recording import record
from zhiben.kernel.actor import Actor

BEIJING = ZoneInfo("Asia/Shanghai")


@transaction.atomic
def shred(whose: str, *, actor: Actor, now: datetime) -> int:
    """Destroy the personal values of entries about `whose`, and journal that; return how many.

    `account/7` stands also for the name of that account under everything it did. The caller has checked that the actor
    may, and destroys the live rows and files itself.
    """
    lines = shred_lines(whose, now=now)
    record(lines, actor=actor, now=now)
    transaction.on_commit(forget_pages)
    return sum(line.event.count for line in lines if isinstance(line.event, PersonalShredded))


def shred_lines(whose: str, *, now: datetime) -> list[Line]:
    """Destroy as `shred` does, and leave it to the caller to record the lines returned with its own."""
    counts = store.delete_personal("subject", whose)
    thing, _, number = whose.partition("/")
    if thing == "account":
        for chain, count in store.delete_personal("actor", int(number), ACTOR_LABEL).items():
            counts[chain] = counts.get(chain, 0) + count
    day = now.astimezone(BEIJING).date()
    return [Line(PersonalShredded(count), whose, chain, day) for chain, count in sorted(counts.items())]


def forget_pages() -> None:
    """Take deleted bytes out of SQLite's write-ahead log too; PostgreSQL's go with its next vacuum."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
