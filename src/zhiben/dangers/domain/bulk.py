"""One step for many dangers: which steps one form fits, what becomes of a row, when a row already stands as asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from zhiben.dangers.domain.kinds import Level, SetBy, State
from zhiben.dangers.domain.moves import Given, Move

BULK_MOVES = (  # acceptance, sign-off and stops are looked at one by one
    Move.CONFIRM, Move.ASSIGN, Move.REASSIGN, Move.CHANGE_DUE, Move.ORDER_LIMIT, Move.CHANGE_LEVEL,
    Move.TRANSFER, Move.RECEIVE, Move.PROPOSE_VOID, Move.VOID,
)  # fmt: skip


class Outcome(StrEnum):
    """What became of one danger of many."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    UNCHANGED = "unchanged"  # it stands as asked already
    UNDONE = "undone"  # done, and taken back


class BulkState(StrEnum):
    """Where the whole stands."""

    DRAFT = "draft"  # chosen, no step yet
    RUNNING = "running"
    STOPPED = "stopped"  # by hand, with rows waiting
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A danger as far as a step may find nothing to do."""

    state: State
    level: Level
    owner: int | None = None
    owner_unit: int | None = None
    due_on: date | None = None
    due_set_by: str = ""
    department: int | None = None
    transferred_to: int | None = None
    void_proposed: bool = False


def is_already(move: Move, given: Given, stand: Stand) -> bool:
    """Tell whether a danger stands as the step would leave it."""
    has_owner = given.owner is not None and (stand.owner, stand.owner_unit) == (given.owner, given.owner_unit)
    has_day = given.due_on is not None and stand.due_on == given.due_on
    has_level = given.level is not None and stand.level is given.level
    ordered = has_day and stand.due_set_by == SetBy.ORDER and (given.owner is None or has_owner)
    return {
        Move.CONFIRM: stand.state is State.CONFIRMED and has_level,
        Move.ASSIGN: stand.state is State.RECTIFYING and has_owner and has_day,
        Move.REASSIGN: stand.state is State.RECTIFYING and has_owner,
        Move.CHANGE_DUE: stand.state is State.RECTIFYING and has_day,
        Move.ORDER_LIMIT: stand.state is State.RECTIFYING and ordered,
        Move.CHANGE_LEVEL: has_level,
        Move.TRANSFER: given.department is not None
        and given.department == (stand.transferred_to if stand.state is State.TRANSFERRED else stand.department),
        Move.PROPOSE_VOID: stand.void_proposed,
        Move.VOID: stand.state is State.VOIDED,
    }.get(move, False)


KEPT = ("reason", "local_level", "owner", "owner_unit", "department", "order")


def write_given(given: Given) -> dict[str, Any]:
    """Write what is given with a step for many as it is kept."""
    told = {name: getattr(given, name) for name in KEPT if getattr(given, name)}
    level = {"level": str(given.level)} if given.level else {}
    return told | level | ({"due_on": given.due_on.isoformat()} if given.due_on else {})


def read_given(kept: Mapping[str, Any]) -> Given:
    """Read it back.

    >>> read_given(write_given(Given(reason="x", due_on=date(2026, 3, 2)))).due_on
    datetime.date(2026, 3, 2)
    """
    plain = {name: kept[name] for name in KEPT if name in kept}
    level = Level(kept["level"]) if kept.get("level") else None
    due_on = date.fromisoformat(kept["due_on"]) if kept.get("due_on") else None
    return Given(**plain, level=level, due_on=due_on)
