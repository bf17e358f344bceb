"""Saved filters on screen: chips above the list, and a page to name, share and throw them away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.dangers.models import SavedFilter
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.asking import PARAMETERS
from zhiben.dangers.selectors.saved_filters import default_of, filters_for
from zhiben.dangers.services.saved_filters import change_filter, remove_filter, save_filter, set_default_filter
from zhiben.dangers.web.onward import onward
from zhiben.dangers.web.query import EVERYTHING, without
from zhiben.kernel.actor import Actor
from zhiben.orgs.doors import Request, door


def shown(query: QueryDict, actor: Actor) -> dict[str, Any]:
    """Return the chips above the list, which of them is here, and whether what is asked for can be kept."""
    known = list(filters_for(actor))
    here = without(query).removeprefix("?")
    default = default_of(actor, known)
    chips = [_chip(each, here, default, actor) for each in known]
    asks = any(query.get(name) for name in PARAMETERS)
    return {
        "saved": chips,
        "default_url": f"?{default.query}" if default else "",
        "may_save": asks and not any(chip["here"] for chip in chips),
        "query": here,
        "everything": EVERYTHING,
        "has_colleagues": actor.person is not None,
    }


def _chip(each: SavedFilter, here: str, default: SavedFilter | None, actor: Actor) -> dict[str, Any]:
    person = each.account.person
    return {
        "id": each.pk,
        "name": each.name,
        "url": f"?{each.query}",
        "here": _same(each.query, here),
        "is_own": each.account_id == actor.id,
        "is_shared": each.is_shared,
        "is_default": default is not None and default.pk == each.pk,
        "by": person.name if person else each.account.get_username(),
    }


def _same(one: str, other: str) -> bool:
    """Tell whether two addresses ask for the same; the order of their parameters says nothing."""
    return sorted(QueryDict(one).lists()) == sorted(QueryDict(other).lists())


@door(DangerPermission.VIEW)
@require_GET
def filter_list(request: Request) -> HttpResponse:
    """Show one's filters and those shared."""
    return render(request, "dangers/filters.html", shown(request.GET, request.actor))


@door(DangerPermission.VIEW)
@require_POST
def filter_save(request: Request) -> HttpResponse:
    """Keep what the list asks for."""
    kept = save_filter(
        request.POST.get("name", ""),
        request.POST.get("query", ""),
        is_shared=request.POST.get("is_shared") == "1",
        is_default=request.POST.get("is_default") == "1",
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, _("Kept as «%(name)s».") % {"name": kept.name})
    return onward(request, f"{reverse('dangers:list')}?{kept.query}")


@door(DangerPermission.VIEW)
@require_POST
def filter_change(request: Request, filter_id: int) -> HttpResponse:
    """Rename a filter, share it or cease to."""
    is_shared = request.POST.get("is_shared") == "1"
    change_filter(
        filter_id, name=request.POST.get("name", ""), is_shared=is_shared, actor=request.actor, now=timezone.now()
    )
    messages.success(request, _("Saved."))
    return onward(request, reverse("dangers:filters"))


@door(DangerPermission.VIEW)
@require_POST
def filter_remove(request: Request, filter_id: int) -> HttpResponse:
    """Throw a filter away."""
    remove_filter(filter_id, actor=request.actor, now=timezone.now())
    messages.success(request, _("The filter is gone."))
    return onward(request, reverse("dangers:filters"))


@door(DangerPermission.VIEW)
@require_POST
def filter_default(request: Request, filter_id: int) -> HttpResponse:
    """Open the list with this filter, or with none again."""
    set_default_filter(filter_id if request.POST.get("on") == "1" else None, actor=request.actor)
    messages.success(request, _("Saved."))
    return onward(request, reverse("dangers:filters"))
