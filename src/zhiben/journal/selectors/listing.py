"""The journal as its auditors page through it: newest first, narrowed to a chain, a subject, a code or a day."""

from dataclasses import dataclass

from zhiben.journal.events import Recorded
from zhiben.journal.models import Entry
from zhiben.journal.selectors.reading import recorded_of

COLUMNS = ("id", "chain_id", "seq", "at", "on_day", "code", "version", "subject", "actor", "body")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; empty narrows nothing."""

    chain: str = ""
    subject: str = ""
    code: str = ""
    day: str = ""  # the day it took effect, ISO


def entries_listed(asked: Asked, *, before: int | None = None, limit: int = 50) -> list[Recorded]:
    """Return the newest entries, newest first; `position` holds the number to go on before. The caller asked who reads."""
    rows = Entry.objects.all()
    for field, value in (("chain__name", asked.chain), ("subject", asked.subject), ("code", asked.code)):
        rows = rows.filter(**{field: value}) if value else rows
    rows = rows.filter(on_day=asked.day) if asked.day else rows
    rows = rows.filter(pk__lt=before) if before is not None else rows
    return recorded_of(list(rows.order_by("-pk").values_list(*COLUMNS)[:limit]))


def entries_upto(most: int) -> int:
    """Count the entries, but no further than one more than `most`."""
    return Entry.objects.order_by("pk")[: most + 1].count()
