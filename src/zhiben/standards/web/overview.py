"""What the standards say of a part of the tree: present, unknown and absent beside each other, each number opening its list."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.law.standards import held
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward, page_url
from zhiben.orgs.models import Enterprise, Unit
from zhiben.standards.permissions import DeterminationPermission
from zhiben.standards.services.surveying import ask_for_survey
from zhiben.standards.surveyed import (
    VERDICTS,
    Bits,
    Counted,
    StandardCounted,
    Surveyed,
    by_standard,
    counts,
    judged_within,
    surveyed_for,
)
from zhiben.standards.web.changes import clause_words
from zhiben.standards.web.parts import chosen_unit, unit_picker

SHOWN = 50
WORDS: Mapping[str, str | Promise] = {
    "present": pgettext_lazy("verdict", "Hazard present"),
    "unknown": pgettext_lazy("verdict", "Cannot be judged yet"),
    "absent": pgettext_lazy("verdict", "Hazard absent"),
    "not-applicable": pgettext_lazy("verdict", "Not applicable"),
}


@door(DeterminationPermission.VIEW)
@require_http_methods(["GET", "POST"])
def overview(request: Request) -> HttpResponse:
    """Show by standard, and within one by clause, how many enterprises each answer stands for; posted: make it anew."""
    if request.method == "POST":
        ask_for_survey(actor=request.actor, now=timezone.now())
        messages.success(request, _("The overview is being made anew; look again in a minute."))
        return onward(request, "standards:overview")
    unit = chosen_unit(request.actor, request.GET.get("unit", ""))
    named = request.GET.get("standard", "")
    only = {"standard": named} if named and held(named) else {}
    surveyed = surveyed_for(request.actor, unit=unit, **only)
    context: dict[str, Any] = {
        "surveyed": surveyed,
        "unit": unit,
        "unit_picker": unit_picker(request.actor, request.GET, unit),
        "may_make": request.actor.has(DeterminationPermission.MAKE),
        "standard": held(named),
    }
    if surveyed is not None:
        joined = by_standard(surveyed.clauses)
        context |= _figures(surveyed, joined, unit, only.get("standard", ""))
        context["rows"] = [_standard(each, unit) for each in joined]
        if only:
            context["clauses"] = [_clause(each, unit) for each in _worst_first(surveyed.clauses)]
    return render(request, "standards/overview.html", context)


def _figures(surveyed: Surveyed, joined: list[StandardCounted], unit: Unit | None, standard: str) -> dict[str, Any]:
    judged, asked = sum(each.judged for each in joined), sum(each.asked for each in joined)
    return {
        "judged": judged,
        "asked": asked,
        "covered": judged * 100 // asked if asked else 0,
        **{verdict: len(surveyed.ids(_plane(surveyed, verdict, standard=standard))) for verdict in VERDICTS[:2]},
        "hits": sum(counts(each)["present"] for one in joined for each in one.clauses if not each.is_element),
        "open": sum(counts(each)["unknown"] for one in joined for each in one.clauses if not each.is_element),
        "links": {verdict: _list_url(unit, verdict=verdict, standard=standard) for verdict in VERDICTS},
    }


def _any(joined: list[StandardCounted], verdict: str, inside: Bits) -> Bits:
    whole = inside & ~inside
    for each in joined:
        for one in each.clauses:
            if not one.is_element:
                whole = whole | one.plane(verdict)
    return whole


def _standard(each: StandardCounted, unit: Unit | None) -> dict[str, Any]:
    known = held(each.standard)
    query = {"unit": unit.path if unit else "", "standard": each.standard}
    return {
        "id": each.standard,
        "title": known.title if known else Bilingual.of(each.standard),
        "document": known.number if known else "",
        "known": known,
        "counts": counts(each),
        "links": {verdict: _list_url(unit, verdict=verdict, standard=each.standard) for verdict in VERDICTS},
        "covered": each.judged * 100 // each.asked if each.asked else 0,
        "judged": each.judged,
        "asked": each.asked,
        "url": page_url("standards:overview", query=query),
    }


def _worst_first(clauses: tuple[Counted, ...]) -> list[Counted]:
    return sorted(clauses, key=lambda each: (each.is_element, -counts(each)["present"], -counts(each)["unknown"]))


def _clause(each: Counted, unit: Unit | None) -> dict[str, Any]:
    named = {"standard": each.standard, "clause": each.clause}
    known = held(each.standard)
    is_clause = known is not None and any(one.ref == each.clause for one in known.clauses)
    return {
        "ref": each.clause,
        "summary": clause_words(known, each.clause),
        "is_element": each.is_element,
        "counts": counts(each),
        "links": {verdict: _list_url(unit, verdict=verdict, **named) for verdict in VERDICTS},
        "url": page_url("standards:clause", each.standard, each.clause) if is_clause else "",
    }


def _list_url(unit: Unit | None, **query: str) -> str:
    return page_url("standards:affected", query={"unit": unit.path if unit else "", **query})


@door(DeterminationPermission.VIEW)
@require_GET
def affected(request: Request) -> HttpResponse:
    """List the enterprises behind a number."""
    unit = chosen_unit(request.actor, request.GET.get("unit", ""))
    standard, clause = request.GET.get("standard", ""), request.GET.get("clause", "")
    verdict = request.GET.get("verdict") or "present"
    if verdict not in VERDICTS or (clause and not standard):
        raise NotFound("page:not-found")
    only = {name: value for name, value in (("standard", standard), ("clause", clause)) if value}
    surveyed = surveyed_for(request.actor, unit=unit, **only)
    if surveyed is None:  # nothing to count yet: the overview says so
        return render(request, "standards/overview.html", {"surveyed": None})
    numbers = surveyed.ids(_plane(surveyed, verdict, standard=standard, clause=clause))
    start = _page(request.GET.get("page", "")) * SHOWN
    rows = judged_within(request.actor, unit).filter(pk__in=numbers[start : start + SHOWN])
    context = {
        "surveyed": surveyed,
        "unit": unit,
        "unit_picker": unit_picker(request.actor, request.GET, unit),
        "standard": held(standard),
        "clause": clause,
        "summary": clause_words(held(standard), clause) if clause else None,
        "verdict": verdict,
        "word": WORDS[verdict],
        "rows": [_enterprise(each) for each in rows.select_related("registered_site").order_by("pk")],
        "shown": len(numbers[start : start + SHOWN]),
        "total": len(numbers),
        "tabs": [
            {
                "label": WORDS[one],
                "url": _list_url(unit, verdict=one, **only),
                "count": len(surveyed.ids(_plane(surveyed, one, standard=standard, clause=clause))),
                "here": one == verdict,
            }
            for one in VERDICTS
            if clause or one != "not-applicable"
        ],
        **_pages(request, start, len(numbers)),
    }
    return render(request, "standards/affected.html", context)


def _plane(surveyed: Surveyed, verdict: str, *, standard: str, clause: str = "") -> Bits:
    """Return who a number counts: by a clause, by a standard where it is worst, or by any standard."""
    nowhere = surveyed.inside & ~surveyed.inside
    if clause:
        each = next(iter(surveyed.clauses), None)
        if verdict == "not-applicable":
            return surveyed.inside & ~each.applies if each else surveyed.inside
        return each.plane(verdict) if each else nowhere
    joined = by_standard(surveyed.clauses)
    if verdict == "not-applicable":
        return nowhere
    if standard:
        return getattr(joined[0], verdict) if joined else nowhere
    if verdict == "absent":
        bound = reduce(or_, [each.applies for each in joined], nowhere)
        return bound & ~_any(joined, "present", nowhere) & ~_any(joined, "unknown", nowhere)
    return _any(joined, verdict, nowhere)


def _enterprise(each: Enterprise) -> dict[str, Any]:
    return {
        "name": each.name,
        "url": page_url("orgs:enterprise", each.pk),
        "ask": page_url("standards:facts", each.pk, query={"show": "all"}),
        "changes": page_url("standards:changes", each.pk),
        "site": each.registered_site.name if each.registered_site else "",
        "employees": each.employees,
    }


def _page(text: str) -> int:
    return min(int(text), 100_000) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _pages(request: Request, start: int, total: int) -> dict[str, Any]:
    def at(page: int) -> str:
        query = request.GET.copy()
        query["page"] = str(page)
        return f"?{query.urlencode()}"

    page = start // SHOWN
    return {"newer": at(page - 1) if page else "", "older": at(page + 1) if start + SHOWN < total else ""}


def affected_by(request: Request, standard: str, clause: str) -> dict[str, Any] | None:
    """Return for a clause's page how many of the actor's enterprises it speaks of, each number with its list."""
    if not request.actor.has(DeterminationPermission.VIEW):
        return None
    surveyed = surveyed_for(request.actor, standard=standard, clause=clause)
    if surveyed is None:
        return {"surveyed": None}
    each = next(iter(surveyed.clauses), None)
    told = counts(each, surveyed.inside) if each else {"not-applicable": surveyed.size}
    rows = [
        {
            "verdict": verdict,
            "word": WORDS[verdict],
            "n": told.get(verdict, 0),
            "url": _list_url(None, verdict=verdict, standard=standard, clause=clause),
        }
        for verdict in VERDICTS
    ]
    return {"surveyed": surveyed, "rows": rows}
