"""The code on a printed notice: whoever reads it without an account confirms it on a phone, once."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, NotFound
from zhiben.kernel.periods import local_day
from zhiben.notices.domain.readers import CODE, proxy_of
from zhiben.notices.events import SlipPrinted
from zhiben.notices.models import Message, Slip
from zhiben.notices.selectors.reading import chain_of
from zhiben.notices.selectors.slips import hash_of, open_slip
from zhiben.notices.services.receiving import Reader, take_receipt

VALID = timedelta(days=15)
TOKEN_BYTES = 24


@dataclass(frozen=True, slots=True)
class Printed:
    """A code as it goes on the paper: this is the only time that its token is known."""

    token: str
    until: datetime
    event: SlipPrinted


@transaction.atomic
def print_slip(message_id: UUID, *, actor: Actor, now: datetime) -> Printed:
    """Make a code for one print of a notice.

    Part of the caller's transaction: the room of the message's subject checks who may, and journals the event.
    """
    row = Message.objects.filter(pk=message_id).first()
    if row is None:
        raise NotFound("notice:not-found")
    if row.read_at:
        raise Conflict("notice:already-received")
    token, until = secrets.token_urlsafe(TOKEN_BYTES), now + VALID
    Slip.objects.create(message=row, token_hash=hash_of(token), made_at=now, made_by_id=actor.id, expires_at=until)
    return Printed(token, until, SlipPrinted(row.kind, row.person_id, local_day(until).isoformat()))


@transaction.atomic
def confirm_slip(token: str, *, name: str, relation: str, now: datetime) -> None:
    """Note that the reader of a printed notice has read it: the person named, or somebody for them."""
    slip = open_slip(token, now=now)
    proxy, as_what = proxy_of(slip.message.person.name, name, relation)
    if not Slip.objects.filter(pk=slip.pk, used_at=None, expires_at__gt=now).update(used_at=now):
        raise Conflict("notice:code-used")  # by somebody in this very moment
    reader = Actor(id=None, label=" ".join(name.split()))
    event = take_receipt(
        slip.message.pk, channel=CODE, actor=reader, now=now, reader=Reader(name=proxy, relation=as_what)
    )
    line = Line(event, slip.message.subject, chain_of(slip.message), local_day(now))
    journal.record([line], actor=reader, now=now)
