"""Stops that stand, and what each of them stops."""

from django.db.models import Q, QuerySet

from zhiben.dangers.domain.kinds import STANDING
from zhiben.dangers.models import StopOrder
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.reading import reach_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.ids import path_end

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


def what_stops(order: StopOrder) -> str:
    """Name what must stop: workshop, equipment, words."""
    return " · ".join(filter(None, (order.workshop.name if order.workshop else "", order.equipment, order.scope)))
