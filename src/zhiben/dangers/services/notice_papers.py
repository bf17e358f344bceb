"""The numbered document of a notice: drafted and signed by the officer who hands it over; a receipt is its service."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from zhiben.dangers.domain.kinds import CLOSED, State
from zhiben.dangers.models import Danger, NoticePaper
from zhiben.dangers.selectors.notice_papers import KIND, facts_of_notice, paper_of_notice
from zhiben.dangers.selectors.papers import issuer_of_notice
from zhiben.dangers.selectors.reading import danger_for, subject_of
from zhiben.dangers.selectors.receipts import KINDS, message_about
from zhiben.documents.public import DocumentState, ServiceChannel, draft_document, issue_document, record_service
from zhiben.journal import public as journal
from zhiben.journal.public import Line, Recorded
from zhiben.kernel.actor import SYSTEM, Actor, require
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed
from zhiben.notices.public import CODE, Message, NotedBy, NoticePermission, messages_of

CONSUMER = "danger:receipts-served"
CHANNELS = {
    str(NotedBy.PAPER): ServiceChannel.HAND,
    str(NotedBy.BY_HAND): ServiceChannel.HAND,
    CODE: ServiceChannel.QR,
    "program": ServiceChannel.PROGRAM,
    "email": ServiceChannel.EMAIL,
}  # what was only told by telephone was not served


@transaction.atomic
def issue_notice(danger_id: int, message_id: UUID, *, actor: Actor, now: datetime) -> UUID:
    """Return the numbered document of a notice; one that has none, or only a draft, is signed by the actor now."""
    danger = danger_for(actor, danger_id)
    require(actor, NoticePermission.DELIVER, danger.place)
    message = message_about(danger, message_id)
    found = paper_of_notice(danger, message)
    if found and found.state is not DocumentState.DRAFT:
        return found.id
    if message.read_at:
        raise Conflict("notice:already-received")
    if State(danger.state) in CLOSED:
        raise Conflict("danger:notice-of-closed")
    lines: list[Line] = []
    document = found.id if found else _draft(danger, message, lines, actor=actor, now=now)
    issue_document(document, signer_account_id=actor.id or 0, actor=actor, now=now, lines=lines)
    journal.record(lines, actor=actor, now=now)
    return document


def _draft(danger: Danger, message: Message, lines: list[Line], *, actor: Actor, now: datetime) -> UUID:
    issuer = issuer_of_notice(actor, danger)
    if issuer is None:
        raise NotAllowed("danger:notice-by-department")
    department, enterprise = issuer
    document = draft_document(
        KIND, subject=subject_of(danger.pk), place=danger.place, department_id=department, enterprise_id=enterprise,
        recipient=message.person.name, facts=facts_of_notice(danger, message), actor=actor, now=now, lines=lines,
    )  # fmt: skip
    _keep(danger, message, document, now)
    return document


def _keep(danger: Danger, message: Message, document: UUID, now: datetime) -> None:
    """Let the notice have this document; of two who sign at once one is refused."""
    former = NoticePaper.objects.filter(message=message.pk).first()
    told = {"document": document, "at": now}
    if former:
        if not NoticePaper.objects.filter(pk=former.pk, document=former.document).update(**told):
            raise Conflict("danger:notice-just-issued")
        return
    try:
        with transaction.atomic():
            NoticePaper.objects.create(danger=danger, message=message.pk, **told)
    except IntegrityError:
        raise Conflict("danger:notice-just-issued") from None


def serve_received(entries: Sequence[Recorded], now: datetime) -> None:
    """Record a receipt as the service of the notice's document."""
    lines: list[Line] = []
    for entry in entries:
        message = _message_of(entry)
        paper = NoticePaper.objects.filter(message=message.pk).first() if message else None
        channel = CHANNELS.get(entry.body["channel"])
        if message and paper and channel:
            told = _told(message, entry, channel)
            with suppress(Conflict, Invalid):  # withdrawn by now, or read in the program before it was on paper
                record_service(paper.document, **told, actor=SYSTEM, now=now, lines=lines)
    journal.record(lines, actor=SYSTEM, now=now)


def _message_of(entry: Recorded) -> Message | None:
    known = messages_of(entry.subject, KINDS) if entry.body["kind"] in KINDS else ()
    mine = (one for one in known if one.person_id == entry.body["person"] and one.kind == entry.body["kind"])
    return max(mine, key=lambda one: one.made_at, default=None)


def _told(message: Message, entry: Recorded, channel: ServiceChannel) -> dict[str, Any]:
    """Return the record of service that a receipt makes."""
    proxy = str(entry.body.get("proxy_name") or "")
    who = {"person": proxy or message.person.name, "proxy_for": message.person.name if proxy else ""}
    return {**who, "channel": str(channel), "day": entry.on, "note": str(entry.body.get("note") or "")}
