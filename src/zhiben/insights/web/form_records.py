"""The records behind a cell of a form, and what differs between a locked form and today's records."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from zhiben.dangers.public import reach_of
from zhiben.insights.asked import cycle_of, named, part_named
from zhiben.insights.behind import PAGE
from zhiben.insights.domain.cycles import Cycle
from zhiben.insights.domain.form_cells import COUNTED, MEANINGS, FormCell, said
from zhiben.insights.domain.why import WORDS, Why
from zhiben.insights.forms import OWN, records_of
from zhiben.insights.locked import Difference, differences, records_locked, versions_of
from zhiben.insights.models import LockedForm
from zhiben.insights.permissions import InsightPermission
from zhiben.insights.selectors import Part
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.kernel.periods import local_day
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url

NAMED = 20  # records told one by one for each reason


@door(InsightPermission.VIEW)
@require_GET
def form_records(request: Request) -> HttpResponse:
    """Show the records behind a cell, of a locked version or as they stand now."""
    today = local_day(timezone.now())
    asked = _asked(request, today)
    part, cycle, locked = asked.part, asked.cycle, asked.locked
    if part.is_mixed:
        return render(request, "insights/mixed.html", {"part": part})
    cell, row = request.GET.get("cell", str(FormCell.MAJOR_FOUND)), request.GET.get("row", "*")
    if cell not in set(COUNTED):
        raise NotFound("page:not-found")
    number = request.GET.get("page", "1")
    page = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    counted, shown = _page(asked, FormCell(cell), row, page, today)
    seen = reach_of(request.actor).select_related("unit", "enterprise").in_bulk(shown)
    pages = max(1, -(-counted // PAGE))
    context = {
        "part": part,
        "cycle": cycle,
        "locked": locked,
        "meaning": MEANINGS[FormCell(cell)],
        "counted": counted,
        "rows": [seen.get(pk) for pk in shown],
        "hidden": sum(pk not in seen for pk in shown),
        "form_url": page_url("insights:form", query={**named(part), "period": cycle.name}),
        "older": _turn(request, page + 1) if page < pages else "",
        "newer": _turn(request, page - 1) if page > 1 else "",
    }
    return render(request, "insights/form_records.html", context)


def _page(asked: "_Asked", cell: FormCell, row: str, page: int, today: date) -> tuple[int, list[int]]:
    """Return how many records a cell has, and the ids of one page of them."""
    key = {"*": None, "own": OWN}.get(row, row)
    first, last = (page - 1) * PAGE, page * PAGE
    if asked.locked is not None:
        kept = records_locked(asked.locked, cell, row=key)
        return len(kept), kept[::-1][first:last]
    rows = records_of(asked.part, asked.cycle, cell, today, row=key)
    return rows.count(), list(rows.order_by("-found_on", "-pk").values_list("pk", flat=True)[first:last])


def _turn(request: Request, page: int) -> str:
    return page_url("insights:form-records", query={**request.GET.dict(), "page": page})


@door(InsightPermission.VIEW)
@require_GET
def form_differences(request: Request) -> HttpResponse:
    """Show cell by cell what a locked form and today's records disagree on, with the reasons."""
    today = local_day(timezone.now())
    asked = _asked(request, today)
    part, cycle, locked = asked.part, asked.cycle, asked.locked
    place = {**named(part), "period": cycle.name}
    context: dict[str, Any] = {
        "part": part,
        "cycle": cycle,
        "locked": locked,
        "form_url": page_url("insights:form", query=place),
    }
    if locked is not None and not part.is_mixed:
        found = differences(part, cycle, locked, today)
        context["cells"] = [_told(request.actor, part, one) for one in found.cells]
        context["answers"] = [(MEANINGS[one.cell].name, one.locked, one.now) for one in found.answers]
    return render(request, "insights/form_differences.html", context)


def _told(actor: Actor, part: Part, one: Difference) -> dict[str, Any]:
    return {
        "where": one.name if one.row else part.name,
        "is_own": not one.row,
        "name": MEANINGS[one.cell].name,
        "locked": said(one.cell, one.locked),
        "now": said(one.cell, one.now),
        "groups": [*_groups(actor, one.came, came=True), *_groups(actor, one.left, came=False)],
        "is_amount": not one.came and not one.left,
    }


def _groups(actor: Actor, records: Any, *, came: bool) -> list[dict[str, Any]]:
    """Return the records that came or left, by reason: how many, and the first of them."""
    counted = Counter(records.values())
    groups = []
    for why in sorted(counted, key=list(Why).index):
        numbers = [number for number, reason in records.items() if reason is why]
        seen = list(reach_of(actor).filter(pk__in=numbers[:NAMED]).order_by("pk"))
        groups.append(
            {"came": came, "why": WORDS[why], "n": len(numbers), "dangers": seen, "more": len(numbers) - len(seen)}
        )
    return groups


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose form, of which period, in which locked version (None: as the records tell it now)."""

    part: Part
    cycle: Cycle
    locked: LockedForm | None


def _asked(request: Request, today: date) -> _Asked:
    part, cycle = part_named(request.actor, request.GET), cycle_of(request.GET.get("period", ""), today)
    asked = request.GET.get("version", "")
    if part.is_mixed or not asked or asked == "now":
        return _Asked(part, cycle, None)
    found = next((one for one in versions_of(part, cycle) if str(one.version) == asked), None)
    if found is None:
        raise NotFound("form:no-such-version", version=asked[:10])
    return _Asked(part, cycle, found)
