"""Judging an enterprise on a press, and what a determination says."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid
from zhiben.kernel.periods import local_day
from zhiben.law.facts import RESERVED
from zhiben.law.standards import Clause, Composite, Standard, held
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward
from zhiben.orgs.public import enterprise_for, enterprise_place
from zhiben.standards.models import Determination
from zhiben.standards.permissions import DeterminationPermission, FactPermission
from zhiben.standards.selectors import determination_for, requests_of
from zhiben.standards.services.judging import judge_enterprise
from zhiben.standards.web.words import SOURCES, fact_label, value_words

ORDER = ("present", "unknown", "absent")


@door(DeterminationPermission.MAKE)
@require_POST
def judge(request: Request, enterprise_id: int) -> HttpResponse:
    """Judge an enterprise by all standards of its industries, now or as of a day."""
    now = timezone.now()
    today = local_day(now)
    day = day_of(request.POST.get("day", ""), "day") or today
    if day > today:
        raise Invalid("fact:in-the-future", field="day", day=day.isoformat())
    made = judge_enterprise(enterprise_id, day=day, actor=request.actor, now=now)
    if made:
        told = ngettext("Judged by %(n)s standard.", "Judged by %(n)s standards.", len(made)) % {"n": len(made)}
        messages.success(request, told)
    else:
        messages.warning(request, _("No standard in force that day names the industries of this enterprise."))
    return onward(request, "orgs:enterprise", enterprise_id)


def day_of(text: str, field: str) -> date | None:
    """Read a day typed into a form; nothing where nothing was typed."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid("day:unreadable", field=field, value=text, example="2026-01-31") from None


@door(DeterminationPermission.VIEW)
@require_GET
def determination(request: Request, determination_id: int) -> HttpResponse:
    """Show a determination: what is there, what is not known yet, what is not there; and how much could be judged."""
    found = determination_for(request.actor, determination_id)
    enterprise = enterprise_for(request.actor, found.enterprise_id or 0)
    asked = {one.name for one in requests_of(request.actor, enterprise.pk)} if _may_see_facts(request) else set()
    rows = [_row(found, clause, asked) for clause in found.clauses]
    context = {
        "found": found,
        "enterprise": enterprise,
        "standard": held(found.standard),
        "parts": [{"verdict": verdict, "rows": _of(rows, verdict)} for verdict in ORDER if _of(rows, verdict)],
        "coverage": found.coverage,
        "warnings": [_told(one) for one in found.coverage.get("warnings", ())],
        "facts": [_fact(name, fact) for name, fact in sorted(found.facts.items())],
        "all_missing": sorted({name for row in rows for name in row["to_ask"]}),
        "may_ask": request.actor.may(FactPermission.ASK, enterprise_place(enterprise)),
        "may_record": request.actor.may(FactPermission.RECORD, enterprise_place(enterprise)),
    }
    return render(request, "standards/determination.html", context)


def _may_see_facts(request: Request) -> bool:
    return request.actor.has(FactPermission.VIEW)


def _of(rows: Iterable[dict[str, Any]], verdict: str) -> list[dict[str, Any]]:
    """Return the rows of a verdict; what is a hazard by itself before mere elements."""
    return sorted((row for row in rows if row["verdict"] == verdict), key=lambda row: row["is_element"])


def _row(found: Determination, clause: Mapping[str, Any], asked: set[str]) -> dict[str, Any]:
    ref, missing = clause["clause"], [name for name in clause["missing"] if name not in RESERVED]
    return {
        "ref": ref,
        "verdict": clause["verdict"],
        "summary": _summary(held(found.standard), ref),
        "reasons": [_told(reason) for reason in clause["reasons"]],
        "missing": [{"name": name, "label": fact_label(name), "is_asked": name in asked} for name in missing],
        "to_ask": [name for name in missing if name not in asked],
        "is_element": bool(clause.get("element")),
        "verify": bool(clause.get("verify")),
    }


def _summary(known: Standard | None, ref: str) -> Bilingual:
    parts: list[Clause | Composite] = [*known.clauses, *known.composites] if known else []
    return next((each.summary for each in parts if each.ref == ref), Bilingual("", ""))


def _told(reason: Mapping[str, Any]) -> Bilingual:
    return Bilingual(str(reason.get("zh", "")), str(reason.get("en", "")))


def _fact(name: str, fact: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "label": fact_label(name),
        "value": value_words(name, fact["value"]),
        "day": fact["day"],
        "source": SOURCES.get(fact["source"], fact["source"]),
        "is_fresh": fact["fresh"],
    }
