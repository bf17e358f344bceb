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

from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.kernel.periods import local_day
from zhiben.law.facts import industries, widened
from zhiben.law.key_items import KeyItem, KeyList
from zhiben.law.likening import forerunner
from zhiben.law.searching import Found, folded, search, words_of
from zhiben.law.standards import Clause, Standard, standards
from zhiben.orgs.doors import Request, door
from zhiben.standards.permissions import DeterminationPermission
from zhiben.standards.regional import edition_for, editions_for, key_lists_for, kin_of, region_names
from zhiben.standards.web.words import DECIDABLE, fact_label

OPEN = "the law is public"
STATES: Mapping[str, tuple[str | Promise, str]] = {
    "in-force": (pgettext_lazy("standard", "in force"), "done"),
    "coming": (pgettext_lazy("standard", "not yet in force"), "active"),
    "repealed": (pgettext_lazy("standard", "repealed"), "aside"),
    "unknown": (pgettext_lazy("standard", "effective date not known, never judged"), "aside"),
}

FIELDS: Mapping[str, str | Promise] = {
    "title": pgettext_lazy("field of a standard", "title"),
    "issuer": pgettext_lazy("field of a standard", "who issued it"),
    "document": pgettext_lazy("field of a standard", "document number"),
    "issued": pgettext_lazy("field of a standard", "day of issue"),
    "effective": pgettext_lazy("field of a standard", "first day"),
    "repealed": pgettext_lazy("field of a standard", "last day"),
    "supersedes": pgettext_lazy("field of a standard", "what it replaces"),
}
CLAUSES_SHOWN = 60

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


HELD: Mapping[str, str | Promise] = {
    "whole": pgettext_lazy("standard held", "all clauses held"),
    "part": pgettext_lazy("standard held", "not all clauses held"),
    "header": pgettext_lazy("standard held", "header only, no clauses"),
    "verify": pgettext_lazy("standard held", "with something to verify"),
}


@door(open_because=OPEN)
@require_GET
def standard_list(request: Request) -> HttpResponse:
    """Show every edition known, those in force first; what is searched for also clause by clause."""
    language = get_language() or "zh-hans"
    told = {name: request.GET.get(name, "").strip() for name in ("q", "state", "industry", "held")}
    on = _day_asked(request.GET.get("on", ""))
    today = on or local_day(timezone.now())
    every = [*standards().values(), *editions_for(request.actor)]
    among = [each for each in every if _fits(each, told, today) and (on is None or each.in_force(on))]
    found = search(told["q"], among) if told["q"] else [Found(each, True, ()) for each in among]
    shown = [_row(each.standard, today) for each in found if each.by_itself]
    clauses = [_hit(clause, each.standard, today) for each in found for clause in each.clauses]
    rank = list(STATES)
    context = {
        "rows": sorted(shown, key=lambda row: (rank.index(row["state"]), row["standard"].id)),
        "clauses": sorted(clauses, key=lambda row: rank.index(row["state"]))[:CLAUSES_SHOWN],
        "clauses_found": len(clauses),
        "states": [(key, words) for key, (words, _tone) in STATES.items()],
        "held": list(HELD.items()),
        "industries": [(slug, one.label(language)) for slug, one in industries().items()],
        "shown": len(shown),
        "count": len(every),
        "on": on,
        "regions": region_names(every),
        "key_items": key_items_shown(request.actor, today, words=told["q"], industry=told["industry"]),
        "q": told["q"],
        "may_try": request.actor.has(DeterminationPermission.VIEW),
    }
    return render(request, "standards/list.html", context)


def _day_asked(text: str) -> date | None:
    """Read the day of a filter; what is no day filters nothing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _fits(known: Standard, told: Mapping[str, str], day: date) -> bool:
    """Tell whether an edition passes the filters."""
    industry, held = told["industry"], told["held"]
    bound = widened([industry]) if industry in industries() else frozenset()
    return (
        (not told["state"] or state_of(known, day) == told["state"])
        and (not industry or bool(known.industries & bound))
        and (not held or held in held_as(known))
    )


def held_as(known: Standard) -> frozenset[str]:
    """Tell how much of an edition is held here, and whether something of it is still to be checked."""
    is_part = known.is_incomplete or known.is_topics_only
    kept = "header" if known.is_header_only else "part" if is_part else "whole"
    return frozenset({kept, "verify"}) if to_verify(known) or known.verify_fields else frozenset({kept})


def to_verify(known: Standard) -> int:
    """Return how many clauses were not yet checked against the official text."""
    return sum(each.verify for each in known.clauses)


def _row(known: Standard, day: date) -> dict[str, Any]:
    state = state_of(known, day)
    words, tone = STATES[state]
    return {
        "standard": known,
        "state": state,
        "words": words,
        "tone": tone,
        "clauses": len(known.clauses),
        "to_verify": to_verify(known),
        "verify_fields": [FIELDS.get(name, name) for name in known.verify_fields],
    }


def key_items_shown(actor: Actor, day: date, *, words: str, industry: str) -> list[dict[str, Any]]:
    """Return the key inspection items in which all the words stand; without words, none but their lists."""
    wanted, bound = words_of(words), widened([industry]) if industry in industries() else frozenset()
    lists = [
        (version, listed) for version, listed in key_lists_for(actor, day) if not industry or listed.industries & bound
    ]
    return [
        {"version": version, "list": listed, "items": items}
        for version, listed in lists
        if (items := [each for each in listed.items if _speaks(listed, each, wanted)])
    ]


def _speaks(listed: KeyList, each: KeyItem, wanted: tuple[str, ...]) -> bool:
    look = each.look or Bilingual("", "")
    texts = (listed.title, each.summary, look)
    said = folded(
        " ".join([each.ref, listed.document, listed.document_en, *(part for one in texts for part in (one.zh, one.en))])
    )
    return all(word in said for word in wanted)


@door(open_because=OPEN)
@require_GET
def key_list_page(request: Request, slug: str) -> HttpResponse:
    """Show a list of key inspection items, which are no clauses."""
    today, labels = local_day(timezone.now()), industries()
    found = next(((one, each) for one, each in key_lists_for(request.actor, today) if each.id == slug), None)
    if found is None:
        raise NotFound("standard:unknown", standard=slug[:80])
    version, listed = found
    context = {
        "list": listed,
        "version": version,
        "confidence": CONFIDENCE.get(listed.confidence, listed.confidence),
        "industries": [labels[one].label for one in sorted(listed.industries) if one in labels],
    }
    return render(request, "standards/key_list.html", context)


def _hit(clause: Clause, known: Standard, day: date) -> dict[str, Any]:
    state = state_of(known, day)
    words, tone = STATES[state]
    return {"clause": clause, "standard": known, "state": state, "words": words, "tone": tone}


@door(open_because=OPEN)
@require_GET
def standard_page(request: Request, standard_id: str) -> HttpResponse:
    """Show one edition with its clauses in our own words."""
    known = edition_for(request.actor, standard_id)
    labels = industries()
    kin = kin_of(known)
    context = _row(known, local_day(timezone.now())) | {
        "industries": [labels[slug].label for slug in sorted(known.industries) if slug in labels],
        "groups": _groups(known.clauses),
        "composites": known.composites,
        "confidence": CONFIDENCE.get(known.confidence, known.confidence),
        "forerunner": forerunner(known, kin) if known.clauses else None,
        "regions": region_names([known]),
        "key_lists": [
            listed
            for _version, listed in key_lists_for(request.actor, local_day(timezone.now()))
            if listed.industries & known.industries
        ],
        "editions": [
            one
            for one in (standards().values() if kin is None else kin)
            if one.family == known.family and one.id != known.id
        ],
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
