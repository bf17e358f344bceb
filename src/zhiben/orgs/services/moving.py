"""Re-parenting a unit: a resumable job. While it runs the old and the new path of the subtree are both valid.

Order matters. First the units, so that a grant at any of them reaches rows under either path; then every table that
keeps paths; last the old paths are dropped. Each step is one short transaction that finds by range what is still to
do, so a killed job goes on where it stopped and a step done twice changes nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from zhiben.journal.public import record
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.kernel.ids import ancestors, path_end, segment
from zhiben.orgs.domain.kinds import RANK, UnitKind
from zhiben.orgs.events import UnitMoved, UnitMoveFinished
from zhiben.orgs.models import Unit, UnitMove
from zhiben.orgs.paths import path_holders
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.scope import ScopedModel
from zhiben.orgs.selectors.units import unit_place
from zhiben.orgs.services.units import check_below, unit_line, unit_to_edit
from zhiben.orgs.tree import ANCESTOR_FIELDS

STEP = 2_000


@dataclass(frozen=True, slots=True)
class MoveProgress:
    """How far a move is."""

    move: int
    done: int
    finished: bool


def move_unit(unit_id: int, parent_id: int, *, actor: Actor, now: datetime) -> Unit:
    """Hang a unit on another parent and see it through. For large subtrees start the move and let a job continue it."""
    move = start_move(unit_id, parent_id, actor=actor, now=now)
    while not continue_move(move.pk, actor=actor, now=now).finished:
        pass
    return Unit.objects.get(pk=unit_id)


@transaction.atomic
def start_move(
    unit_id: int, parent_id: int, *, on: date | None = None, part_of: int | None = None, actor: Actor, now: datetime
) -> UnitMove:
    """Hang a unit on another parent; from here on both its paths are valid, until `continue_move` has finished.

    In the figures it takes effect `on` a day: today if none is named. `part_of` a reorganisation, that one goes on.
    """
    unit, parent = unit_to_edit(unit_id, actor), unit_to_edit(parent_id, actor)
    former = _former_parent(unit, parent)
    old_path, new_path = unit.path, f"{parent.path}{segment(unit.pk)}/"
    move = UnitMove.objects.create(
        unit=unit, from_parent=former, to_parent=parent, old_path=old_path, new_path=new_path, started_at=now, on=on,
        reorganisation_id=part_of,
    )  # fmt: skip
    taken = Unit.objects.filter(pk=unit.pk, path=old_path, old_path="")
    if not taken.update(
        parent=parent, path=new_path, old_path=old_path, depth=parent.depth + 1, **_above(unit, parent)
    ):
        raise Conflict("unit:being-moved", unit=unit.name)
    event = UnitMoved(move.from_parent_id, parent.pk, old_path, new_path)
    record([unit_line(event, unit, on or timezone.localtime(now).date())], actor=actor, now=now)
    return move


@transaction.atomic
def continue_move(move_id: int, *, actor: Actor, now: datetime, limit: int = STEP) -> MoveProgress:
    """Rewrite the next rows of a move; return whether any are left."""
    move = UnitMove.objects.select_related("unit", "to_parent").get(pk=move_id)
    require(actor, OrgsPermission.EDIT_UNIT, unit_place(move.unit))
    if move.finished_at:
        return MoveProgress(move.pk, move.done, finished=True)
    rewritten = _rewrite_units(move, limit) or _rewrite_holders(move, limit) or _drop_old_paths(move, limit)
    UnitMove.objects.filter(pk=move.pk).update(done=F("done") + rewritten)
    if rewritten:
        return MoveProgress(move.pk, move.done + rewritten, finished=False)
    if UnitMove.objects.filter(pk=move.pk, finished_at=None).update(finished_at=now):
        event = UnitMoveFinished(move.old_path, move.new_path, move.done)
        day = move.on or timezone.localtime(now).date()
        record([unit_line(event, move.unit, day)], actor=actor, now=now)
    return MoveProgress(move.pk, move.done, finished=True)


def moves_under_way() -> QuerySet[UnitMove]:
    """Return the moves that a job has still to continue, oldest first."""
    return UnitMove.objects.filter(finished_at=None).order_by("pk")


def _former_parent(unit: Unit, parent: Unit) -> Unit:
    """Return where the unit hangs now; refuse a move that makes no sense or crosses another one."""
    if unit.parent is None or parent.path.startswith(unit.path):
        raise Invalid("unit:move-into-itself", unit=unit.name, parent=parent.name)
    if unit.parent_id == parent.pk:
        raise Conflict("unit:already-there", unit=unit.name, parent=parent.name)
    check_below(UnitKind(unit.kind), parent)
    for moving in moves_under_way():
        for path in (moving.old_path, moving.new_path):
            if path.startswith(unit.path) or unit.path.startswith(path) or path in ancestors(parent.path):
                raise Conflict("unit:being-moved", unit=unit.name)
    return unit.parent


def _above(unit: Unit, parent: Unit) -> dict[str, int | None]:
    """Return the ancestor columns that change for the whole subtree: the levels above the moved unit."""
    return {
        name: getattr(parent, name) for kind, name in ANCESTOR_FIELDS.items() if RANK[kind] < RANK[UnitKind(unit.kind)]
    }


def _new_path(move: UnitMove, column: str) -> Concat:
    return Concat(Value(move.new_path), Substr(column, len(move.old_path) + 1))


def _still_old(move: UnitMove, column: str) -> Q:
    return Q(**{f"{column}__gte": move.old_path, f"{column}__lt": path_end(move.old_path)})


def _rewrite_units(move: UnitMove, limit: int) -> int:
    """Give the next units below their new path, keeping the old one beside it."""
    ids = list(Unit.objects.filter(_still_old(move, "path")).order_by("path").values_list("pk", flat=True)[:limit])
    deeper = move.to_parent.depth + 1 - (len(ancestors(move.old_path)) - 1)
    return Unit.objects.filter(_still_old(move, "path"), pk__in=ids).update(
        old_path=F("path"), path=_new_path(move, "path"), depth=F("depth") + deeper, **_above(move.unit, move.to_parent)
    )


def _rewrite_holders(move: UnitMove, limit: int) -> int:
    """Give the next rows of the first table that still has old paths their new ones."""
    above = _kinds_above(move)
    for holder in path_holders():
        ids = list(holder.rows().filter(_still_old(move, holder.path)).values_list("pk", flat=True)[:limit])
        if ids:
            changed = {column: above[kind] for kind, column in holder.ancestors.items() if kind in above}
            rows = holder.rows().filter(_still_old(move, holder.path), pk__in=ids)  # again: another worker may be at it
            return rows.update(**{holder.path: _new_path(move, holder.path)}, **changed)
    return 0


def _kinds_above(move: UnitMove) -> dict[UnitKind, int | None]:
    fields = _above(move.unit, move.to_parent)
    return {kind: fields[name] for kind, name in ANCESTOR_FIELDS.items() if name in fields}


def _drop_old_paths(move: UnitMove, limit: int) -> int:
    """Take the old path from the next units: nothing bears it any more."""
    moved = Unit.objects.filter(path__gte=move.new_path, path__lt=path_end(move.new_path)).exclude(old_path="")
    ids = list(moved.values_list("pk", flat=True)[:limit])
    return Unit.objects.filter(pk__in=ids).update(old_path="")


def strayed_rows(*, mend: bool = False) -> dict[str, int]:
    """Count rows whose path is not their unit's, by table; with `mend` give them the right one.

    There should be none. One may arise where a row was written, with the old path, in a transaction that began before
    a move and ended after it. While moves are under way nothing is said: both paths are right then.
    """
    if moves_under_way().exists():
        raise Conflict("unit:being-moved", unit="")
    strayed = {}
    for holder in path_holders():
        if not issubclass(holder.model, ScopedModel):
            continue
        rows = holder.rows().exclude(path=F("unit__path"))
        if count := rows.count():
            strayed[holder.model.__name__] = count
        if count and mend:
            home = Unit.objects.filter(pk=OuterRef("unit"))
            columns = {"path": "path", **{name: ANCESTOR_FIELDS[kind] for kind, name in holder.ancestors.items()}}
            rows.update(**{name: Subquery(home.values(source)[:1]) for name, source in columns.items()})
    return strayed
