"""An event for the tests of the journal, and short ways to write lines of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction

from zhiben.journal import public as journal
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual

NOW = datetime(2026, 5, 6, 7, 8, 9, 10, tzinfo=UTC)
DAY = date(2026, 5, 6)
LI = Actor(id=7, label="李强")


@dataclass(frozen=True)
class LampLit(journal.Event):
    """A lamp was lit: `lamp`, with a `note`."""

    code = "lamp:lit"
    label = Bilingual("灯已点亮", "Lamp lit")
    personal = frozenset({"note"})

    lamp: int
    note: str = ""


def line(lamp=1, note="", chain="enterprise:1"):
    return journal.Line(LampLit(lamp, note), f"lamp/{lamp}", chain, DAY)


@transaction.atomic
def write(*lines, actor=LI, now=NOW):
    journal.record(lines, actor=actor, now=now)
