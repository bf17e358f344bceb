"""Remembering how a danger stood before a step, so that the step can be undone; part of the step's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import models

from zhiben.dangers.domain.clock import Clock, Promise
from zhiben.dangers.domain.kinds import SetBy
from zhiben.dangers.domain.undo import may_be_undone
from zhiben.dangers.models import Evidence, Extension, FlagHistory, Participant, UndoPoint
from zhiben.dangers.services.case import Case

GOES = (Participant,)  # rows that a step added and its undoing takes away; the journal keeps both
STAYS = (FlagHistory, Evidence)  # a flag is lowered by another row; a file stays where it lies
CHANGED: Mapping[str, type[models.Model]] = {"participant": Participant, "extension": Extension}
Rows = dict[int, list[dict[str, Any]]]


def before_writing(cases: Iterable[Case]) -> Rows:
    """Return what the rows beside the dangers hold that the step is about to change, by danger."""
    return {case.danger.pk: _rows_before(case) for case in cases if _can(case)}


def keep(cases: Sequence[Case], rows: Rows) -> None:
    """Remember how the dangers stood; an earlier step of theirs can no longer be undone."""
    UndoPoint.objects.filter(danger__in=[case.danger.pk for case in cases]).delete()
    UndoPoint.objects.bulk_create([_point(case, rows[case.danger.pk]) for case in cases if case.danger.pk in rows])


def _can(case: Case) -> bool:
    known = {*GOES, *STAYS}
    return (
        case.actor.id is not None
        and may_be_undone(case.step.move, case.after, case.was["level"], case.danger.level)
        and all(type(row) in known for row in case.rows)
        and all(change.columns and change.table in CHANGED.values() for change in case.changes)
    )


def _rows_before(case: Case) -> list[dict[str, Any]]:
    names = {table: name for name, table in CHANGED.items()}
    found = []
    for change in case.changes:
        rows = change.table._base_manager.filter(**change.where)  # noqa: SLF001 -- Django's own name
        for row in rows.values("pk", *change.columns):
            columns = {name: _plain(row[name]) for name in change.columns}
            found.append({"table": names[change.table], "pk": row["pk"], "columns": columns})
    return found


def _point(case: Case, rows: list[dict[str, Any]]) -> UndoPoint:
    before = {
        "columns": {name: _plain(case.was[name]) for name in case.columns},
        "after": {name: _plain(value) for name, value in case.columns.items()},
        "promises": [write_promise(one) for one in case.owed_before.values()],
        "rows": rows,
        "added": [row.pk for row in case.rows if isinstance(row, GOES)],
    }
    return UndoPoint(
        danger=case.danger,
        account_id=case.actor.id or 0,
        move=str(case.step.move),
        version=case.danger.version,
        steps=case.danger.steps + 1,
        at=case.now,
        before=before,
    )


def write_promise(one: Promise) -> list[str]:
    """Write a promise as it is remembered."""
    return [str(one.clock), one.day.isoformat(), str(one.set_by), one.order, one.clause]


def read_promise(kept: Sequence[str]) -> Promise:
    """Read it back."""
    clock, day, set_by, order, clause = kept
    return Promise(Clock(clock), date.fromisoformat(day), SetBy(set_by), order, clause)


def is_as_left(point: UndoPoint) -> bool:
    """Tell whether a danger still stands as its step left it; when it is looked at next does not matter."""
    danger = point.danger
    same = {name: value for name, value in point.before["after"].items() if name != "next_at"}
    return danger.steps == point.steps and all(_plain(getattr(danger, name)) == value for name, value in same.items())


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
