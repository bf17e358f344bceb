"""The loop: which moves a state has, where they lead, what can be reached."""

from collections.abc import Iterable, Mapping

from zhiben.dangers.domain.kinds import State
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.domain.step import Step
from zhiben.dangers.domain.steps import STEPS
from zhiben.kernel.errors import Conflict

LOOP: Mapping[tuple[State, Move], Step] = {(state, step.move): step for step in STEPS for state in step.sources}


def step_of(state: State, move: Move) -> Step:
    """Return the line of the table for `move` from `state`; refuse a move that the loop does not have there."""
    step = LOOP.get((state, move))
    if step is None:
        raise Conflict("danger:no-such-move", state=str(state), move=str(move), open=[*map(str, moves_from(state))])
    return step


def moves_from(state: State) -> tuple[Move, ...]:
    """Return the moves the loop has in `state`, in the order of their buttons."""
    steps = sorted((step.order, step.move) for (source, _), step in LOOP.items() if source is state)
    return tuple(move for _, move in steps)


def reachable(start: State) -> frozenset[State]:
    """Return every state that can be reached from `start`, itself included."""
    seen, frontier = {start}, [start]
    while frontier:
        for state in _targets(frontier.pop()) - seen:
            seen.add(state)
            frontier.append(state)
    return frozenset(seen)


def _targets(state: State) -> set[State]:
    return {step.after(state) for (source, _), step in LOOP.items() if source is state}


def sources_of(moves: Iterable[Move]) -> frozenset[State]:
    """Return the states in which any of `moves` is in the table."""
    wanted = set(moves)
    return frozenset(state for state, move in LOOP if move in wanted)
