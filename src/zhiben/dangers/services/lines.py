"""A step of the loop as lines of the journal."""

from typing import Any

from zhiben.dangers.domain.cell import Cell
from zhiben.dangers.domain.kinds import CLOSED, OPEN, State
from zhiben.dangers.events import (
    DangerNoLongerOverdue,
    DangerReclassified,
    DangerReopened,
    DangerSignedOff,
    DangerStepped,
    DangerVoided,
    EvidenceAdded,
)
from zhiben.dangers.services.case import Case
from zhiben.dangers.services.clocking import told
from zhiben.journal.public import Event, Line


def lines_of(case: Case) -> list[Line]:
    """Return the journal's lines of a step: what left the late ones, what changed its cell, the step, its clocks."""
    events = [*case.events, *_reclassified(case), _step_event(case), *_evidence(case)]
    events += [told(one, case.given.reason) for one in case.started.values()]
    return [case.line(event) for event in events]


def _reclassified(case: Case) -> list[Event]:
    after = Cell.of(case.danger)
    if after == case.cell_before:
        return []
    return [
        DangerReclassified(
            danger=case.danger.pk,
            before_cell=case.cell_before.write(),
            after_cell=after.write(),
            after=str(case.before),
            is_open=case.before in OPEN,
            overdue=case.danger.is_overdue,
            found_on=case.danger.found_on.isoformat(),
            reason=case.given.reason,
        )
    ]


def _evidence(case: Case) -> list[Event]:
    files = [{"kind": str(proof.kind), "file": str(proof.file)} for proof in case.given.proofs]
    return [EvidenceAdded(case.danger.pk, files)] if files else []


def _step_event(case: Case) -> Event:
    danger, given = case.danger, case.given
    step: dict[str, Any] = {
        "move": str(case.step.move),
        "before": str(case.before),
        "after": str(case.after),
        "facts": case.facts,
    }
    known: dict[str, Any] = {"danger": danger.pk, "reason": given.reason, **step}
    counted: dict[str, Any] = {"cell": Cell.of(danger).write(), "found_on": danger.found_on.isoformat()}
    if case.after is State.SIGNED_OFF and case.before in OPEN:
        due_on = danger.due_on.isoformat() if danger.due_on else None
        late: dict[str, Any] = {"due_on": due_on, "overdue": _was_late(case), "self_accepted": danger.is_self_accepted}
        return DangerSignedOff(**known, **counted, **late, report=given.report)
    if case.after is State.VOIDED and case.before is not State.VOIDED:
        was: dict[str, Any] = {
            "was_open": case.before in OPEN,
            "imported_closed": danger.is_imported and case.before in CLOSED,
        }
        return DangerVoided(**known, **counted, **was, overdue=_was_late(case))
    if case.before in CLOSED and case.after in OPEN:
        return DangerReopened(**known, **counted)
    return DangerStepped(**known, report=given.report)


def _was_late(case: Case) -> bool:
    return any(isinstance(event, DangerNoLongerOverdue) for event in case.events)
