"""One clause: what it says, its rule in words, the facts it asks for, what it was and what became of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from zhiben.kernel.errors import NotFound
from zhiben.kernel.periods import local_day
from zhiben.law.clause_history import Stage, clause_history
from zhiben.law.facts import vocabulary
from zhiben.law.rule_words import told
from zhiben.law.standards import Clause, Standard
from zhiben.orgs.doors import Request, door
from zhiben.standards.permissions import DeterminationPermission
from zhiben.standards.regional import edition_for, kin_of, region_names
from zhiben.standards.web.changes import KINDS
from zhiben.standards.web.knowledge import beside
from zhiben.standards.web.library import CONFIDENCE, OPEN, STATES, state_of
from zhiben.standards.web.overview import affected_by
from zhiben.standards.web.words import DECIDABLE, fact_label, unit_words


@door(open_because=OPEN)
@require_GET
def clause_page(request: Request, standard_id: str, ref: str) -> HttpResponse:
    """Show one clause of an edition."""
    known = edition_for(request.actor, standard_id)
    each = clause_of(known, ref)
    day = local_day(timezone.now())
    words, tone = STATES[state_of(known, day)]
    language = get_language() or "zh-hans"
    history = clause_history(known, each, kin_of(known))
    context = {
        "standard": known,
        "clause": each,
        "words": words,
        "tone": tone,
        "decidable": DECIDABLE[each.decidable],
        "confidence": CONFIDENCE.get(known.confidence, known.confidence),
        "rule": told(each.rule) if each.rule else None,
        "may_try": request.actor.has(DeterminationPermission.VIEW),
        "facts": [_asked(name) for name in each.facts],
        "composites": [one for one in known.composites if any(ref in count.refs for count in one.counts)],
        "history": [_stage(stage, each, language) for stage in history],
        "affected": affected_by(request, known.id, each.ref),
        **beside(request, known.id, each.ref),
        "region_names": region_names([known]),
        "neighbours": _neighbours(known, each),
    }
    return render(request, "standards/clause.html", context)


def _asked(name: str) -> dict[str, Any]:
    fact = vocabulary().get(name)
    unit = fact.unit if fact else ""
    return {"name": name, "label": fact_label(name), "unit": unit_words(unit), "is_number": unit not in {"", "boolean"}}


def clause_of(known: Standard, ref: str) -> Clause:
    """Return a clause by its reference; refuse one that is not there."""
    found = next((each for each in known.clauses if each.ref == ref), None)
    if found is None:
        raise NotFound("clause:unknown", standard=known.id, clause=ref)
    return found


def _neighbours(known: Standard, each: Clause) -> dict[str, Clause | None]:
    at = known.clauses.index(each)
    return {
        "before": known.clauses[at - 1] if at else None,
        "after": known.clauses[at + 1] if at + 1 < len(known.clauses) else None,
    }


def _stage(stage: Stage, here: Clause, language: str) -> dict[str, Any]:
    label, tone = KINDS[stage.pair.change] if stage.pair else ("", "plain")
    return {
        "standard": stage.standard,
        "clause": stage.clause,
        "is_here": stage.clause is here,
        "label": label,
        "tone": tone,
        "spans": stage.pair.words(language) if stage.pair and stage.clause else (),
        "is_held": stage.standard.may_clear,
    }
