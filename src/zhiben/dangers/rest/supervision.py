"""Listed supervision and the ladder over the wire: listings, what is published of them, rungs, a region's rules."""

from datetime import date, datetime
from typing import Any, Literal

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.ladder import Rung
from zhiben.dangers.domain.listing import ListingState, PublicationKind, PublicationState
from zhiben.dangers.domain.rungs import RungState
from zhiben.dangers.domain.standing_rules import RulesKind
from zhiben.dangers.models import LadderRung, Listing, Publication, RegionalRules
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.rest.paging import paged
from zhiben.dangers.selectors.listings import listed_rows, listing_for
from zhiben.dangers.selectors.publications import publication_for, publications_for
from zhiben.dangers.selectors.regional import rules_by_id, rules_of_unit
from zhiben.dangers.selectors.rungs import rung_for, rungs_for
from zhiben.dangers.services.publications import draft_publication, release_publication, withdraw_publication
from zhiben.dangers.services.regional import switch_off, switch_on
from zhiben.dangers.services.rungs import issue_rung, skip_rung
from zhiben.law.listings import Authority
from zhiben.orgs.api import After, Day, In, Limit, Page, PathId, answers, writes
from zhiben.orgs.doors import Request, door
from zhiben.orgs.public import unit_at, unit_for

router = Router(tags=["supervision"])
LONG = 4000


class ListingOut(Schema):
    """A danger under listed supervision, by an order, at a level of authority."""

    id: int
    danger: int
    authority: Authority
    department: int | None
    order: str
    reason: str
    state: ListingState
    listed_on: date
    limit_on: date
    longest_on: date
    ask_until: date
    reviewed_on: date | None
    review: str
    ended_on: date | None
    end_reason: str


class ListingsIn(In):
    """Narrowings of the list."""

    view: Literal["standing", "late", "ended"] = "standing"
    level: Authority | None = None
    unit: str = Field("", max_length=200, description="path or division code: it and what lies below")


class PublicationOut(Schema):
    """What the public may read of a listing or its removal."""

    id: int
    listing: int
    kind: PublicationKind
    state: PublicationState
    enterprise: str
    place: str
    text: str
    drafted_at: datetime
    released_at: datetime | None
    withdrawn_at: datetime | None
    reason: str


class PublicationIn(In):
    """The words to be published: without the names and numbers of persons."""

    kind: PublicationKind
    place: str = Field("", max_length=300)
    text: str = Field(min_length=1, max_length=LONG)


class ReasonIn(In):
    """Why."""

    reason: str = Field(min_length=1, max_length=500)


class RungOut(Schema):
    """A rung of the ladder raised for a danger past its limit; `document` is its draft, or what was issued."""

    id: int
    danger: int
    rung: Rung
    state: RungState
    since: date
    due_on: date
    document: str | None
    number: str
    recipient: str
    settled_on: date | None
    reason: str


class RungsIn(In):
    """Narrowings of the list."""

    state: RungState | None = None


class RulesOut(Schema):
    """A region's rules: a draft until `since` is set; `until` is the first day they no longer hold."""

    id: int
    kind: RulesKind
    unit: int
    template: str
    basis: str
    body: dict[str, Any]
    version: int
    since: date | None
    until: date | None


class RulesIn(In):
    """Whose rules."""

    unit: str = Field(min_length=1, max_length=200, description="path or division code of the region")
    kind: RulesKind


class SwitchOnIn(In):
    """From which day on; `version` is the draft that was looked at."""

    since: Day
    version: int = Field(ge=1, le=1_000_000)


class SwitchOffIn(In):
    """From which day on they hold no more, and why."""

    until: Day
    reason: str = Field(min_length=1, max_length=500)


@router.get("/listings", response=answers(Page[ListingOut]), operation_id="listListings", summary="List listings")
@door(DangerPermission.VIEW)
def get_listings(
    request: Request, filters: Query[ListingsIn], after: After = "", limit: Limit = 50
) -> Page[ListingOut]:
    """Return the listings of the dangers in scope, in the order they were made."""
    path = unit_at(filters.unit).path if filters.unit else ""
    view = "" if filters.view == "standing" else filters.view
    today = china_day(timezone.now())
    rows = listed_rows(request.actor, view=view, path=path, level=filters.level, today=today)
    return paged(rows, _listing, after=after, limit=limit)


@router.get(
    "/listings/{int:listing_id}", response=answers(ListingOut), operation_id="getListing", summary="Read a listing"
)
@door(DangerPermission.VIEW)
def get_listing(request: Request, listing_id: PathId) -> ListingOut:
    """Return one listing."""
    return _listing(listing_for(request.actor, listing_id, DangerPermission.VIEW))


@router.get(
    "/publications", response=answers(Page[PublicationOut]), operation_id="listPublications",
    summary="List publications",
)  # fmt: skip
@door(DangerPermission.PUBLISH)
def get_publications(request: Request, after: After = "", limit: Limit = 50) -> Page[PublicationOut]:
    """Return what was drafted, released or withdrawn in scope."""
    return paged(publications_for(request.actor), _publication, after=after, limit=limit)


@router.post(
    "/listings/{int:listing_id}/publications", response=writes(PublicationOut), operation_id="draftPublication",
    summary="Draft a publication",
)  # fmt: skip
@door(DangerPermission.PUBLISH)
def post_publication(request: Request, listing_id: PathId, body: PublicationIn) -> Status[PublicationOut]:
    """Write down what the public may read; another person releases it."""
    told = {"place": body.place, "text": body.text}
    made = draft_publication(listing_id, body.kind, **told, actor=request.actor, now=timezone.now())
    return Status(201, _publication(made))


@router.post(
    "/publications/{int:publication_id}/release", response=writes(PublicationOut, 200),
    operation_id="releasePublication", summary="Release a publication",
)  # fmt: skip
@door(DangerPermission.PUBLISH)
def post_release(request: Request, publication_id: PathId) -> PublicationOut:
    """Let everybody read it: not by whoever drafted it."""
    release_publication(publication_id, actor=request.actor, now=timezone.now())
    return _publication(publication_for(request.actor, publication_id))


@router.post(
    "/publications/{int:publication_id}/withdraw", response=writes(PublicationOut, 200),
    operation_id="withdrawPublication", summary="Withdraw a publication",
)  # fmt: skip
@door(DangerPermission.PUBLISH)
def post_publication_withdraw(request: Request, publication_id: PathId, body: ReasonIn) -> PublicationOut:
    """Take a publication or its draft back, with the reason."""
    withdraw_publication(publication_id, reason=body.reason, actor=request.actor, now=timezone.now())
    return _publication(publication_for(request.actor, publication_id))


@router.get("/rungs", response=answers(Page[RungOut]), operation_id="listRungs", summary="List rungs of the ladder")
@door(DangerPermission.LADDER)
def get_rungs(request: Request, filters: Query[RungsIn], after: After = "", limit: Limit = 50) -> Page[RungOut]:
    """Return the rungs in scope, in the order they were raised."""
    rows = rungs_for(request.actor)
    rows = rows.filter(state=str(filters.state)) if filters.state else rows
    return paged(rows, _rung, after=after, limit=limit)


@router.post(
    "/rungs/{int:rung_id}/issue", response=writes(RungOut, 200), operation_id="issueRung", summary="Issue a rung"
)
@door(DangerPermission.LADDER)
def post_rung_issue(request: Request, rung_id: PathId) -> RungOut:
    """Sign the document of a rung as oneself: it gets its number, and the enterprise is told."""
    issue_rung(rung_id, actor=request.actor, now=timezone.now())
    return _rung(rung_for(request.actor, rung_id))


@router.post("/rungs/{int:rung_id}/skip", response=writes(RungOut, 200), operation_id="skipRung", summary="Skip a rung")
@door(DangerPermission.LADDER)
def post_rung_skip(request: Request, rung_id: PathId, body: ReasonIn) -> RungOut:
    """Leave a rung out, with the reason."""
    skip_rung(rung_id, reason=body.reason, actor=request.actor, now=timezone.now())
    return _rung(rung_for(request.actor, rung_id))


@router.get("/rules", response=answers(list[RulesOut]), operation_id="listRules", summary="Rules of a region")
@door(DangerPermission.RULES)
def get_rules(request: Request, filters: Query[RulesIn]) -> list[RulesOut]:
    """Return what a region wrote down of a kind, newest first."""
    unit = unit_for(request.actor, unit_at(filters.unit).pk, DangerPermission.RULES)
    return [_rules(row) for row in rules_of_unit(filters.kind, unit)]


@router.post(
    "/rules/{int:rules_id}/on", response=writes(RulesOut, 200), operation_id="switchOnRules", summary="Switch rules on"
)
@door(DangerPermission.RULES)
def post_rules_on(request: Request, rules_id: PathId, body: SwitchOnIn) -> RulesOut:
    """Let a draft hold from a day on; what it would have sent in the year before is kept with it."""
    switch_on(rules_id, body.since, version=body.version, actor=request.actor, now=timezone.now())
    return _rules(rules_by_id(request.actor, rules_id))


@router.post(
    "/rules/{int:rules_id}/off",
    response=writes(RulesOut, 200),
    operation_id="switchOffRules",
    summary="Switch rules off",
)
@door(DangerPermission.RULES)
def post_rules_off(request: Request, rules_id: PathId, body: SwitchOffIn) -> RulesOut:
    """Let rules hold no more from a day on, with the reason."""
    switch_off(rules_id, body.until, reason=body.reason, actor=request.actor, now=timezone.now())
    return _rules(rules_by_id(request.actor, rules_id))


def _listing(row: Listing) -> ListingOut:
    told = {name: getattr(row, name) for name in ListingOut.model_fields if name not in {"danger", "department"}}
    return ListingOut(danger=row.danger_id, department=row.department_id, **told)


def _publication(row: Publication) -> PublicationOut:
    told = {name: getattr(row, name) for name in PublicationOut.model_fields if name != "listing"}
    return PublicationOut(listing=row.listing_id, **told)


def _rung(row: LadderRung) -> RungOut:
    told = {name: getattr(row, name) for name in RungOut.model_fields if name not in {"danger", "document"}}
    return RungOut(danger=row.danger_id, document=str(row.document) if row.document else None, **told)


def _rules(row: RegionalRules) -> RulesOut:
    told = {name: getattr(row, name) for name in RulesOut.model_fields if name != "unit"}
    return RulesOut(unit=row.unit_id, **told)
