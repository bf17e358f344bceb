"""Measures that helped before, and those kept under a name."""

from datetime import date, datetime

from django.utils import timezone
from ninja import Field, Router, Schema, Status

from zhiben.dangers.models import KeptMeasure
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.measures import LONGEST, Whence, kept_measures_for, measures_for
from zhiben.dangers.services.measures import NAME, keep_measure, remove_measure
from zhiben.orgs.api import In, PathId, answers, writes
from zhiben.orgs.doors import Request, door

router = Router(tags=["dangers"])


class ProposalOut(Schema):
    """Measures to begin with, and where they come from."""

    text: str
    whence: Whence
    same_clause: bool
    name: str = Field(description="of the kept ones; else the number of the danger")
    danger: int | None
    enterprise: str
    closed_on: date | None


class KeptOut(Schema):
    """Measures kept under a name."""

    id: int
    name: str
    text: str
    standard: str
    clause: str
    matter: str
    is_own: bool
    is_shared: bool
    at: datetime


class KeepIn(In):
    """The name, and the words; without words those of the danger's plan are kept."""

    name: str = Field(min_length=1, max_length=NAME)
    text: str = Field("", max_length=LONGEST)
    is_shared: bool = False


@router.get(
    "/dangers/{int:danger_id}/measures",
    response=answers(list[ProposalOut]),
    operation_id="listProposedMeasures",
    summary="List measures that helped before",
)
@door(DangerPermission.VIEW)
def get_danger_measures(request: Request, danger_id: PathId) -> list[ProposalOut]:
    """Return measures to begin a plan with: kept ones, then of this enterprise, then of others in your scope."""
    return [ProposalOut.from_orm(one) for one in measures_for(request.actor, danger_id)]


@router.post(
    "/dangers/{int:danger_id}/measures", response=writes(KeptOut), operation_id="keepMeasures", summary="Keep measures"
)
@door(DangerPermission.RECTIFY)
def post_measure(request: Request, danger_id: PathId, body: KeepIn) -> Status[KeptOut]:
    """Keep measures under a name, for the clause and matter of a danger."""
    kept = keep_measure(
        danger_id, body.name, body.text, is_shared=body.is_shared, actor=request.actor, now=timezone.now()
    )
    return Status(201, _out(kept, request))


@router.get("/measures", response=answers(list[KeptOut]), operation_id="listKeptMeasures", summary="List kept measures")
@door(DangerPermission.VIEW)
def get_measures(request: Request) -> list[KeptOut]:
    """Return what you keep, and what colleagues share, by name."""
    return [_out(one, request) for one in kept_measures_for(request.actor)]


@router.post(
    "/measures/{int:measure_id}/remove",
    response=writes(None, 204),
    operation_id="removeMeasures",
    summary="Remove kept measures",
)
@door(DangerPermission.VIEW)
def post_measure_remove(request: Request, measure_id: PathId) -> Status[None]:
    """Throw measures away that you keep."""
    remove_measure(measure_id, actor=request.actor, now=timezone.now())
    return Status(204, None)


def _out(one: KeptMeasure, request: Request) -> KeptOut:
    return KeptOut(
        id=one.pk,
        name=one.name,
        text=one.text,
        standard=one.standard,
        clause=one.clause,
        matter=one.matter,
        is_own=one.account_id == request.actor.id,
        is_shared=one.is_shared,
        at=one.at,
    )
