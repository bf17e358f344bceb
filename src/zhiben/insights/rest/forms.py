"""Bulletins and statutory forms."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from zhiben.insights.bulletin import bulletin_of
from zhiben.insights.domain.cycles import Cycle, cycle_named
from zhiben.insights.domain.form_cells import FILLED_IN, FormCell
from zhiben.insights.domain.progress import Ranked, reason_words
from zhiben.insights.forms import FormRow, form_of
from zhiben.insights.locked import answers_to, rows_of, versions_of
from zhiben.insights.models import LockedForm
from zhiben.insights.permissions import InsightPermission
from zhiben.insights.rest.clearing import ClearingLine
from zhiben.insights.selectors import Part, part_for
from zhiben.insights.services.forms import lock_form
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotAllowed, NotFound
from zhiben.kernel.periods import local_day
from zhiben.orgs.api import In, Words, answers, words, writes
from zhiben.orgs.doors import Request, door

router = Router(tags=["insights"])
UNIT = "path or division code of a unit; without it and without `enterprise` the top of what you see"


class WhoseIn(In):
    """A unit or an enterprise, and a period."""

    unit: str = Field("", max_length=200, description=UNIT)
    enterprise: int | None = None
    period: str = Field(max_length=10, description="2026-W09, 2026-02, 2026-Q1 or 2026")


class FormIn(WhoseIn):
    """Which version: a number, `now` for the records of this moment; without it the newest locked, else now."""

    version: str = Field("", max_length=6)


class LockIn(WhoseIn):
    """Lock a form, or restate it: then `reason` is needed."""

    reason: str = Field("", max_length=500)


class RankedOut(Schema):
    """Who moved ahead, or fell behind or stood still, and why."""

    name: str
    unit: str
    enterprise: int | None
    signed_off: int
    overdue_before: int
    overdue: int
    open_after: int
    why: Words


class BulletinOut(Schema):
    """A bulletin; `late` entries were written down after the period was over."""

    period: str
    is_over: bool
    compared_with: tuple[str, str]
    whole: ClearingLine
    major: ClearingLine
    before: ClearingLine
    late: int
    restated: list[str]
    ahead: list[RankedOut]
    behind: list[RankedOut]
    enterprises_ahead: list[RankedOut]
    enterprises_behind: list[RankedOut]


class FormRowOut(Schema):
    """A row: `unit` is the path below, empty for the unit itself, `*` for the whole. What is unknown is null."""

    unit: str
    name: str
    cells: dict[str, int | None]


class FormOut(Schema):
    """A form; `version` null: as the records tell it now."""

    period: str
    version: int | None
    locked_at: datetime | None
    digest: str | None
    reason: str | None
    versions: list[int]
    rows: list[FormRowOut]


@router.get("/insights/bulletin", response=answers(BulletinOut), operation_id="getBulletin", summary="Read a bulletin")
@door(InsightPermission.VIEW)
def get_bulletin(request: Request, asked: Annotated[WhoseIn, Query()]) -> dict[str, Any]:
    """Return what came, went and stands overdue in a period, beside the one before, and who moved."""
    part, cycle = _whose(request.actor, asked)
    told = bulletin_of(part, cycle, local_day(timezone.now()))
    return {
        "period": cycle.name,
        "is_over": told.is_over,
        "compared_with": tuple(day.isoformat() for day in told.beside),
        **{
            name: {"cell": {}, **asdict(row)}
            for name, row in (("whole", told.whole), ("major", told.major), ("before", told.whole_before))
        },
        "late": told.late,
        "restated": list(told.restated),
        "ahead": [_ranked(one) for one in told.units[0]],
        "behind": [_ranked(one) for one in told.units[1]],
        "enterprises_ahead": [_ranked(one) for one in told.enterprises[0]],
        "enterprises_behind": [_ranked(one) for one in told.enterprises[1]],
    }


@router.get("/insights/forms", response=answers(FormOut), operation_id="getForm", summary="Read a statutory form")
@door(InsightPermission.VIEW)
def get_form(request: Request, asked: Annotated[FormIn, Query()]) -> dict[str, Any]:
    """Return a form of a month, a quarter or a year: locked, or as the records tell it now."""
    part, cycle = _whose(request.actor, asked)
    versions = versions_of(part, cycle)
    locked = next((one for one in versions if asked.version in {"", str(one.version)}), None)
    if locked is None and asked.version not in {"", "now"}:
        raise NotFound("form:no-such-version", version=asked.version)
    return _form(part, cycle, locked, versions)


@router.post("/insights/forms/lock", response=writes(FormOut), operation_id="lockForm", summary="Lock a statutory form")
@door(InsightPermission.LOCK_FORM)
def lock_a_form(request: Request, body: LockIn) -> Any:
    """Lock a form as the records tell it now; where it was locked before, restate it with a reason."""
    part, cycle = _whose(request.actor, body, InsightPermission.LOCK_FORM)
    locked = lock_form(part, cycle, reason=body.reason, actor=request.actor, now=timezone.now())
    return Status(201, _form(part, cycle, locked, versions_of(part, cycle)))


def _whose(actor: Actor, asked: WhoseIn, permission: InsightPermission = InsightPermission.VIEW) -> tuple[Part, Cycle]:
    """Return a part that is seen whole: figures of some of its industries are no figures of the unit."""
    part = part_for(actor, asked.unit, enterprise=asked.enterprise, permission=permission)
    if part.only is not None or part.is_mixed:
        raise NotAllowed("form:part-of-the-figures")
    return part, cycle_named(asked.period)


def _ranked(one: Ranked) -> dict[str, Any]:
    held = one.standing
    return {
        "name": one.name, "unit": one.path, "enterprise": one.enterprise, "signed_off": held.signed_off,
        "overdue_before": held.overdue_before, "overdue": held.overdue, "open_after": held.open_after,
        "why": words(reason_words(held)),
    }  # fmt: skip


def _form(part: Part, cycle: Cycle, locked: LockedForm | None, versions: list[LockedForm]) -> dict[str, Any]:
    filled: dict[FormCell, int | None]
    if locked is not None:
        rows = rows_of(locked)
        filled = {cell: locked.answers.get(cell, {}).get("value") for cell in FILLED_IN}
    else:
        form = form_of(part, cycle, local_day(timezone.now()))
        rows = [FormRow("*", part.name, form.total), *form.rows]
        filled = dict.fromkeys(FILLED_IN) | {cell: one.value for cell, one in answers_to(part, cycle).items()}
    told = [
        {"unit": row.key, "name": row.name, "cells": {str(cell): n for cell, n in row.cells.items()}} for row in rows
    ]
    told[0]["cells"] = {str(cell): n for cell, n in filled.items()} | told[0]["cells"]  # type: ignore[operator]
    return {
        "period": cycle.name,
        "version": locked.version if locked else None,
        "locked_at": locked.locked_at if locked else None,
        "digest": locked.digest if locked else None,
        "reason": locked.reason if locked else None,
        "versions": [one.version for one in versions],
        "rows": told,
    }
