"""One step for many dangers over the wire: always by a worker, told row by row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema, Status

from zhiben.dangers.domain.bulk import BulkState, Outcome
from zhiben.dangers.domain.kinds import Level
from zhiben.dangers.domain.moves import Given, Move
from zhiben.dangers.models import BulkRow, BulkRun
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.bulk import bulk_for, may_undo, outcomes_of
from zhiben.dangers.services.bulk import AT_ONCE, MOST, choose_dangers, retry_bulk, start_bulk, undo_bulk
from zhiben.kernel.errors import Refusal
from zhiben.orgs.api import Day, Id, In, answers, sentence_of, writes
from zhiben.orgs.doors import Request, door

router = Router(tags=["dangers"])
LONG = 5000


class BulkIn(In):
    """The dangers and the step, with what it needs."""

    dangers: list[Id] = Field(min_length=1, max_length=MOST)
    move: Move
    reason: str = Field("", max_length=LONG)
    level: Level | None = None
    local_level: str = Field("", max_length=40)
    owner: Id | None = None
    owner_unit: Id | None = None
    due_on: Day | None = None
    department: Id | None = None
    order: str = Field("", max_length=100, description="number of the document behind the step")


class BulkRowOut(Schema):
    """What became of one danger; of a refusal its code, its sentence in your language and its facts, as of any problem."""

    danger: int
    outcome: Outcome
    code: str
    message: str
    facts: dict[str, Any]


class BulkOut(Schema):
    """A step for many: where it stands, and its rows."""

    id: UUID
    state: BulkState
    move: Move
    made_at: datetime
    done: int
    refused: int
    unchanged: int
    undone: int
    waiting: int
    left_out: int = Field(description="dangers that were not there for you")
    may_undo: bool = Field(description=f"soon, and of up to {AT_ONCE} dangers")
    rows: list[BulkRowOut]


@router.post("/bulk", response=writes(BulkOut, 202), operation_id="moveDangers", summary="Take a step for many")
@door(DangerPermission.VIEW)
def post_bulk(request: Request, body: BulkIn) -> Status[BulkOut]:
    """Take many dangers through one step, each by itself: what is refused holds up none of the others. Ask for the result."""
    now = timezone.now()
    run = choose_dangers(body.dangers, actor=request.actor, now=now)
    given = Given(**body.model_dump(exclude={"dangers", "move"}))
    return Status(202, _out(start_bulk(run.pk, body.move, given, actor=request.actor, now=now, as_job=True)))


@router.get(
    "/bulk/{uuid:run_id}", response=answers(BulkOut), operation_id="getBulk", summary="Read what became of many"
)
@door(DangerPermission.VIEW)
def get_bulk(request: Request, run_id: UUID) -> BulkOut:
    """Return how far a step for many is, row by row."""
    return _out(bulk_for(request.actor, run_id))


@router.post(
    "/bulk/{uuid:run_id}/retry",
    response=writes(BulkOut, 202),
    operation_id="retryBulk",
    summary="Try the refused again",
)
@door(DangerPermission.VIEW)
def post_bulk_retry(request: Request, run_id: UUID) -> Status[BulkOut]:
    """Try once more what was refused, as it stands now, and go on with what waits."""
    return Status(202, _out(retry_bulk(run_id, actor=request.actor, now=timezone.now(), as_job=True)))


@router.post(
    "/bulk/{uuid:run_id}/undo", response=writes(BulkOut, 200), operation_id="undoBulk", summary="Undo a step for many"
)
@door(DangerPermission.VIEW)
def post_bulk_undo(request: Request, run_id: UUID) -> BulkOut:
    """Take back what was done, each danger by itself. What somebody was told of stays done: its row says why."""
    return _out(undo_bulk(run_id, actor=request.actor, now=timezone.now()))


def _out(run: BulkRun) -> BulkOut:
    counts = outcomes_of(run)
    return BulkOut(
        id=run.pk,
        state=BulkState(run.state),
        move=Move(run.move),
        made_at=run.made_at,
        done=counts[Outcome.DONE],
        refused=counts[Outcome.REFUSED],
        unchanged=counts[Outcome.UNCHANGED],
        undone=counts[Outcome.UNDONE],
        waiting=counts[Outcome.WAITING],
        left_out=run.left_out,
        may_undo=may_undo(run, counts[Outcome.DONE], most=AT_ONCE, now=timezone.now()),
        rows=[_row(row) for row in run.rows.order_by("danger")],
    )


def _row(row: BulkRow) -> BulkRowOut:
    message = sentence_of(Refusal(row.code, **row.facts)) if row.code else ""
    outcome = Outcome(row.outcome)
    return BulkRowOut(danger=row.danger_id, outcome=outcome, code=row.code, message=message, facts=row.facts)
