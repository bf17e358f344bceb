"""What an enterprise's page shows of dangers: stops that stand, what happened after sign-off, the choice to watch it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.lookbacks import lookback_counts
from zhiben.dangers.selectors.recurrences import repeats_of
from zhiben.dangers.selectors.stops import standing_stops, what_stops
from zhiben.dangers.selectors.watching import is_watched
from zhiben.kernel.actor import Actor
from zhiben.orgs.models import Enterprise
from zhiben.orgs.panels import Panel, register_panel


def stops(actor: Actor, enterprise: Enterprise, _day: date) -> Mapping[str, Any] | None:
    """Return the stops that stand at an enterprise, if any."""
    rows = [{"order": order, "what": what_stops(order)} for order in standing_stops(actor, enterprise=enterprise.pk)]
    return {"stops": rows} if rows else None


def after(actor: Actor, enterprise: Enterprise, day: date) -> Mapping[str, Any]:
    """Return what came back, what was looked at again, and whether the actor watches the enterprise."""
    repeats = repeats_of(actor, enterprise.pk, day)
    share = repeats.share.share
    return {
        "enterprise": enterprise,
        "repeats": repeats,
        "rate": f"{share * 100:.1f} %" if share is not None else "",
        "lookbacks": lookback_counts(actor, day, enterprise=enterprise.pk),
        "is_watched": is_watched(actor, enterprise=enterprise.pk),
    }


register_panel(Panel("stops", "dangers/_panel_stops.html", DangerPermission.VIEW, stops, order=5))
register_panel(Panel("after", "dangers/_panel_after.html", DangerPermission.VIEW, after, order=40))
