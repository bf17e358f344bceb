"""The standards themselves: which there are, which hold, what they say."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.views.decorators.http import require_GET

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.periods import local_day
from zhiben.law.facts import industries
from zhiben.law.likening import forerunner
from zhiben.law.standards import Clause, Standard, standard, standards
from zhiben.orgs.doors import Request, door
from zhiben.standards.web.words import DECIDABLE, fact_label

OPEN = "the law is public"
STATES: Mapping[str, tuple[str | Promise, str]] = {
    "in-force": (pgettext_lazy("standard", "in force"), "done"),
    "coming": (pgettext_lazy("standard", "not yet in force"), "active"),
    "repealed": (pgettext_lazy("standard", "repealed"), "aside"),
    "unknown": (pgettext_lazy("standard", "effective date not known, never judged"), "aside"),
}

CONFIDENCE: Mapping[str, str | Promise] = {
    "high": pgettext_lazy("confidence", "high"),
    "medium": pgettext_lazy("confidence", "medium"),
    "low": pgettext_lazy("confidence", "low"),
}


def state_of(known: Standard, day: date) -> str:
    """Return how an edition stands on a day."""
    if known.effective is None:
        return "unknown"
    if known.in_force(day):
        return "in-force"
    return "coming" if day < known.effective else "repealed"


@door(open_because=OPEN)
@require_GET
def standard_list(request: Request) -> HttpResponse:
    """Show every edition known, those in force first."""
    today, language = local_day(timezone.now()), get_language() or "zh-hans"
    text, state, industry = (request.GET.get(name, "").strip() for name in ("q", "state", "industry"))
    shown = [
        _row(each, today)
        for each in standards().values()
        if (not text or _matches(each, text))
        and (not state or state_of(each, today) == state)
        and (not industry or industry in each.industries)
    ]
    rank = list(STATES)
    context = {
        "rows": sorted(shown, key=lambda row: (rank.index(row["state"]), row["standard"].id)),
        "states": [(key, words) for key, (words, _tone) in STATES.items()],
        "industries": [(slug, one.label(language)) for slug, one in industries().items()],
        "count": len(standards()),
    }
    return render(request, "standards/list.html", context)


def _matches(known: Standard, text: str) -> bool:
    told = f"{known.id} {known.title.zh} {known.title.en} {known.document}".casefold()
    return text.casefold() in told


def _row(known: Standard, day: date) -> dict[str, Any]:
    state = state_of(known, day)
    words, tone = STATES[state]
    return {"standard": known, "state": state, "words": words, "tone": tone, "clauses": len(known.clauses)}


@door(open_because=OPEN)
@require_GET
def standard_page(request: Request, standard_id: str) -> HttpResponse:
    """Show one edition with its clauses in our own words."""
    known = standard(standard_id)
    labels = industries()
    context = _row(known, local_day(timezone.now())) | {
        "industries": [labels[slug].label for slug in sorted(known.industries) if slug in labels],
        "groups": _groups(known.clauses),
        "composites": known.composites,
        "confidence": CONFIDENCE.get(known.confidence, known.confidence),
        "forerunner": forerunner(known) if known.clauses else None,
        "editions": [one for one in standards().values() if one.family == known.family and one.id != known.id],
    }
    return render(request, "standards/standard.html", context)


def _groups(clauses: Sequence[Clause]) -> list[dict[str, Any]]:
    """Return the clauses by the part of the standard they stand in."""
    named = groupby(clauses, key=lambda each: each.group.label if each.group else Bilingual("", ""))
    return [{"label": label, "clauses": [_clause(each) for each in part]} for label, part in named]


def _clause(each: Clause) -> dict[str, Any]:
    return {
        "clause": each,
        "decidable": DECIDABLE[each.decidable],
        "facts": [fact_label(name) for name in each.facts],
    }
