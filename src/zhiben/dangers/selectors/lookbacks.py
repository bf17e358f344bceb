"""Look-backs: lists, counts, and what waits for somebody today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from zhiben.dangers.domain.lookback import RESULTS, LookbackState
from zhiben.dangers.models import Danger, Lookback
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.family import members_of
from zhiben.dangers.selectors.standing import Mover
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.kernel.ids import path_end
from zhiben.orgs.scope import scope_of, seen

SOON = timedelta(days=7)  # ahead of its day a look-back stands in somebody's work
YEAR = timedelta(days=365)
VIEWS: Mapping[str, Q] = {
    "open": Q(state=LookbackState.OPEN),
    "overdue": Q(state=LookbackState.OPEN, is_overdue=True),
    "done": Q(state__in=sorted(map(str, RESULTS))),
    "came_back": Q(state=LookbackState.CAME_BACK),
}


@dataclass(frozen=True, slots=True)
class LookbackCounts:
    """How the look-backs of a part of the tree stand: open, overdue, and of the last year how many held or not."""

    open: int
    overdue: int
    held: int
    came_back: int


def lookbacks_for(
    actor: Actor, *, view: str = "", path: str = "", permission: str = DangerPermission.VIEW
) -> QuerySet[Lookback]:
    """Return the look-backs inside the actor's reach: those open by their day, those done newest first."""
    rows = Lookback.unscoped.filter(seen(scope_of(actor, permission)), VIEWS.get(view, Q()))
    if path:
        rows = rows.filter(path__gte=path, path__lt=path_end(path))
    order = ("due_on", "pk") if view in {"open", "overdue"} else ("-done_on", "-due_on", "-pk")
    return rows.select_related("danger__department", "unit", "enterprise", "sample", "done_by__person").order_by(*order)


def lookbacks_of(danger: Danger) -> QuerySet[Lookback]:
    """Return the look-backs of a danger that the actor was shown, and of what was merged into it, but none that fell away."""
    rows = Lookback.unscoped.filter(danger__in=members_of(danger)).exclude(state=LookbackState.DROPPED)
    return rows.select_related("danger__department", "unit", "enterprise", "done_by__person").order_by("due_on", "pk")


def lookback_for(actor: Actor, lookback_id: int) -> Lookback:
    """Return one look-back; strangers are told that there is none."""
    row = lookbacks_for(actor).filter(pk=lookback_id).first()
    if row is None:
        raise NotFound("lookback:not-found")
    return row


def lookbacks_waiting(actor: Actor, today: date) -> QuerySet[Lookback]:
    """Return what the actor's department should look at now: due within a week, the oldest first."""
    department = Mover(actor).department
    if department is None or not actor.has(DangerPermission.SIGN_OFF):
        return Lookback.unscoped.none()
    mine = lookbacks_for(actor, view="open", permission=DangerPermission.SIGN_OFF)
    return mine.filter(danger__department=department, due_on__lte=today + SOON)


def lookback_work(actor: Actor, today: date, limit: int) -> dict[str, Any]:
    """Return the look-backs of somebody's day: how many, and the first."""
    waiting = lookbacks_waiting(actor, today)
    count = waiting.count()
    return {"lookbacks_waiting": count, "lookbacks_first": list(waiting[:limit]) if count else []}


def lookback_counts(actor: Actor, today: date, *, path: str = "", enterprise: int | None = None) -> LookbackCounts:
    """Count look-backs of a subtree or an enterprise, as far as the actor sees."""
    rows = lookbacks_for(actor, path=path)
    if enterprise is not None:
        rows = rows.filter(Q(enterprise=enterprise) | Q(party=enterprise))
    lately = rows.filter(done_on__gt=today - YEAR)
    return LookbackCounts(
        open=rows.filter(VIEWS["open"]).count(),
        overdue=rows.filter(VIEWS["overdue"]).count(),
        held=lately.filter(state=LookbackState.HOLDS).count(),
        came_back=lately.filter(state=LookbackState.CAME_BACK).count(),
    )
