"""The steps of the loop: which are open, and taking one."""

from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema

from zhiben.dangers.domain.kinds import ClosureGround, EvidenceKind, Extent, Level, Part, State, StopStatus
from zhiben.dangers.domain.moves import Given, Move, Plan, Proof
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.rest.dangers import offer_out
from zhiben.dangers.rest.shapes import OfferOut
from zhiben.dangers.selectors.offers import moves_for
from zhiben.dangers.selectors.reading import danger_for
from zhiben.dangers.services.moves import Moved, move_danger
from zhiben.orgs.api import BIGGEST, Day, Id, In, PathId, answers, writes
from zhiben.orgs.doors import Request, door

router = Router(tags=["dangers"])
LONG = 5000


class ProofIn(In):
    """A file kept on this danger, and what it shows."""

    kind: EvidenceKind
    file: UUID


class PartProofIn(In):
    """A file kept on this danger that proves one of the five implementations."""

    part: Part
    file: UUID


class PlanIn(In):
    """The six parts of a treatment plan and the interim measures; what is left out stays as it was."""

    goal: str | None = Field(None, max_length=LONG)
    measures: str | None = Field(None, max_length=LONG)
    funds: str | None = Field(None, max_length=LONG)
    funds_fen: int | None = Field(None, ge=0, le=BIGGEST)
    people: str | None = Field(None, max_length=LONG)
    time_limit: str | None = Field(None, max_length=LONG)
    safety: str | None = Field(None, max_length=LONG)
    interim: str | None = Field(None, max_length=LONG)
    evidence: list[PartProofIn] = Field(default_factory=list, max_length=50)


class MoveIn(In):
    """A step and what it needs: `GET …/moves` says what that is."""

    move: Move
    version: int | None = Field(None, ge=1, le=2**31 - 1, description="of the danger you looked at; else the present")
    reason: str = Field("", max_length=LONG)
    level: Level | None = None
    local_level: str = Field("", max_length=40)
    owner: Id | None = None
    owner_unit: Id | None = None
    due_on: Day | None = None
    department: Id | None = None
    report: str = Field("", max_length=LONG)
    on_site: bool = False
    officers: list[Id] = Field(default_factory=list, max_length=20)
    assessor: str = Field("", max_length=200)
    by_agency: bool = False
    granted: bool | None = None
    force_majeure: bool = False
    scope: str = Field("", max_length=LONG, description="what must stop, in words")
    extent: Extent | None = Field(None, description="how much must stop; a part, where only a scope is told")
    workshop: Id | None = Field(None, description="the unit on the site that must stop")
    equipment: str = Field("", max_length=300)
    withdrawn: int | None = Field(None, ge=0, le=100_000, description="how many were withdrawn")
    addressee: str = Field("", max_length=200, description="the government asked for assistance")
    conclusion: bool | None = Field(None, description="of the assessment: fit to resume")
    ground: ClosureGround | None = Field(None, description="why closure is asked for")
    outcome: StopStatus | None = None
    plan: PlanIn | None = None
    order: str = Field("", max_length=100, description="number of the document behind the step")
    proofs: list[ProofIn] = Field(default_factory=list, max_length=50)


class MovedOut(Schema):
    """Where the danger stands now."""

    id: int
    state: State
    version: int


@router.get(
    "/dangers/{int:danger_id}/moves", response=answers(list[OfferOut]), operation_id="listMoves", summary="List steps"
)
@door(DangerPermission.VIEW)
def get_moves(request: Request, danger_id: PathId) -> list[OfferOut]:
    """Return the steps your permissions allow, open ones first, each with what it needs and what stands against it."""
    found = danger_for(request.actor, danger_id)
    return [offer_out(offer) for offer in moves_for(request.actor, found, now=timezone.now())]


@router.post(
    "/dangers/{int:danger_id}/moves", response=writes(MovedOut, 200), operation_id="moveDanger", summary="Take a step"
)
@door(DangerPermission.VIEW)
def post_move(request: Request, danger_id: PathId, body: MoveIn) -> Moved:
    """Take a step of the loop. Whoever was faster answers 409; what is missing 422, naming the field."""
    given = _given(body)
    return move_danger(danger_id, body.move, given, actor=request.actor, now=timezone.now(), version=body.version)


def _given(body: MoveIn) -> Given:
    plain = body.model_dump(exclude={"move", "version", "officers", "proofs", "plan"})
    return Given(
        **plain,
        officers=tuple(body.officers),
        proofs=tuple(Proof(one.kind, one.file) for one in body.proofs),
        plan=_plan(body.plan) if body.plan else None,
    )


def _plan(plan: PlanIn) -> Plan:
    evidence = tuple((one.part, one.file) for one in plan.evidence)
    return Plan(**plan.model_dump(exclude={"evidence"}), evidence=evidence)
