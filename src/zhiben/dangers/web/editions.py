"""A unit's open dangers by another day's law."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.views.decorators.http import require_GET

from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.editions import ClauseTurn, clauses_between
from zhiben.kernel.errors import Invalid
from zhiben.kernel.periods import local_day
from zhiben.law.likening import Change, written
from zhiben.law.rules import Node
from zhiben.law.saying import label_of
from zhiben.law.standards import standards
from zhiben.orgs.doors import Request, door
from zhiben.orgs.public import unit_for

WORDS: dict[Change, tuple[str | Promise, str]] = {
    Change.CHANGED: (pgettext_lazy("clause", "reads otherwise"), "active"),
    Change.REMOVED: (pgettext_lazy("clause", "no longer there"), "late"),
    Change.MOVED: (pgettext_lazy("clause", "another reference"), "plain"),
    Change.SAME: (pgettext_lazy("clause", "as before"), "plain"),
}
UNHELD = (pgettext_lazy("clause", "not held for the later edition"), "aside")


@door(DangerPermission.VIEW)
@require_GET
def danger_editions(request: Request, unit_id: int) -> HttpResponse:
    """Show which clauses of a unit's open dangers have another edition on the later of two days."""
    unit = unit_for(request.actor, unit_id, DangerPermission.VIEW)
    today = local_day(timezone.now())
    days = [
        _day(request.GET.get(name, ""), name) or first for name, first in (("from", _year_ago(today)), ("to", today))
    ]
    since, until = sorted(days)
    found = clauses_between(request.actor, unit, since, until)
    language = get_language() or "zh-hans"
    context = {
        "unit": unit,
        "since": since,
        "until": until,
        "today": today,
        "rows": [_row(one, language) for one in found],
        "coming": [one for one in standards().values() if one.effective and one.effective > today],
    }
    return render(request, "dangers/editions.html", context)


def _row(one: ClauseTurn, language: str) -> dict[str, Any]:
    def told(node: Node | None) -> str:
        return "" if node is None else written(node, lambda name: label_of(name)(language))

    label, tone = UNHELD if one.is_unheld else WORDS[one.pair.change]
    return {
        "turn": one,
        "label": label,
        "tone": tone,
        "spans": one.pair.words(language) if one.pair.after else (),
        "thresholds": [(told(was), told(now)) for was, now in one.pair.thresholds],
        "more": max(0, one.dangers - len(one.samples)),
    }


def _year_ago(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, 28))


def _day(text: str, field: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid("day:unreadable", field=field, value=text, example="2026-01-31") from None
