"""Determinations: what the standards say of an enterprise on a day, and why."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Field, Router, Schema, Status

from zhiben.kernel.periods import local_day
from zhiben.orgs.api import After, Day, Id, In, Limit, Page, PathId, answers, cursor_of, keys_of, writes
from zhiben.orgs.doors import Request, door
from zhiben.standards.models import Determination
from zhiben.standards.permissions import DeterminationPermission
from zhiben.standards.selectors import determination_for, determinations_for
from zhiben.standards.services.judging import judge_enterprise

router = Router(tags=["determinations"])


class JudgeIn(In):
    """Which day to judge, and by which standards (none named: all of the enterprise's industries in force)."""

    day: Day | None = None
    standards: list[str] | None = Field(None, max_length=60)


class DeterminationOut(Schema):
    """A determination as kept."""

    id: int
    enterprise_id: int
    standard: str
    edition: str
    day: date
    verdict: str
    coverage: dict[str, Any]
    clauses: list[dict[str, Any]]
    facts: dict[str, Any]
    judged_at: datetime


@router.get("/determinations", response=answers(Page[DeterminationOut]), operation_id="listDeterminations")
@door(DeterminationPermission.VIEW)
def get_determinations(
    request: Request,
    enterprise_id: Id | None = None,
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """Return determinations in scope, newest first."""
    keys = keys_of(after, [int])
    rows = determinations_for(
        request.actor, enterprise_id=enterprise_id, before=keys[0] if keys else None, limit=limit + 1
    )
    shown = rows[:limit]
    return {"items": shown, "next": cursor_of(shown[-1].pk) if len(rows) > limit else None}


@router.get(
    "/determinations/{int:determination_id}", response=answers(DeterminationOut), operation_id="getDetermination"
)
@door(DeterminationPermission.VIEW)
def get_determination(request: Request, determination_id: PathId) -> Determination:
    """Return one determination with its clauses and the facts it rests on."""
    return determination_for(request.actor, determination_id)


@router.post(
    "/enterprises/{int:enterprise_id}/determinations",
    response=writes(list[DeterminationOut]),
    operation_id="judgeEnterprise",
)
@door(DeterminationPermission.MAKE)
def post_determinations(request: Request, enterprise_id: PathId, body: JudgeIn) -> Status[list[Determination]]:
    """Judge an enterprise, now or as of a day, and keep the verdicts."""
    now = timezone.now()
    made = judge_enterprise(
        enterprise_id, day=body.day or local_day(now), actor=request.actor, now=now, standards=body.standards
    )
    return Status(201, made)
