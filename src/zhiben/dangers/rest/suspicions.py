"""Suspicions over the wire: read, confirmed, dismissed; a part of the tree judged, which raises them."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from zhiben.clocks.models import Job
from zhiben.clocks.public import JobState
from zhiben.dangers.domain.grounds import DECIDING
from zhiben.dangers.models import Suspicion
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.judging import run_for
from zhiben.dangers.selectors.suspicions import suspicion_for, suspicions_for
from zhiben.dangers.services.populations import start_judging
from zhiben.dangers.services.suspicions import confirm_suspicion, dismiss_suspicion
from zhiben.kernel.ids import path_end
from zhiben.orgs.api import After, Id, In, Limit, Page, PathId, answers, cursor_of, keys_of, writes
from zhiben.orgs.doors import Request, door
from zhiben.orgs.public import unit_at
from zhiben.standards.public import DeterminationPermission, FactPermission

router = Router(tags=["suspicions"])
LONG = 5000


class SuspicionsIn(In):
    """Narrowings of the list."""

    answer: Literal["open", "confirmed", "dismissed", "withdrawn"] = "open"
    unit: str = Field("", max_length=200, description="path or division code: it and what lies below")
    enterprise: Id | None = None


class GroundOut(Schema):
    """A fact that settled the clause."""

    name: str
    value: Any
    day: date
    source: str


class SuspicionOut(Schema):
    """What judging or a sensor makes likely. No hidden danger, and not counted as one, until a person confirms it."""

    id: int
    unit: int
    enterprise: int | None
    standard: str
    clause: str
    text: str
    source: str
    raised_on: date
    answer: str
    answered_at: datetime | None
    reason: str
    danger: int | None
    facts: list[GroundOut] = Field(description="the deciding facts; empty for who may not see facts")


class ConfirmIn(In):
    """What was seen; without it the clause in our words."""

    description: str = Field("", max_length=LONG)


class DismissIn(In):
    """Why it is none."""

    reason: str = Field(min_length=1, max_length=LONG)


class RunIn(In):
    """Which part of the tree to judge."""

    unit: str = Field(min_length=1, max_length=200, description="path or division code")
    ask: bool = Field(False, description="ask for missing facts, too: one request an enterprise")


class RunOut(Schema):
    """A run: how far it is, and what it brought so far."""

    id: UUID
    state: JobState
    done: int
    total: int | None
    raised: int
    kept: int
    withdrawn: int
    asked: int = Field(description="enterprises asked, or asked for more")


@router.get("/suspicions", response=answers(Page[SuspicionOut]), operation_id="listSuspicions")
@door(DangerPermission.VIEW)
def get_suspicions(
    request: Request, filters: Query[SuspicionsIn], after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """Return suspicions in scope, newest first."""
    rows = suspicions_for(request.actor).filter(answer=filters.answer).order_by("-pk")
    if filters.unit:
        path = unit_at(filters.unit).path
        rows = rows.filter(path__gte=path, path__lt=path_end(path))
    if filters.enterprise is not None:
        rows = rows.filter(enterprise=filters.enterprise)
    keys = keys_of(after, [int])
    if keys is not None:
        rows = rows.filter(pk__lt=keys[0])
    found = list(rows[: limit + 1])
    shown = [_out(row, request) for row in found[:limit]]
    return {"items": shown, "next": cursor_of(shown[-1].id) if len(found) > limit else None}


@router.get("/suspicions/{int:suspicion_id}", response=answers(SuspicionOut), operation_id="getSuspicion")
@door(DangerPermission.VIEW)
def get_suspicion(request: Request, suspicion_id: PathId) -> SuspicionOut:
    """Return one suspicion with the facts it rests on."""
    return _out(suspicion_for(request.actor, suspicion_id), request)


@router.post(
    "/suspicions/{int:suspicion_id}/confirm", response=writes(SuspicionOut, 200), operation_id="confirmSuspicion"
)
@door(DangerPermission.CONFIRM)
def post_confirm(request: Request, suspicion_id: PathId, body: ConfirmIn) -> SuspicionOut:
    """Make a hidden danger of it: a person has looked."""
    confirm_suspicion(suspicion_id, actor=request.actor, now=timezone.now(), description=body.description)
    return _out(suspicion_for(request.actor, suspicion_id), request)


@router.post(
    "/suspicions/{int:suspicion_id}/dismiss", response=writes(SuspicionOut, 200), operation_id="dismissSuspicion"
)
@door(DangerPermission.CONFIRM)
def post_dismiss(request: Request, suspicion_id: PathId, body: DismissIn) -> SuspicionOut:
    """Say why it is none. It stays away until a fact it rests on has another value."""
    dismiss_suspicion(suspicion_id, body.reason, actor=request.actor, now=timezone.now())
    return _out(suspicion_for(request.actor, suspicion_id), request)


@router.post("/judging-runs", response=writes(RunOut, 202), operation_id="judgePopulation")
@door(DeterminationPermission.MAKE)
def post_run(request: Request, body: RunIn) -> Status[RunOut]:
    """Let a worker judge a part of the tree; while one does, the same run is answered."""
    unit = unit_at(body.unit)
    run = start_judging(unit.pk, asks=body.ask, actor=request.actor, now=timezone.now())
    return Status(202, _run(run_for(request.actor, run)))


@router.get("/judging-runs/{uuid:run_id}", response=answers(RunOut), operation_id="getJudgingRun")
@door(DeterminationPermission.MAKE)
def get_run(request: Request, run_id: UUID) -> RunOut:
    """Return how far a run is."""
    return _run(run_for(request.actor, run_id))


def _run(run: Job) -> RunOut:
    counts = {name: int(run.result.get(name, 0)) for name in ("raised", "kept", "withdrawn", "asked")}
    return RunOut(id=run.pk, state=JobState(run.state), done=run.done, total=run.total, **counts)


def _out(row: Suspicion, request: Request) -> SuspicionOut:
    deciding = row.facts.get(DECIDING, {}) if request.actor.has(FactPermission.VIEW) else {}
    return SuspicionOut(
        id=row.pk,
        unit=row.unit_id,
        enterprise=row.enterprise_id,
        standard=row.standard,
        clause=row.clause,
        text=row.text,
        source=row.source,
        raised_on=row.raised_on,
        answer=row.answer,
        answered_at=row.answered_at,
        reason=row.reason,
        danger=row.danger_id,
        facts=[GroundOut(name=name, **fact) for name, fact in deciding.items()],
    )
