"""The documents of listings, for a page of them: those there are, and those to be drafted next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhiben.dangers.domain.listing import ListingState, PublicationKind, PublicationState
from zhiben.dangers.domain.papers import OF_LISTING, Paper, listing_papers_called_for
from zhiben.dangers.models import Listing, Publication
from zhiben.dangers.selectors.papers import issues_for_department
from zhiben.dangers.selectors.reading import subject_of
from zhiben.documents.public import DocumentPermission, DocumentRow, DocumentState, documents_about
from zhiben.kernel.actor import Actor
from zhiben.kernel.periods import local_day

GONE = frozenset({DocumentState.DISCARDED, DocumentState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class ListingPapers:
    """Of one listing: its documents, oldest first, and those that the actor may draft."""

    rows: Sequence[DocumentRow]
    called: Sequence[Paper]


def papers_of_listings(actor: Actor, listings: Sequence[Listing]) -> Mapping[int, ListingPapers]:
    """Return the documents of these listings, as far as the actor sees them, in a few questions for all of them."""
    if not actor.has(DocumentPermission.VIEW):
        return {}
    subjects = {subject_of(row.danger_id) for row in listings}
    found = documents_about(subjects, map(str, OF_LISTING), actor)
    released = _released(listings)
    theirs = issues_for_department(actor, [row.danger for row in listings])
    return {
        row.pk: _papers(row, found.get(subject_of(row.danger_id), ()), released.get(row.pk, frozenset()), theirs)
        for row in listings
    }


def _papers(
    listing: Listing, documents: Sequence[DocumentRow], released: frozenset[PublicationKind], theirs: frozenset[int]
) -> ListingPapers:
    """Sort out what belongs to this listing: documents drafted since it began, and before it ended for good."""
    mine = [row for row in documents if local_day(row.drafted_at) >= listing.listed_on]
    standing = {row.kind for row in mine if row.state not in GONE}
    called = listing_papers_called_for(ListingState(listing.state), released) if listing.danger_id in theirs else []
    return ListingPapers(mine, [paper for paper in called if paper not in standing])


def _released(listings: Sequence[Listing]) -> dict[int, frozenset[PublicationKind]]:
    rows = Publication.objects.filter(listing__in=listings, state=PublicationState.RELEASED)
    found: dict[int, frozenset[PublicationKind]] = {}
    for listing, kind in rows.values_list("listing_id", "kind"):
        found[listing] = found.get(listing, frozenset()) | {PublicationKind(kind)}
    return found
