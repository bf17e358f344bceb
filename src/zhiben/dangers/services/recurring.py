"""Linking what came back to what was signed off: found by the journal's consumer, answered by a person."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.kinds import State
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.domain.recurrence import BY_PROGRAM, RecurrenceState, Trace, said, spot, ties
from zhiben.dangers.events import RecurrenceAnswered, RecurrenceFound
from zhiben.dangers.models import Danger, Recurrence
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.family import keepers_of
from zhiben.dangers.selectors.recurrences import recurrence_for
from zhiben.dangers.selectors.traces import measures_of, traces_of
from zhiben.dangers.services.case import line_of
from zhiben.journal import public as journal
from zhiben.journal.public import Line, Recorded
from zhiben.kernel.actor import SYSTEM, Actor, require
from zhiben.kernel.errors import Conflict, Invalid

CONSUMER = "danger:recurrence"
CODES = frozenset({"danger:found", "danger:clause-answered", "danger:stepped"})
TELLING = frozenset({Move.SUBMIT, Move.FIX_ON_SPOT, Move.FILL_PLAN})  # steps that tell the measure
ByProgram = sorted(map(str, BY_PROGRAM))


def link_repeats(entries: Sequence[Recorded], now: datetime) -> None:
    """Look for each danger the entries tell of whether it came back; journal what is new or changed."""
    touched = {
        entry.body["danger"] for entry in entries if entry.code != "danger:stepped" or entry.body["move"] in TELLING
    }
    lines = _linked(touched, now) if touched else []
    journal.record(lines, actor=SYSTEM, now=now)


def _linked(touched: Iterable[int], now: datetime) -> list[Line]:
    new = traces_of(Danger.unscoped.filter(pk__in=touched).exclude(place_text="").exclude(state=State.VOIDED))
    before = _earlier(new.values())
    pairs = [(trace, one) for trace in new.values() for one in [_latest(trace, before)] if one is not None]
    if not pairs:
        return []
    measures = measures_of({one.id for pair in pairs for one in pair})
    told = {
        trace.id: (replace(trace, measure=measures[trace.id]), replace(one, measure=measures[one.id]))
        for trace, one in pairs
    }
    rows = Danger.unscoped.in_bulk(list(told))
    return [line for pk in sorted(told) for line in _kept(rows[pk], *told[pk], now)]


Spots = Mapping[tuple[int, str], list[Trace]]


def _earlier(new: Iterable[Trace]) -> Spots:
    """Return the signed-off dangers of the same units by their place."""
    units, last = {one.unit for one in new}, max((one.found_on for one in new), default=date.min)
    rows = Danger.unscoped.filter(unit__in=units, state=State.SIGNED_OFF, closed_on__lte=last).exclude(place_text="")
    found: dict[tuple[int, str], list[Trace]] = {}
    for trace in [*traces_of(rows).values(), *_told_elsewhere(units, last)]:
        if here := spot(trace.unit, trace.place):
            found.setdefault(here, []).append(trace)
    return found


def _told_elsewhere(units: Collection[int], last: date) -> list[Trace]:
    """Return what was merged into signed-off dangers, as these: told at another place, or in other words."""
    rows = Danger.unscoped.filter(unit__in=units, merged_into__isnull=False).exclude(place_text="")
    keepers = keepers_of(list(rows.values_list("pk", flat=True)))
    closed = dict(
        Danger.unscoped.filter(pk__in=set(keepers.values()), state=State.SIGNED_OFF, closed_on__lte=last).values_list(
            "pk", "closed_on"
        )
    )
    found = ((trace, keepers[trace.id]) for trace in traces_of(rows).values())
    return [replace(trace, id=keeper, closed_on=closed[keeper]) for trace, keeper in found if keeper in closed]


def _latest(trace: Trace, before: Spots) -> Trace | None:
    """Return the danger that was signed off last at the same place before this one was found, likest first."""
    here = spot(trace.unit, trace.place)
    shared = [(ties(trace, one), one) for one in before.get(here, [])] if here else []
    known = [(len(both), one.closed_on or date.min, one.id, one) for both, one in shared if both]
    return max(known, key=lambda each: each[:3])[3] if known else None


def _kept(danger: Danger, new: Trace, earlier: Trace, now: datetime) -> list[Line]:
    """Write what the rule says, unless a person has said something already."""
    shared = ties(new, earlier)
    state = said(shared)
    row = Recurrence.unscoped.filter(danger=danger, earlier=earlier.id).first()
    names = sorted(map(str, shared))
    if row is None:
        return _found(danger, earlier, names, state, now) if state else []
    state = state or RecurrenceState.DROPPED
    if row.state not in ByProgram or (row.state == state and row.ties == names):
        return []
    Recurrence.unscoped.filter(pk=row.pk, state__in=ByProgram).update(state=str(state), ties=names)
    return [_told(danger, earlier.id, state, names, now)] if row.state != state else []


def _found(danger: Danger, earlier: Trace, names: list[str], state: RecurrenceState, now: datetime) -> list[Line]:
    Recurrence.unscoped.create(
        danger=danger,
        earlier_id=earlier.id,
        found_on=danger.found_on,
        closed_on=earlier.closed_on or danger.found_on,
        ties=names,
        state=str(state),
        at=now,
        unit_id=danger.unit_id,
        path=danger.path,
        enterprise_id=danger.enterprise_id,
        party_id=danger.party_id,
        industries_mask=danger.industries_mask,
        matter=danger.matter,
    )
    return [_told(danger, earlier.id, state, names, now)]


def _told(danger: Danger, earlier: int, state: RecurrenceState, names: list[str], now: datetime) -> Line:
    return line_of(danger, RecurrenceFound(danger.pk, earlier, str(state), names), china_day(now))


@transaction.atomic
def answer_recurrence(recurrence_id: int, *, yes: bool, reason: str = "", actor: Actor, now: datetime) -> None:
    """Confirm that a danger came back, or say why it did not."""
    row = recurrence_for(actor, recurrence_id)
    require(actor, DangerPermission.CONFIRM, row.place)
    if not yes and not reason.strip():
        raise Invalid("danger:needs-reason", field="reason")
    state = RecurrenceState.CONFIRMED if yes else RecurrenceState.DISMISSED
    told = {"state": str(state), "answered_at": now, "answered_by_id": actor.id, "reason": reason}
    if not Recurrence.unscoped.filter(pk=row.pk, state=row.state).exclude(state=str(state)).update(**told):
        raise Conflict("recurrence:already-answered")
    event = RecurrenceAnswered(row.danger_id, row.earlier_id, str(state), reason)
    journal.record([line_of(row.danger, event, china_day(now))], actor=actor, now=now)
