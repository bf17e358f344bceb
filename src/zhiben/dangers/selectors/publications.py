"""Publications: the draft as it would be read, with what was taken out of it; those that everybody may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.listing import PublicationKind, PublicationState, Redacted, redact
from zhiben.dangers.models import Danger, Listing, Participant, Publication, Source
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.reading import reach_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.orgs.models import Person

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be published, beside the words it was made of."""

    enterprise: str
    place: Redacted
    text: Redacted
    was_place: str
    was_text: str


def preview_of(danger: Danger) -> Preview:
    """Take the personal data out of what would be published of a danger."""
    names = names_about(danger)
    party = danger.party or danger.enterprise
    return Preview(
        enterprise=party.name if party else danger.unit.name,
        place=redact(danger.place_text, names),
        text=redact(danger.description, names),
        was_place=danger.place_text,
        was_text=danger.description,
    )


def names_about(danger: Danger) -> set[str]:
    """Return the names of persons that words about this danger may hold: its people, those of its enterprises."""
    parties = [pk for pk in (danger.enterprise_id, danger.party_id) if pk]
    known = Q(enterprise__in=parties) | Q(department=danger.department_id or 0)
    known |= Q(pk__in=Participant.objects.filter(danger=danger, person__isnull=False).values("person"))
    names = set(Person.objects.filter(known).values_list("name", flat=True))
    told = Source.objects.filter(danger=danger).exclude(finder="").values_list("finder", flat=True)
    return names | set(told) | ({danger.owner_text} - {""})


def personal_in(danger: Danger, *texts: str) -> tuple[str, ...]:
    """Return the personal data that texts still hold."""
    names = names_about(danger)
    return tuple(piece for text in texts for piece in redact(text, names).removed)


def publications_of(listing: Listing) -> list[Publication]:
    """Return the publications of a listing that the caller was shown, oldest first."""
    told = ("drafted_by__person", "released_by__person", "withdrawn_by__person")
    return list(Publication.objects.filter(listing=listing).select_related(*told).order_by("pk"))


def publications_for(actor: Actor) -> QuerySet[Publication]:
    """Return the publications that the actor may draft, release or withdraw, newest first."""
    rows = Publication.objects.filter(listing__danger__in=reach_of(actor, DangerPermission.PUBLISH))
    return rows.select_related("listing__danger", "listing__department", "drafted_by__person").order_by("-pk")


def publication_for(actor: Actor, publication_id: int) -> Publication:
    """Return one publication that the actor may act on; else answer as if it did not exist."""
    row = publications_for(actor).filter(pk=publication_id).first()
    if row is None:
        raise NotFound("publication:not-found")
    return row


@dataclass(frozen=True, slots=True)
class PublicItem:
    """What everybody may read: no person, no number of ours that leads inside."""

    id: int
    kind: PublicationKind
    enterprise: str
    place: str
    text: str
    authority: str
    office: str
    listed_on: date
    limit_on: date
    ended_on: date | None
    released_on: date


def published(*, region: int | None = None, before: int | None = None, limit: int = SHOWN) -> Sequence[PublicItem]:
    """Return what is published, newest first; of one county where asked, of those before a number."""
    rows = Publication.objects.filter(state=PublicationState.RELEASED)
    if region is not None:
        rows = rows.filter(region_id=region)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [_item(row) for row in rows.select_related("listing__department").order_by("-pk")[:limit]]


def _item(row: Publication) -> PublicItem:
    listing = row.listing
    return PublicItem(
        id=row.pk,
        kind=PublicationKind(row.kind),
        enterprise=row.enterprise,
        place=row.place,
        text=row.text,
        authority=listing.authority,
        office=listing.department.name if listing.department else "",
        listed_on=listing.listed_on,
        limit_on=listing.limit_on,
        ended_on=listing.ended_on,
        released_on=china_day(row.released_at) if row.released_at else listing.listed_on,
    )
