"""What an enterprise's page shows of dangers: the stops that stand, and the choice to watch it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.stops import standing_stops, what_stops
from zhiben.dangers.selectors.watching import is_watched
from zhiben.kernel.actor import Actor
from zhiben.orgs.models import Enterprise
from zhiben.orgs.panels import Panel, register_panel


def stops(actor: Actor, enterprise: Enterprise, _day: date) -> Mapping[str, Any]:
    """Return the stops that stand at an enterprise."""
    rows = [{"order": order, "what": what_stops(order)} for order in standing_stops(actor, enterprise=enterprise.pk)]
    return {"enterprise": enterprise, "stops": rows, "is_watched": is_watched(actor, enterprise=enterprise.pk)}


register_panel(Panel("stops", "dangers/_panel_stops.html", DangerPermission.VIEW, stops, order=5))
