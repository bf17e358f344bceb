"""Facts of an enterprise: what is known, what is asked for, what could be asked; and recording one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiben.files.public import files_of_all
from zhiben.kernel.errors import Invalid, NotFound, Refusal
from zhiben.kernel.periods import local_day
from zhiben.kernel.quantities import exact
from zhiben.law.facts import SEEN, vocabulary
from zhiben.law.standards import Clause, facts_asked, held
from zhiben.orgs.domain.industries import slugs_of
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward, page_url
from zhiben.orgs.models import Enterprise
from zhiben.orgs.public import enterprise_for, enterprise_place
from zhiben.standards.domain.freshness import FactSource, Known
from zhiben.standards.permissions import FactPermission
from zhiben.standards.regional import editions_at
from zhiben.standards.selectors import fact_history, facts_of, requests_of
from zhiben.standards.services.recording import NewFact, ask_for_facts, record_facts
from zhiben.standards.web.determinations import day_of
from zhiben.standards.web.words import SOURCES, cited, fact_label, is_measured, unit_words, value_words

SHOWN = 100
TRUTHS = {"yes": True, "no": False}


@door(FactPermission.VIEW)
@require_GET
def fact_list(request: Request, enterprise_id: int) -> HttpResponse:
    """Show what is asked for and known of an enterprise, or all that its standards ask."""
    today = local_day(timezone.now())
    enterprise = enterprise_for(request.actor, enterprise_id)
    held = facts_of(request.actor, enterprise_id, day=today)
    wanted = {one.name: one for one in requests_of(request.actor, enterprise_id)}
    asked = facts_asked(slugs_of(enterprise.industries_mask), today, also=editions_at(enterprise.path, today))
    tab = request.GET.get("show", "") if request.GET.get("show") in {"asked", "all", "known"} else ""
    tab = tab or ("asked" if wanted else "known")
    names = {"asked": list(wanted), "known": sorted(held), "all": list(asked)}[tab]
    text = request.GET.get("q", "").strip().casefold()
    rows = [_row(name, held.get(name), asked.get(name, ()), today) for name in names if _matches(name, text)]
    context = {
        "enterprise": enterprise,
        "rows": rows[:SHOWN],
        "total": len(rows),
        "tab": tab,
        "tabs": _tabs(enterprise, tab, {"asked": len(wanted), "known": len(held), "all": len(asked)}),
        "asked": wanted,
        "may_record": request.actor.may(FactPermission.RECORD, enterprise_place(enterprise)),
        "may_ask": request.actor.may(FactPermission.ASK, enterprise_place(enterprise)),
    }
    return render(request, "standards/facts.html", context)


def _matches(name: str, text: str) -> bool:
    label = fact_label(name)
    return not text or text in f"{name} {name.replace('_', ' ')} {label.zh} {label.en}".casefold()


def _row(name: str, known: Known | None, clauses: tuple[Clause, ...], today: date) -> dict[str, Any]:
    return {
        "name": name,
        "label": fact_label(name),
        "known": known,
        "value": value_words(name, known.value) if known else "",
        "source": SOURCES[known.source] if known else "",
        "is_fresh": known.is_fresh(today) if known else False,
        "clauses": [cited(each) for each in clauses],
    }


def _tabs(enterprise: Enterprise, here: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    words = {"asked": _("Asked for"), "known": _("Known"), "all": _("All that its standards ask")}
    return [
        {
            "label": words[tab],
            "url": page_url("standards:facts", enterprise.pk, query={"show": tab}),
            "count": counts[tab],
            "here": tab == here,
        }
        for tab in words
    ]


@door(FactPermission.ASK)
@require_POST
def ask(request: Request, enterprise_id: int) -> HttpResponse:
    """Ask for facts, so that whoever can know them is told."""
    names = request.POST.getlist("fact")[:200]
    if not names:
        raise Invalid("fact:none-named", field="fact")
    clauses = request.POST.get("clause", "")
    new = ask_for_facts(
        enterprise_id, {name: [clauses] if clauses else [] for name in names}, actor=request.actor, now=timezone.now()
    )
    told = ngettext("Asked for %(n)s fact.", "Asked for %(n)s facts.", len(new)) % {"n": len(new)}
    messages.success(request, told if new else _("These facts were asked for already."))
    back = request.POST.get("determination", "")
    if back.isascii() and back.isdigit() and len(back) < 19:
        return onward(request, "standards:determination", int(back))
    return onward(request, "standards:facts", enterprise_id, query={"show": "asked"})


@door(FactPermission.RECORD)
@require_http_methods(["GET", "POST"])
def record(request: Request, enterprise_id: int) -> HttpResponse:
    """Record one fact: its value in its own unit, the day it held, where it is known from."""
    enterprise = enterprise_for(request.actor, enterprise_id)
    name = (request.POST if request.method == "POST" else request.GET).get("name", "")
    kind, clauses = kind_of(name), _clauses(enterprise, name)
    now, problem = timezone.now(), None
    if request.method == "POST":
        try:
            record_facts(enterprise_id, [_new(request, name)], actor=request.actor, now=now)
        except Refusal as refusal:
            problem = refusal
        else:
            messages.success(request, _("The fact is recorded."))
            return onward(request, "standards:facts", enterprise_id)
    unit = vocabulary()[name].unit if name in vocabulary() else ""
    context = {
        "enterprise": enterprise,
        "name": name,
        "label": fact_label(name),
        "kind": kind,
        "is_look": name.startswith(SEEN),
        "unit": unit_words(unit) if is_measured(unit) else "",
        "options": options_of(name),
        "typed": request.POST,
        "today": local_day(now),
        "clauses": [{"clause": each, "cited": cited(each)} for each in clauses],
        "problem": problem,
        "history": _history(request, enterprise_id, name),
    }
    return render(request, "standards/record.html", context, status=422 if problem else 200)


def _history(request: Request, enterprise_id: int, name: str) -> list[dict[str, Any]]:
    rows = fact_history(request.actor, enterprise_id, name)
    proven = files_of_all(f"fact/{one.pk}" for one in rows if one.evidence)
    return [
        {
            "fact": one,
            "value": value_words(name, one.value),
            "source": SOURCES.get(one.source, one.source),
            "files": proven.get(f"fact/{one.pk}", ()),
        }
        for one in rows
    ]


def kind_of(name: str) -> str:
    """Return how a fact is asked for: truth, text or number; what no rule asks for does not exist."""
    if name.startswith(SEEN):
        standard, _slash, ref = name.removeprefix(SEEN).partition("/")
        edition = held(standard)
        if edition is None or all(each.ref != ref for each in edition.clauses):
            raise NotFound("page:not-found")
        return "truth"
    known = vocabulary().get(name)
    if known is None:
        raise NotFound("page:not-found")
    return known.kind


def _clauses(enterprise: Enterprise, name: str) -> list[Clause]:
    today = local_day(timezone.now())
    return list(
        facts_asked(slugs_of(enterprise.industries_mask), today, also=editions_at(enterprise.path, today)).get(name, ())
    )


def options_of(name: str) -> list[tuple[str, str]]:
    """Return the answers to choose from; none where a number is typed."""
    if name.startswith(SEEN):
        return [("yes", _("The hazard is there")), ("no", _("I looked at all of it: it is not there"))]
    known = vocabulary()[name]
    if known.kind == "truth":
        return [("yes", _("Yes")), ("no", _("No"))]
    if known.kind == "text":
        return [(choice, choice) for choice in known.choices]
    return []


def _new(request: Request, name: str) -> NewFact:
    text = request.POST.get("value", "").strip()
    if not text:
        raise Invalid("fact:no-value", field=name)
    day = day_of(request.POST.get("day", ""), "day") or local_day(timezone.now())
    is_look = name.startswith(SEEN) or request.POST.get("source") == FactSource.LOOK
    return NewFact(
        name=name,
        value=value_of(name, text),
        day=day,
        source=FactSource.LOOK if is_look else FactSource.PERSON,
        source_text=request.POST.get("source_text", "").strip()[:300],
    )


def value_of(name: str, text: str) -> Any:
    """Read what was typed; whether it fits the fact the law's vocabulary says."""
    kind = kind_of(name)
    if kind == "truth":
        return TRUTHS.get(text)
    if kind == "text":
        return text
    try:
        number = exact(text.replace(",", "").replace("，", ""))
    except Invalid:
        raise Invalid("facts:wrong-value", field=name, reason=_("needs a number"), value=text, example="1.5") from None
    return int(number) if number.denominator == 1 else float(number)
