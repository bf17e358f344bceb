"""Which steps may be undone: those that lead nowhere outside by themselves, taken by a person, soon enough."""

from datetime import datetime, timedelta

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.kinds import CLOSED, Level, State
from zhiben.dangers.domain.moves import Move

UNDONE = "undo"  # how the journal calls the step back
UNDOABLE = frozenset({
    Move.CONFIRM, Move.ASSIGN, Move.REASSIGN, Move.CHANGE_DUE, Move.CHANGE_LEVEL, Move.ORDER_LIMIT, Move.TRANSFER,
    Move.RECEIVE, Move.PROPOSE_VOID, Move.VOID, Move.SUBMIT, Move.RETURN,
})  # fmt: skip


def may_be_undone(move: Move, after: State, level_before: str, level_after: str) -> bool:
    """Tell whether a step can be taken back at all: what becomes or was major tells people by law at once."""
    touches_major = Level.MAJOR in {level_before, level_after}
    return move in UNDOABLE and not (touches_major and (level_before != level_after or after in CLOSED))


def is_soon_enough(at: datetime, now: datetime, minutes: int) -> bool:
    """Tell whether a step is fresh enough: of this very day, because the figures of a day that is over stand."""
    return now < at + timedelta(minutes=minutes) and china_day(at) == china_day(now)
