"""The clearing ledger: what came, went and stands open between two days."""

from dataclasses import asdict
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from zhiben.insights.ledger import By, clearing
from zhiben.insights.permissions import InsightPermission
from zhiben.kernel.actor import Actor, Place
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.orgs.api import Day, In, answers
from zhiben.orgs.doors import Request, door
from zhiben.orgs.models import Unit
from zhiben.orgs.public import unit_at

router = Router(tags=["insights"])
YEARS = 10  # of one question


class ClearingIn(In):
    """Which part of the tree, from when to when (both days included), in which cut."""

    unit: str = Field("", max_length=200, description="path or division code; without it the whole tree")
    since: Day = Field(alias="from")
    until: Day = Field(alias="to")
    by: By | None = None


class ClearingLine(Schema):
    """open_after = open_before + found + reopened + moved_in − moved_out − signed_off − voided, always."""

    cell: dict[str, Any]
    open_before: int
    found: int
    reopened: int
    moved_in: int
    moved_out: int
    signed_off: int
    voided: int
    open_after: int
    overdue: int


class ClearingOut(Schema):
    """The rows of the ledger."""

    rows: list[ClearingLine]


@router.get(
    "/insights/clearing", response=answers(ClearingOut), operation_id="getClearing", summary="Read the clearing ledger"
)
@door(InsightPermission.VIEW)
def get_clearing(request: Request, asked: Annotated[ClearingIn, Query()]) -> dict[str, Any]:
    """Return the ledger of a unit you see whole: figures of a part of its industries are no figures of the unit."""
    if asked.until.year - asked.since.year > YEARS:
        raise Invalid("period:too-long", field="to", years=YEARS)
    unit = _unit_seen_whole(request.actor, asked.unit)
    rows = clearing(unit, asked.since, asked.until, by=asked.by)
    return {"rows": [{"cell": cell, **asdict(row)} for cell, row in rows]}


def _unit_seen_whole(actor: Actor, name: str) -> Unit | None:
    top = unit_at(name) if name else Unit.objects.filter(parent=None).order_by("pk").first()
    # a grant for some industries or matters reaches no place that names none of them
    if top is None or not actor.may(InsightPermission.VIEW, Place(top.path, top.enterprise_id)):
        raise NotFound("unit:not-found", unit=name)
    return top if name else None
