"""Judging one's part of the tree on screen: what waits, set it going, how far it is, what the last runs brought."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from zhiben.clocks.models import Job
from zhiben.clocks.public import JobState
from zhiben.dangers.selectors.judging import plan_at, runs_for, standing_at
from zhiben.dangers.services.populations import plan_judging, start_judging
from zhiben.dangers.web.places import places_offered
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.orgs.doors import Request, door
from zhiben.orgs.models import Unit
from zhiben.orgs.public import unit_at, unit_for, unit_place
from zhiben.standards.public import DeterminationPermission, FactPermission

RUNS = 10
RHYTHMS = (1, 7, 30)
TONES = {
    JobState.QUEUED: ("plain", pgettext_lazy("job", "waiting")),
    JobState.RUNNING: ("active", pgettext_lazy("job", "running")),
    JobState.DONE: ("done", pgettext_lazy("job", "done")),
    JobState.FAILED: ("late", pgettext_lazy("job", "failed")),
    JobState.CANCELLED: ("aside", pgettext_lazy("job", "cancelled")),
}


@door(DeterminationPermission.MAKE)
@require_GET
def judging(request: Request) -> HttpResponse:
    """Show a part of the tree as it stands, and the form that judges it."""
    return render(request, "dangers/judging.html", _page(request, _unit(request, request.GET.get("unit", ""))))


@door(DeterminationPermission.MAKE)
@require_POST
def judging_start(request: Request) -> HttpResponse:
    """Let a worker judge it."""
    unit = _named(request)
    start_judging(unit.pk, asks=request.POST.get("asks") == "1", actor=request.actor, now=timezone.now())
    return redirect(_address(unit))


@door(DeterminationPermission.MAKE)
@require_POST
def judging_plan(request: Request) -> HttpResponse:
    """Let it be judged by itself from now on, or no longer."""
    unit, told = _named(request), request.POST.get("days", "")
    days = int(told) if told.isascii() and told.isdigit() and len(told) < 5 else None
    asks, now = request.POST.get("asks") == "1", timezone.now()
    try:
        plan_judging(unit.pk, days, asks=asks and days is not None, actor=request.actor, now=now)
    except Invalid as refusal:
        context = _page(request, unit) | {"refusal": refusal, "status": 422, "typed": told}
        return render(request, "dangers/judging.html", context, status=422)
    messages.success(request, _("It is judged by itself now.") if days else _("It is no longer judged by itself."))
    return redirect(_address(unit))


def _unit(request: Request, path: str) -> Unit:
    """Return the unit asked for, or the first of the actor's reach."""
    if path:
        return unit_for(request.actor, unit_at(path).pk)
    offered = places_offered(request.actor)
    if not offered:
        raise NotFound("unit:not-found")
    return unit_for(request.actor, unit_at(offered[0][0]).pk)


def _named(request: Request) -> Unit:
    """Return the unit that a form names."""
    path = request.POST.get("unit", "")
    if not path:
        raise Invalid("population:no-unit", field="unit")
    return _unit(request, path)


def _address(unit: Unit) -> str:
    return f"{reverse('dangers:judging')}?unit={unit.path}"


def _page(request: Request, unit: Unit) -> dict[str, Any]:
    runs = [_run(run) for run in runs_for(request.actor)[:RUNS]]
    offered = places_offered(request.actor)
    known = {path for path, _name in offered}
    return {
        "unit": unit,
        "places": offered if unit.path in known else [(unit.path, unit.name), *offered],
        "standing": standing_at(request.actor, unit),
        "plan": plan_at(request.actor, unit),
        "rhythms": [("", _("not by itself")), *((str(days), _rhythm(days)) for days in RHYTHMS)],
        "may": request.actor.may(DeterminationPermission.MAKE, unit_place(unit)),
        "may_ask": request.actor.may(FactPermission.ASK, unit_place(unit)),
        "runs": runs,
        "going": [one for one in runs if one["is_going"]],
    }


def _rhythm(days: int) -> str:
    return ngettext("every night", "every %(n)s nights", days) % {"n": days}


def _run(run: Job) -> dict[str, Any]:
    tone, words = TONES[JobState(run.state)]
    unit = Unit.objects.filter(pk=run.arguments["unit"]).first()
    return {"job": run, "unit": unit, "tone": tone, "words": words, "is_going": run.ended_at is None, **run.result}
