"""Listings: the one that stands for a danger, those of a region, and the counts that statutory forms ask for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from zhiben.dangers.domain.listing import LISTED, ListingState
from zhiben.dangers.models import Danger, Listing
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.reading import reach_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.kernel.ids import path_end
from zhiben.law.listings import Authority, ListingClock, Term, Terms

STANDING = sorted(map(str, LISTED))
ENDED = sorted(map(str, set(ListingState) - LISTED))


def listing_subject(listing_id: int) -> str:
    """Return the name a listing bears in deadlines."""
    return f"listing/{listing_id}"


def standing_listings(danger_ids: Iterable[int]) -> Mapping[int, Listing]:
    """Return the listings that stand, by danger."""
    ids = list(danger_ids)
    if not ids:
        return {}
    return {row.danger_id: row for row in Listing.objects.filter(danger__in=ids, state__in=STANDING)}


def standing_listing(danger_id: int) -> Listing | None:
    """Return the listing that stands for a danger."""
    return standing_listings([danger_id]).get(danger_id)


def terms_of_listing(listing: Listing) -> Terms:
    """Return the clocks that a listing runs under, as they stood when it began."""
    return {ListingClock(kind): Term.read(written) for kind, written in listing.terms.items()}


def listings_of(danger: Danger) -> list[Listing]:
    """Return all listings of a danger that the caller was shown, oldest first."""
    told = ("department", "listed_by__person", "reviewed_by__person", "ended_by__person")
    return list(Listing.objects.filter(danger=danger).select_related(*told).order_by("pk"))


def listings_for(actor: Actor, permission: str = DangerPermission.VIEW) -> QuerySet[Listing]:
    """Return the listings of the dangers that the actor may see, newest first."""
    rows = Listing.objects.filter(danger__in=reach_of(actor, permission))
    return rows.select_related("danger__enterprise", "danger__unit", "danger__department", "department").order_by(
        "-listed_on", "-pk"
    )


VIEWS = {"": STANDING, "late": STANDING, "ended": ENDED}


def listed_rows(actor: Actor, *, view: str, path: str, level: Authority | None, today: date) -> QuerySet[Listing]:
    """Return the listings of a subtree in the actor's reach: those that stand by their limit, those ended newest first."""
    rows = below(listings_for(actor).filter(state__in=VIEWS[view]), path)
    rows = rows.filter(authority=level) if level else rows
    if view == "late":
        rows = rows.filter(limit_on__lt=today)
    return rows.order_by("-ended_on", "-pk") if view == "ended" else rows.order_by("limit_on", "pk")


def listing_for(actor: Actor, listing_id: int, permission: str) -> Listing:
    """Return one listing that the actor may act on; else answer as if it did not exist."""
    row = listings_for(actor, permission).filter(pk=listing_id).first()
    if row is None:
        raise NotFound("listing:not-found")
    return row


@dataclass(frozen=True, slots=True)
class ListedNow:
    """The listings of one level of authority that stand, and those of them past the limit."""

    standing: int
    late: int


def listed_now(actor: Actor, today: date, *, path: str) -> Mapping[Authority, ListedNow]:
    """Count what stands listed in a subtree, as far as the actor sees, by the levels that have any, the highest first."""
    rows = below(listings_for(actor).filter(state__in=STANDING), path).order_by()
    late = Count("pk", filter=Q(limit_on__lt=today))
    counted = {
        Authority(level): ListedNow(standing, over)
        for level, standing, over in rows.values_list("authority").annotate(standing=Count("pk"), late=late)
    }
    return {level: counted[level] for level in Authority if level in counted}


def below(rows: QuerySet[Listing], path: str) -> QuerySet[Listing]:
    """Narrow listings to a subtree; an empty path narrows nothing."""
    return rows.filter(danger__path__gte=path, danger__path__lt=path_end(path)) if path else rows


@dataclass(frozen=True, slots=True)
class ListedCounts:
    """The listings of one level of authority in since ≤ day < until; `standing` and `late` at the end of its last day."""

    listed: int = 0
    removed: int = 0
    withdrawn: int = 0
    standing: int = 0
    late: int = 0  # standing past the limit


def listed_counts(path: str, since: date, until: date) -> dict[Authority, ListedCounts]:
    """Count the listings below a path by level of authority; the caller has shown that the path may be counted.

    `late` measures by the limit as it stands today.
    """
    inside = {"danger__path__gte": path, "danger__path__lt": path_end(path)} if path else {}
    rows = Listing.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=since), listed_on__lt=until, **inside)
    found = {level: [0, 0, 0, 0, 0] for level in Authority}
    for level, state, listed, ended, limit in rows.values_list(
        "authority", "state", "listed_on", "ended_on", "limit_on"
    ):
        counts = found[Authority(level)]
        ended_by_then = ended is not None and ended < until
        counts[0] += listed >= since
        counts[1] += ended_by_then and state == ListingState.REMOVED
        counts[2] += ended_by_then and state == ListingState.WITHDRAWN
        counts[3] += not ended_by_then
        counts[4] += not ended_by_then and limit < until
    return {level: ListedCounts(*counts) for level, counts in found.items()}
