"""Reads of notices. Every function takes the actor, so no read can forget who asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.notices.domain.kinds import DIGEST, KINDS, DeliveryState, write
from zhiben.notices.models import Delivery, Message, Receipt
from zhiben.notices.selectors.settings import route_of
from zhiben.orgs.models import Person

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice in its reader's language."""

    id: UUID
    kind: str
    subject: str
    title: str
    body: str
    made_at: datetime
    read_at: datetime | None
    needs_receipt: bool


def notices_for(actor: Actor, *, language: str, limit: int = 50, unread: bool = False) -> list[NoticeView]:
    """Return the actor's own notices in the program, newest first."""
    rows = _mine(actor).filter(read_at=None) if unread else _mine(actor)
    return [view_of(row, language) for row in rows.order_by("-made_at", "-id")[:limit]]


def unread_for(actor: Actor) -> int:
    """Return how many notices wait to be read."""
    return _mine(actor).filter(read_at=None).count()


def message_for(actor: Actor, message_id: UUID) -> Message:
    """Return one of the actor's own messages, or refuse as if it did not exist."""
    row = _mine(actor).filter(pk=message_id).first()
    if row is None:
        raise NotFound("notice:not-found")
    return row


def view_of(row: Message, language: str) -> NoticeView:
    """Return a message in a language; of a kind that is no longer known, its name."""
    kind = KINDS.get(row.kind)
    title, body = write(kind, row.facts, language) if kind else (row.kind, "")
    if row.kind == DIGEST:
        body = "\n\n".join([body, *(_bundled(item, language) for item in row.facts.get("items", []))])
    needs = kind.needs_receipt if kind else False
    return NoticeView(row.pk, row.kind, row.subject, title, body, row.made_at, row.read_at, needs)


def _bundled(item: Mapping[str, Any], language: str) -> str:
    """Return one notice inside a digest: title, body, and its page."""
    kind = KINDS.get(item["kind"])
    title, body = write(kind, item["facts"], language) if kind else (item["kind"], "")
    return "\n".join(filter(None, (title, body, link_to(item["kind"], item["subject"]))))


def link_to(kind: str, subject: str) -> str:
    """Return the full address of what a message is about; nothing where our own address is not set."""
    page = page_of(kind, subject)
    return f"{settings.PUBLIC_URL}{page}" if settings.PUBLIC_URL and page else ""


def own_address() -> str:
    """Return the address under which people reach the program, where it is set."""
    return str(settings.PUBLIC_URL)


def kind_title(kind: str) -> Bilingual:
    """Return what a kind of notice is called."""
    known = KINDS.get(kind)
    return known.called if known else Bilingual(kind, kind)


def page_of(kind: str, subject: str) -> str:
    """Return the address of what a message is about, where it has a page."""
    known = KINDS.get(kind)
    try:
        return reverse(known.page, args=[subject.partition("/")[2]]) if known and known.page else ""
    except NoReverseMatch:
        return ""


def chain_of(message: Message) -> str:
    """Return the journal's chain of what happens to a message: its reader's enterprise or department."""
    return _chain(message.person.enterprise_id, message.person.department_id)


def chain_of_person(person_id: int) -> str:
    """Return the journal's chain of what a person decides for themselves."""
    return _chain(*Person.objects.values_list("enterprise_id", "department_id").get(pk=person_id))


def _chain(enterprise: int | None, department: int | None) -> str:
    if enterprise:
        return f"enterprise:{enterprise}"
    return f"department:{department}" if department else "system"


def receipts_of(subject: str) -> list[Receipt]:
    """Return who said that they got a notice about a thing; the caller has shown that the thing may be seen."""
    return list(Receipt.objects.filter(message__subject=subject).select_related("message", "person").order_by("at"))


def deliveries_of(subject: str) -> list[Delivery]:
    """Return how the notices about a thing went out; the caller has shown that the thing may be seen."""
    rows = Delivery.objects.filter(message__subject=subject).select_related("message__person")
    return list(rows.order_by("message__made_at", "id"))


def messages_of(subject: str, kinds: Iterable[str]) -> list[Message]:
    """Return what was told about a thing with its receipts and deliveries; the caller has shown that it may be seen."""
    rows = Message.objects.filter(subject=subject, kind__in=list(kinds)).select_related(
        "person__enterprise", "person__department", "hand_over"
    )
    return list(rows.prefetch_related("deliveries", "receipts__proxy_by").order_by("made_at", "person", "id"))


def next_leg_of(message: Message) -> str:
    """Return the channel that comes next on a message's route; nothing at its end."""
    legs = route_of(message.kind)
    return legs[message.leg].channel if message.leg < len(legs) else ""


def failed_since(now: datetime, *, limit: int = 20) -> list[Delivery]:
    """Return the newest deliveries given up within a week: for whoever looks after the program."""
    rows = Delivery.objects.filter(state=DeliveryState.FAILED, message__made_at__gt=now - WEEK)
    return list(rows.select_related("message").order_by("-message__made_at")[:limit])


def _mine(actor: Actor) -> "QuerySet[Message]":
    """Return the messages shown to this person in the program."""
    if actor.person is None:
        return Message.objects.none()
    return Message.objects.filter(person_id=actor.person, deliveries__channel="program")
