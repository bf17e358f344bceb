"""The tree of units: opened branch by branch, searched, and the page of one unit."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.kernel.periods import local_day
from zhiben.law.matters import matters
from zhiben.orgs.domain.kinds import REGIONS, UnitKind
from zhiben.orgs.domain.reorganising import ReorganisationKind
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward, page_url
from zhiben.orgs.models import Department, Unit
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.listing import PAGE, departments_at, sites_in
from zhiben.orgs.selectors.parties import enterprises_for
from zhiben.orgs.selectors.reorganising import unfinished_at
from zhiben.orgs.selectors.units import branch_for, breadcrumbs, search_units, unit_for, unit_place, units_for
from zhiben.orgs.services.units import recode_unit, rename_unit
from zhiben.orgs.web.reorganising import TITLES
from zhiben.orgs.web.words import KINDS

BRANCH = 300  # children shown at once


@door(OrgsPermission.VIEW_UNIT)
@require_GET
def unit_tree(request: Request) -> HttpResponse:
    """Show where the actor's reach begins, to be opened downwards; or what a search finds."""
    text = request.GET.get("q", "").strip()
    found = search_units(request.actor, text, limit=PAGE) if text else []
    tops = [] if text else branch_for(request.actor)
    context = {
        "nodes": [_node(unit) for unit in tops],
        "found": [{"unit": unit, "kind": KINDS[unit.kind], "way": way} for unit, way in _ways(found)],
        "text": text,
    }
    return render(request, "orgs/units.html", context)


@door(OrgsPermission.VIEW_UNIT)
@require_GET
def unit_branch(request: Request, unit_id: int) -> HttpResponse:
    """Answer with the nodes directly below a unit."""
    below = branch_for(request.actor, unit_id)
    context = {"nodes": [_node(unit) for unit in below[:BRANCH]], "more": max(0, len(below) - BRANCH), "unit": unit_id}
    return render(request, "orgs/_branch.html", context)


def _node(unit: Unit) -> dict[str, Any]:
    has_more = bool(getattr(unit, "has_children", False))
    return {
        "unit": unit,
        "kind": KINDS[unit.kind],
        "branch": page_url("orgs:unit-branch", unit.pk) if has_more else "",
        "is_past": unit.until is not None,
    }


def _ways(units: list[Unit]) -> list[tuple[Unit, list[Unit]]]:
    """Return each unit with its ancestors from the province down, in one query."""
    wanted = {path for unit in units for path in _above(unit)}
    known = {unit.path: unit for unit in Unit.objects.filter(path__in=wanted)}
    return [(unit, [known[path] for path in _above(unit) if path in known]) for unit in units]


def _above(unit: Unit) -> list[str]:
    parts = unit.path.strip("/").split("/")
    return ["/" + "/".join(parts[:length]) + "/" for length in range(2, len(parts))]


@door(OrgsPermission.VIEW_UNIT)
@require_GET
def unit_page(request: Request, unit_id: int) -> HttpResponse:
    """Show a unit: where it lies, what it was called before, who supervises there, what lies below."""
    today, unit = local_day(timezone.now()), unit_for(request.actor, unit_id)
    below = branch_for(request.actor, unit_id)
    enterprise = unit.enterprise
    sees_enterprise = enterprise and enterprises_for(request.actor).filter(pk=enterprise.pk).exists()
    context = {
        "unit": unit,
        "kind": KINDS[unit.kind],
        "way": _linked(request, breadcrumbs(unit)[:-1]),
        "aliases": unit.aliases.order_by("-until", "-pk"),
        "children": [_node(child) for child in below if child.enterprise_id is None or unit.enterprise_id][:BRANCH],
        "sites": sites_in(request.actor, unit, on=today) if unit.enterprise_id is None else [],
        "departments": [_department(each) for each in departments_at(unit, on=today)],
        "enterprise": enterprise if sees_enterprise else None,
        "is_region": unit.kind in REGIONS,
        "may_edit": request.actor.may(OrgsPermission.EDIT_UNIT, unit_place(unit)),
        "urls": _urls(request, unit),
        "changes": _changes(request, unit),
        "heir": unit.merged_into,
        "under_way": unfinished_at(unit) if request.actor.has(OrgsPermission.EDIT_UNIT) else [],
    }
    return render(request, "orgs/unit.html", context)


def _changes(request: Request, unit: Unit) -> list[tuple[Any, str]]:
    """Return what the actor may change about a unit, as words and addresses."""
    place, actor = unit_place(unit), request.actor
    edits_tree = actor.may(OrgsPermission.EDIT_UNIT, place)
    edits_own = unit.enterprise_id is not None and actor.may(OrgsPermission.EDIT_ENTERPRISE, place)
    wanted = [
        (edits_tree or edits_own, _("Add a unit below"), "orgs:unit-new"),
        (edits_own and unit.kind == UnitKind.SITE, _("Edit the site"), "orgs:site-edit"),
        (edits_tree and unit.kind in REGIONS, _("Add a department"), "orgs:department-new"),
        (edits_tree and unit.kind in REGIONS, _("Lay down a jurisdiction"), "orgs:jurisdiction-new"),
        ((edits_tree or edits_own) and unit.until is None, _("End the unit"), "orgs:unit-end"),
    ]
    found = [(words, page_url(name, unit.pk)) for may, words, name in wanted if may and page_url(name, unit.pk)]
    if edits_tree and unit.parent_id is not None and unit.until is None:
        kinds = ReorganisationKind if unit.kind in REGIONS else [ReorganisationKind.MOVE]
        found += [(str(TITLES[kind]), page_url("orgs:reorganise", unit.pk, kind.value)) for kind in kinds]
    return found


def _linked(request: Request, above: list[Unit]) -> list[dict[str, Any]]:
    """Return the ancestors; those inside the actor's reach lead to their pages."""
    mine = set(units_for(request.actor).filter(pk__in=[unit.pk for unit in above]).values_list("pk", flat=True))
    return [{"unit": unit, "url": page_url("orgs:unit", unit.pk) if unit.pk in mine else ""} for unit in above]


def _department(one: Department) -> dict[str, Any]:
    known = matters()
    return {"department": one, "matters": [known[slug].title if slug in known else slug for slug in one.matters]}


def _urls(request: Request, unit: Unit) -> dict[str, str]:
    sees_figures = request.actor.may("insight:view", unit_place(unit))
    return {
        "dashboard": page_url("insights:dashboard", query={"unit": unit.path}) if sees_figures else "",
        "dangers": page_url("dangers:list", query={"unit": unit.path, "state": "open"})
        if request.actor.may("danger:view", unit_place(unit))
        else "",
        "editions": page_url("dangers:editions", unit.pk) if request.actor.may("danger:view", unit_place(unit)) else "",
        "judging": page_url("dangers:judging", query={"unit": unit.path})
        if request.actor.may("determination:make", unit_place(unit))
        else "",
        "enterprises": page_url("orgs:enterprises", query={"unit": unit.path})
        if request.actor.has(OrgsPermission.VIEW_ENTERPRISE)
        else "",
    }


@door(OrgsPermission.EDIT_UNIT)
@require_POST
def unit_rename(request: Request, unit_id: int) -> HttpResponse:
    """Give a unit another name; the former one keeps leading to it."""
    unit = rename_unit(unit_id, request.POST.get("name", ""), actor=request.actor, now=timezone.now())
    messages.success(request, _("The unit is now called %(name)s.") % {"name": unit.name})
    return onward(request, "orgs:unit", unit_id)


@door(OrgsPermission.EDIT_UNIT)
@require_POST
def unit_recode(request: Request, unit_id: int) -> HttpResponse:
    """Give a region another division code; the former one keeps leading to it."""
    unit = recode_unit(unit_id, request.POST.get("division_code", ""), actor=request.actor, now=timezone.now())
    messages.success(request, _("The unit now bears the code %(code)s.") % {"code": unit.division_code})
    return onward(request, "orgs:unit", unit_id)
