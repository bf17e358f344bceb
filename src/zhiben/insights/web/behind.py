"""The records behind a number of a bulletin."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from zhiben.dangers.public import Level
from zhiben.insights.asked import day_asked, named, part_named
from zhiben.insights.behind import SLUGS, Behind, Number, records_behind
from zhiben.insights.domain.measures import What
from zhiben.insights.permissions import InsightPermission
from zhiben.insights.postings import STANDS
from zhiben.insights.selectors import Part
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.kernel.periods import local_day
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url

WORDS = {
    What.OPEN: _("Stood open"),
    What.FOUND: _("Found"),
    What.SIGNED_OFF: _("Signed off"),
    What.REOPENED: _("Reopened"),
    What.MOVED_IN: _("Moved in"),
    What.MOVED_OUT: _("Moved out"),
    What.VOIDED: _("Voided or merged"),
    What.OVERDUE: pgettext_lazy("column", "Overdue"),
    What.SELF_ACCEPTED: _("Self-accepted"),
    What.IMPORTED_CLOSED: _("Imported, already closed"),
}
LATE = "late"


@door(InsightPermission.VIEW)
@require_GET
def records_page(request: Request) -> HttpResponse:
    """Show the records behind a number."""
    today = local_day(timezone.now())
    number = _number(request, today)
    if number.part.is_mixed:
        return render(request, "insights/mixed.html", {"part": number.part})
    behind = records_behind(request.actor, number, today, page=_page(request))
    context = {
        "part": number.part,
        "number": number,
        "what": WORDS[number.what] if number.what is not None else _("Entered late"),
        "is_as_of": number.what in STANDS,
        "is_major": number.level == Level.MAJOR,
        "behind": behind,
        "rows": [
            {"record": row, "what": WORDS[row.what], "late": _is_late(row.recorded, number)} for row in behind.rows
        ],
        **_pages(request, behind),
    }
    return render(request, "insights/records.html", context)


def number_url(part: Part, what: What | None, since: date, until: date, **narrowed: Any) -> str:
    """Return the address of the records behind a number: of the part, of a `unit` below it, `of` an enterprise in it."""
    slug = what.name.lower() if what is not None else LATE
    query = {"what": slug, "from": since.isoformat(), "to": until.isoformat()}
    return page_url("insights:records", query=named(part) | query | narrowed)


def _number(request: Request, today: date) -> Number:
    asked = request.GET
    slug = asked.get("what", "open")
    if slug not in SLUGS and slug != LATE:
        raise NotFound("page:not-found")
    until = day_asked(asked.get("to", ""), "to", today)
    since = day_asked(asked.get("from", ""), "from", until)
    if since > until:
        raise Invalid("period:ends-before-it-begins", since=since.isoformat(), until=until.isoformat())
    level = asked.get("level", "")
    owner = asked.get("of", "")
    return Number(
        part_named(request.actor, asked),
        SLUGS.get(slug),
        since,
        until,
        level=level if level in set(Level) else "",
        owner=int(owner) if owner.isascii() and owner.isdigit() and len(owner) < 16 else None,
    )


def _page(request: Request) -> int:
    asked = request.GET.get("page", "1")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def _is_late(recorded: Any, number: Number) -> bool:
    return recorded is not None and local_day(recorded) > number.until


def _pages(request: Request, behind: Behind) -> Mapping[str, str]:
    here = _page(request)
    kept = {name: value for name, value in request.GET.items() if name != "page"}

    def at(wanted: int) -> str:
        return page_url("insights:records", query={**kept, "page": wanted}) if 1 <= wanted <= behind.pages else ""

    return {"older": at(here + 1), "newer": at(here - 1)}
