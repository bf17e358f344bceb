"""Enterprises: the list, and the page of one."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from zhiben.kernel.periods import local_day
from zhiben.orgs.api import cursor_of, keys_of
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url
from zhiben.orgs.models import Enterprise, Unit
from zhiben.orgs.panels import panels_for
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.listing import PAGE, Wanted, count_enterprises, enterprises_listed, posts_of, wanted_of
from zhiben.orgs.selectors.parties import EnterprisePage, enterprise_page, enterprise_place
from zhiben.orgs.selectors.units import breadcrumbs
from zhiben.orgs.web.words import ENGAGED, POSTS, industry_choices, industry_words


@door(OrgsPermission.VIEW_ENTERPRISE)
@require_GET
def enterprise_list(request: Request) -> HttpResponse:
    """Show the enterprises of the actor's reach by name, found by a part of it or by credit code."""
    wanted = wanted_of(request.actor, request.GET)
    after = keys_of(request.GET.get("after", ""), [str, int])
    rows = enterprises_listed(request.actor, wanted, after=(after[0], after[1]) if after else None)
    shown, language = rows[:PAGE], get_language() or "zh-hans"
    context = {
        "rows": [{"enterprise": one, "industries": industry_words(one.industries_mask)} for one in shown],
        "total": count_enterprises(request.actor, wanted),
        "older": _older(request, shown[-1]) if len(rows) > PAGE else "",
        "industries": [(slug, name(language)) for slug, name in industry_choices()],
        "chips": _chips(request, wanted),
        "may_import": page_url("exchange:imports"),
        "export_url": page_url("exchange:enterprises") if request.actor.has("export:make") else "",
        "may_enter": request.actor.has(OrgsPermission.EDIT_ENTERPRISE),
    }
    return render(request, "orgs/enterprises.html", context)


def _older(request: Request, last: Enterprise) -> str:
    query = {name: value for name, value in request.GET.items() if name != "after"}
    return f"?{urlencode(query | {'after': cursor_of(last.plain_name, last.pk)})}"


def _chips(request: Request, wanted: Wanted) -> list[dict[str, str]]:
    """Return what narrows the list and is not seen in its fields."""
    if wanted.unit is None:
        return []
    query = {name: value for name, value in request.GET.items() if name not in {"unit", "after"}}
    return [{"label": wanted.unit.name, "url": f"?{urlencode(query)}"}]


@door(OrgsPermission.VIEW_ENTERPRISE)
@require_GET
def enterprise(request: Request, enterprise_id: int) -> HttpResponse:
    """Show an enterprise: who it is, where, with whom, and what other rooms know of it."""
    today = local_day(timezone.now())
    page = enterprise_page(request.actor, enterprise_id, on=today)
    one = page.enterprise
    shown = panels_for(request.actor, one, today)
    context = {
        "page": page,
        "enterprise": one,
        "industries": industry_words(one.industries_mask),
        "way": _way(one.registered_site),
        "people": _people(page),
        "here": [{"engagement": each, "role": ENGAGED.get(each.role, each.role)} for each in page.here],
        "elsewhere": [{"engagement": each, "role": ENGAGED.get(each.role, each.role)} for each in page.elsewhere],
        "main_panels": [each for each in shown if not each.panel.is_side],
        "side_panels": [each for each in shown if each.panel.is_side],
        "urls": _urls(request, one),
        "may_edit": request.actor.may(OrgsPermission.EDIT_ENTERPRISE, enterprise_place(one)),
        "may_open_people": request.actor.has(OrgsPermission.VIEW_UNIT),
    }
    return render(request, "orgs/enterprise.html", context)


def _way(site: Unit | None) -> list[Unit]:
    """Return the regions above a site, from the province down."""
    return breadcrumbs(site)[1:-1] if site else []


def _people(page: EnterprisePage) -> list[dict[str, Any]]:
    """Return the people with their posts, the principal and the controller first."""
    one, held = page.enterprise, posts_of(page.people, on=local_day(timezone.now()))
    rows = []
    for person in page.people:
        kinds = {appointment.post.kind for appointment in held.get(person.pk, [])}
        kinds |= {kind for kind in ("principal", "controller") if getattr(one, f"{kind}_id") == person.pk}
        order = [kind for kind in POSTS if kind in kinds]
        rows.append({"person": person, "posts": [POSTS[kind] for kind in order], "order": order})
    ranks = list(POSTS)
    return sorted(rows, key=lambda row: min((ranks.index(kind) for kind in row["order"]), default=len(ranks)))


def _urls(request: Request, one: Enterprise) -> dict[str, str]:
    may_report = request.actor.may("danger:report", enterprise_place(one))
    return {
        "dangers": page_url("dangers:list", query={"enterprise": one.pk, "state": "open"}),
        "report": page_url("dangers:report", query={"unit": one.path}) if may_report else "",
    }
