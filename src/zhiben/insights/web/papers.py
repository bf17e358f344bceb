"""Bulletins and forms as documents: drafting one, those there are, and the day on which one is drafted by itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhiben.documents.public import STATE_WORDS, DocumentPermission, DocumentState, documents_of
from zhiben.insights.asked import named, part_named
from zhiben.insights.domain.cycles import Cycle, CycleKind, cycle_named
from zhiben.insights.locked import is_own_form, place_of
from zhiben.insights.models import BulletinSchedule, LockedForm
from zhiben.insights.permissions import InsightPermission
from zhiben.insights.selectors import Part
from zhiben.insights.services.papers import OF_BULLETINS, bulletin_subject, draft_bulletin, draft_form
from zhiben.insights.services.scheduling import schedule_bulletin
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Invalid
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward, page_url


@door(InsightPermission.VIEW)
@require_POST
def bulletin_draft(request: Request) -> HttpResponse:
    """Draft the bulletin of a period, and lead to the draft."""
    part, cycle = _posted(request)
    document = draft_bulletin(part, cycle, actor=request.actor, now=timezone.now())
    return onward(request, "documents:document", document)


@door(InsightPermission.VIEW)
@require_POST
def form_draft(request: Request) -> HttpResponse:
    """Draft a locked form as a document, and lead to the draft."""
    part, cycle = _posted(request)
    version = request.POST.get("version", "")
    wanted = int(version) if version.isascii() and version.isdigit() and len(version) < 6 else None
    document = draft_form(part, cycle, version=wanted, actor=request.actor, now=timezone.now())
    return onward(request, "documents:document", document)


@door(InsightPermission.VIEW)
@require_POST
def bulletin_schedule(request: Request) -> HttpResponse:
    """Set the day on which a bulletin is drafted by itself; an empty day ends it."""
    kind, day = request.POST.get("kind", ""), request.POST.get("day", "").strip()
    if kind not in set(CycleKind):
        raise Invalid("bulletin:week-or-month", field="kind", value=kind[:20])
    if day and not (day.isascii() and day.isdigit() and len(day) < 3):
        raise Invalid("bulletin:no-such-day", field="day", value=day[:20], last=28)
    part = part_named(request.actor, request.POST)
    schedule_bulletin(part, CycleKind(kind), int(day) if day else None, actor=request.actor, now=timezone.now())
    messages.success(request, _("Kept."))
    query = {**named(part), "period": request.POST.get("period", "")}
    return onward(request, "insights:bulletin", query=query)


def _posted(request: Request) -> tuple[Part, Cycle]:
    cycle = cycle_named(request.POST.get("period", ""))
    return part_named(request.actor, request.POST), cycle


def bulletin_papers(actor: Actor, part: Part, cycle: Cycle) -> dict[str, Any]:
    """Return the documents of a bulletin, whether one may be drafted, and the schedule."""
    may = cycle.kind in OF_BULLETINS and part.only is None and actor.may(DocumentPermission.DRAFT, place_of(part))
    schedule = None
    if may and part.unit is not None:
        rows = BulletinSchedule.unscoped.filter(unit=part.unit, kind=cycle.kind, next_at__isnull=False)
        schedule = rows.select_related("department").first()
    return {
        "papers": _shown(actor, bulletin_subject(part, cycle)),
        "may_draft": may,
        "may_schedule": may and part.unit is not None,
        "schedule": schedule,
    }


def form_papers(actor: Actor, part: Part, locked: LockedForm | None) -> dict[str, Any]:
    """Return the documents of a locked form, and whether one may be drafted."""
    may = locked is not None and part.only is None and is_own_form(actor, part)
    return {
        "papers": _shown(actor, f"form/{locked.pk}") if locked else [],
        "may_draft": may and actor.may(DocumentPermission.DRAFT, place_of(part)),
    }


def _shown(actor: Actor, subject: str) -> list[dict[str, Any]]:
    return [
        {"row": row, "url": page_url("documents:document", row.id), "words": STATE_WORDS[row.state]}
        for row in documents_of(subject, actor)
        if row.state is not DocumentState.DISCARDED
    ]
