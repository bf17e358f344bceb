"""Which official documents a hidden danger calls for, by how it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhiben.dangers.domain.kinds import STANDING, Level, SetBy, State, StopStatus
from zhiben.dangers.domain.listing import LISTED, ListingState, PublicationKind


class Paper(StrEnum):
    """A document that a person drafts on the page of a danger, by the code of its kind."""

    RECTIFY = "order:rectify"
    STOP = "order:stop"
    LISTING = "notice:listing"
    EXTENSION_ASKED = "application:extension"
    EXTENSION = "reply:extension"
    RESUME_ASKED = "application:resume"
    RESUMPTION = "notice:resumption"
    CLOSURE_ASKED = "letter:closure"
    CLOSURE = "notice:closure"
    LISTING_REVIEW = "record:listing-review"
    DELISTING = "notice:delisting"
    UNLISTING = "notice:unlisting"
    LISTING_PUBLISHED = "publication:listing"
    REMOVAL_PUBLISHED = "publication:removal"
    ACCEPTANCE = "record:acceptance"
    SIGN_OFF = "notice:sign-off"
    TRANSFER = "letter:transfer"


OF_LISTING = (
    Paper.LISTING, Paper.LISTING_REVIEW, Paper.DELISTING, Paper.UNLISTING, Paper.LISTING_PUBLISHED,
    Paper.REMOVAL_PUBLISHED,
)  # fmt: skip
OF_ENTERPRISE = frozenset({Paper.EXTENSION_ASKED, Paper.RESUME_ASKED})
OF_EITHER = frozenset({Paper.ACCEPTANCE})
OF_SUPERVISOR = frozenset(Paper) - OF_ENTERPRISE - OF_EITHER


@dataclass(frozen=True, slots=True)
class Footing:
    """How a danger stands, as far as documents follow from it; of listings, stops and extensions the newest counts."""

    state: State
    level: Level
    due_set_by: SetBy | None = None
    is_supervised: bool = False
    stop: StopStatus | None = None
    listing: ListingState | None = None
    published: frozenset[PublicationKind] = frozenset()
    is_extension_granted: bool | None = None
    is_extension_pending: bool = False
    is_closure_requested: bool = False
    is_closure_granted: bool = False


CALLED: Mapping[Paper, Callable[[Footing], bool]] = {
    Paper.RECTIFY: lambda now: now.state is State.RECTIFYING and now.due_set_by is SetBy.ORDER,
    Paper.STOP: lambda now: now.stop in STANDING,
    Paper.LISTING: lambda now: now.listing in LISTED,
    Paper.EXTENSION_ASKED: lambda now: now.is_extension_pending,
    Paper.EXTENSION: lambda now: now.is_extension_granted is not None,
    Paper.RESUME_ASKED: lambda now: now.stop in {StopStatus.ASSESSED, StopStatus.APPLIED},
    Paper.RESUMPTION: lambda now: now.stop is StopStatus.RESUMED,
    Paper.CLOSURE_ASKED: lambda now: now.is_closure_requested and not now.is_closure_granted,
    Paper.CLOSURE: lambda now: now.is_closure_granted,
    Paper.LISTING_REVIEW: lambda now: now.listing in {ListingState.REVIEWED, ListingState.REMOVED},
    Paper.DELISTING: lambda now: now.listing is ListingState.REMOVED,
    Paper.UNLISTING: lambda now: now.listing is ListingState.WITHDRAWN,
    Paper.LISTING_PUBLISHED: lambda now: PublicationKind.LISTING in now.published,
    Paper.REMOVAL_PUBLISHED: lambda now: PublicationKind.REMOVAL in now.published,
    Paper.ACCEPTANCE: lambda now: now.state is State.SIGNED_OFF,
    Paper.SIGN_OFF: lambda now: now.state is State.SIGNED_OFF and (now.level is Level.MAJOR or now.is_supervised),
    Paper.TRANSFER: lambda now: now.state is State.TRANSFERRED,
}


def papers_called_for(now: Footing) -> list[Paper]:
    """Return the documents that may be drafted now.

    >>> papers_called_for(Footing(State.SIGNED_OFF, Level.GENERAL))
    [<Paper.ACCEPTANCE: 'record:acceptance'>]
    """
    return [paper for paper, is_called in CALLED.items() if is_called(now)]


def listing_papers_called_for(listing: ListingState, published: frozenset[PublicationKind]) -> list[Paper]:
    """Return the documents of a listing that may be drafted now.

    >>> listing_papers_called_for(ListingState.WITHDRAWN, frozenset())
    [<Paper.UNLISTING: 'notice:unlisting'>]
    """
    now = Footing(State.RECTIFYING, Level.MAJOR, listing=listing, published=published)
    return [paper for paper in OF_LISTING if CALLED[paper](now)]
