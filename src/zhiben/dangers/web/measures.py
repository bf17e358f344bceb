"""Measures that helped before, offered while a treatment plan is written; those of a plan kept under a name."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.dangers.models import Danger
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.measures import kept_measures_for, measure_named, measures_for
from zhiben.dangers.selectors.reading import danger_for
from zhiben.dangers.services.measures import keep_measure, remove_measure
from zhiben.dangers.web.onward import onward
from zhiben.kernel.actor import Actor
from zhiben.orgs.doors import Request, door


def chosen_measure(request: Request, danger: Danger) -> str:
    """Return the words that the address asks to begin the plan with."""
    ref = request.GET.get("use", "")
    return measure_named(request.actor, danger.pk, ref) if ref else ""


@door(DangerPermission.VIEW)
@require_GET
def danger_measures(request: Request, danger_id: int) -> HttpResponse:
    """Offer measures for a danger: inside the form of the plan, or on a page of their own."""
    context: dict[str, Any] = {
        "danger": danger_for(request.actor, danger_id),
        "proposals": measures_for(request.actor, danger_id),
    }
    if "HX-Request" in request.headers:
        return render(request, "dangers/_measures.html", context)
    return render(request, "dangers/measures.html", context | {"kept": _kept(request.actor)})


def _kept(actor: Actor) -> list[dict[str, Any]]:
    return [
        {
            "id": each.pk,
            "name": each.name,
            "text": each.text,
            "is_own": each.account_id == actor.id,
            "is_shared": each.is_shared,
            "by": each.account.person.name if each.account.person else each.account.get_username(),
        }
        for each in kept_measures_for(actor)
    ]


@door(DangerPermission.RECTIFY)
@require_POST
def measure_keep(request: Request, danger_id: int) -> HttpResponse:
    """Keep the measures of this plan."""
    kept = keep_measure(
        danger_id,
        request.POST.get("name", ""),
        is_shared=request.POST.get("is_shared") == "1",
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, _("Kept as «%(name)s».") % {"name": kept.name})
    return onward(request, reverse("dangers:detail", args=[danger_id]))


@door(DangerPermission.VIEW)
@require_POST
def measure_remove(request: Request, measure_id: int) -> HttpResponse:
    """Throw kept measures away."""
    remove_measure(measure_id, actor=request.actor, now=timezone.now())
    messages.success(request, _("The measures are gone."))
    back = request.POST.get("danger", "")
    is_number = back.isascii() and back.isdigit() and len(back) < 18
    return onward(request, reverse("dangers:measures", args=[int(back)]) if is_number else reverse("dangers:list"))
