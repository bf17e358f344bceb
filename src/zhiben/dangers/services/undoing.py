"""Undoing the last step of a danger where nobody was told of it: a step of its own, back to where the danger stood."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from zhiben.dangers.domain.cell import Cell
from zhiben.dangers.domain.clock import Clock, Promise, china_day, next_at
from zhiben.dangers.domain.kinds import CLOSED, OPEN, Flag, State
from zhiben.dangers.domain.undo import UNDONE, is_soon_enough
from zhiben.dangers.events import DangerFlagged, DangerOverdue, DangerReclassified, DangerReopened, DangerStepped
from zhiben.dangers.models import Danger, FlagHistory, Participant, UndoPoint
from zhiben.dangers.selectors.reading import danger_for, subject_of
from zhiben.dangers.selectors.standing import habits
from zhiben.dangers.selectors.undoing import step_undone
from zhiben.dangers.services.case import line_of
from zhiben.dangers.services.clocking import let_go, promises_of, put, stored, told
from zhiben.dangers.services.moves import Moved
from zhiben.dangers.services.telling import keys_of_step
from zhiben.dangers.services.undo_points import CHANGED, is_as_left, read_promise
from zhiben.documents.public import documents_of
from zhiben.journal import public as journal
from zhiben.journal.public import Event
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, NotAllowed
from zhiben.notices.public import withdraw


@transaction.atomic
def undo_step(danger_id: int, *, version: int | None = None, actor: Actor, now: datetime) -> Moved:
    """Take one's own last step back: soon, before anything else happened, and while nobody has got its news."""
    danger = danger_for(actor, danger_id)
    point = _point_of(danger, version, actor, now)
    if not withdraw(keys_of_step(danger.pk, step_undone(point).move, point.version)):
        raise Conflict("undo:somebody-was-told")
    if any(one.issued_on and one.issued_on >= china_day(point.at) for one in documents_of(subject_of(danger.pk))):
        raise Conflict("undo:document-issued")
    was, cell = _Was.of(danger), Cell.of(danger)
    kept, wanted = promises_of([danger])[danger.pk], _promises(point)
    columns = _columns(point, wanted, now)
    _win(danger, columns)
    started = _beside(danger, point, kept, wanted, actor=actor, now=now)
    events = [*_moved_back(danger, was, cell, point), *_flags(danger, was), *_late(danger, was)]
    events += [told(one) for one in started]
    _keep_flags(danger, was, actor=actor, now=now)
    point.delete()
    journal.record([line_of(danger, event, china_day(now)) for event in events], actor=actor, now=now)
    return Moved(danger.pk, State(danger.state), danger.version)


class _Was(dict[str, Any]):
    """What the figures ask about a danger, as it stood after the step."""

    @classmethod
    def of(cls, danger: Danger) -> "_Was":
        return cls({name: getattr(danger, name) for name in ("state", "is_overdue", *_flag_columns())})


def _flag_columns() -> list[str]:
    return [f"is_{flag}" for flag in Flag]


def _point_of(danger: Danger, version: int | None, actor: Actor, now: datetime) -> UndoPoint:
    """Return the step to undo; refuse what is another one's, too old, or not the last thing that happened."""
    point = UndoPoint.objects.filter(danger=danger, account=actor.id or 0).first()
    if point is None:
        raise Conflict("undo:nothing-to-undo")
    point.danger = danger
    if not is_as_left(point) or version not in {None, point.version, danger.version}:
        raise Conflict("undo:moved-since")
    minutes = habits().undo_minutes
    if not is_soon_enough(point.at, now, minutes):
        raise Conflict("undo:too-late", minutes=minutes)
    step = step_undone(point)
    rights = [right for right in (step.permission, step.or_permission) if right]
    if not any(actor.may(str(right), danger.place) for right in rights):
        raise NotAllowed("access:missing-permission", permission=str(step.permission))
    return point


def _promises(point: UndoPoint) -> dict[Clock, Promise]:
    kept = [read_promise(one) for one in point.before["promises"]]
    return {one.clock: one for one in kept}


def _columns(point: UndoPoint, wanted: dict[Clock, Promise], now: datetime) -> dict[str, Any]:
    """Return the danger's columns as they were; when it is looked at next is worked out anew."""
    field: Any = Danger._meta.get_field  # noqa: SLF001 -- Django's own name
    columns = {name: field(name).to_python(value) for name, value in point.before["columns"].items()}
    is_open = columns.get("state", point.danger.state) in OPEN
    columns["next_at"] = next_at(wanted.values(), habits().reminders, now) if is_open else None
    return columns


def _win(danger: Danger, columns: dict[str, Any]) -> None:
    """Write the danger if nobody was faster."""
    seen = Danger.unscoped.filter(pk=danger.pk, version=danger.version, state=danger.state)
    if not seen.update(**columns, version=F("version") + 1, steps=F("steps") + 1):
        raise Conflict("undo:moved-since")
    danger.refresh_from_db()


def _beside(
    danger: Danger, point: UndoPoint, kept: dict[Clock, Promise], wanted: dict[Clock, Promise], *, actor: Actor, now: datetime
) -> list[Promise]:  # fmt: skip
    """Put back what lay beside the danger; return the deadlines that hold again."""
    for row in point.before["rows"]:
        CHANGED[row["table"]]._base_manager.filter(pk=row["pk"]).update(**row["columns"])  # noqa: SLF001
    Participant.objects.filter(danger=danger, pk__in=point.before["added"]).delete()
    started = [one for clock, one in wanted.items() if kept.get(clock) != one]
    let_go({danger.pk: set(kept) - set(wanted)})
    put([stored(danger.pk, one) for one in started], actor=actor, now=now)
    return started


def _moved_back(danger: Danger, was: _Was, cell: Cell, point: UndoPoint) -> list[Event]:
    """Tell the figures: back among the open ones where it had left them, back in its cell where it had changed it."""
    facts = {"undone": point.move}
    step: dict[str, Any] = {"move": UNDONE, "before": was["state"], "after": danger.state, "facts": facts}
    found_on, now_cell = danger.found_on.isoformat(), Cell.of(danger)
    if was["state"] in CLOSED and danger.state in OPEN:
        return [DangerReopened(danger=danger.pk, reason="", **step, cell=now_cell.write(), found_on=found_on)]
    stepped: Event = DangerStepped(danger=danger.pk, reason="", **step)
    if now_cell == cell:
        return [stepped]
    moved: dict[str, Any] = {
        "before_cell": cell.write(),
        "after_cell": now_cell.write(),
        "after": danger.state,
        "found_on": found_on,
    }
    is_open = danger.state in OPEN
    return [DangerReclassified(danger=danger.pk, **moved, is_open=is_open, overdue=was["is_overdue"]), stepped]


def _flags(danger: Danger, was: _Was) -> list[Event]:
    return [DangerFlagged(danger.pk, str(flag), getattr(danger, f"is_{flag}")) for flag in _changed_flags(danger, was)]


def _keep_flags(danger: Danger, was: _Was, *, actor: Actor, now: datetime) -> None:
    history = {"danger": danger, "on": china_day(now), "at": now, "account_id": actor.id}
    rows = [
        FlagHistory(flag=flag, is_up=getattr(danger, f"is_{flag}"), **history) for flag in _changed_flags(danger, was)
    ]
    FlagHistory.objects.bulk_create(rows)


def _changed_flags(danger: Danger, was: _Was) -> list[Flag]:
    return [flag for flag in Flag if getattr(danger, f"is_{flag}") != was[f"is_{flag}"]]


def _late(danger: Danger, was: _Was) -> list[Event]:
    """Tell that a danger is among the late ones again, which the step had taken out of them."""
    if was["is_overdue"] or not danger.is_overdue or danger.due_on is None:
        return []
    cell, due_on = Cell.of(danger).write(), danger.due_on.isoformat()
    return [DangerOverdue(danger.pk, cell, due_on, danger.due_set_by, danger.found_on.isoformat())]
