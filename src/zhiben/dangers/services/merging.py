"""Taking a danger into another that is the same, and out again as it was.

Nothing laid beside the merged danger is moved: sources, people, files and clauses stay with it and are read together
with those of the danger kept (`selectors.family`). So what is taken out again is what went in.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from zhiben.clocks.public import Deadline, current_deadlines
from zhiben.dangers.domain.cell import Cell
from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.kinds import OPEN, Channel, State
from zhiben.dangers.domain.merging import objection, strictest
from zhiben.dangers.events import (
    DangerMerged,
    DangerMoved,
    DangerNoLongerOverdue,
    DangerOverdue,
    DangerTookIn,
    DangerUnmerged,
)
from zhiben.dangers.models import Danger, DuplicateProposal, Extension, Merger
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.duplicates import party_of
from zhiben.dangers.selectors.reading import dangers_by_id, subject_of
from zhiben.dangers.selectors.standing import Mover
from zhiben.dangers.services.case import line_of
from zhiben.dangers.services.telling import MERGED, UNMERGED, owner, reporters, tell
from zhiben.journal import public as journal
from zhiben.journal.public import Event
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed

BY_FINDERS = frozenset({Channel.INSPECTION, Channel.PUBLIC_REPORT})


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of the two."""

    id: int
    into: int
    number: str  # of the one kept
    version: int  # of the one merged


@transaction.atomic
def merge_danger(
    danger_id: int, into_id: int, reason: str, *, actor: Actor, now: datetime, version: int | None = None
) -> Merged:
    """Take one danger into another. It leaves the stock as voided; whoever told of it stays on record.

    `version` is that of the danger to be merged, as the actor saw it.
    """
    merged, kept = _two(actor, danger_id, into_id)
    _check(merged, kept, reason, actor)
    if version is not None and merged.version != version:
        raise Conflict("danger:already-moved", danger=merged.pk)
    today, before = china_day(now), _snapshot(merged)
    columns = {
        "state": str(State.VOIDED),
        "state_since": now,
        "closed_on": today,
        "next_at": None,
        "is_overdue": False,
        "overdue_since": None,
        "merged_into": kept,
    }
    _win({merged: columns, **_channels(kept, added=merged.judged_as)})
    Deadline.objects.filter(pk__in=before["deadlines"]).update(is_current=False)
    Extension.objects.filter(pk=before["extension"]).update(is_moot=True)
    Merger.objects.create(danger=merged, into=kept, on=today, at=now, account_id=actor.id, reason=reason, before=before)
    _answer(merged, kept, "merged", reason, actor=actor, now=now)
    tell(merged, MERGED, _concerned(merged, actor), what="merged", now=now, extra={"into": kept.number})
    event = DangerMerged(
        danger=merged.pk,
        into=kept.pk,
        into_number=kept.number,
        cell=before["cell"],
        before=before["state"],
        after=str(State.VOIDED),
        found_on=merged.found_on.isoformat(),
        reason=reason,
    )
    took = DangerTookIn(kept.pk, merged.pk, merged.number, out=False, reason=reason)
    lines = [*_late(merged, before, today, up=False), (merged, event, today), (kept, took, today)]
    _record(lines, actor=actor, now=now)
    return Merged(merged.pk, kept.pk, kept.number, merged.version + 1)


@transaction.atomic
def unmerge_danger(danger_id: int, reason: str, *, actor: Actor, now: datetime, version: int | None = None) -> Merged:
    """Take a danger out of the one it was merged into, as it was: state, clocks and numbers, from the merger's day on."""
    seen = dangers_by_id(actor, [danger_id])[0]
    if seen.merged_into_id is None:
        raise Conflict("danger:not-merged", danger=seen.pk)
    merged, kept = _two(actor, danger_id, seen.merged_into_id)
    _check_rights(merged, kept, reason, actor)
    if version is not None and merged.version != version:
        raise Conflict("danger:already-moved", danger=merged.pk)
    merger = Merger.objects.get(danger=merged, undone_at__isnull=True)
    before, today = merger.before, china_day(now)
    _win({merged: _columns(before) | {"merged_into": None}, **_channels(kept, without=merged)})
    Deadline.objects.filter(pk__in=before["deadlines"]).update(is_current=True)
    Extension.objects.filter(pk=before["extension"]).update(is_moot=False)
    Merger.objects.filter(pk=merger.pk).update(undone_at=now, undone_by=actor.id, undone_reason=reason)
    _answer(merged, kept, "not_same", reason, actor=actor, now=now)
    tell(merged, UNMERGED, _concerned(merged, actor), what="unmerged", now=now, extra={"into": kept.number})
    event = DangerUnmerged(
        danger=merged.pk,
        into=kept.pk,
        into_number=kept.number,
        cell=before["cell"],
        before=str(State.VOIDED),
        after=before["state"],
        found_on=merged.found_on.isoformat(),
        reason=reason,
    )
    gave = DangerTookIn(kept.pk, merged.pk, merged.number, out=True, reason=reason)
    back = [(merged, event, merger.on), *_late(merged, before, merger.on, up=True)]
    lines = [*back, *_moved_meanwhile(merged, before, today), (kept, gave, today)]
    _record(lines, actor=actor, now=now)
    return Merged(merged.pk, kept.pk, kept.number, merged.version + 1)


def _two(actor: Actor, danger_id: int, into_id: int) -> tuple[Danger, Danger]:
    if danger_id == into_id:
        raise Invalid("danger:merge-itself", field="into")
    found = {danger.pk: danger for danger in dangers_by_id(actor, {danger_id, into_id})}
    return found[danger_id], found[into_id]


def _check(merged: Danger, kept: Danger, reason: str, actor: Actor) -> None:
    _check_rights(merged, kept, reason, actor)
    code = objection(party_of(merged), party_of(kept))
    if code:
        raise Conflict(code, danger=merged.pk, into=kept.pk)


def _check_rights(merged: Danger, kept: Danger, reason: str, actor: Actor) -> None:
    """Ask for the right at both places; what a supervisor or the public found is a supervisor's to take away."""
    for danger in (merged, kept):
        require(actor, DangerPermission.MERGE, danger.place)
    if merged.judged_as in BY_FINDERS and not Mover(actor).is_supervisor:
        raise NotAllowed("danger:found-by-supervisor", danger=merged.pk)
    if not reason.strip():
        raise Invalid("danger:needs-reason", field="reason")


def _snapshot(danger: Danger) -> dict[str, Any]:
    """Return all that a merger changes, as it is now."""
    running = current_deadlines([subject_of(danger.pk)])
    pending = Extension.objects.filter(danger=danger, is_granted__isnull=True, is_moot=False)
    return {
        "state": danger.state,
        "state_since": danger.state_since.isoformat(),
        "next_at": danger.next_at.isoformat() if danger.next_at else None,
        "is_overdue": danger.is_overdue,
        "overdue_since": danger.overdue_since.isoformat() if danger.overdue_since else None,
        "deadlines": sorted(row.pk for row in running.values()),
        "extension": pending.values_list("pk", flat=True).first(),
        "cell": Cell.of(danger).write(),
    }


def _columns(before: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a snapshot."""
    return {
        "state": before["state"],
        "state_since": datetime.fromisoformat(before["state_since"]),
        "closed_on": None,
        "next_at": datetime.fromisoformat(before["next_at"]) if before["next_at"] else None,
        "is_overdue": before["is_overdue"],
        "overdue_since": date.fromisoformat(before["overdue_since"]) if before["overdue_since"] else None,
    }


def _win(changes: dict[Danger, dict[str, Any]]) -> None:
    """Write both if nobody was faster with either; in the order of their numbers, so that two never wait crosswise."""
    for danger in sorted(changes, key=lambda danger: danger.pk):
        seen = Danger.unscoped.filter(pk=danger.pk, version=danger.version, state=danger.state)
        if not seen.update(**changes[danger], version=F("version") + 1):
            raise Conflict("danger:already-moved", danger=danger.pk)


def _channels(kept: Danger, *, added: str = "", without: Danger | None = None) -> dict[Danger, dict[str, Any]]:
    """Return the strictest channel of those merged into a danger, and so on for what that was itself merged into."""
    changes: dict[Danger, dict[str, Any]] = {}
    above, gone = kept, without
    while True:
        others = Danger.unscoped.filter(merged_into=above).exclude(pk=gone.pk if gone else None)
        channel = strictest(added, *(other.judged_as for other in others))
        changes[above] = {"merged_channel": channel}
        if above.merged_into_id is None:
            return changes
        added, gone = strictest(above.channel, channel), above
        above = Danger.unscoped.get(pk=above.merged_into_id)


def _answer(merged: Danger, kept: Danger, answer: str, reason: str, *, actor: Actor, now: datetime) -> None:
    first, second = sorted((merged.pk, kept.pk))
    answered = {"answer": answer, "reason": reason, "answered_at": now, "answered_by": actor.id}
    DuplicateProposal.unscoped.filter(first=first, second=second).update(**answered)


def _late(danger: Danger, before: dict[str, Any], on: date, *, up: bool) -> list[tuple[Danger, Event, date]]:
    """Tell that a danger that was overdue is no longer, or is again from the same day on."""
    if not before["is_overdue"] or danger.due_on is None:
        return []
    cell, due_on, found_on = before["cell"], danger.due_on.isoformat(), danger.found_on.isoformat()
    if up:
        return [(danger, DangerOverdue(danger.pk, cell, due_on, danger.due_set_by, found_on), on)]
    return [(danger, DangerNoLongerOverdue(danger.pk, cell, "merged", found_on), on)]


def _moved_meanwhile(danger: Danger, before: dict[str, Any], today: date) -> list[tuple[Danger, Event, date]]:
    """Tell what the figures miss where its unit was hung elsewhere, or reclassified, while it was merged."""
    was, now = Cell.read(before["cell"]), Cell.of(danger)
    if was == now:
        return []
    event = DangerMoved(
        danger=danger.pk,
        before_cell=was.write(),
        after_cell=now.write(),
        after=before["state"],
        is_open=State(before["state"]) in OPEN,
        overdue=before["is_overdue"],
        found_on=danger.found_on.isoformat(),
    )
    return [(danger, event, today)]


def _concerned(danger: Danger, actor: Actor) -> set[int]:
    return {person for person in owner(danger) | reporters(danger) if person != actor.person}


def _record(lines: list[tuple[Danger, Event, date]], *, actor: Actor, now: datetime) -> None:
    journal.record([line_of(danger, event, on) for danger, event, on in lines], actor=actor, now=now)
