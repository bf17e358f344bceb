"""How long hidden dangers last, and how old the open ones are."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from zhiben.dangers.public import Level
from zhiben.insights.asked import day_asked, named
from zhiben.insights.domain.survival import Curve
from zhiben.insights.lasting import Age, ages_of, curves_of, oldest_open
from zhiben.insights.permissions import InsightPermission
from zhiben.insights.selectors import Part, restated_months
from zhiben.insights.web.dashboard import picker, wanted_part
from zhiben.insights.web.drawing import chart_of, pyramid_of
from zhiben.insights.web.records import dangers_url
from zhiben.kernel.errors import Invalid
from zhiben.kernel.periods import local_day
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url

DAYS = (0, 7, 15, 30, 60, 90, 180, 365, 730)
BACK = timedelta(days=365)
CLOSED = "signed_off"


@door(InsightPermission.VIEW)
@require_GET
def lasting_page(request: Request) -> HttpResponse:
    """Show the curves of the dangers found in a stretch of days, and the ages of all open ones."""
    today = local_day(timezone.now())
    part = wanted_part(request)
    context: dict[str, Any] = {"part": part, "unit_picker": picker(request.actor, part, "insights:lasting")}
    if part.is_mixed:
        return render(request, "insights/mixed.html", context)
    until = day_asked(request.GET.get("to", ""), "to", today)
    since = day_asked(request.GET.get("from", ""), "from", until - BACK)
    if since > until:
        raise Invalid("period:ends-before-it-begins", since=since.isoformat(), until=until.isoformat())
    curves = curves_of(part, since, until, today)
    oldest = oldest_open(part, today)
    ages = ages_of(part, today, restated_months(part, oldest, today) if oldest else set())
    context |= {
        "since": since, "until": until, "today": today, "place": named(part),
        "dashboard_url": page_url("insights:dashboard", query=named(part)),
        "groups": [_group(part, level, curve, since, until) for level, curve in curves.items()],
        "chart": chart_of({_key(level): curve for level, curve in curves.items()}, DAYS),
        "days": DAYS, "ages": [_age(part, age) for age in ages], "whole_open": sum(age.whole for age in ages),
        "pyramid": pyramid_of([_bar(age) for age in ages]), "any_restated": any(age.is_restated for age in ages),
    }  # fmt: skip
    return render(request, "insights/lasting.html", context)


def _key(level: Level | None) -> str:
    return str(level) if level else "all"


def _words(level: Level | None) -> str:
    words: Mapping[Level | None, str] = {
        None: pgettext("curve", "All levels"),
        Level.GENERAL: pgettext("curve", "General"),
        Level.MAJOR: pgettext("curve", "Major"),
        Level.UNSET: pgettext("curve", "Level not confirmed"),
    }
    return words[level]


def _group(part: Part, level: Level | None, curve: Curve, since: date, until: date) -> dict[str, Any]:
    """Return one curve in numbers; each number opens its records."""
    cohort: dict[str, Any] = {"found_from": since, "found_to": until} | ({"level": level} if level else {})

    def url(*states: str, **more: Any) -> str:
        return dangers_url(part, state=states, **cohort, **more)

    shown = [day for day in DAYS if day <= curve.longest]
    return {
        "key": _key(level), "words": _words(level), "curve": curve, "median": curve.median,
        "whole_url": url("open", CLOSED), "signed_off_url": url(CLOSED), "open_url": url("open"),
        "open": curve.whole - curve.signed_off,
        "rows": [
            {
                "day": day, "share": _percent(curve.share_at(day)), "limits": _limits(curve, day),
                "at_risk": curve.at_risk(day), "at_risk_url": url("open", CLOSED, lasted_from=day),
                "signed_off": curve.signed_off_by(day), "signed_off_url": url(CLOSED, lasted_to=day),
            }
            for day in shown
        ],
    }  # fmt: skip


def _percent(share: float) -> str:
    """Write a share; one that is not quite the whole never says so."""
    text = f"{share * 100:.1f}"
    return f"{'99.9' if share < 1 and text == '100.0' else '0.1' if share > 0 and text == '0.0' else text} %"


def _limits(curve: Curve, day: int) -> str:
    point = curve.at(day)
    if point is None or not 0 < point.share < 1:
        return ""
    return f"{_percent(point.low)} – {_percent(point.high)}"


def _bar(age: Age) -> tuple[str, int, int, int]:
    name = f"{age.name}{'*' if age.is_restated else ''}"
    general, unset, major = (age.counts.get(level, 0) for level in (Level.GENERAL, Level.UNSET, Level.MAJOR))
    return name, general, unset, major


def _age(part: Part, age: Age) -> dict[str, Any]:
    """Return one stretch of days with its counts, each with the address of its records."""
    span: dict[str, Any] = {"found_from": age.since, "found_to": age.until}
    levels: Sequence[Level] = (Level.GENERAL, Level.MAJOR, Level.UNSET)
    return {
        "age": age,
        "cells": [
            {"words": _words(level), "n": n, "url": dangers_url(part, state="open", level=level, **span) if n else ""}
            for level in levels
            for n in [age.counts.get(level, 0)]
        ],
        "whole_url": dangers_url(part, state="open", **span) if age.whole else "",
    }
