"""Samples on screen: drawing one, its seed and method for whoever wants to draw it again, and what came of it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.dangers.domain.sampling import METHOD, Population
from zhiben.dangers.domain.wilson import Share
from zhiben.dangers.domain.words import label
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.samples import Tally, results_of, sample_for, sample_result, samples_for
from zhiben.dangers.selectors.standing import Mover, habits
from zhiben.dangers.services.sampling import draw_sample, seed_sample
from zhiben.dangers.web.lookbacks import shown
from zhiben.dangers.web.places import places_offered
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from zhiben.orgs.doors import Request, door

SHOWN = 50
USUAL = 20  # percent
STATUS: dict[type[Refusal], int] = {Conflict: 409, NotAllowed: 403, NotFound: 404}


@door(DangerPermission.SAMPLE)
@require_GET
def sample_list(request: Request) -> HttpResponse:
    """Show the samples with their figures, and the form for another one."""
    return render(request, "dangers/samples.html", _list(request))


@door(DangerPermission.SAMPLE)
@require_POST
def sample_new(request: Request) -> HttpResponse:
    """Make a seed, tell it, then draw."""
    now, typed = timezone.now(), request.POST
    try:
        since, last = _day(typed.get("since")), _day(typed.get("last"))
        kind = next((one for one in Population if str(one) == typed.get("population")), Population.SELF_ACCEPTED)
        percent = int(typed["percent"]) if typed.get("percent", "").isdecimal() else 0
        until = last + timedelta(1)
        made = seed_sample(typed.get("unit", ""), kind, since, until, percent, actor=request.actor, now=now)
        draw_sample(made.pk, actor=request.actor, now=now)
    except (Invalid, Conflict, NotAllowed, NotFound) as refusal:
        status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)
        context = _list(request) | {"refusal": refusal, "status": status, "typed": typed}
        return render(request, "dangers/samples.html", context, status=status)
    messages.success(request, _("Drawn. Those drawn stand in the look-backs now."))
    return redirect("dangers:sample", made.pk)


@door(DangerPermission.SAMPLE)
@require_GET
def sample_detail(request: Request, sample_id: int) -> HttpResponse:
    """Show a sample: how it was drawn, and what came of those drawn."""
    result, mover = sample_result(request.actor, sample_id), Mover(request.actor)
    context = {
        "sample": result.sample,
        "last": result.sample.until - timedelta(1),
        "population": label(Population(result.sample.population)),
        "method": METHOD,
        "whole": _figures(result.whole),
        "units": [_figures(one) for one in result.units],
        "rows": [shown(row, mover) for row in result.rows],
    }
    return render(request, "dangers/sample.html", context)


@door(DangerPermission.SAMPLE)
@require_GET
def sample_population(request: Request, sample_id: int) -> HttpResponse:
    """Give the population as a text file, one uid a line: with the seed, all that is needed to draw again."""
    sample = sample_for(request.actor, sample_id)
    answer = HttpResponse("\n".join(sorted(sample.frame)), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="population-{sample.pk}.txt"'
    return answer


def _list(request: Request) -> dict[str, Any]:
    language, today = get_language() or "zh-hans", timezone.localdate()
    results = results_of(list(samples_for(request.actor)[:SHOWN]))
    return {
        "results": [
            {
                "sample": one.sample,
                "last": one.sample.until - timedelta(1),
                "population": label(Population(one.sample.population)),
                **_figures(one.whole),
            }
            for one in results
        ],
        "populations": [(str(one), capfirst(label(one)(language))) for one in Population],
        "places": places_offered(request.actor),
        "typed": {
            "population": str(Population.SELF_ACCEPTED),
            "since": (today - timedelta(days=90)).isoformat(),
            "last": today.isoformat(),
            "percent": USUAL,
        },
        "today": today,
        "monthly": habits().sample_percent,
    }


def _figures(tally: Tally) -> dict[str, Any]:
    return {"tally": tally, "share": percent_of(tally.share), "interval": interval_of(tally.share)}


def percent_of(share: Share) -> str:
    """Write a share as percent; empty where nothing was looked at."""
    return "" if share.share is None else f"{share.share * 100:.1f} %"


def interval_of(share: Share) -> str:
    """Write the interval as percent."""
    return "" if share.interval is None else f"{share.interval[0] * 100:.1f}–{share.interval[1] * 100:.1f} %"


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        raise Invalid("sample:needs-days", field="since") from None
