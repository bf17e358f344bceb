"""Dangers as rows of a list: what pages show of each."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from zhiben.clocks.public import Deadline, current_deadlines
from zhiben.dangers.domain.clock import MAIN, Promise
from zhiben.dangers.domain.kinds import CLOSED, SetBy, State
from zhiben.dangers.domain.words import label
from zhiben.dangers.listing import NAMES, Row
from zhiben.dangers.selectors.page import basis_of, promise_of
from zhiben.dangers.selectors.reading import subject_of
from zhiben.kernel.bilingual import Bilingual
from zhiben.law.instruments import citation, instruments
from zhiben.law.parameters import Source


def shown_rows(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return rows by name, each with the deadline that it now runs under and what set it."""
    told = [dict(zip(NAMES, row, strict=True)) for row in rows]
    running = current_deadlines(subject_of(row["id"]) for row in told if State(row["state"]) not in CLOSED)
    return [_shown(row, running) for row in told]


def _shown(row: dict[str, Any], running: Mapping[tuple[str, str], Deadline]) -> dict[str, Any]:
    state = State(row["state"])
    deadline = main_deadline(running, row["id"], state)
    site = row["unit_name"] if row["unit_name"] != row["enterprise_name"] else ""
    return row | {
        "level": "" if row["level"] == "unset" else row["level"],
        "who": row["enterprise_name"] or row["unit_name"],
        "where": " · ".join(filter(None, (site if row["enterprise_name"] else "", row["place_text"]))),
        "due": deadline.day if deadline else _day(row["due_on"]),
        "doing": label(promise_of(deadline).clock) if deadline else None,
        "clause": setter(promise_of(deadline)) if deadline else None,
        "closed": state in CLOSED,
        "ended": _day(row["closed_on"]),
    }


SETTERS: Mapping[SetBy, Bilingual] = {
    SetBy.SELF: Bilingual("自行设定", "oneself"),
    SetBy.ORDER: Bilingual("监管部门责令", "an order"),
    SetBy.SETTING: Bilingual("本系统的设置", "a setting of this installation"),
}


def setter(promise: Promise) -> Bilingual:
    """Say what set a day, to stand after «set by»."""
    if promise.set_by not in SETTERS:
        return basis_of(promise)
    said = SETTERS[promise.set_by]
    if promise.order in instruments():
        cited = citation(Source(promise.order, promise.clause))
        return Bilingual(f"{said.zh}（{cited.zh}要求）", f"{said.en}, as demanded by {cited.en}")
    return Bilingual(f"{said.zh}（{promise.order}）", f"{said.en} ({promise.order})") if promise.order else said


def main_deadline(running: Mapping[tuple[str, str], Deadline], danger_id: int, state: State) -> Deadline | None:
    """Return the deadline of the step that a danger now waits for."""
    kept = (running.get((subject_of(danger_id), str(clock))) for clock in MAIN.get(state, ()))
    return min(filter(None, kept), key=lambda deadline: deadline.day, default=None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
