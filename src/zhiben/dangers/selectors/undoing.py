"""The step that somebody may still undo, as pages offer it."""

from dataclasses import dataclass
from datetime import datetime

from zhiben.dangers.domain.kinds import State
from zhiben.dangers.domain.loop import LOOP
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.domain.step import Step
from zhiben.dangers.domain.undo import is_soon_enough
from zhiben.dangers.models import Danger, UndoPoint
from zhiben.dangers.selectors.standing import habits
from zhiben.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Undoable:
    """A step one took oneself and may still undo."""

    step: Step
    at: datetime
    version: int


def step_undone(point: UndoPoint) -> Step:
    """Return the step as the loop has it, from the state before."""
    before = point.before["columns"].get("state", point.danger.state)
    return LOOP[State(before), Move(point.move)]


def undo_for(actor: Actor, danger: Danger, *, now: datetime) -> Undoable | None:
    """Return the last step if it was the actor's, is fresh, and nothing happened since; whether it went out is asked then."""
    point = UndoPoint.objects.filter(danger=danger, account=actor.id or 0, steps=danger.steps).first()
    if point is None or not is_soon_enough(point.at, now, habits().undo_minutes):
        return None
    return Undoable(step_undone(point), point.at, point.version)
