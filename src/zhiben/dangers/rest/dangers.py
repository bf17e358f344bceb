"""One danger: read it whole, report it, read its history."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from ninja import Field, Query, Schema, Status

from zhiben.dangers.domain.kinds import Channel, Confidentiality, EvidenceKind, Flag, Role
from zhiben.dangers.models import Danger, Participant, Source, StopOrder
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.rest import lists
from zhiben.dangers.rest.shapes import (
    CandidateOut,
    DangerOut,
    DeadlineOut,
    EntryOut,
    EvidenceOut,
    MemberOut,
    OfferOut,
    ParticipantOut,
    PartOut,
    SourceOut,
    StopOut,
)
from zhiben.dangers.selectors.offers import Offer
from zhiben.dangers.selectors.page import DangerPage, DeadlineView, danger_page
from zhiben.dangers.selectors.reading import danger_by_uid, danger_for, subject_of
from zhiben.dangers.services.intake import NewDanger
from zhiben.dangers.services.report import report_danger
from zhiben.journal.public import Recorded, history, label_of
from zhiben.kernel.ids import uuid7
from zhiben.orgs.api import MOST, Day, Id, In, PathId, UnitName, answers, words, writes
from zhiben.orgs.doors import Request, door
from zhiben.orgs.rest.places import unit_number

router = lists.router  # one for both: ninja asks only the first that knows an address


class DangerIn(In):
    """A danger as it is found. What is left out is worked out from the words and the place."""

    unit: UnitName
    description: str = Field(min_length=1, max_length=5000)
    found_on: Day
    channel: Channel
    uid: UUID | None = Field(None, description="a UUID (version 7) of your own: told again, it is the same danger")
    place_text: str = Field("", max_length=300)
    found_at: datetime | None = None
    party: Id | None = Field(None, description="the enterprise responsible there, where it is not the site's own")
    industry: str = Field("", max_length=40)
    industries: list[str] = Field(default_factory=list, max_length=64)
    matter: str = Field("", max_length=40)
    local_level: str = Field("", max_length=40)
    confidentiality: Confidentiality = Confidentiality.NORMAL
    finder: str = Field("", max_length=100, description="who found it, where that is nobody with an account")
    ref: str = Field("", max_length=100, description="number of the visit, tip or alarm behind it")


class ReportedOut(Schema):
    """What became of a report: a new danger, or the one that was told before."""

    id: int
    uid: UUID
    number: str
    is_new: bool


@router.post(
    "/dangers",
    response={200: ReportedOut, **writes(ReportedOut)},
    operation_id="reportDanger",
    summary="Report a danger",
)
@door(DangerPermission.REPORT)
def post_danger(request: Request, body: DangerIn) -> Status[Any]:
    """Report a danger: 201 where it is new; 200 with the danger known before, by uid or by site, day, place and words.

    Photos follow by `POST /dangers/{id}/files`.
    """
    told = report_danger(_new(body), actor=request.actor, now=timezone.now())
    return Status(201 if told.is_new else 200, told)


@router.get("/dangers/{int:danger_id}", response=answers(DangerOut), operation_id="getDanger", summary="Read a danger")
@door(DangerPermission.VIEW)
def get_danger(request: Request, danger_id: PathId) -> DangerOut:
    """Return a danger with deadlines, flags, candidate clauses, sources, plan, evidence and the steps open to you."""
    return _whole(danger_page(request.actor, danger_id, now=timezone.now()))


@router.get(
    "/dangers/uid/{uuid:uid}",
    response=answers(DangerOut),
    operation_id="getDangerByUid",
    summary="Read a danger by its uid",
)
@door(DangerPermission.VIEW)
def get_danger_by_uid(request: Request, uid: UUID) -> DangerOut:
    """Return the danger that a client made under a uid of its own."""
    found = danger_by_uid(request.actor, uid)
    return _whole(danger_page(request.actor, found.pk, now=timezone.now()))


@router.get(
    "/dangers/{int:danger_id}/history",
    response=answers(list[EntryOut]),
    operation_id="getDangerHistory",
    summary="Read a danger's history",
)
@door(DangerPermission.VIEW)
def get_danger_history(
    request: Request, danger_id: PathId, limit: Annotated[int, Query(ge=1, le=MOST)] = MOST
) -> list[EntryOut]:
    """Return the newest entries of the journal about a danger, oldest first."""
    found = danger_for(request.actor, danger_id)
    return [_entry(one) for one in history(subject_of(found.pk), limit=limit)]


def _new(body: DangerIn) -> NewDanger:
    return NewDanger(
        unit_id=unit_number(body.unit),
        description=body.description,
        found_on=body.found_on,
        channel=body.channel,
        uid=body.uid or uuid7(),
        place_text=body.place_text,
        found_at=body.found_at,
        party_id=body.party,
        industry=body.industry,
        industries=frozenset(body.industries),
        matter=body.matter,
        local_level=body.local_level,
        confidentiality=body.confidentiality,
        finder=body.finder,
        ref=body.ref,
    )


def _row(danger: Danger) -> dict[str, Any]:
    """Return what a list tells of a danger, and what only its page does: columns of the same names."""
    plain = {name: getattr(danger, name) for name in DangerOut.model_fields if hasattr(danger, name)}
    return plain | {
        "unit": danger.unit_id,
        "unit_name": danger.unit.name,
        "enterprise": danger.enterprise_id,
        "enterprise_name": danger.enterprise.name if danger.enterprise else None,
        "party": danger.party_id,
        "department": danger.department_id,
        "owner": danger.owner_person_id,
        "owner_name": danger.owner_person.name if danger.owner_person else danger.owner_text,
        "transferred_to": danger.transferred_to_id,
        "owner_unit": danger.owner_unit_id,
        "merged_into": danger.merged_into_id,
        "merged_number": danger.merged_into.number if danger.merged_into else None,
        "flags": [flag for flag in Flag if getattr(danger, f"is_{flag}")],
    }


def _whole(page: DangerPage) -> DangerOut:
    beside = {
        "deadlines": [deadline_out(one) for one in page.deadlines],
        "candidates": [CandidateOut.from_orm(one) for one in page.candidates],
        "sources": [_source(one) for one in page.sources],
        "participants": [_participant(one) for one in page.participants],
        "five": [
            PartOut(part=one.part, is_filled=one.is_filled, lacks=list(one.lacks), is_evidenced=one.is_evidenced)
            for one in page.five
        ],
        "plan": page.plan,
        "evidence": [
            EvidenceOut(danger=one.danger_id, file=one.file, kind=EvidenceKind(one.kind), part=one.part, at=one.at)
            for one in page.evidence
        ],
        "extensions": list(page.extensions),
        "stops": [_stop(one) for one in page.stops],
        "evacuations": list(page.evacuations),
        "assistance": list(page.assistance),
        "flag_history": list(page.flags),
        "merged": [MemberOut.from_orm(one) for one in page.merged],
        "moves": [offer_out(offer) for offer in page.offers],
    }
    return DangerOut.model_validate(_row(page.danger) | beside)


def _stop(one: StopOrder) -> StopOut:
    told = {name: getattr(one, name) for name in StopOut.model_fields if name != "workshop"}
    return StopOut(workshop=one.workshop.pk if one.workshop else None, **told)


def _source(one: Source) -> SourceOut:
    return SourceOut(
        danger=one.danger_id,
        channel=Channel(one.channel),
        at=one.at,
        person=one.person.pk if one.person else None,
        finder=one.finder,
        ref=one.ref,
        reward_ref=one.reward_ref,
        text=one.text,
    )


def _participant(one: Participant) -> ParticipantOut:
    name = one.person.name if one.person else one.department.name if one.department else ""
    return ParticipantOut(
        danger=one.danger_id,
        role=Role(one.role),
        person=one.person_id,
        name=name,
        department=one.department.pk if one.department else None,
        at=one.at,
        is_current=one.is_current,
    )


def deadline_out(one: DeadlineView) -> DeadlineOut:
    """Return a deadline as the API tells it."""
    return DeadlineOut(
        clock=one.clock,
        label=words(one.label),
        day=date.fromisoformat(one.day),
        set_by=one.set_by,
        basis=words(one.basis),
        reason=one.reason,
        at=one.at,
        is_current=one.is_current,
    )


def offer_out(offer: Offer) -> OfferOut:
    """Return a step as the API tells it."""
    return OfferOut(
        move=offer.move,
        label=words(offer.label),
        is_open=offer.is_open,
        needs=list(offer.needs),
        to_give=list(offer.to_give),
        reasons=list(offer.reasons),
    )


def _entry(one: Recorded) -> EntryOut:
    return EntryOut(
        at=one.at,
        on=one.on,
        code=one.code,
        label=words(label_of(one.code)),
        actor=one.actor,
        actor_name=one.actor_label,
        body=dict(one.body),
    )
