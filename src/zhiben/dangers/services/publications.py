"""Publishing a listing or its removal: drafted without personal data, released by another person, withdrawn with a reason."""

from datetime import datetime

from django.db import IntegrityError, transaction

from zhiben.clocks.public import Deadline
from zhiben.dangers.domain.clock import Clock, china_day
from zhiben.dangers.domain.kinds import Confidentiality
from zhiben.dangers.domain.listing import ListingState, PublicationKind, PublicationState
from zhiben.dangers.models import Danger, Listing, Publication
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.listings import listing_for, listing_subject
from zhiben.dangers.selectors.publications import personal_in, preview_of, publication_for
from zhiben.dangers.services.case import line_of
from zhiben.dangers.services.clocking import let_go
from zhiben.dangers.supervision_events import PublicationDrafted, PublicationReleased, PublicationWithdrawn
from zhiben.journal import public as journal
from zhiben.journal.public import Event
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed


@transaction.atomic
def draft_publication(
    listing_id: int, kind: PublicationKind, *, place: str, text: str, actor: Actor, now: datetime
) -> Publication:
    """Write down what the public may read; whoever writes it sees before what was taken out of the words of the danger."""
    listing = listing_for(actor, listing_id, DangerPermission.PUBLISH)
    danger = listing.danger
    if danger.confidentiality == Confidentiality.SEALED:
        raise Conflict("publication:sealed")
    if kind is PublicationKind.REMOVAL and listing.state != ListingState.REMOVED:
        raise Conflict("publication:not-removed")
    if kind is PublicationKind.LISTING and listing.state == ListingState.WITHDRAWN:
        raise Conflict("publication:listing-withdrawn")
    preview = preview_of(danger)
    _check(danger, place, text)
    try:
        with transaction.atomic():
            row = Publication.objects.create(
                listing=listing, kind=kind, enterprise=preview.enterprise, place=place.strip(), text=text.strip(),
                region_id=danger.county_id, drafted_at=now, drafted_by_id=actor.id,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict("publication:already-there") from None
    removed = len(preview.place.removed) + len(preview.text.removed)
    _record(danger, PublicationDrafted(danger.pk, row.pk, str(kind), removed), actor=actor, now=now)
    return row


def _check(danger: Danger, place: str, text: str) -> None:
    """Refuse a text that says nothing, or that still holds personal data."""
    if not text.strip():
        raise Invalid("publication:needs-text", field="text")
    if pieces := personal_in(danger, place, text):
        raise Invalid("publication:personal-data", field="text", pieces="、".join(pieces))


@transaction.atomic
def release_publication(publication_id: int, *, actor: Actor, now: datetime) -> None:
    """Let everybody read it. Who drafted it does not release it; the names known by now are looked for once more."""
    row = publication_for(actor, publication_id)
    danger = row.listing.danger
    if actor.id is None or row.drafted_by_id == actor.id:
        raise NotAllowed("publication:released-by-another")
    if row.kind == PublicationKind.LISTING and row.listing.state == ListingState.WITHDRAWN:
        raise Conflict("publication:listing-withdrawn")
    _check(danger, row.place, row.text)
    released = {"state": PublicationState.RELEASED, "released_at": now, "released_by_id": actor.id}
    if not Publication.objects.filter(pk=row.pk, state=PublicationState.DRAFT).update(**released):
        raise Conflict("publication:no-draft")
    _stop_clock(row)
    _record(danger, PublicationReleased(danger.pk, row.pk, row.kind, row.text), actor=actor, now=now)


def _stop_clock(row: Publication) -> None:
    """Let the deadline to publish hold no more."""
    if row.kind == PublicationKind.LISTING:
        let_go({row.listing.danger_id: [Clock.LIST_PUBLISH]})
        return
    kept = {"subject": listing_subject(row.listing_id), "kind": str(Clock.DELIST_PUBLISH), "is_current": True}
    Deadline.objects.filter(**kept).update(is_current=False)
    Listing.objects.filter(pk=row.listing_id).update(next_at=None)


@transaction.atomic
def withdraw_publication(publication_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """Take a publication or its draft back; it stays on record with the reason."""
    row = publication_for(actor, publication_id)
    if not reason.strip():
        raise Invalid("publication:needs-reason", field="reason")
    gone = {
        "state": PublicationState.WITHDRAWN,
        "withdrawn_at": now,
        "withdrawn_by_id": actor.id,
        "reason": reason.strip(),
    }
    if (
        not Publication.objects.filter(pk=row.pk, state=row.state)
        .exclude(state=PublicationState.WITHDRAWN)
        .update(**gone)
    ):
        raise Conflict("publication:already-withdrawn")
    was_public = row.state == PublicationState.RELEASED
    danger = row.listing.danger
    event = PublicationWithdrawn(danger.pk, row.pk, row.kind, was_public, reason.strip())
    _record(danger, event, actor=actor, now=now)


def _record(danger: Danger, event: Event, *, actor: Actor, now: datetime) -> None:
    journal.record([line_of(danger, event, china_day(now))], actor=actor, now=now)
