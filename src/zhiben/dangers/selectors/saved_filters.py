"""The filters that somebody keeps, and those that colleagues share."""

from collections.abc import Sequence

from django.db.models import QuerySet

from zhiben.dangers.models import DefaultFilter, SavedFilter
from zhiben.dangers.selectors.circles import known_to
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound


def filters_for(actor: Actor) -> QuerySet[SavedFilter]:
    """Return the actor's own filters and those shared in the same department or enterprise, by name."""
    return SavedFilter.objects.filter(known_to(actor)).select_related("account__person").order_by("name", "pk")


def filter_for(actor: Actor, filter_id: int) -> SavedFilter:
    """Return a filter of one's own or shared; else answer as if it did not exist."""
    found = filters_for(actor).filter(pk=filter_id).first()
    if found is None:
        raise NotFound("filter:not-found")
    return found


def own_filter(actor: Actor, filter_id: int) -> SavedFilter:
    """Return a filter that the actor saved: nobody changes another one's."""
    found = SavedFilter.objects.filter(pk=filter_id, account=actor.id or 0).first()
    if found is None:
        raise NotFound("filter:not-found")
    return found


def default_of(actor: Actor, known: Sequence[SavedFilter]) -> SavedFilter | None:
    """Return the filter with which the actor's list opens, as long as they may still use it."""
    chosen = DefaultFilter.objects.filter(account=actor.id or 0).values_list("filter", flat=True).first()
    return next((each for each in known if each.pk == chosen), None)
