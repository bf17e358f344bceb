"""The clearing ledger of a part of the tree between two days, cut as asked."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from zhiben.insights.asked import Asked, asked_of, named
from zhiben.insights.domain.measures import ClearingRow
from zhiben.insights.ledger import By
from zhiben.insights.permissions import InsightPermission
from zhiben.insights.selectors import restated_months
from zhiben.insights.tables import CLEARING_COLUMNS, ledger_rows, name_of
from zhiben.insights.web.dashboard import picker
from zhiben.insights.web.records import closed_between, dangers_url, found_between, voided_between
from zhiben.kernel.periods import local_day
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import page_url

TABS: Mapping[By, str | Promise] = {
    By.UNIT: _("By unit"),
    By.MONTH: _("By month"),
    By.LEVEL: _("By level"),
    By.INDUSTRY: _("By industry"),
    By.CHANNEL: _("By channel"),
    By.MATTER: _("By matter"),
}
LATER_DECIDED = {By.LEVEL, By.INDUSTRY, By.MATTER}  # counted as it was when found, listed as it is now
FILTER = {By.LEVEL: "level", By.INDUSTRY: "industry", By.CHANNEL: "channel", By.MATTER: "matter"}


@door(InsightPermission.VIEW)
@require_GET
def clearing_page(request: Request) -> HttpResponse:
    """Show the ledger: what was open, what came and went, what is open, row by row and in all."""
    today = local_day(timezone.now())
    asked = asked_of(request.actor, request.GET, today)
    context: dict[str, Any] = {
        "part": asked.part,
        "unit_picker": picker(request.actor, asked.part, "insights:clearing"),
    }
    if asked.part.is_mixed:
        return render(request, "insights/mixed.html", context)
    rows = ledger_rows(asked)
    restated = restated_months(asked.part, asked.since, asked.until)
    context |= {
        "asked": asked,
        "place": named(asked.part),
        "dashboard_url": page_url("insights:dashboard", query=named(asked.part)),
        "columns": [(name, words) for name, words in CLEARING_COLUMNS],
        "rows": [_shown(asked, cell, row, today, restated) for cell, row in rows],
        "total": _cells(asked, {}, _total(asked.by, [row for _cell, row in rows]), today) if len(rows) > 1 else [],
        "tabs": _tabs(asked),
        "restated": sorted(restated),
    }
    return render(request, "insights/clearing.html", context)


def _tabs(asked: Asked) -> list[dict[str, Any]]:
    only = asked.part.only.by if asked.part.only else None
    shown = [by for by in TABS if only is None or by not in FILTER or by in {By.LEVEL, only}]
    return [
        {
            "label": TABS[by],
            "url": page_url("insights:clearing", query=asked.query(by=by.value)),
            "here": by is asked.by,
        }
        for by in shown
    ]


def _shown(asked: Asked, cell: Mapping[str, Any], row: ClearingRow, today: date, restated: set[str]) -> dict[str, Any]:
    return {
        "name": name_of(asked.by, cell),
        "url": page_url("insights:clearing", query=asked.query(unit=cell["unit"])) if asked.by is By.UNIT else "",
        "cells": _cells(asked, cell, row, today),
        "is_restated": asked.by is By.MONTH and cell["month"] in restated,
    }


def _cells(asked: Asked, cell: Mapping[str, Any], row: ClearingRow, today: date) -> list[dict[str, Any]]:
    """Return the nine numbers; those that the list of dangers can be narrowed to open it."""
    urls = _urls(asked, cell, today)
    return [
        {"name": name, "words": words, "n": n, "url": urls.get(name, "") if n else ""}
        for (name, words), n in zip(CLEARING_COLUMNS, astuple(row), strict=True)
    ]


def _urls(asked: Asked, cell: Mapping[str, Any], today: date) -> dict[str, str]:
    """Open and overdue stand as of the last day, so they open the list only where that is today."""
    since, until, narrowed = asked.since, asked.until, _narrowed(asked.by, cell)
    if asked.by is By.MONTH and cell:
        first = date.fromisoformat(f"{cell['month']}-01")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        since, until = max(since, first), min(until, last)
    urls = {
        "signed_off": closed_between(asked.part, since, until, **narrowed),
        "voided": voided_between(asked.part, since, until, **narrowed),
    }
    if not cell or asked.by not in LATER_DECIDED:
        urls["found"] = found_between(asked.part, since, until, **narrowed)
    if until >= today:
        urls["open_after"] = dangers_url(asked.part, state="open", **narrowed)
        urls["overdue"] = dangers_url(asked.part, state="open", overdue=1, **narrowed)
    return urls


def _narrowed(by: By, cell: Mapping[str, Any]) -> dict[str, Any]:
    if by is By.UNIT and cell:
        return {"at": cell["unit"]}
    return {FILTER[by]: cell[by.value]} if by in FILTER and cell else {}


def _total(by: By, rows: Sequence[ClearingRow]) -> ClearingRow:
    """Add rows up; of months the stock stands as the first began and the last ended."""
    if not rows:
        return ClearingRow()
    total = ClearingRow(*(sum(column) for column in zip(*map(astuple, rows), strict=True)))
    if by is not By.MONTH:
        return total
    first, last = rows[0], rows[-1]
    return replace(total, open_before=first.open_before, open_after=last.open_after, overdue=last.overdue)
