"""Templates of a unit: what holds, editing with a preview, versions; and how its offices appear."""

import base64
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiben.documents.domain.kinds import COMMON, DocumentKind, kind_of
from zhiben.documents.domain.shipped import shipped_source
from zhiben.documents.models import TemplateVersion
from zhiben.documents.pdf import draw_pages
from zhiben.documents.permissions import DocumentPermission
from zhiben.documents.selectors import templates
from zhiben.documents.selectors.rendering import language_of
from zhiben.documents.services.templates import retire_template, save_template, set_office, start_template
from zhiben.kernel.errors import Invalid, Refusal
from zhiben.kernel.periods import local_day
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward
from zhiben.orgs.models import Unit
from zhiben.orgs.public import unit_for

EDIT = DocumentPermission.EDIT_TEMPLATE


@door(EDIT)
@require_GET
def template_list(request: Request) -> HttpResponse:
    """Show which templates hold in a unit."""
    units = templates.units_to_edit(request.actor)
    asked = request.GET.get("unit", "")
    unit = unit_for(request.actor, int(asked), EDIT) if asked.isascii() and asked.isdigit() else next(iter(units), None)
    context = {
        "unit": unit,
        "units": units,
        "held": templates.templates_at(unit, local_day(timezone.now())) if unit else [],
        "offices": templates.offices_of(unit) if unit else [],
    }
    return render(request, "documents/templates.html", context)


@door(EDIT)
@require_http_methods(["GET", "POST"])
def template_edit(request: Request, unit_id: int, kind: str) -> HttpResponse:
    """Edit a unit's template of a kind; what is wrong is told with its place, and nothing typed is lost."""
    unit, known, now = unit_for(request.actor, unit_id, EDIT), kind_of(kind), timezone.now()
    typed, problem = request.POST.get("source", "").replace("\r\n", "\n"), None
    if request.method == "POST":
        try:
            save_template(unit_id, kind, typed, actor=request.actor, now=now)
        except Invalid as refusal:
            problem = refusal
        else:
            messages.success(request, _("The template is kept as a draft. It holds when you put it in force."))
            return onward(request, "documents:template", unit_id, kind)
    today = local_day(now)
    source = typed or templates.source_at(unit, known, today)
    context = {
        "unit": unit,
        "kind": known,
        "source": source,
        "problem": problem,
        "preview": preview_of(source, known, unit, today),
        "fields": sorted({*known.fields, *COMMON}),
        "versions": [(one, _stands(one, today)) for one in templates.versions_of(unit, kind)],
        "newest": templates.newest_begun(unit, kind),
        "above": templates.template_above(unit, kind, today),
        "holds": templates.template_in_force(unit.path, kind, today),
        "shipped": shipped_source(known.template),
        "today": today,
    }
    return render(request, "documents/template.html", context, status=422 if problem else 200)


def _stands(row: TemplateVersion, today: date) -> str:
    """Return how a version stands: a draft, ended, or one that may still be retired."""
    if row.since is None:
        return "draft"
    return "ended" if row.until is not None and row.until <= today else "retiring" if row.until else "begun"


@door(EDIT)
@require_POST
def template_preview(request: Request, unit_id: int, kind: str) -> HttpResponse:
    """Show how what is being typed would look, or what is wrong with it."""
    unit, known = unit_for(request.actor, unit_id, EDIT), kind_of(kind)
    preview = preview_of(request.POST.get("source", ""), known, unit, local_day(timezone.now()))
    return render(request, "documents/_preview.html", {"preview": preview})


def preview_of(source: str, kind: DocumentKind, unit: Unit, today: date) -> dict[str, Any]:
    """Return pictures of the pages in the reader's language, or the refusal."""
    language = language_of(get_language() or "zh-hans")
    try:
        flow = templates.sample_of(source, kind, office=unit.name, on=today, language=language)
    except Refusal as refusal:
        return {"refusal": refusal, "pages": []}
    pictures = [base64.b64encode(picture).decode() for picture in draw_pages(flow)]
    count = len(pictures)
    return {
        "refusal": None,
        "pages": [
            {
                "url": f"data:image/png;base64,{picture}",
                "alt": _("Page %(page)s of %(count)s of the sample") % {"page": number, "count": count},
            }
            for number, picture in enumerate(pictures, start=1)
        ],
    }


@door(EDIT)
@require_POST
def template_start(request: Request, version_id: int) -> HttpResponse:
    """Put a draft in force from a day."""
    row = templates.version_of(version_id)
    since = _day_in(request, "since")
    start_template(version_id, since, actor=request.actor, now=timezone.now())
    messages.success(request, _("The template holds from %(day)s on.") % {"day": since.isoformat()})
    return onward(request, "documents:template", row.unit_id, row.kind)


@door(EDIT)
@require_POST
def template_retire(request: Request, version_id: int) -> HttpResponse:
    """Let the unit have no template of its own from a day on."""
    row = templates.version_of(version_id)
    until = _day_in(request, "until")
    retire_template(version_id, until, actor=request.actor, now=timezone.now())
    told = _("From %(day)s on the template above holds again, or the shipped one.") % {"day": until.isoformat()}
    messages.success(request, told)
    return onward(request, "documents:template", row.unit_id, row.kind)


def _day_in(request: Request, name: str) -> date:
    told = request.POST.get(name, "")
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise Invalid("day:unreadable", field=name, value=told, example="2026-01-31") from None


@door(EDIT)
@require_POST
def office_edit(request: Request, department_id: int) -> HttpResponse:
    """Set an office's code and mark."""
    told = {name: request.POST.get(name, "") for name in ("code", "mark_zh", "mark_en")}
    set_office(department_id, **told, actor=request.actor, now=timezone.now())
    messages.success(request, _("The office's code and mark are set; they hold for what is issued from now on."))
    unit = templates.department_to_edit(request.actor, department_id).unit_id
    return onward(request, "documents:templates", query={"unit": unit})
