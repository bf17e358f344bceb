"""Suspicions: what judging or sensors make likely, until a person has looked."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.models import Suspicion
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.suspicions import suspicions_for
from zhiben.dangers.services.resettling import JUDGING
from zhiben.dangers.services.suspicions import confirm_suspicion, dismiss_suspicion
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.law.saying import fact_said, label_of
from zhiben.law.standards import Clause, clause, standards
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url
from zhiben.standards.public import FactPermission, Known, facts_of

SHOWN = 100
WITHDRAWN = 20


@door(DangerPermission.VIEW)
@require_GET
def suspicion_list(request: Request) -> HttpResponse:
    """Show what waits for somebody to look."""
    return render(request, "dangers/suspicions.html", {"rows": _open(request), "withdrawn": _withdrawn(request)})


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
        said = {"rows": _open(request), "refusal": refusal, "status": status, "typed": reason, "again": suspicion_id}
        return render(request, "dangers/suspicions.html", said, status=status)
    messages.success(request, _("Dismissed, with your reason."))
    return redirect("dangers:suspicions")


def _open(request: Request) -> list[dict[str, object]]:
    rows = list(suspicions_for(request.actor).filter(answer="open")[:SHOWN])
    facts = _facts_by_enterprise(request.actor, rows)
    return [
        {
            "row": row,
            "clause": (known := _clause(row)),
            "because": _because(known, facts.get(row.enterprise_id or 0, {})),
            "facts_url": page_url("standards:facts", row.enterprise_id) if row.enterprise_id else None,
            "may": request.actor.may(DangerPermission.CONFIRM, row.place),
        }
        for row in rows
    ]


def _facts_by_enterprise(actor: Actor, rows: Sequence[Suspicion]) -> dict[int, Mapping[str, Known]]:
    """Return what is on record today of the enterprises that judging suspects, for who may see facts."""
    if not actor.has(FactPermission.VIEW):
        return {}
    judged = {row.enterprise_id for row in rows if row.source == JUDGING and row.enterprise_id}
    today = china_day(timezone.now())
    return {pk: facts_of(actor, pk, day=today) for pk in judged}


def _because(known: Clause | None, facts: Mapping[str, Known]) -> list[tuple[Bilingual, date, str]]:
    """Return the recorded facts that the clause's rule asks for: what they say, as of when, by whom."""
    told = (facts[name] for name in known.facts if name in facts) if known else ()
    return [(fact_said(one.name, one.value), one.day, one.source_text) for one in told]


def _withdrawn(request: Request) -> list[dict[str, object]]:
    """Return what judging took back lately, with the reason."""
    rows = suspicions_for(request.actor).filter(answer="withdrawn").order_by("-answered_at")[:WITHDRAWN]
    told = [(row, row.facts.get("withdrawn", {})) for row in rows]
    return [
        {"row": row, "by_law": why.get("by_law"), "facts": [label_of(name) for name in why.get("facts", ())]}
        for row, why in told
    ]


def _clause(row: Suspicion) -> Clause | None:
    known = standards().get(row.standard)
    return clause(row.standard, row.clause) if known and any(c.ref == row.clause for c in known.clauses) else None
