"""What an enterprise's page shows of insights: how its hidden dangers stand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhiben.insights.board import standing_of
from zhiben.insights.permissions import InsightPermission
from zhiben.insights.selectors import part_for
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.orgs.models import Enterprise
from zhiben.orgs.panels import Panel, register_panel


def dangers(actor: Actor, enterprise: Enterprise, day: date) -> Mapping[str, Any] | None:
    """Return open, major and overdue of an enterprise, where the actor may see all its sites and all its dangers."""
    try:
        part = part_for(actor, enterprise=enterprise.pk)
    except NotFound:
        return None
    if part.only is not None or part.is_mixed:
        return None
    return {"enterprise": enterprise, "standing": standing_of(part, day)}


register_panel(Panel("dangers", "insights/_standing.html", InsightPermission.VIEW, dangers, order=10))
