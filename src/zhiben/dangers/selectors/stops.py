"""Stops that stand, and what an order's papers need to know."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from zhiben.dangers.domain.kinds import STANDING, Extent
from zhiben.dangers.domain.words import label
from zhiben.dangers.models import Danger, StopOrder
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.reading import danger_for, reach_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.ids import path_end
from zhiben.orgs.models import Enterprise

STANDS = sorted(map(str, STANDING))


def standing_stops(actor: Actor, *, path: str = "", enterprise: int | None = None) -> QuerySet[StopOrder]:
    """Return the stops that stand in a subtree or at an enterprise, as far as the actor sees, oldest first."""
    here = reach_of(actor, DangerPermission.VIEW).filter(is_stop_ordered=True)
    if path:
        here = here.filter(path__gte=path, path__lt=path_end(path))
    if enterprise is not None:
        here = here.filter(Q(enterprise=enterprise) | Q(party=enterprise))
    rows = StopOrder.objects.filter(danger__in=here, status__in=STANDS)
    return rows.select_related("danger", "workshop").order_by("ordered_on", "pk")


def stop_facts(actor: Actor, danger_id: int) -> Mapping[str, Any]:
    """Return what the papers of a stop say: the order, the application, the review's decision; days as days.

    The newest order of the danger stands for all of its papers; an order without a number waits for its document.
    """
    danger = danger_for(actor, danger_id)
    order = danger.stops.select_related("workshop").order_by("-pk").first()
    if order is None:
        return {}
    enterprise = danger.party or danger.enterprise
    extent = label(Extent(order.extent))
    return {
        "danger_number": danger.number,
        "danger": danger.description,
        "place": danger.place_text,
        "site": danger.unit.name,
        "enterprise": enterprise.name if enterprise else "",
        "credit_code": enterprise.credit_code if enterprise else "",
        "principal": _name(enterprise, "principal"),
        "controller": _name(enterprise, "controller"),
        "department": danger.department.name if danger.department else "",
        "order_number": order.number,
        "extent": {"zh": extent.zh, "en": extent.en},
        "what_stops": what_stops(order),
        "reason": order.reason,
        "ordered_on": order.ordered_on,
        "due_on": danger.due_on,
        "assessor": order.assessor,
        "by_agency": order.by_agency,
        "conclusion": order.conclusion,
        "is_fit": order.is_fit,
        "assessed_on": order.assessed_on,
        "applied_on": order.applied_on,
        "review_by": order.review_by,
        "reviewed_on": order.reviewed_on,
        "outcome": order.outcome,
        "status": order.status,
        **_beside(danger),
    }


def what_stops(order: StopOrder) -> str:
    """Name what must stop: workshop, equipment, words."""
    return " · ".join(filter(None, (order.workshop.name if order.workshop else "", order.equipment, order.scope)))


def _beside(danger: Danger) -> dict[str, Any]:
    return {
        "evacuations": list(danger.evacuations.order_by("pk").values("on", "people", "measures")),
        "assistance": list(
            danger.assistance.order_by("pk").values("addressee", "wanted", "asked_on", "answered_on", "answer")
        ),
    }


def _name(enterprise: Enterprise | None, post: str) -> str:
    person = getattr(enterprise, post) if enterprise else None
    return person.name if person else ""
