"""Channels and routes of this installation, for whoever looks after the program."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.kernel.errors import Invalid, Refusal
from zhiben.notices.channels import CHANNELS, channel_label
from zhiben.notices.domain.route import BY_HAND, Leg
from zhiben.notices.permissions import NoticePermission
from zhiben.notices.selectors.deliveries import troubles_by_channel
from zhiben.notices.selectors.settings import ChannelState, channels, routed_kinds, routes, versions_of_routes
from zhiben.notices.services.governing import send_test, set_channel, set_route
from zhiben.orgs.doors import Request, door

THOUSAND = 1000


@door(NoticePermission.MANAGE)
@require_GET
def channel_page(request: Request) -> HttpResponse:
    """Show the channels with their switches and prices, and the route of each kind that needs a receipt."""
    return _page(request)


@door(NoticePermission.MANAGE)
@require_POST
def channel_set(request: Request, name: str) -> HttpResponse:
    """Switch a channel and set its price."""
    try:
        set_channel(
            name,
            is_on=bool(request.POST.get("is_on")),
            price=_price(request.POST.get("price", "")),
            version=_number(request.POST.get("version", "")),
            actor=request.actor,
            now=timezone.now(),
        )
    except Invalid as refusal:
        return _page(request, refusal)
    messages.success(request, _("The channel is set."))
    return redirect("notices:channels")


@door(NoticePermission.MANAGE)
@require_POST
def channel_test(request: Request, name: str) -> HttpResponse:
    """Send oneself a message over a channel."""
    send_test(name, actor=request.actor, now=timezone.now())
    messages.success(request, _("A test message is on its way to you; the deliveries show what comes of it."))
    return redirect("notices:channels")


@door(NoticePermission.MANAGE)
@require_POST
def route_set(request: Request, kind: str) -> HttpResponse:
    """Put the channels of a kind of notice in order."""
    try:
        legs = [Leg(name, _hours(request.POST[f"after:{name}"])) for name in _ways() if request.POST.get(f"use:{name}")]
        version = _number(request.POST.get("version", ""))
        set_route(kind, legs, version=version, actor=request.actor, now=timezone.now())
    except Invalid as refusal:
        return _page(request, refusal, kind)
    messages.success(request, _("The route is set. Notices under way go on along it."))
    return redirect("notices:channels")


def _page(request: Request, refusal: Refusal | None = None, kind: str = "") -> HttpResponse:
    troubles = troubles_by_channel(request.actor)
    states = channels()
    context = {
        "channels": [_channel(state, troubles.get(name, 0)) for name, state in states.items()],
        "routes": _routes(request, kind),
        "refusal": refusal,
        "status": 422,
    }
    return render(request, "notices/channels.html", context, status=422 if refusal else 200)


def _channel(state: ChannelState, failed: int) -> dict[str, Any]:
    price = f"{Decimal(state.price) / THOUSAND:.3f}"
    return {"state": state, "label": channel_label(state.name), "price": price, "failed": failed}


def _routes(request: Request, typed: str) -> list[dict[str, Any]]:
    """Return the routes as forms; one that was refused comes back as it was typed."""
    kinds = routed_kinds()
    found, versions = routes(kind.name for kind in kinds), versions_of_routes()
    rows = []
    for kind in kinds:
        hours = {leg.channel: str(leg.after) for leg in found[kind.name]}
        if kind.name == typed:
            hours = {name: request.POST.get(f"after:{name}", "") for name in _ways() if request.POST.get(f"use:{name}")}
        legs = [(name, channel_label(name), name in hours, hours.get(name, "0")) for name in _ways()]
        rows.append({"kind": kind, "legs": legs, "version": versions.get(kind.name, 0)})
    return rows


def _ways() -> list[str]:
    return [*CHANNELS, BY_HAND]


def _price(text: str) -> int:
    """Read yuan, as 0.045."""
    try:
        thousandths = Decimal(text.strip() or "0") * THOUSAND
    except InvalidOperation:
        raise Invalid("channel:bad-price", field="price") from None
    if not thousandths.is_finite() or thousandths != thousandths.to_integral_value():
        raise Invalid("channel:bad-price", field="price")
    return int(thousandths)


def _hours(text: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit()):
        raise Invalid("notice:bad-hours", field="route")
    return int(text)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
