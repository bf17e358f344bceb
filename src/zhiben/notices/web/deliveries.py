"""How notices went out: what failed and why, what it cost, another try."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.notices.channels import CHANNELS, channel_label
from zhiben.notices.domain.kinds import DeliveryState
from zhiben.notices.models import Delivery
from zhiben.notices.permissions import NoticePermission
from zhiben.notices.selectors.deliveries import PAGE, costs_for, deliveries_for
from zhiben.notices.selectors.reading import kind_title, page_of
from zhiben.notices.services.sending import GIVEN_UP, retry_delivery
from zhiben.orgs.doors import Request, door

STATES = {
    DeliveryState.WAITING: pgettext_lazy("delivery", "waiting"),
    DeliveryState.HELD: pgettext_lazy("delivery", "for the digest"),
    DeliveryState.SENT: pgettext_lazy("delivery", "sent"),
    DeliveryState.BUNDLED: pgettext_lazy("delivery", "in a digest"),
    DeliveryState.SKIPPED: pgettext_lazy("delivery", "not sent"),
    DeliveryState.FAILED: pgettext_lazy("delivery", "given up"),
}
TONES = {DeliveryState.SENT: "done", DeliveryState.BUNDLED: "done", DeliveryState.FAILED: "late"}


@door(NoticePermission.VIEW)
@require_GET
def delivery_list(request: Request) -> HttpResponse:
    """Show deliveries to people inside the actor's reach, newest first, and what each channel cost a month."""
    state, channel, before = (request.GET.get(name, "") for name in ("state", "channel", "before"))
    found = deliveries_for(
        request.actor,
        state=state if state in set(DeliveryState) else "",
        channel=channel if channel in CHANNELS else "",
        before=int(before) if before.isascii() and before.isdigit() else None,
    )
    shown = found[:PAGE]
    rest = request.GET.copy()
    if len(found) > PAGE:
        rest["before"] = str(shown[-1].pk)
    context = {
        "rows": [_row(row, request) for row in shown],
        "older": f"?{rest.urlencode()}" if len(found) > PAGE else "",
        "states": [(str(key), words) for key, words in STATES.items()],
        "channels": [(name, one.label(_language())) for name, one in CHANNELS.items()],
        "costs": [
            (channel_label(one.channel), one, one.cost / 1000) for one in costs_for(request.actor, now=timezone.now())
        ],
    }
    return render(request, "notices/deliveries.html", context)


@door(NoticePermission.MANAGE)
@require_POST
def delivery_retry(request: Request, delivery_id: int) -> HttpResponse:
    """Try a delivery anew."""
    retry_delivery(delivery_id, actor=request.actor, now=timezone.now())
    messages.success(request, _("It is tried again; the worker sends it within seconds."))
    return redirect("notices:deliveries")


def _row(row: Delivery, request: Request) -> dict[str, Any]:
    state = DeliveryState(row.state)
    may_retry = state in GIVEN_UP and row.channel != "program" and row.message.read_at is None
    return {
        "row": row,
        "title": kind_title(row.message.kind),
        "url": page_of(row.message.kind, row.message.subject) if request.actor.has("danger:view") else "",
        "channel": channel_label(row.channel),
        "state": STATES[state],
        "tone": TONES.get(state, "aside" if state is DeliveryState.SKIPPED else "plain"),
        "told": row.error.startswith("notice:"),
        "cost": row.cost / 1000,
        "may_retry": may_retry and request.actor.has(NoticePermission.MANAGE),
    }


def _language() -> str:
    return get_language() or "zh-hans"
