"""Notices read and received: by the person, by somebody for them, or by one for a whole circle."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, NotFound
from zhiben.kernel.periods import local_day
from zhiben.notices.domain.kinds import DeliveryState
from zhiben.notices.events import NoticeReceived
from zhiben.notices.models import Delivery, HandOver, Message, Receipt, Slip
from zhiben.notices.selectors.reading import chain_of, message_for


@dataclass(frozen=True, slots=True)
class Reader:
    """Who read a notice in place of the person named: one of ours, or a name, and what they are to the person."""

    person: int | None = None
    name: str = ""
    relation: str = ""


THEMSELVES = Reader()


@transaction.atomic
def mark_read(message_ids: Iterable[UUID], *, actor: Actor, now: datetime) -> int:
    """Note that the actor read some of their own messages; each gives a receipt. Return how many were unread."""
    rows = sorted((message_for(actor, one) for one in message_ids), key=lambda row: row.pk)
    fresh = [row for row in rows if _received(row, Receipt(channel="program", at=now, noted_by_id=actor.id))]
    if fresh:
        journal.record([_line(row, now) for row in fresh], actor=actor, now=now)
    return len(fresh)


def _line(row: Message, now: datetime) -> Line:
    """Return what the journal keeps of a notice read in the program."""
    return Line(NoticeReceived(row.kind, row.person_id, "program"), row.subject, chain_of(row), local_day(now))


@transaction.atomic
def take_receipt(
    message_id: UUID, *, channel: str, actor: Actor, now: datetime, reader: Reader = THEMSELVES, note: str = ""
) -> NoticeReceived:
    """Note that a person got a message another way (on paper, by telephone), or that somebody took it for them.

    Part of the caller's transaction: the room of the message's subject checks who may, and journals what is returned.
    """
    row = Message.objects.filter(pk=message_id).select_related("person").first()
    if row is None:
        raise NotFound("notice:not-found")
    receipt = Receipt(
        channel=channel, at=now, noted_by_id=actor.id, note=note,
        proxy_by_id=reader.person, proxy_name=reader.name, relation=reader.relation,
    )  # fmt: skip
    if not _received(row, receipt):
        raise Conflict("notice:already-received")
    return NoticeReceived(row.kind, row.person_id, channel, reader.person, note, reader.name, reader.relation)


def _received(row: Message, receipt: Receipt) -> bool:
    """Write the receipt of a message, once a channel; tell whether this was the first. What was under way ends."""
    receipt.message, receipt.person = row, row.person
    Receipt.objects.bulk_create([receipt], ignore_conflicts=True)
    if not Receipt.objects.filter(pk=receipt.pk).exists():
        return False
    Message.objects.filter(pk=row.pk, read_at=None).update(read_at=receipt.at)
    settled = Q(pk=row.pk)
    if row.circle:
        settled |= Q(key=row.key, circle=row.circle)
    _settle(settled, "received", receipt.at)
    return True


def _settle(which: Q, result: str, now: datetime) -> None:
    """End the routes of messages, and the tasks to hand them over."""
    messages = Message.objects.filter(which)
    messages.filter(next_at__isnull=False).update(next_at=None)
    ids = list(messages.values_list("pk", flat=True))
    HandOver.objects.filter(message__in=ids, closed_at=None).update(closed_at=now, result=result)


@transaction.atomic
def let_rest(subject: str, *, now: datetime, kinds: Iterable[str] | None = None) -> None:
    """Send no more about a thing that is settled: routes, tasks to hand over and printed codes end. Receipts stay.

    Part of the caller's transaction.
    """
    about = Q(subject=subject) if kinds is None else Q(subject=subject, kind__in=list(kinds))
    _settle(about & Q(read_at=None), "unneeded", now)
    Slip.objects.filter(message__in=Message.objects.filter(about), used_at=None, expires_at__gt=now).update(
        expires_at=now
    )


@transaction.atomic
def forget_person(person_id: int) -> int:
    """Remove what messages say to a person and where they went, when their personal data are shredded.

    That they were told, and their receipts, stay. Part of the caller's transaction, who journals it.
    """
    rows = Message.objects.filter(person_id=person_id)
    pending = Q(next_at__isnull=False) | Q(state=DeliveryState.HELD)
    Delivery.objects.filter(pending, message__person_id=person_id).update(
        state=DeliveryState.SKIPPED, next_at=None, error="notice:forgotten"
    )
    Receipt.objects.filter(person_id=person_id).update(note="", proxy_name="")
    return rows.update(facts={}, next_at=None)
