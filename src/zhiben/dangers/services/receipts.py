"""Receipts of notices about a danger: noted by an officer, printed with a code, or missed at the door."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.reading import danger_for
from zhiben.dangers.selectors.receipts import message_about
from zhiben.dangers.services.case import line_of
from zhiben.journal import public as journal
from zhiben.journal.public import Event
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Invalid
from zhiben.notices.public import (
    NotedBy,
    NoticePermission,
    Printed,
    Reader,
    note_missed,
    print_slip,
    proxy_of,
    take_receipt,
)


@transaction.atomic
def note_receipt(
    danger_id: int, message_id: UUID, *, channel: str, name: str, relation: str, note: str = "", actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Note that a person got a notice on paper, by telephone or by hand, or that somebody took it for them."""
    danger = _held(actor, danger_id)
    message = message_about(danger, message_id)
    if channel not in set(NotedBy):
        raise Invalid("notice:needs-channel", field="channel")
    proxy, as_what = proxy_of(message.person.name, name, relation)
    reader = Reader(name=proxy, relation=as_what)
    event = take_receipt(message.pk, channel=channel, actor=actor, now=now, reader=reader, note=note.strip()[:200])
    _record(danger, event, actor, now)


@transaction.atomic
def note_nobody_met(danger_id: int, message_id: UUID, *, note: str = "", actor: Actor, now: datetime) -> None:
    """Note that somebody went there with the notice and met nobody who could take it."""
    danger = _held(actor, danger_id)
    event = note_missed(message_about(danger, message_id).pk, note=note.strip()[:200], now=now)
    _record(danger, event, actor, now)


@transaction.atomic
def print_notice(danger_id: int, message_id: UUID, *, actor: Actor, now: datetime) -> Printed:
    """Make the code for one print of a notice; its token is told this once."""
    danger = _held(actor, danger_id)
    printed = print_slip(message_about(danger, message_id).pk, actor=actor, now=now)
    _record(danger, printed.event, actor, now)
    return printed


def _held(actor: Actor, danger_id: int) -> Danger:
    """Return a danger whose notices the actor may hand over."""
    danger = danger_for(actor, danger_id)
    require(actor, NoticePermission.DELIVER, danger.place)
    return danger


def _record(danger: Danger, event: Event, actor: Actor, now: datetime) -> None:
    journal.record([line_of(danger, event, china_day(now))], actor=actor, now=now)
