"""The statutory form of a part of the tree: live or locked, filled in, locked, restated."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.dangers.public import Channel
from zhiben.insights.asked import cycle_of, named, part_named
from zhiben.insights.domain.cycles import Cycle, cycle_named
from zhiben.insights.domain.form_cells import FILLED_IN, MEANINGS, FormCell, said, shares_of
from zhiben.insights.domain.form_due import due_of
from zhiben.insights.forms import OWN, Form, FormRow, form_of
from zhiben.insights.locked import answers_to, is_own_form, place_of, rows_of, versions_of, without_amount_of
from zhiben.insights.models import FormAnswer, LockedForm
from zhiben.insights.permissions import InsightPermission
from zhiben.insights.rows import dangers_of
from zhiben.insights.selectors import Part
from zhiben.insights.services.forms import KINDS, answer_form, lock_form
from zhiben.insights.tables import chosen
from zhiben.insights.web.bulletin import ways
from zhiben.insights.web.dashboard import picker
from zhiben.insights.web.papers import form_papers
from zhiben.insights.web.records import found_between
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, Refusal
from zhiben.kernel.periods import local_day
from zhiben.law.instruments import citation
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward, page_url

REFUSED = (Invalid, Conflict, NotAllowed)
STATUS: Mapping[type[Refusal], int] = {Conflict: 409, NotAllowed: 403}
ROW_CELLS = (  # shown row by row; the others stand in each unit's own form and in the workbook
    FormCell.GENERAL_FOUND, FormCell.GENERAL_RECTIFIED, FormCell.MAJOR_FOUND, FormCell.MAJOR_CANCELLED,
    FormCell.PLANNED, FormCell.FIVE_PARTS, FormCell.LISTED, FormCell.FUNDS,
)  # fmt: skip
INDENTED = frozenset(set(FormCell) - {
    FormCell.SHOULD_CHECK, FormCell.DID_CHECK, FormCell.GENERAL_FOUND, FormCell.MAJOR_FOUND, FormCell.PLANNED,
    FormCell.LISTED, FormCell.FUNDS,
})  # fmt: skip


@door(InsightPermission.VIEW)
@require_GET
def form_page(request: Request) -> HttpResponse:
    """Show a form: as it was locked, or as the records tell it now."""
    part = part_named(request.actor, request.GET)
    cycle = cycle_of(request.GET.get("period", ""), local_day(timezone.now()))
    return _page(request, part, cycle, request.GET.get("version", ""))


def _page(
    request: Request, part: Part, cycle: Cycle, version: str,
    *, refusal: Refusal | None = None, typed: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponse:  # fmt: skip
    today, status = local_day(timezone.now()), _status(refusal)
    context: dict[str, Any] = {"part": part, "unit_picker": picker(request.actor, part, "insights:form")}
    context |= {"refusal": refusal, "status": status, "typed": typed}
    if part.is_mixed:
        return render(request, "insights/mixed.html", context, status=status)
    versions = versions_of(part, cycle)
    locked = chosen(versions, version)
    live = form_of(part, cycle, today)
    rows = rows_of(locked) if locked else [FormRow("*", part.name, live.total), *live.rows]
    answers = answers_to(part, cycle)
    context |= {
        "cycle": cycle,
        "place": named(part),
        "is_over": cycle.is_over(today),
        "locked": locked,
        "versions": versions,
        "live": live,
        "lines": _lines(live, rows[0], locked, answers),
        "units": [_unit(part, cycle, row, locked) for row in rows[1:]],
        "columns": [(cell, MEANINGS[cell].short) for cell in ROW_CELLS],
        "urls": _urls(part, cycle, locked),
        "dues": due_of(cycle, of_enterprise=part.enterprise is not None),
        "citation": citation,
        "self_checked": _self_checked(part, cycle, today),
        "self_checked_url": found_between(part, cycle.since, cycle.last, channel=Channel.SELF_CHECK),
        "without_amount": without_amount_of(locked) if locked else live.without_amount,
        "unlevelled_url": found_between(part, cycle.since, cycle.last, level="unset"),
        "filled_in": [(cell, MEANINGS[cell], answers.get(cell)) for cell in FILLED_IN],
        **_rights(request.actor, part),
        **form_papers(request.actor, part, locked),
        **ways(part, cycle, today, "insights:form", KINDS),
    }
    return render(request, "insights/form.html", context, status=status)


def _status(refusal: Refusal | None) -> int:
    return next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422) if refusal else 200


@door(InsightPermission.FILL_FORM)
@require_POST
def form_answer(request: Request) -> HttpResponse:
    """Fill in a number that no record tells."""
    part, cycle = _posted(request, InsightPermission.FILL_FORM)
    cell = request.POST.get("cell", "")
    if cell not in set(FILLED_IN):
        raise Invalid("form:counted-cell", field="cell", cell=cell[:40])
    typed = {"cell": cell, "value": request.POST.get("value", ""), "source": request.POST.get("source", "")}
    try:
        value = _number(typed["value"], cell)
        answer_form(part, cycle, FormCell(cell), value, typed["source"], actor=request.actor, now=timezone.now())
    except REFUSED as refusal:
        return _page(request, part, cycle, "now", refusal=refusal, typed=typed)
    messages.success(request, _("Kept with its source."))
    return onward(request, "insights:form", query={**named(part), "period": cycle.name, "version": "now"})


@door(InsightPermission.LOCK_FORM)
@require_POST
def form_lock(request: Request) -> HttpResponse:
    """Lock a form, or restate it."""
    part, cycle = _posted(request, InsightPermission.LOCK_FORM)
    reason = request.POST.get("reason", "")
    try:
        locked = lock_form(part, cycle, reason=reason, actor=request.actor, now=timezone.now())
    except REFUSED as refusal:
        return _page(request, part, cycle, "", refusal=refusal, typed={"reason": reason})
    messages.success(request, _("Locked as version %(n)s.") % {"n": locked.version})
    return onward(request, "insights:form", query={**named(part), "period": cycle.name})


def _posted(request: Request, permission: InsightPermission) -> tuple[Part, Cycle]:
    return part_named(request.actor, request.POST, permission), cycle_named(request.POST.get("period", ""))


def _number(text: str, field: str) -> int | None:
    plain = text.strip()
    if not plain:
        return None
    if not plain.isascii() or not plain.isdigit() or len(plain) > 10:
        raise Invalid("form:not-a-count", field=field, value=plain[:20], most=100_000_000)
    return int(plain)


def _lines(
    live: Form, whole: FormRow, locked: LockedForm | None, answers: Mapping[FormCell, FormAnswer]
) -> list[dict[str, Any]]:
    """Return the cells one below the other: name, meaning, number, share, and what today's records say instead."""
    kept: Mapping[str, Any] = locked.answers if locked else {
        str(cell): {"value": one.value, "source": one.source} for cell, one in answers.items()
    }  # fmt: skip
    figures: dict[FormCell, int | None] = {cell: kept.get(cell, {}).get("value") for cell in FILLED_IN}
    figures |= whole.cells
    shares = shares_of(figures)
    return [
        {
            "cell": cell,
            "meaning": MEANINGS[cell],
            "said": said(cell, figures.get(cell)),
            "n": figures.get(cell),
            "source": kept.get(cell, {}).get("source", ""),
            "share": shares.get(cell),
            "now": _now(cell, live, figures, locked),
            "is_filled_in": cell in FILLED_IN,
            "is_part": cell in INDENTED,
            "url": "" if cell in FILLED_IN else cell_url(live.part, live.cycle, cell, "*", locked),
        }
        for cell in FormCell
    ]


def _now(cell: FormCell, live: Form, figures: Mapping[FormCell, int | None], locked: LockedForm | None) -> str | None:
    if locked is None or cell in FILLED_IN or live.total[cell] == figures[cell]:
        return None
    return said(cell, live.total[cell])


def _unit(part: Part, cycle: Cycle, row: FormRow, locked: LockedForm | None) -> dict[str, Any]:
    below = {"unit": row.key, "period": cycle.name}
    return {
        "name": row.name,
        "is_own": row.key == OWN,
        "url": page_url("insights:form", query=below) if row.key != OWN else "",
        "cells": [
            {
                "words": MEANINGS[cell].short,
                "said": said(cell, row.cells[cell]),
                "url": cell_url(part, cycle, cell, row.key, locked) if row.cells[cell] else "",
            }
            for cell in ROW_CELLS
        ],
    }


def cell_url(part: Part, cycle: Cycle, cell: FormCell, row: str, locked: LockedForm | None) -> str:
    """Return the address of the records behind a cell; row `*` is the whole."""
    query = {"period": cycle.name, "cell": str(cell), "row": row or "own", "version": locked.version if locked else ""}
    return page_url("insights:form-records", query={**named(part), **query})


def _urls(part: Part, cycle: Cycle, locked: LockedForm | None) -> dict[str, str]:
    place = {**named(part), "period": cycle.name}
    return {
        "live": page_url("insights:form", query=place | {"version": "now"}),
        "newest": page_url("insights:form", query=place),
        "differences": page_url(
            "insights:form-differences", query=place | {"version": locked.version if locked else ""}
        ),
        "export": page_url("exchange:form", query=place | {"version": locked.version if locked else "now"}),
    }


def _rights(actor: Actor, part: Part) -> dict[str, bool]:
    whole = part.only is None and is_own_form(actor, part)
    place = place_of(part)
    return {
        "may_fill": whole and actor.may(InsightPermission.FILL_FORM, place),
        "may_lock": whole and actor.may(InsightPermission.LOCK_FORM, place),
    }


def _self_checked(part: Part, cycle: Cycle, today: date) -> int:
    """Count the enterprises with a danger of their own finding in the period: at least so many did check."""
    rows = dangers_of(part, today).filter(
        channel=Channel.SELF_CHECK, found_on__gte=cycle.since, found_on__lt=cycle.until, enterprise__isnull=False
    )
    return rows.order_by().values("enterprise").distinct().count()
