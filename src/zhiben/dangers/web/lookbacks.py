"""Look-backs on screen: what waits, and what somebody saw there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.kinds import EvidenceKind
from zhiben.dangers.domain.lookback import LookbackState
from zhiben.dangers.domain.words import label
from zhiben.dangers.models import Lookback
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.lookbacks import VIEWS, lookback_counts, lookback_for, lookbacks_for
from zhiben.dangers.selectors.standing import Mover
from zhiben.dangers.services.evidence import Upload
from zhiben.dangers.services.lookbacks import record_lookback
from zhiben.dangers.web.places import unit_picker
from zhiben.dangers.web.query import Asked, asked, page_number, without
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, Refusal
from zhiben.orgs.doors import Request, door

SHOWN = 50
TABS = (
    ("open", gettext_lazy("To be looked at")),
    ("overdue", gettext_lazy("Overdue")),
    ("came_back", pgettext_lazy("look-back", "Came back")),
    ("done", gettext_lazy("Done")),
)
CHOICES = (LookbackState.HOLDS, LookbackState.CAME_BACK, LookbackState.NOT_CHECKED)
STATUS: dict[type[Refusal], int] = {Conflict: 409, NotAllowed: 403}


@door(DangerPermission.VIEW)
@require_GET
def lookback_list(request: Request) -> HttpResponse:
    """Show the look-backs, those to be made first."""
    mover = Mover(request.actor)
    wanted = asked(request.GET, request.actor, mover)
    view = request.GET.get("view", "open") if request.GET.get("view") in VIEWS else "open"
    page = page_number(request.GET.get("page"))
    rows = list(
        lookbacks_for(request.actor, view=view, path=wanted.filters.unit)[page * SHOWN : (page + 1) * SHOWN + 1]
    )
    context = {
        "rows": [shown(row, mover) for row in rows[:SHOWN]],
        "view": view,
        "tabs": [
            {"label": words, "url": without(request.GET, "page", view=name), "here": name == view}
            for name, words in TABS
        ],
        "counts": lookback_counts(request.actor, china_day(timezone.now()), path=wanted.filters.unit),
        "unit_picker": _picker(request, wanted),
        "older": without(request.GET, page=str(page + 1)) if len(rows) > SHOWN else "",
        "newer": without(request.GET, page=str(page - 1)) if page else "",
        "may_sample": request.actor.has(DangerPermission.SAMPLE),
    }
    return render(request, "dangers/lookbacks.html", context)


@door(DangerPermission.VIEW)
@require_http_methods(["GET", "POST"])
def lookback_detail(request: Request, lookback_id: int) -> HttpResponse:
    """Show one look-back with its form, or take what was seen."""
    row = lookback_for(request.actor, lookback_id)
    if request.method == "GET":
        return _page(request, row, None, 200)
    result = _result(request.POST.get("result", ""))
    photos = [
        Upload(EvidenceKind.LOOKBACK, photo.file, photo.name or "")
        for photo in request.FILES.getlist("photos")
        if photo.file
    ]
    words = request.POST.get("words", "")
    try:
        done = record_lookback(row.pk, result, words, photos, actor=request.actor, now=timezone.now())
    except (Invalid, Conflict, NotAllowed) as refusal:
        status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)
        return _page(request, row, refusal, status)
    told = _("Recorded. The danger is open again.") if done.reopened else _("Recorded.")
    if done.again_on:
        told = _("Recorded. Look again by %(day)s.") % {"day": done.again_on}
    messages.success(request, told)
    return redirect("dangers:detail", done.danger)


def shown(row: Lookback, mover: Mover) -> dict[str, Any]:
    """Return a look-back as pages tell it."""
    is_open = row.state == LookbackState.OPEN
    return {
        "row": row,
        "state": label(LookbackState(row.state)),
        "why": _("%(days)s days after sign-off") % {"days": row.days} if row.days else _("drawn in a sample"),
        "is_again": row.follows_id is not None,
        "is_open": is_open,
        "may": is_open and may_look(mover, row),
        "tone": {LookbackState.HOLDS: "done", LookbackState.CAME_BACK: "late"}.get(LookbackState(row.state), "aside"),
    }


def may_look(mover: Mover, row: Lookback) -> bool:
    """Tell whether this one may make the look-back."""
    return mover.actor.may(DangerPermission.SIGN_OFF, row.danger.place) and mover.supervises(row.danger)


def _page(request: Request, row: Lookback, refusal: Refusal | None, status: int) -> HttpResponse:
    language = get_language() or "zh-hans"
    context = {
        **shown(row, Mover(request.actor)),
        "danger": row.danger,
        "choices": [(str(one), capfirst(label(one)(language))) for one in CHOICES],
        "typed": request.POST,
        "refusal": refusal,
        "status": status,
    }
    return render(request, "dangers/lookback.html", context, status=status)


def _picker(request: Request, wanted: Asked) -> dict[str, Any] | None:
    return unit_picker(request.actor, request.GET, wanted.named.get("unit"))


def _result(text: str) -> LookbackState:
    """Read the answer; what is none is refused by the service."""
    return next((one for one in CHOICES if str(one) == text), LookbackState.OPEN)
