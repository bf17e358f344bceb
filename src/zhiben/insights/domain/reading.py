"""What one journal entry about a danger means for the tallies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhiben.insights.domain.measures import SIGN, What

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Effect:
    """`n` more of `what` in the cell written in the entry."""

    what: What
    cell: Body
    n: int = 1


@dataclass(frozen=True, slots=True)
class Closing:
    """A danger signed off: in which cell, after how many days, and whether before its limit passed."""

    cell: Body
    days: int
    on_time: bool


CODES = frozenset(
    {
        "danger:found",
        "danger:imported",
        "danger:reclassified",
        "danger:moved",
        "danger:signed-off",
        "danger:voided",
        "danger:reopened",
        "danger:merged",
        "danger:unmerged",
        "danger:overdue",
        "danger:no-longer-overdue",
    }
)


def effects_of(code: str, body: Body) -> list[Effect]:
    """Return what an entry adds to the tallies; every change of the open stock stands beside what caused it."""
    return list(_effects(code, body))


def _effects(code: str, body: Body) -> Iterator[Effect]:
    if code in {"danger:reclassified", "danger:moved"}:
        yield from _moved(body)
    elif code == "danger:overdue":
        yield Effect(What.OVERDUE, body["cell"])
    elif code == "danger:no-longer-overdue":
        yield Effect(What.OVERDUE, body["cell"], -1)
    elif code == "danger:imported":
        yield Effect(What.IMPORTED_CLOSED, body["cell"])
    elif code == "danger:found":
        yield from _stock(What.FOUND, body["cell"])
    elif code == "danger:reopened":
        yield from _stock(What.REOPENED, body["cell"])
    elif code == "danger:signed-off":
        yield from _stock(What.SIGNED_OFF, body["cell"])
        if body["self_accepted"]:
            yield Effect(What.SELF_ACCEPTED, body["cell"])
    elif code in {"danger:merged", "danger:unmerged"}:
        yield from _merged(body, 1 if code == "danger:merged" else -1)
    elif code == "danger:voided" and body["was_open"]:
        yield from _stock(What.VOIDED, body["cell"])
    elif code == "danger:voided" and body["imported_closed"]:
        yield Effect(What.IMPORTED_CLOSED, body["cell"], -1)


def _moved(body: Body) -> Iterator[Effect]:
    if not body["is_open"]:
        return
    yield from _stock(What.MOVED_OUT, body["before_cell"])
    yield from _stock(What.MOVED_IN, body["after_cell"])
    if body["overdue"]:
        yield Effect(What.OVERDUE, body["before_cell"], -1)
        yield Effect(What.OVERDUE, body["after_cell"])


def _merged(body: Body, n: int) -> Iterator[Effect]:
    """Count a merged danger with the voided ones; taken back, it counts as if it had never been."""
    yield Effect(What.VOIDED, body["cell"], n)
    yield Effect(What.OPEN, body["cell"], -n)


def _stock(what: What, cell: Body) -> Iterator[Effect]:
    yield Effect(what, cell)
    yield Effect(What.OPEN, cell, SIGN[what])


def closing_of(code: str, body: Body, on: date) -> Closing | None:
    """Return how long a danger took, where the entry signs it off. Without a limit (fixed on the spot) it was on time."""
    if code != "danger:signed-off":
        return None
    due = date.fromisoformat(body["due_on"]) if body["due_on"] else None
    days = (on - date.fromisoformat(body["found_on"])).days
    return Closing(body["cell"], max(days, 0), due is None or on <= due)
