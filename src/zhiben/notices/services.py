"""Writes of notices: told, sent, read, received."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, NotFound
from zhiben.notices.channels import CHANNELS
from zhiben.notices.channels.letter import Delayed, Letter, Skipped
from zhiben.notices.domain.kinds import KINDS, DeliveryState, wait_after
from zhiben.notices.events import NoticeReceived
from zhiben.notices.models import Delivery, Message, Receipt
from zhiben.notices.selectors import message_for, view_of

EVERYWHERE = ("program", "email")
LEASE = timedelta(minutes=2)  # longer than any channel takes for one letter
HOME_LANGUAGE = "zh-hans"


@transaction.atomic
def notify(
    person_ids: Iterable[int],
    kind: str,
    *,
    subject: str,
    key: str,
    facts: dict[str, Any],
    now: datetime,
    channels: Sequence[str] = EVERYWHERE,
) -> int:
    """Tell people something, each once a `key`; return how many are told for the first time.

    Part of the caller's transaction: it stands and falls with what it tells about.
    """
    if kind not in KINDS:
        raise TypeError(f"no room registered the kind of notice {kind!r}")
    people = sorted(set(person_ids))
    told = set(Message.objects.filter(key=key, person__in=people).values_list("person_id", flat=True))
    fresh = [
        Message(person_id=person, kind=kind, subject=subject, key=key, facts=facts, made_at=now)
        for person in people
        if person not in told
    ]
    Message.objects.bulk_create(fresh, ignore_conflicts=True)
    mine = set(Message.objects.filter(pk__in=[message.pk for message in fresh]).values_list("pk", flat=True))
    ours = [message for message in fresh if message.pk in mine]  # another worker may have been faster
    Delivery.objects.bulk_create([_outgoing(message, name, now) for message in ours for name in channels])
    return len(ours)


def _outgoing(message: Message, channel: str, now: datetime) -> Delivery:
    """Return a row of the outbox; in the program the message is there with its own row."""
    if channel not in CHANNELS:
        raise TypeError(f"no such channel: {channel!r}")
    if channel == "program":
        return Delivery(message=message, channel=channel, state=DeliveryState.SENT, sent_at=now)
    return Delivery(message=message, channel=channel, next_at=now)


def deliver_due(now: datetime, *, limit: int = 50) -> int:
    """Send what waits in the outbox; return how many letters went out.

    A letter is leased, sent, then marked. Killed in between it is sent again after the lease, under the same key.
    """
    due = Delivery.objects.filter(next_at__lte=now).order_by("next_at")
    rows = due.select_related("message__person__account")[:limit]
    return sum(_send(row, now) for row in rows)


def _send(row: Delivery, now: datetime) -> bool:
    """Send one letter if no other worker is at it."""
    lease = now + LEASE
    mine = Delivery.objects.filter(pk=row.pk, next_at=row.next_at)
    if not mine.update(next_at=lease, tries=row.tries + 1):
        return False
    held = Delivery.objects.filter(pk=row.pk, next_at=lease)
    try:
        number = CHANNELS[row.channel].send(_letter(row.message))
    except Skipped as skipped:
        held.update(state=DeliveryState.SKIPPED, next_at=None, error=skipped.code)
    except Delayed as delayed:
        _wait(held, row.tries + 1, str(delayed), now)
    else:
        held.update(state=DeliveryState.SENT, next_at=None, sent_at=now, provider_id=number[:300], error="")
        return True
    return False


def _wait(held: Any, tries: int, why: str, now: datetime) -> None:
    """Try again later, or give up and let it be seen."""
    pause = wait_after(tries)
    if pause is None:
        held.update(state=DeliveryState.FAILED, next_at=None, error=why[:1000])
    else:
        held.update(next_at=now + pause, error=why[:1000])


def _letter(message: Message) -> Letter:
    """Write a message in its receiver's language."""
    person = message.person
    account = getattr(person, "account", None)
    language = account.language if account else HOME_LANGUAGE
    with override(language):
        words = view_of(message, language)
    return Letter(str(message.pk), person.name, person.email, words.title, words.body, message.made_at)


@transaction.atomic
def retry_delivery(delivery_id: int, *, now: datetime) -> None:
    """Let a delivery that was given up or skipped be tried anew."""
    ended = Delivery.objects.filter(pk=delivery_id, state__in=[DeliveryState.FAILED, DeliveryState.SKIPPED])
    if not ended.update(state=DeliveryState.WAITING, next_at=now, tries=0, error=""):
        raise Conflict("notice:not-given-up")


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
    person = row.person
    chain = f"enterprise:{person.enterprise_id}" if person.enterprise_id else "system"
    if person.department_id and not person.enterprise_id:
        chain = f"department:{person.department_id}"
    return Line(NoticeReceived(row.kind, person.pk, "program"), row.subject, chain, timezone.localdate(now))


@transaction.atomic
def take_receipt(
    message_id: UUID, *, channel: str, actor: Actor, now: datetime, proxy_by: int | None = None, note: str = ""
) -> None:
    """Note that a person got a message another way (on paper, by telephone), or that somebody took it for them.

    Part of the caller's transaction: the room of the message's subject checks who may, and journals it
    (`NoticeReceived`).
    """
    row = Message.objects.filter(pk=message_id).first()
    if row is None:
        raise NotFound("notice:not-found")
    receipt = Receipt(channel=channel, at=now, noted_by_id=actor.id, proxy_by_id=proxy_by, note=note)
    if not _received(row, receipt):
        raise Conflict("notice:already-received")


def _received(row: Message, receipt: Receipt) -> bool:
    """Write the receipt of a message, once a channel; tell whether this was the first."""
    Message.objects.filter(pk=row.pk, read_at=None).update(read_at=receipt.at)
    receipt.message, receipt.person = row, row.person
    Receipt.objects.bulk_create([receipt], ignore_conflicts=True)
    return Receipt.objects.filter(pk=receipt.pk).exists()


@transaction.atomic
def forget_person(person_id: int) -> int:
    """Remove what messages say to a person and where they went, when their personal data are shredded.

    That they were told, and their receipts, stay. Part of the caller's transaction, who journals it.
    """
    rows = Message.objects.filter(person_id=person_id)
    Delivery.objects.filter(message__person_id=person_id, next_at__isnull=False).update(
        state=DeliveryState.SKIPPED, next_at=None, error="notice:forgotten"
    )
    Receipt.objects.filter(person_id=person_id).update(note="")
    return rows.update(facts={})
