"""Judging parts of the tree, to be read: what waits there, when it is judged by itself, what the last runs brought."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from zhiben.clocks.models import Job
from zhiben.clocks.public import jobs_for
from zhiben.dangers.models import JudgingPlan
from zhiben.dangers.selectors.suspicions import suspicions_for
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.kernel.ids import path_end
from zhiben.orgs.models import Enterprise, Unit
from zhiben.orgs.public import enterprises_for
from zhiben.orgs.scope import scope_of, seen
from zhiben.standards.public import DeterminationPermission, asked_enterprises

JOB = "population:judge"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a part of the tree stands: its enterprises, those with open suspicions, those asked for facts."""

    enterprises: int
    suspicions: int
    suspected: int
    asked: int


def to_judge(actor: Actor, path: str) -> QuerySet[Enterprise]:
    """Return the enterprises of a part of the tree that the actor may judge."""
    rows = enterprises_for(actor, DeterminationPermission.MAKE).filter(path__gte=path, path__lt=path_end(path))
    return rows.distinct()


def standing_at(actor: Actor, unit: Unit) -> Standing:
    """Return how a part of the tree stands."""
    within = {"path__gte": unit.path, "path__lt": path_end(unit.path)}
    open_ = suspicions_for(actor).filter(answer="open", **within).order_by()
    return Standing(
        to_judge(actor, unit.path).count(),
        open_.count(),
        open_.values("enterprise").distinct().count(),
        asked_enterprises(actor, unit.path),
    )


def plan_at(actor: Actor, unit: Unit) -> JudgingPlan | None:
    """Return when a part of the tree is judged by itself, if it is."""
    rows = JudgingPlan.unscoped.filter(seen(scope_of(actor, DeterminationPermission.MAKE)), unit=unit)
    plan: JudgingPlan | None = rows.select_related("account__person").first()
    return plan


def runs_for(actor: Actor) -> QuerySet[Job]:
    """Return the runs that the actor started or may see, newest first."""
    return jobs_for(actor).filter(kind=JOB)


def run_for(actor: Actor, run_id: UUID) -> Job:
    """Return one run; strangers are told that there is none."""
    run = runs_for(actor).filter(pk=run_id).first()
    if run is None:
        raise NotFound("job:not-found")
    return run
