"""A stop of production as the page of a danger tells it, and choosing to watch."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhiben.dangers.domain.kinds import Extent, Flag, StopStatus
from zhiben.dangers.domain.words import label
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.page import DangerPage
from zhiben.dangers.services.watching import watch
from zhiben.orgs.doors import Request, door


def stop_of(page: DangerPage) -> dict[str, Any]:
    """Return all that is told of stopping, withdrawing people, asking for help and for closure."""
    orders = [
        {"order": one, "status": label(StopStatus(one.status)), "extent": label(Extent(one.extent))}
        for one in page.stops
    ]
    closures = [flag for flag in page.flags if flag.flag == Flag.CLOSURE_REQUESTED]
    return {
        "orders": orders,
        "evacuations": page.evacuations,
        "assistance": page.assistance,
        "closures": closures,
    }


@door(DangerPermission.VIEW)
@require_POST
def watch_toggle(request: Request) -> HttpResponse:
    """Begin or cease to watch a danger or an enterprise."""
    on, things = request.POST.get("on") == "1", {name: _number(request, name) for name in ("danger", "enterprise")}
    named = {name: number for name, number in things.items() if number}
    if not named:
        return HttpResponse(status=422)  # nothing named: no page of ours sends that
    name, number = next(iter(named.items()))
    watch(**{name: number}, on=on, actor=request.actor, now=timezone.now())
    messages.success(request, _("You will be told what happens.") if on else _("You are no longer told of it."))
    return redirect("dangers:detail" if name == "danger" else "orgs:enterprise", number)


def _number(request: Request, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
