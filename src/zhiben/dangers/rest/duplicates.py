"""Dangers told twice: pairs to look at, merging, taking out again, and telling again of one that stands."""

from datetime import datetime
from typing import Any, Literal, cast
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema, Status

from zhiben.dangers.domain.kinds import Channel
from zhiben.dangers.domain.likeness import Sign
from zhiben.dangers.models import DuplicateProposal
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.rest.dangers import ReportedOut
from zhiben.dangers.selectors.duplicates import proposal_for, proposals_about, proposals_for
from zhiben.dangers.selectors.reading import danger_for
from zhiben.dangers.services.merging import Merged, merge_danger, unmerge_danger
from zhiben.dangers.services.proposing import tell_apart
from zhiben.dangers.services.report import Reported
from zhiben.dangers.services.retelling import Retelling, tell_again
from zhiben.kernel.ids import uuid7
from zhiben.orgs.api import After, Id, In, Limit, Page, PathId, answers, cursor_of, keys_of, writes
from zhiben.orgs.doors import Request, door
from zhiben.orgs.public import unit_at

router = Router(tags=["dangers"])
LONG = 5000
Answer = Literal["open", "merged", "not_same"]


class SignOut(Schema):
    """One sign for or against, its points of the score, and what it rests on."""

    sign: Sign
    points: int
    facts: dict[str, Any]


class PairOut(Schema):
    """Two dangers that may be one. `first` and `second` are their numbers, `first` the older row."""

    id: int
    first: int
    second: int
    score: int
    reasons: list[SignOut]
    found_at: datetime
    answer: Answer
    answered_at: datetime | None
    reason: str


class MergeIn(In):
    """Which danger is kept, and why the two are one."""

    into: Id
    reason: str = Field(min_length=1, max_length=LONG)
    version: int | None = Field(None, ge=1, le=2**31 - 1, description="of the danger you looked at; else the present")


class ReasonIn(In):
    """Why."""

    reason: str = Field(min_length=1, max_length=LONG)


class MergedOut(Schema):
    """The one merged, the one kept with its official number, and the version of the one merged."""

    id: int
    into: int
    number: str
    version: int


class SourceIn(In):
    """A telling of a danger that stands already."""

    channel: Channel
    text: str = Field("", max_length=LONG)
    place: str = Field("", max_length=300)
    finder: str = Field("", max_length=100)
    ref: str = Field("", max_length=100)
    reward_ref: str = Field("", max_length=100)
    uid: UUID | None = Field(None, description="a UUID of your own: sent twice, it is one telling")


@router.get(
    "/duplicates", response=answers(Page[PairOut]), operation_id="listDuplicates", summary="List likely duplicates"
)
@door(DangerPermission.VIEW)
def get_duplicates(request: Request, unit: str = "", after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """Return the pairs that wait for an answer, newest first; below a unit, by path or division code."""
    rows = proposals_for(request.actor, unit=unit_at(unit).path if unit else "")
    keys = keys_of(after, [int])
    rows = rows.filter(pk__lt=keys[0]) if keys else rows
    found = list(rows[: limit + 1])
    following = cursor_of(found[limit - 1].pk) if len(found) > limit else None
    return {"items": [_pair(row) for row in found[:limit]], "next": following}


@router.get(
    "/dangers/{int:danger_id}/duplicates",
    response=answers(list[PairOut]),
    operation_id="listDangerDuplicates",
    summary="List a danger's likely duplicates",
)
@door(DangerPermission.VIEW)
def get_danger_duplicates(request: Request, danger_id: PathId) -> list[PairOut]:
    """Return the pairs that wait with this danger, the likeliest first."""
    return [_pair(row) for row in proposals_about(request.actor, danger_for(request.actor, danger_id))]


@router.post(
    "/dangers/{int:danger_id}/merge", response=writes(MergedOut, 200), operation_id="mergeDanger", summary="Merge"
)
@door(DangerPermission.MERGE)
def post_merge(request: Request, danger_id: PathId, body: MergeIn) -> Merged:
    """Take this danger into another: it leaves the stock as voided, and all that was told of it stays on record."""
    return merge_danger(
        danger_id, body.into, body.reason, actor=request.actor, now=timezone.now(), version=body.version
    )


@router.post(
    "/dangers/{int:danger_id}/unmerge",
    response=writes(MergedOut, 200),
    operation_id="unmergeDanger",
    summary="Take a merger back",
)
@door(DangerPermission.MERGE)
def post_unmerge(request: Request, danger_id: PathId, body: ReasonIn) -> Merged:
    """Take this danger out of the one it was merged into, as it was before: state, clocks and figures."""
    return unmerge_danger(danger_id, body.reason, actor=request.actor, now=timezone.now())


@router.post(
    "/duplicates/{int:proposal_id}/not-same",
    response=writes(PairOut, 200),
    operation_id="tellApart",
    summary="Say that two are not the same",
)
@door(DangerPermission.MERGE)
def post_not_same(request: Request, proposal_id: PathId, body: ReasonIn) -> PairOut:
    """Say that two dangers are not the same; it is remembered, and the pair is never proposed again."""
    tell_apart(proposal_id, body.reason, actor=request.actor, now=timezone.now())
    return _pair(proposal_for(request.actor, proposal_id))


@router.post(
    "/dangers/{int:danger_id}/sources",
    response=writes(ReportedOut),
    operation_id="tellAgain",
    summary="Tell again of a danger",
)
@door(DangerPermission.REPORT)
def post_source(request: Request, danger_id: PathId, body: SourceIn) -> Status[Reported]:
    """Lay your telling to the sources of a danger that stands already, with its own reporter and reward."""
    told = Retelling(**body.model_dump(exclude={"uid"}), uid=body.uid or uuid7())
    return Status(201, tell_again(danger_id, told, actor=request.actor, now=timezone.now()))


def _pair(row: DuplicateProposal) -> PairOut:
    return PairOut(
        id=row.pk,
        first=row.first_id,
        second=row.second_id,
        score=row.score,
        reasons=[SignOut(**reason) for reason in row.reasons],
        found_at=row.found_at,
        answer=cast("Answer", row.answer),
        answered_at=row.answered_at,
        reason=row.reason,
    )
