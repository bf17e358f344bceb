"""What the page of a danger shows of the ladder and of listed supervision."""

from datetime import datetime
from typing import Any

from zhiben.clocks.public import deadlines_of
from zhiben.dangers.domain.listing import NAMES, ListingState, PublicationKind, PublicationState
from zhiben.dangers.domain.rungs import RUNG_NAMES
from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.listings import listing_subject, listings_of
from zhiben.dangers.selectors.page import deadline_view
from zhiben.dangers.selectors.publications import publications_of
from zhiben.dangers.selectors.rungs import ladder_view
from zhiben.dangers.web.ladder import row_of
from zhiben.law.listings import Authority, templates


def supervision_of(danger: Danger, *, now: datetime) -> dict[str, Any]:
    """Return both; nothing where a danger never met them."""
    view = ladder_view(danger, now=now)
    return {
        "ladder": view,
        "ladder_rungs": [row_of(row) for row in view.rungs] if view else [],
        "ladder_next": RUNG_NAMES[view.following.rung] if view and view.following else None,
        "listings": [_listing(row) for row in listings_of(danger)],
    }


def _listing(row: Any) -> dict[str, Any]:
    known = templates().get(row.template)
    running = [deadline_view(one) for one in deadlines_of(listing_subject(row.pk)) if one.is_current]
    return {
        "row": row,
        "state": NAMES[ListingState(row.state)],
        "authority": NAMES[Authority(row.authority)],
        "template": known.title if known else row.template,
        "running": running,
        "publications": [
            (one, NAMES[PublicationKind(one.kind)], NAMES[PublicationState(one.state)]) for one in publications_of(row)
        ],
    }
