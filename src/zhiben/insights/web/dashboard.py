"""The dashboard of a part of the tree."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from zhiben.dangers.public import LISTING_WORDS, DangerPermission, ListedNow, after_figures
from zhiben.insights.asked import named, part_named
from zhiben.insights.board import Board, board_of
from zhiben.insights.permissions import InsightPermission
from zhiben.insights.selectors import Part, tops_for, ways_up
from zhiben.insights.web import figures
from zhiben.insights.web.records import dangers_url, found_between
from zhiben.kernel.actor import Actor
from zhiben.kernel.periods import local_day
from zhiben.law.listings import Authority
from zhiben.law.parameters import parameter
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url

ROWS = 10
TILES = 60


@door(InsightPermission.VIEW)
@require_GET
def dashboard(request: Request) -> HttpResponse:
    """Show the figures of a part of the tree, the worst first."""
    now = timezone.now()
    part = wanted_part(request)
    context = {"part": part, "now": now, "unit_picker": picker(request.actor, part)}
    if part.is_mixed:
        return render(request, "insights/mixed.html", context)
    board = board_of(part, local_day(now))
    context |= _shown(board, show_all="all" in request.GET) | _after(request.actor, board)
    return render(request, "insights/dashboard.html", context)


def wanted_part(request: Request) -> Part:
    """Return the part that the address names: `?unit=<path or code>` or `?enterprise=<id>`."""
    return part_named(request.actor, request.GET)


def picker(actor: Actor, part: Part, page: str = "insights:dashboard") -> dict[str, Any]:
    """Return the other parts to choose from: the way up, and where the reach begins."""
    known = {unit.path: unit for unit in (*tops_for(actor), *ways_up(actor, part))}
    choices = [
        {"name": unit.name, "url": page_url(page, query={"unit": path}), "here": unit == part.unit}
        for path, unit in sorted(known.items())
    ]
    return {"name": part.name, "choices": choices, "more": page_url("orgs:units")}


def _shown(board: Board, *, show_all: bool) -> dict[str, Any]:
    part = board.part
    rows = board.children if show_all else board.children[:ROWS]
    return {
        "board": board,
        "answer": figures.answer(board),
        "stats": figures.stats(board),
        "rows": [figures.row(part, child) for child in rows],
        "hidden": len(board.children) - len(rows),
        "tiles": [figures.tile(part, child) for child in board.children[:TILES]],
        "tile_words": figures.tile_words(),
        "chart": _chart(board),
        "restated": [month.first for month in board.months if month.is_restated],
        "news": figures.news(board),
        "urls": _urls(board),
        "unit_page": page_url("orgs:unit", part.unit.pk) if part.unit else "",
    }


def _after(actor: Actor, board: Board) -> dict[str, Any]:
    """Return stops, look-backs and repeats of a unit; the repeats of what was found in the months shown."""
    part = board.part
    if part.unit is None or not actor.has(DangerPermission.VIEW):
        return {}
    found = sum(month.found for month in board.months)
    after = after_figures(actor, board.day, board.months[0].first, path=part.unit.path)
    rate = f"{after.repeats * 100 / found:.1f} %" if found and part.only is None else ""
    return {
        "after": after,
        "repeat_rate": rate,
        "found_in_months": found,
        "stop_url": dangers_url(part, flag="stop_ordered"),
        "listed": [_listed(level, now, part.unit.path) for level, now in after.listed.items()],
        "listed_url": page_url("dangers:listed", query={"unit": part.unit.path}),
    }


def _listed(level: Authority, now: ListedNow, path: str) -> dict[str, Any]:
    """Return the listings of one level with the addresses of their records."""
    asked = {"unit": path, "level": str(level)}
    urls = [page_url("dangers:listed", query=asked | more) for more in ({}, {"view": "late"})]
    return {"level": LISTING_WORDS[level], "now": now, "url": urls[0], "late_url": urls[1]}


def _urls(board: Board) -> dict[str, str]:
    part = board.part
    increment_from = date.fromisoformat(parameter("cn/danger/legacy-until").history[0].value)
    return {
        "all_units": page_url("insights:dashboard", query={**named(part), "all": 1}),
        "clearing": page_url("insights:clearing", query=named(part)),
        "lasting": page_url("insights:lasting", query=named(part)),
        "legacy": dangers_url(part, level="major", found_to=increment_from - timedelta(days=1)),
        "increment": dangers_url(part, level="major", found_from=increment_from),
        "major_open": dangers_url(part, state="open", level="major"),
        "major_overdue": dangers_url(part, state="open", level="major", overdue=1),
    }


def _chart(board: Board) -> dict[str, Any]:
    """Return the trend; a month that a later entry changed bears a star."""
    months = board.months
    return {
        "title": _("Open, found and signed off by month"),
        "labels": [f"{month.first.isoformat()[:7]}{'*' if month.is_restated else ''}" for month in months],
        "series": [
            {"name": pgettext("dangers", "Open"), "values": [month.open_after for month in months]},
            {"name": _("Found"), "values": [month.found for month in months]},
            {"name": _("Signed off"), "values": [month.signed_off for month in months]},
        ],
        "urls": [found_between(board.part, month.first, month.last) for month in months],
    }
