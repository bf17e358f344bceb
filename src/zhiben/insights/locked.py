"""Locked forms and what was filled into them: what is on record, and where today's records say otherwise, with the reason."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from zhiben.dangers.models import Danger
from zhiben.insights.domain.cycles import Cycle
from zhiben.insights.domain.form_cells import COUNTED, FILLED_IN, PARTS, FormCell
from zhiben.insights.domain.measures import What
from zhiben.insights.domain.packed import unpack
from zhiben.insights.domain.why import Step, Why, why
from zhiben.insights.forms import Form, FormRow, form_of, gathered
from zhiben.insights.models import FormAnswer, LockedForm, Posting
from zhiben.insights.selectors import Part
from zhiben.kernel.actor import Actor, Place
from zhiben.orgs.public import enterprise_place, unit_place

PLAN_CELLS = frozenset({
    FormCell.PLANNED, FormCell.FIVE_PARTS, *PARTS, FormCell.FUNDS,
    FormCell.LISTED, FormCell.LISTED_PROVINCE, FormCell.LISTED_CITY,
})  # fmt: skip
CHUNK = 500


def holder_of(part: Part) -> str:
    """Return the name under which a part keeps its forms."""
    if part.unit is not None:
        return f"unit:{part.unit.pk}"
    return f"enterprise:{part.enterprise.pk if part.enterprise else 0}"


def place_of(part: Part) -> Place:
    """Return where a part's forms hang, as far as access goes."""
    if part.unit is not None:
        return unit_place(part.unit)
    if part.enterprise is None:
        raise TypeError("a part is a unit or an enterprise")
    return enterprise_place(part.enterprise)


def is_own_form(actor: Actor, part: Part) -> bool:
    """Tell whether the form is one's own to give: an enterprise's is given by its people, not by who supervises it."""
    if actor.is_system or part.enterprise is None:
        return True
    return any(grant.enterprise == part.enterprise.pk for grant in actor.grants)


def answers_to(part: Part, cycle: Cycle) -> dict[FormCell, FormAnswer]:
    """Return what was filled in last, cell by cell; the part was fetched for the actor before."""
    rows = FormAnswer.unscoped.filter(holder=holder_of(part), cycle=cycle.name).order_by("pk")
    newest = {FormCell(row.cell): row for row in rows.select_related("account__person")}
    return {cell: newest[cell] for cell in FILLED_IN if cell in newest and newest[cell].value is not None}


def versions_of(part: Part, cycle: Cycle) -> list[LockedForm]:
    """Return the locked versions of a form, the newest first."""
    rows = LockedForm.unscoped.filter(holder=holder_of(part), cycle=cycle.name)
    return list(rows.select_related("locked_by__person").order_by("-version"))


def figures_of(form: Form) -> list[dict[str, object]]:
    """Write a form's rows as they are kept: the whole first."""
    whole = FormRow("*", form.part.name, form.total)
    kept: list[dict[str, object]] = [
        {"row": row.key, "name": row.name, "cells": {str(cell): row.cells[cell] for cell in COUNTED}}
        for row in (whole, *form.rows)
    ]
    kept[0]["without_amount"] = form.without_amount
    return kept


def without_amount_of(locked: LockedForm) -> int:
    """Return of how many records no amount was known when the form was locked: its funds are at least what they say."""
    return int(locked.figures[0].get("without_amount", 0))


def rows_of(locked: LockedForm) -> list[FormRow]:
    """Read the rows of a locked form: the whole first."""
    return [
        FormRow(row["row"], row["name"], {FormCell(cell): n for cell, n in row["cells"].items()})
        for row in locked.figures
    ]


def records_locked(locked: LockedForm, cell: FormCell, *, row: str | None = None) -> list[int]:
    """Return the dangers that a cell counted when it was locked."""
    kept = locked.cells.filter(cell=cell)
    if row is not None:
        kept = kept.filter(row=row)
    return sorted(number for packed in kept.values_list("records", flat=True) for number in unpack(bytes(packed)))


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell of a row that today's records tell otherwise: which records came and left since, and why."""

    row: str
    name: str
    cell: FormCell
    locked: int
    now: int
    came: Mapping[int, Why] = field(default_factory=dict)
    left: Mapping[int, Why] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refilled:
    """A filled-in number that was changed after the lock."""

    cell: FormCell
    locked: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that a locked form and today's records disagree on."""

    cells: Sequence[Difference]
    answers: Sequence[Refilled]

    def __bool__(self) -> bool:
        return bool(self.cells or self.answers)


def differences(part: Part, cycle: Cycle, locked: LockedForm, today: date) -> Differences:
    """Compare a locked form with today's records, record by record."""
    now, then = gathered(part, cycle, today), _kept(locked)
    form = form_of(part, cycle, today)
    figures = {row.key: row for row in form.rows}
    before = {row.key: row for row in rows_of(locked)}
    found = []
    for key, cell in sorted({*now, *then}, key=lambda one: (one[0], COUNTED.index(one[1]))):
        came, left = set(now.get((key, cell), ())), set(then.get((key, cell), ()))
        came, left = came - left, left - came
        amounts = [rows[key].cells[cell] if key in rows else 0 for rows in (before, figures)]
        if came or left or amounts[0] != amounts[1]:
            name = (figures.get(key) or before[key]).name
            found.append(
                Difference(
                    key,
                    name,
                    cell,
                    amounts[0],
                    amounts[1],
                    dict.fromkeys(came, Why.OTHER),
                    dict.fromkeys(left, Why.OTHER),
                )
            )
    return Differences(_explained(found, locked.locked_at), _refilled(part, cycle, locked))


def _kept(locked: LockedForm) -> dict[tuple[str, FormCell], list[int]]:
    rows = locked.cells.values_list("row", "cell", "records")
    return {(row, FormCell(cell)): unpack(bytes(packed)) for row, cell, packed in rows}


def _refilled(part: Part, cycle: Cycle, locked: LockedForm) -> list[Refilled]:
    answers = answers_to(part, cycle)
    pairs = (
        (cell, locked.answers.get(cell, {}).get("value"), answers[cell].value if cell in answers else None)
        for cell in FILLED_IN
    )
    return [Refilled(cell, before, now) for cell, before, now in pairs if before != now]


def _explained(found: Sequence[Difference], since: datetime) -> list[Difference]:
    """Find for each record that came or left what happened to it since the lock."""
    numbers = sorted({number for one in found for number in (*one.came, *one.left)})
    steps: dict[int, list[Step]] = defaultdict(list)
    dangers: dict[int, tuple[datetime, int | None, str]] = {}
    for start in range(0, len(numbers), CHUNK):
        some = numbers[start : start + CHUNK]
        for number, what, unit, level in Posting.objects.filter(danger__in=some, recorded__gt=since).values_list(
            "danger", "what", "unit", "level"
        ):
            steps[number].append(Step(What(what), unit, level))
        for number, *facts in Danger.unscoped.filter(pk__in=some).values_list(
            "pk", "recorded_at", "merged_into", "path"
        ):
            dangers[number] = (facts[0], facts[1], facts[2])

    def reason(number: int, cell: FormCell, left: str = "") -> Why:
        recorded, merged, path = dangers.get(number, (since, None, left))
        return why(
            is_new=recorded > since, is_merged=merged is not None, is_plan_cell=cell in PLAN_CELLS, steps=steps[number],
            is_elsewhere=left.startswith("/") and not path.startswith(left),
        )  # fmt: skip

    return [
        Difference(
            one.row, one.name, one.cell, one.locked, one.now,
            {number: reason(number, one.cell) for number in sorted(one.came)},
            {number: reason(number, one.cell, one.row) for number in sorted(one.left)},
        )
        for one in found
    ]  # fmt: skip
