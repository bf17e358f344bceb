"""My work today: what waits for me, grouped by what to do; messages, jobs, and the usual ways in."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from zhiben.clocks.public import JobState, jobs_for
from zhiben.dangers.public import (
    STILL_OPEN,
    DangerPermission,
    Filters,
    Level,
    Order,
    Waiting,
    count_dangers_for,
    dangers_for,
    lookback_work,
    params_of,
    shown_rows,
    work_today,
)
from zhiben.kernel.actor import Actor
from zhiben.notices.public import count_hand_overs_for, hand_overs_for, notices_for
from zhiben.orgs.doors import Request, door
from zhiben.shell.navigation import DOORS, REPORT, entries_for
from zhiben.standards.public import own_requests

OWN = "everybody sees the work that waits for themselves"
ROWS = 5
MESSAGES = 4
JOBS = 4
COUNTED = 10_000
ACTIONS = {"exchange:imports", "insights:dashboard", "dangers:list", "orgs:enterprises"}
TITLES: Mapping[str, tuple[str | Promise, str | Promise]] = {  # what to do, and why it is here
    "overdue-mine": (_("Overdue, and yours"), _("You are responsible and the limit has passed.")),
    "rectify": (_("Rectify and submit"), _("You are responsible for these.")),
    "receive": (_("Receive"), _("Another department sent these to yours.")),
    "confirm": (_("Confirm and set the level"), _("Somebody reported these.")),
    "assign": (_("Name who rectifies, until when"), _("Confirmed, and nobody is responsible yet.")),
    "accept": (_("Accept or return"), _("Rectified; you neither found nor rectified them, or a colleague must do it.")),
    "sign-off": (_("Re-inspect on site and sign off"), _("The enterprises say that these are rectified.")),
    "overdue": (_("Overdue in your units"), _("Somebody let these limits pass.")),
}


@door(open_because=OWN)
@require_GET
def today(request: Request) -> HttpResponse:
    """Show what waits, the overdue first."""
    actor = request.actor
    waiting, looking = work_today(actor), lookback_work(actor, timezone.localdate(), ROWS)
    hand_overs = count_hand_overs_for(actor)
    asked = own_requests(actor)
    elsewhere = hand_overs + looking["lookbacks_waiting"] + len(asked)
    context = {
        "groups": [_group(each) for each in waiting],
        "is_more": any(each.is_more for each in waiting if each.move is not None),
        "late": sum(each.count for each in waiting if each.name == "overdue-mine"),
        "hand_overs": hand_overs_for(actor, language=get_language() or "zh-hans", limit=ROWS) if hand_overs else [],
        "hand_over_count": hand_overs,
        "asked": asked,
        "steps": sum(each.count for each in waiting if each.move is not None) + elsewhere,
        "standing": _standing(actor) if not (waiting or elsewhere) and actor.has(DangerPermission.VIEW) else None,
        "notices": notices_for(actor, language=get_language() or "zh-hans", limit=MESSAGES, unread=True),
        "jobs": list(jobs_for(actor).filter(state__in=[JobState.QUEUED, JobState.RUNNING, JobState.FAILED])[:JOBS]),
        "actions": _actions(actor),
        **looking,
        "today": timezone.localdate(),
    }
    return render(request, "shell/today.html", context)


def _group(waiting: Waiting) -> dict[str, Any]:
    title, why = TITLES[waiting.name]
    return {
        "title": title,
        "why": why,
        "count": waiting.count,
        "is_more": waiting.is_more,
        "rows": shown_rows(waiting.rows[:ROWS]),
        "url": _list(waiting.filters),
        "is_late": waiting.name.startswith("overdue"),
    }


def _standing(actor: Actor) -> dict[str, Any]:
    """Return how one's part of the tree stands, for those who only watch; beyond ten thousand a page says «more than»."""
    asked = {
        "open": STILL_OPEN,
        "overdue": Filters(states=STILL_OPEN.states, overdue=True),
        "major": Filters(states=STILL_OPEN.states, level=Level.MAJOR),
    }
    found = {name: count_dangers_for(actor, filters, at_most=COUNTED) for name, filters in asked.items()}
    urls = {f"{name}_url": _list(each) for name, each in asked.items()}
    worst = Filters(states=STILL_OPEN.states, level=Level.MAJOR, overdue=True)
    rows = dangers_for(actor, worst, limit=ROWS, order=Order.DUE_FIRST).rows if found["overdue"] else ()
    return {**found, **urls, "many": COUNTED, "worst": shown_rows(rows), "worst_url": _list(worst)}


def _list(filters: Filters) -> str:
    """Return the list behind a number."""
    return f"{reverse('dangers:list')}?{urlencode(params_of(filters))}"


def _actions(actor: Actor) -> Sequence[Any]:
    """Return the usual ways in that are open to the actor."""
    return entries_for(actor, "", (REPORT, *(each for each in DOORS if each.page in ACTIONS)))
