"""Notices of a danger that need a receipt: who was told, who has read them, what remains; and a receipt noted."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema, Status

from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.reading import danger_for
from zhiben.dangers.selectors.receipts import Told, message_about, told_of, told_one
from zhiben.dangers.services.receipts import note_receipt
from zhiben.notices.public import NotedBy, NoticePermission, Relation
from zhiben.orgs.api import In, PathId, answers, writes
from zhiben.orgs.doors import Request, door

router = Router(tags=["dangers"])


class SentOut(Schema):
    """One channel that was used; without `at` it has not gone out."""

    channel: str
    at: datetime | None
    has_ended: bool = Field(description="not sent, and not tried any more")
    error: str


class GotOut(Schema):
    """One receipt; `proxy` read it for the person named."""

    person: str
    channel: str
    at: datetime
    proxy: str
    relation: str


class ToldOut(Schema):
    """One notice to a person, or to a circle (a department, a workers' congress) of which one receipt is enough."""

    id: UUID
    kind: str
    people: list[str]
    roles: list[str]
    made_at: datetime
    sent: list[SentOut]
    receipts: list[GotOut]
    next_channel: str = Field(description="used when nobody has read it by `next_at`; empty: nothing by itself")
    next_at: datetime | None
    by_hand_since: datetime | None


class ReceiptIn(In):
    """How a notice was received, and by whom."""

    channel: NotedBy
    name: str = Field(min_length=1, max_length=60, description="who read it")
    relation: Relation = Field(description="what they are to the person named")
    note: str = Field("", max_length=200)


@router.get(
    "/dangers/{int:danger_id}/notices",
    response=answers(list[ToldOut]),
    operation_id="listDangerNotices",
    summary="List a danger's notices with receipts",
)
@door(DangerPermission.VIEW)
def get_danger_notices(request: Request, danger_id: PathId) -> list[ToldOut]:
    """Return who was told by law and what remains; nothing to those who may not see how notices go."""
    return [_told(one) for one in told_of(request.actor, danger_for(request.actor, danger_id))]


@router.post(
    "/dangers/{int:danger_id}/notices/{uuid:message_id}/receipts",
    response=writes(ToldOut),
    operation_id="addNoticeReceipt",
    summary="Note the receipt of a notice",
)
@door(NoticePermission.DELIVER)
def post_notice_receipt(request: Request, danger_id: PathId, message_id: UUID, body: ReceiptIn) -> Status[ToldOut]:
    """Note that a person got a notice on paper, by telephone or by hand, or that somebody took it for them."""
    note_receipt(danger_id, message_id, **body.model_dump(), actor=request.actor, now=timezone.now())
    danger = danger_for(request.actor, danger_id)
    return Status(201, _told(told_one(danger, message_about(danger, message_id))))


def _told(one: Told) -> ToldOut:
    return ToldOut(
        id=one.message,
        kind=one.kind,
        people=list(one.people),
        roles=list(one.roles),
        made_at=one.made_at,
        sent=[SentOut(channel=s.channel, at=s.at, has_ended=s.has_ended, error=s.error) for s in one.sent],
        receipts=[
            GotOut(person=g.person, channel=g.channel, at=g.at, proxy=g.proxy, relation=g.relation) for g in one.got
        ],
        next_channel=one.next_channel,
        next_at=one.next_at,
        by_hand_since=one.by_hand_since,
    )
