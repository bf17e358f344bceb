"""One search over everything the actor may see: dangers, enterprises, units, clauses of the standards."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from zhiben.dangers.public import DangerPermission, Filters, dangers_for
from zhiben.kernel.actor import Actor
from zhiben.kernel.periods import local_day
from zhiben.law.standards import Clause, Standard, standards
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.public import breadcrumbs, search_enterprises, search_units

FOUND = 10
LONGEST = 100


@door(open_because="everybody finds what they may see, and nothing else")
@require_GET
def search(request: Request) -> HttpResponse:
    """Show the first ten of each kind."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    found = _found(request.actor, text) if text else {}
    context = {"text": text, "total": sum(len(rows) for rows in found.values()), **found}
    context["all_dangers"] = page_url("dangers:list", query={"q": text})
    context["all_enterprises"] = page_url("orgs:enterprises", query={"q": text})
    context["all_units"] = page_url("orgs:units", query={"q": text})
    return render(request, "shell/search.html", context)


def _found(actor: Actor, text: str) -> dict[str, Sequence[Any]]:
    return {
        "dangers": _dangers(actor, text) if actor.has(DangerPermission.VIEW) else [],
        "enterprises": search_enterprises(actor, text, limit=FOUND)
        if actor.has(OrgsPermission.VIEW_ENTERPRISE)
        else [],
        "units": _units(actor, text) if actor.has(OrgsPermission.VIEW_UNIT) else [],
        "clauses": _clauses(text),
    }


def _dangers(actor: Actor, text: str) -> list[dict[str, Any]]:
    rows = dangers_for(actor, Filters(text=text), limit=FOUND).dicts()
    return [row | {"url": page_url("dangers:detail", row["id"])} for row in rows]


def _units(actor: Actor, text: str) -> list[dict[str, Any]]:
    units = search_units(actor, text, limit=FOUND)
    return [{"unit": unit, "way": [above.name for above in breadcrumbs(unit)[1:-1]]} for unit in units]


def _clauses(text: str) -> list[dict[str, Any]]:
    """Find clauses whose words hold every word asked for, in either language; those in force first."""
    words, today = text.casefold().split(), local_day(timezone.now())
    hits = [
        (known, each)
        for known in standards().values()
        for each in known.clauses
        if all(word in _words(known, each) for word in words)
    ]
    hits.sort(key=lambda hit: not hit[0].in_force(today))
    return [{"standard": known, "clause": each, "in_force": known.in_force(today)} for known, each in hits[:FOUND]]


def _words(known: Standard, each: Clause) -> str:
    return f"{known.id} {each.ref} {known.title.zh} {each.summary.zh} {each.summary.en}".casefold()
