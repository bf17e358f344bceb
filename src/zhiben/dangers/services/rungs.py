"""Issuing a rung of the ladder, one signature each, or skipping it with a reason."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.ladder import Rung
from zhiben.dangers.domain.rungs import RUNG_NAMES, RungState
from zhiben.dangers.models import LadderRung, OverdueSpan
from zhiben.dangers.selectors.rungs import rung_for
from zhiben.dangers.services import telling
from zhiben.dangers.services.case import line_of
from zhiben.dangers.supervision_events import RungIssued, RungSkipped
from zhiben.documents.public import discard_draft, issue_document
from zhiben.journal import public as journal
from zhiben.journal.public import Event, Line, Recorded
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed
from zhiben.notices.public import NoticeKind, register_notice

ISSUED = register_notice(NoticeKind(
    "ladder:issued",
    Bilingual("{rung}：隐患整改超期", "{rung}: a hidden danger is past its limit"),
    Bilingual("{number}：{text}。{rung}文号：{document}", "{number}: {text}. {rung}, number {document}"),
    needs_receipt=True,
    page="dangers:detail",
    general=Bilingual("督办文书：隐患整改超期", "Rung of the ladder: a hidden danger is past its limit"),
))  # fmt: skip


@transaction.atomic
def issue_rung(rung_id: int, *, actor: Actor, now: datetime) -> str:
    """Sign the document of a rung, which gives it its number; the enterprise's heads are told. Return the number."""
    rung = rung_for(actor, rung_id)
    if actor.id is None:
        raise NotAllowed("ladder:signed-by-a-person")
    if rung.document is None or rung.state != RungState.DRAFTED:
        raise Conflict("ladder:already-settled")
    lines: list[Line] = []
    number = issue_document(rung.document, signer_account_id=actor.id, actor=actor, now=now, lines=lines)
    _settle(rung, RungState.ISSUED, actor, now, number=number)
    event = RungIssued(rung.danger_id, rung.rung, number, rung.recipient, str(rung.document))
    _tell(rung, number, now)
    _record(rung, event, lines, actor=actor, now=now)
    return number


@transaction.atomic
def skip_rung(rung_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """Leave a rung out; its draft is given up, and the days until the next one begin."""
    rung = rung_for(actor, rung_id)
    if not reason.strip():
        raise Invalid("ladder:reason-needed", field="reason")
    lines: list[Line] = []
    _settle(rung, RungState.SKIPPED, actor, now, reason=reason.strip())
    if rung.document:
        discard_draft(rung.document, reason=reason, actor=actor, now=now, lines=lines)
    _record(rung, RungSkipped(rung.danger_id, rung.rung, reason.strip()), lines, actor=actor, now=now)


def follow_documents(entries: Sequence[Recorded], now: datetime) -> None:
    """Settle the rungs whose documents were signed, given up or withdrawn on the pages of documents."""
    for entry in entries:
        if entry.code == "document:withdrawn":
            _undo(entry)
            continue
        drafted = LadderRung.objects.filter(document=UUID(entry.body["document"]), state=RungState.DRAFTED)
        row = drafted.first()
        if row is None:
            continue
        told: dict[str, Any] = {"settled_on": entry.on, "settled_at": entry.at, "settled_by_id": entry.actor}
        if entry.code == "document:issued":
            told |= {"state": RungState.ISSUED, "number": entry.body["number"]}
        else:
            told |= {"state": RungState.SKIPPED, "reason": entry.body["reason"] or "–"}
        if drafted.update(**told):
            OverdueSpan.objects.filter(danger=row.danger_id, since=row.since).update(next_at=now)


def _undo(entry: Recorded) -> None:
    """Let a rung whose document was withdrawn count as left out: what was taken back moved nobody."""
    issued = LadderRung.objects.filter(document=UUID(entry.body["document"]), state=RungState.ISSUED)
    issued.update(state=RungState.SKIPPED, reason=entry.body["reason"] or "–")


def _settle(rung: LadderRung, state: RungState, actor: Actor, now: datetime, **columns: Any) -> None:
    """Write the outcome once, and have the ladder look for the next rung."""
    told = {"state": state, "settled_on": china_day(now), "settled_at": now, "settled_by_id": actor.id, **columns}
    if not LadderRung.objects.filter(pk=rung.pk, state=RungState.DRAFTED).update(**told):
        raise Conflict("ladder:already-settled")
    OverdueSpan.objects.filter(danger=rung.danger_id, since=rung.since).update(next_at=now)


def _tell(rung: LadderRung, number: str, now: datetime) -> None:
    name = RUNG_NAMES[Rung(rung.rung)]
    extra = {"rung": {"zh": name.zh, "en": name.en}, "document": number}
    people = telling.owner_and_heads(rung.danger)
    telling.tell(rung.danger, ISSUED, people, what=f"ladder-{rung.pk}", now=now, extra=extra)


def _record(rung: LadderRung, event: Event, lines: list[Line], *, actor: Actor, now: datetime) -> None:
    journal.record([*lines, line_of(rung.danger, event, china_day(now))], actor=actor, now=now)
