"""Ten questions, one a screen: the missing fact that settles most clauses first, weighed anew after every answer.

A round stands in the session: what was open when it began, what was asked so far, and where the person is in it.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zhiben.kernel.errors import Invalid, Refusal
from zhiben.kernel.periods import local_day
from zhiben.law.asking import ASKED, Asking, Question
from zhiben.law.facts import SEEN, vocabulary
from zhiben.law.standards import clause
from zhiben.orgs.doors import Request, door
from zhiben.orgs.models import Enterprise
from zhiben.orgs.public import enterprise_for, enterprise_place
from zhiben.standards.domain.freshness import FactSource
from zhiben.standards.permissions import DeterminationPermission, FactPermission
from zhiben.standards.selectors import facts_of, questions_for
from zhiben.standards.services.recording import NewFact, Photo, record_with_photos
from zhiben.standards.web.facts import kind_of, options_of, value_of
from zhiben.standards.web.words import cited, fact_label, is_measured, unit_words, value_words

MOST_PHOTOS = 5


@dataclass
class Round:
    """A round of questions: how many clauses were open when it began, and what was asked, in order."""

    open: int
    day: str
    asked: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    at: int = 0  # which of those asked is on the screen; behind the last one: a new one is looked for

    @property
    def number(self) -> int:
        """Return which question this is, the first one being 1."""
        return self.at + 1


@door(FactPermission.RECORD)
@require_http_methods(["GET", "POST"])
def ask_next(request: Request, enterprise_id: int) -> HttpResponse:
    """Show the question that settles most, or take its answer and show the next."""
    enterprise = enterprise_for(request.actor, enterprise_id, FactPermission.RECORD)
    today = local_day(timezone.now())
    told = _round(request, enterprise, today)
    refusal = None
    if request.method == "POST":
        try:
            _take(request, enterprise, told)
        except Refusal as problem:
            refusal = problem
    context = _screen(request, enterprise, told, today) | {"refusal": refusal, "typed": request.POST}
    request.session[_key(enterprise)] = asdict(told)
    template = "standards/_question.html" if "HX-Request" in request.headers else "standards/ask_next.html"
    return render(request, template, context, status=422 if refusal else 200)


def _key(enterprise: Enterprise) -> str:
    return f"ask-next:{enterprise.pk}"


def _round(request: Request, enterprise: Enterprise, today: date) -> Round:
    """Return the round that runs, or begin one: there is none, it is of another day, or the person asks for more."""
    kept = request.session.get(_key(enterprise))
    if kept and kept["day"] == today.isoformat() and "again" not in request.POST:
        return Round(**kept)
    nobody_knows = kept["unknown"] if kept and kept["day"] == today.isoformat() else []
    open_ = questions_for(request.actor, enterprise, day=today, limit=0).open
    return Round(open_, today.isoformat(), unknown=nobody_knows)


def _take(request: Request, enterprise: Enterprise, told: Round) -> None:
    """Take an answer, a *don't know* or a step back. A screen shown earlier may be sent again."""
    if "again" in request.POST:
        return
    if "back" in request.POST:
        told.at = max(0, min(told.at, len(told.asked)) - 1)
        return
    name = request.POST.get("name", "")
    if name not in told.asked:
        return  # a screen of an earlier round: show where this one stands
    if "unknown" in request.POST:
        told.unknown = [*dict.fromkeys([*told.unknown, name])]
    else:
        _record(request, enterprise, name)
        told.unknown = [one for one in told.unknown if one != name]
    told.at = told.asked.index(name) + 1


def _record(request: Request, enterprise: Enterprise, name: str) -> None:
    now = timezone.now()
    text = "0" if "zero" in request.POST else request.POST.get("value", "").strip()
    if not text:
        raise Invalid("fact:no-value", field=name)
    new = NewFact(
        name=name,
        value=value_of(name, text),
        day=local_day(now),
        source=FactSource.LOOK if name.startswith(SEEN) else FactSource.PERSON,
    )
    photos = [Photo(one.file, one.name or "") for one in request.FILES.getlist("photos")[:MOST_PHOTOS] if one.file]
    record_with_photos(enterprise.pk, new, photos, actor=request.actor, now=now)


def _screen(request: Request, enterprise: Enterprise, told: Round, today: date) -> dict[str, Any]:
    """Return what the screen shows: a question, or what the round brought."""
    without = {*told.unknown, *told.asked}
    asking = questions_for(request.actor, enterprise, day=today, without=without, limit=1)
    if told.at >= len(told.asked) and len(told.asked) < ASKED and asking.questions:
        told.asked.append(asking.questions[0].fact)
    shown = told.asked[told.at] if told.at < len(told.asked) else None
    return {
        "enterprise": enterprise,
        "round": told,
        "most": ASKED,
        "settled": max(0, told.open - asking.open),
        "open": asking.open,
        "clauses": len(asking.verdicts),
        "question": _question(request, enterprise, shown, asking, today) if shown else None,
        "is_more": bool(asking.questions),
        "may_judge": request.actor.may(DeterminationPermission.MAKE, enterprise_place(enterprise)),
        "today": today,
    }


def _question(request: Request, enterprise: Enterprise, name: str, asking: Asking, today: date) -> dict[str, Any]:
    known = vocabulary().get(name)
    unit = known.unit if known else ""
    fresh = next((one for one in asking.questions if one.fact == name), None) or _weighed(
        request, enterprise, name, today
    )
    held = facts_of(request.actor, enterprise.pk, day=today).get(name)
    waiting = [clause(standard, ref) for standard, ref in fresh.waiting] if fresh else []
    return {
        "name": name,
        "label": fact_label(name),
        "is_look": name.startswith(SEEN),
        "kind": kind_of(name),
        "options": options_of(name),
        "unit": unit_words(unit) if is_measured(unit) else "",
        "between": known.between if known else None,
        "is_count": unit == "count",
        "clauses": [{"clause": each, "cited": cited(each)} for each in waiting],
        "most": fresh.most if fresh else 0,
        "held": value_words(name, held.value) if held and held.is_fresh(today) else "",
    }


def _weighed(request: Request, enterprise: Enterprise, name: str, today: date) -> Question | None:
    """Return a question asked before and come back to, as long as its fact is still open."""
    every = questions_for(request.actor, enterprise, day=today, limit=10_000).questions
    return next((one for one in every if one.fact == name), None)
