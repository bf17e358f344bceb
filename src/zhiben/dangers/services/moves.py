"""Taking dangers through a step of the loop: the one place where a danger's state is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F

from zhiben.dangers.domain.clock import Clock, china_day, next_at
from zhiben.dangers.domain.guards import Objection, problems
from zhiben.dangers.domain.kinds import CLOSED, OPEN, State
from zhiben.dangers.domain.listing_steps import LISTING_CLOCKS
from zhiben.dangers.domain.loop import step_of
from zhiben.dangers.domain.moves import NOTHING, Given, Move
from zhiben.dangers.events import DangerNoLongerOverdue
from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.offers import may_take
from zhiben.dangers.selectors.reading import dangers_by_id
from zhiben.dangers.selectors.standing import Mover, standings_of
from zhiben.dangers.services import undo_points
from zhiben.dangers.services.announcing import announce
from zhiben.dangers.services.beside import check_files
from zhiben.dangers.services.case import Case
from zhiben.dangers.services.clocking import let_go, owed, promises_of, put, stored
from zhiben.dangers.services.effects import EFFECTS
from zhiben.dangers.services.lines import lines_of
from zhiben.dangers.services.telling import tell_of_step
from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, Refusal

REFUSALS: dict[str, type[Refusal]] = {
    "listing:reviewer-removes-nothing": NotAllowed,
    "danger:separation-of-duties": NotAllowed,
    "danger:other-department": NotAllowed,
    "danger:found-by-supervisor": NotAllowed,
    "danger:signed-off-by-supervisor": NotAllowed,
    "danger:due-in-the-past": Invalid,
    "danger:due-not-later": Invalid,
}
BY_EFFECT = frozenset(
    {Clock.RECTIFY, Clock.ANSWER, Clock.REVIEW, *LISTING_CLOCKS}
)  # set by what the move does, if at all


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a danger stands after its step."""

    id: int
    state: State
    version: int


@transaction.atomic
def move_dangers(
    danger_ids: Sequence[int],
    move: Move,
    given: Given = NOTHING,
    *,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> list[Moved]:
    """Take dangers through one step: all of them, or none.

    `version` is what the actor was looking at; whoever moved a danger since then was faster.
    """
    moved, lines = take_steps(danger_ids, move, given, actor=actor, now=now, version=version)
    journal.record(lines, actor=actor, now=now)
    return moved


def take_steps(
    danger_ids: Sequence[int],
    move: Move,
    given: Given = NOTHING,
    *,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> tuple[list[Moved], list[Line]]:
    """Take the step as a part of the caller's transaction, who also journals the lines returned."""
    dangers = dangers_by_id(actor, danger_ids)
    cases = _cases(dangers, move, given, actor=actor, now=now)
    for case in cases:
        if version is not None and case.danger.version != version:
            raise Conflict("danger:already-moved", danger=case.danger.pk)
        _check(case)
        _apply(case)
    for case in cases:  # in the order of their numbers: two batches never wait for each other crosswise
        _win(case)
    keep = undo_points.before_writing(cases)
    _write(cases, actor=actor, now=now)
    undo_points.keep(cases, keep)
    for case in cases:
        tell_of_step(case)
        announce(case)
    lines = [line for case in cases for line in lines_of(case)]
    return [Moved(case.danger.pk, case.after, case.danger.version) for case in cases], lines


def move_danger(
    danger_id: int, move: Move, given: Given = NOTHING, *, actor: Actor, now: datetime, version: int | None = None
) -> Moved:
    """Take one danger through one step: a batch of one."""
    return move_dangers([danger_id], move, given, actor=actor, now=now, version=version)[0]


def _cases(dangers: Sequence[Danger], move: Move, given: Given, *, actor: Actor, now: datetime) -> list[Case]:
    today, mover = china_day(now), Mover(actor)
    promises = promises_of(dangers)
    standings = standings_of(dangers, mover, today=today)
    return [
        Case(
            danger=danger,
            step=step_of(standings[danger.pk].state, move),
            given=given,
            standing=standings[danger.pk],
            actor=actor,
            now=now,
            today=today,
            promises=promises[danger.pk],
        )
        for danger in dangers
    ]


def _check(case: Case) -> None:
    """Refuse the step for the first thing that stands against it."""
    if not may_take(case.actor, case.step, case.danger):
        raise NotAllowed("access:missing-permission", permission=str(case.step.permission))
    found = problems(case.step, case.standing, case.given)
    if found:
        raise _refusal(found[0], case)
    evidence = case.given.plan.evidence if case.given.plan else ()
    check_files(case.danger, {*(proof.file for proof in case.given.proofs), *(file for _, file in evidence)})


def _refusal(objection: Objection, case: Case) -> Refusal:
    kind = Invalid if objection.field else REFUSALS.get(objection.code, Conflict)
    facts: dict[str, Any] = {"danger": case.danger.pk, "move": str(case.step.move), "state": str(case.before)}
    if objection.field:
        facts["field"] = objection.field
    return kind(objection.code, **facts)


def _apply(case: Case) -> None:
    """Work out all that the step changes."""
    case.stop(*case.step.stops)
    case.write(state=str(case.after))
    effect = EFFECTS.get(case.step.move)
    if effect:
        effect(case)
    case.keep_proofs()
    for clock in case.step.sets:
        if clock not in case.started and clock not in BY_EFFECT:
            case.start(owed(clock, case.danger, case.today, case.standing.habits))
    if case.before is not case.after:
        case.write(state_since=case.now, closed_on=case.today if case.after in CLOSED else None)
    _settle_overdue(case)
    moments = next_at(case.promises.values(), case.standing.habits.reminders, case.now)
    case.write(next_at=moments if case.after in OPEN else None)


def _settle_overdue(case: Case) -> None:
    """Take an overdue danger out of the late ones when it closes or its limit lies ahead again."""
    danger = case.danger
    if not danger.is_overdue:
        return
    closed = case.after in CLOSED
    ahead = danger.due_on is not None and danger.due_on >= case.today
    if closed or ahead:
        because = "closed" if closed else "limit-moved"
        cell = case.cell_before.write()
        case.events.append(DangerNoLongerOverdue(danger.pk, cell, because, danger.found_on.isoformat()))
        case.write(is_overdue=False, overdue_since=None)


def _win(case: Case) -> None:
    """Write the danger if nobody was faster."""
    danger = case.danger
    seen = Danger.unscoped.filter(pk=danger.pk, state=str(case.before), version=danger.version)
    if not seen.update(**case.columns, version=F("version") + 1, steps=F("steps") + 1):
        raise Conflict("danger:already-moved", danger=danger.pk)
    danger.version += 1


def _write(cases: Sequence[Case], *, actor: Actor, now: datetime) -> None:
    """Write what lies beside the dangers: changes first, so that what is unique makes room."""
    for case in cases:
        for change in case.changes:
            changed = change.table._base_manager.filter(**change.where)  # noqa: SLF001 -- Django's own name
            changed.update(**change.columns) if change.columns else changed.delete()
    rows: dict[type[models.Model], list[models.Model]] = {}
    for row in (row for case in cases for row in case.rows):
        rows.setdefault(type(row), []).append(row)
    for table, added in rows.items():
        table._base_manager.bulk_create(added)  # noqa: SLF001 -- Django's own name
    let_go({case.danger.pk: case.stopped - set(case.started) for case in cases})
    wanted = [stored(case.danger.pk, one, case.given.reason) for case in cases for one in case.started.values()]
    put(wanted, actor=actor, now=now)
