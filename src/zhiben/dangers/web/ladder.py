"""The ladder on pages: what waits for a signature, what was sent, what it helped; issuing and skipping, one by one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.ladder import Rung
from zhiben.dangers.domain.rungs import RUNG_NAMES, STATE_NAMES, RungState
from zhiben.dangers.models import LadderRung
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.rungs import effects_for, of_own_office, rungs_for, rungs_to_sign
from zhiben.dangers.services.rungs import issue_rung, skip_rung
from zhiben.dangers.web.refusing import REFUSED, refused
from zhiben.documents.public import offices_of
from zhiben.orgs.doors import Request, door

SHOWN = 50


@door(DangerPermission.LADDER)
@require_GET
def rung_list(request: Request) -> HttpResponse:
    """Show the rungs that wait for a signature, or those that were sent."""
    return render(request, "dangers/ladder.html", _context(request))


@door(DangerPermission.LADDER)
@require_POST
def rung_issue(request: Request, rung_id: int) -> HttpResponse:
    """Sign one rung."""
    try:
        number = issue_rung(rung_id, actor=request.actor, now=timezone.now())
    except REFUSED as refusal:
        return _again(request, refused(refusal))
    messages.success(request, _("Issued under the number %(number)s.") % {"number": number})
    return redirect("dangers:ladder")


@door(DangerPermission.LADDER)
@require_POST
def rung_skip(request: Request, rung_id: int) -> HttpResponse:
    """Leave one rung out."""
    reason = request.POST.get("reason", "")
    try:
        skip_rung(rung_id, reason=reason, actor=request.actor, now=timezone.now())
    except REFUSED as refusal:
        return _again(request, refused(refusal) | {"typed": reason, "again": rung_id})
    messages.success(request, _("Skipped, with your reason."))
    return redirect("dangers:ladder")


def _again(request: Request, said: dict[str, Any]) -> HttpResponse:
    return render(request, "dangers/ladder.html", _context(request) | said, status=said["status"])


def _context(request: Request) -> dict[str, Any]:
    view, language = request.GET.get("view", ""), get_language() or "zh-hans"
    state = {"issued": RungState.ISSUED, "skipped": RungState.SKIPPED}.get(view, RungState.DRAFTED)
    rows = rungs_to_sign(request.actor) if state == RungState.DRAFTED else rungs_for(request.actor).filter(state=state)
    rung = next((rung for rung in Rung if rung == request.GET.get("rung")), None)
    rows = rows.filter(rung=rung) if rung else rows
    rows = rows if state == RungState.DRAFTED else rows.order_by("-settled_at", "-pk")
    found, tabs = rows.count(), (("", RungState.DRAFTED), ("issued", RungState.ISSUED), ("skipped", RungState.SKIPPED))
    shown = list(rows[:SHOWN])
    offices = offices_of(row.document for row in shown if row.document) if state == RungState.DRAFTED else {}
    effects = effects_for(request.actor, today=china_day(timezone.now()))
    return {
        "rows": [{**row_of(row), "office": offices.get(row.document) if row.document else ""} for row in shown],
        "own": rows.filter(of_own_office(request.actor)).count() if state == RungState.DRAFTED else 0,
        "found": found,
        "shown": min(found, SHOWN),
        "tabs": [
            {"label": capfirst(STATE_NAMES[each](language)), "url": f"?view={name}", "here": each == state}
            for name, each in tabs
        ],
        "rungs": [(str(each), RUNG_NAMES[each]) for each in Rung],
        "drafted": state == RungState.DRAFTED,
        "effects": [(RUNG_NAMES[each], effect) for each, effect in effects.items()],
        "any_issued": any(effect.count for effect in effects.values()),
        "may_set_rules": request.actor.has(DangerPermission.RULES),
    }


def row_of(row: LadderRung) -> dict[str, Any]:
    """Return what lists show of a rung."""
    return {"row": row, "rung": RUNG_NAMES[Rung(row.rung)], "state": STATE_NAMES[RungState(row.state)]}
