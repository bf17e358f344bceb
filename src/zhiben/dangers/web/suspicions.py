"""Suspicions: what judging or sensors make likely, until a person has looked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.grounds import DECIDING, differing
from zhiben.dangers.models import Suspicion
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.standing import Mover
from zhiben.dangers.selectors.suspicions import suspicion_for, suspicions_for
from zhiben.dangers.services.resettling import JUDGING, clause_of
from zhiben.dangers.services.suspicions import confirm_suspicion, dismiss_suspicion
from zhiben.dangers.web.places import unit_picker
from zhiben.dangers.web.query import asked, page_number, without
from zhiben.journal.public import history
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.kernel.ids import path_end
from zhiben.law.saying import fact_said, label_of
from zhiben.law.standards import held
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url
from zhiben.standards.public import DeterminationPermission, FactPermission, facts_of

SHOWN = 30
WITHDRAWN = 10
COUNTED = 10_000
SOURCES: Mapping[str, str | Promise] = {
    "person": pgettext_lazy("source of a fact", "entered by a person"),
    "look": pgettext_lazy("source of a fact", "looked at on site"),
    "derived": pgettext_lazy("source of a fact", "known by the program"),
    "monitoring": pgettext_lazy("source of a fact", "told by monitoring"),
    "import": pgettext_lazy("source of a fact", "came with a file"),
}


@door(DangerPermission.VIEW)
@require_GET
def suspicion_list(request: Request) -> HttpResponse:
    """Show what waits for somebody to look, newest first."""
    wanted = asked(request.GET, request.actor, Mover(request.actor))
    rows = suspicions_for(request.actor).filter(answer="open")
    if wanted.filters.unit:
        rows = rows.filter(path__gte=wanted.filters.unit, path__lt=path_end(wanted.filters.unit))
    page = page_number(request.GET.get("page"))
    found = list(rows[page * SHOWN : (page + 1) * SHOWN + 1])
    may_see_facts = request.actor.has(FactPermission.VIEW)
    context = {
        "rows": [_row(row, may_see_facts=may_see_facts) for row in found[:SHOWN]],
        "found": rows[:COUNTED].count(),
        "many": COUNTED,
        "withdrawn": _withdrawn(request),
        "unit_picker": unit_picker(request.actor, request.GET, wanted.named.get("unit")),
        "may_judge": request.actor.has(DeterminationPermission.MAKE),
        "older": without(request.GET, page=str(page + 1)) if len(found) > SHOWN else "",
        "newer": without(request.GET, page=str(page - 1)) if page else "",
    }
    return render(request, "dangers/suspicions.html", context)


@door(DangerPermission.VIEW)
@require_GET
def suspicion_detail(request: Request, suspicion_id: int) -> HttpResponse:
    """Show one suspicion: what it rests on, how the facts stand now, what was answered."""
    return _detail(request, suspicion_id)


@door(DangerPermission.CONFIRM)
@require_POST
def suspicion_confirm(request: Request, suspicion_id: int) -> HttpResponse:
    """Make a danger of it."""
    description = request.POST.get("description", "").strip()
    reported = confirm_suspicion(suspicion_id, actor=request.actor, now=timezone.now(), description=description)
    messages.success(
        request, _("It is a hidden danger now, under the number %(number)s.") % {"number": reported.number}
    )
    return redirect("dangers:detail", reported.id)


@door(DangerPermission.CONFIRM)
@require_POST
def suspicion_dismiss(request: Request, suspicion_id: int) -> HttpResponse:
    """Say why it is none."""
    reason = request.POST.get("reason", "")
    try:
        dismiss_suspicion(suspicion_id, reason, actor=request.actor, now=timezone.now())
    except (Invalid, Conflict) as refusal:
        status = 422 if isinstance(refusal, Invalid) else 409
        return _detail(request, suspicion_id, status, refusal=refusal, typed=reason)
    messages.success(request, _("Dismissed, with your reason."))
    return redirect("dangers:suspicions")


def _detail(request: Request, suspicion_id: int, status: int = 200, **said: object) -> HttpResponse:
    row = suspicion_for(request.actor, suspicion_id)
    may_see_facts = request.actor.has(FactPermission.VIEW)
    context = {
        **_row(row, may_see_facts=may_see_facts),
        "grounds": _grounds(row) if may_see_facts else [],
        "moved": _moved(request, row) if may_see_facts and row.answer == "open" else [],
        "told": _kept(row),
        "standard": held(row.standard),
        "may": row.answer == "open" and request.actor.may(DangerPermission.CONFIRM, row.place),
        "status": status,
        **said,
    }
    return render(request, "dangers/suspicion.html", context, status=status)


def _row(row: Suspicion, *, may_see_facts: bool) -> dict[str, Any]:
    deciding = row.facts.get(DECIDING, {}) if may_see_facts else {}
    said = [fact_said(name, fact["value"]) for name, fact in deciding.items()]
    return {
        "row": row,
        "clause": clause_of(row.standard, row.clause),
        "because": said[:1],
        "more": max(0, len(said) - 1),
        "facts_url": page_url("standards:facts", row.enterprise_id) if row.enterprise_id and may_see_facts else None,
    }


def _grounds(row: Suspicion) -> list[tuple[Bilingual, str, str | Promise]]:
    """Return the facts that settled the clause: what they say, the day they held, where they come from."""
    return [
        (fact_said(name, fact["value"]), fact["day"], SOURCES.get(fact["source"], fact["source"]))
        for name, fact in row.facts.get(DECIDING, {}).items()
    ]


def _moved(request: Request, row: Suspicion) -> list[Bilingual]:
    """Return the deciding facts that have another value by now: the worker has not judged again yet."""
    deciding = row.facts.get(DECIDING, {})
    if row.source != JUDGING or row.enterprise_id is None or not deciding:
        return []
    today = china_day(timezone.now())
    held = facts_of(request.actor, row.enterprise_id, day=today)
    now = {name: {"value": held[name].value} for name in deciding if name in held and held[name].is_fresh(today)}
    return [label_of(name) for name in differing(deciding, now)]


def _kept(row: Suspicion) -> list[tuple[datetime, list[Bilingual]]]:
    """Return when it was judged again and stood, and on which facts that had changed."""
    told = [one for one in history(f"suspicion/{row.pk}") if one.code == "suspicion:kept"]
    return [(one.at, [label_of(name) for name in one.body["facts"]]) for one in reversed(told)]


def _withdrawn(request: Request) -> list[dict[str, object]]:
    """Return what judging took back lately, with the reason."""
    rows = suspicions_for(request.actor).filter(answer="withdrawn").order_by("-answered_at")[:WITHDRAWN]
    told = [(row, row.facts.get("withdrawn", {})) for row in rows]
    return [
        {
            "row": row,
            "document": one.document if (one := held(row.standard)) else row.standard,
            "by_law": why.get("by_law"),
            "facts": [label_of(name) for name in why.get("facts", ())],
        }
        for row, why in told
    ]
