"""Who was told of a danger by law, over which channel, when; who has read it; what remains."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.reading import subject_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.notices.public import (
    DeliveryState,
    Message,
    NoticePermission,
    Receipt,
    messages_of,
    next_leg_of,
)

KINDS = ("danger:major", "danger:stop-ordered")
ENDED = {DeliveryState.FAILED, DeliveryState.SKIPPED}


@dataclass(frozen=True, slots=True)
class Sent:
    """One channel that was used."""

    channel: str
    at: datetime | None
    has_ended: bool  # not sent, and not tried any more
    error: str
    tries: int


@dataclass(frozen=True, slots=True)
class Got:
    """Somebody's receipt."""

    person: str
    channel: str
    at: datetime
    proxy: str  # who read it for them
    relation: str
    note: str


@dataclass(frozen=True, slots=True)
class Told:
    """One notice to one person, or to a circle of which one receipt is enough."""

    message: UUID
    kind: str
    people: Sequence[str]
    home: str
    roles: Sequence[str]
    made_at: datetime
    sent: Sequence[Sent]
    got: Sequence[Got]
    next_channel: str  # "" – nothing more is sent by itself
    next_at: datetime | None
    by_hand_since: datetime | None  # somebody is asked to go there
    missed: int
    is_circle: bool = False
    waiting: Sequence[UUID] = field(default=())  # messages nobody of it has read

    @property
    def is_settled(self) -> bool:
        """Somebody has read it."""
        return bool(self.got)


def message_about(danger: Danger, message_id: UUID) -> Message:
    """Return a notice with receipt about this danger; any other does not exist here."""
    for message in messages_of(subject_of(danger.pk), KINDS):
        if message.pk == message_id:
            return message
    raise NotFound("notice:not-found")


def told_of(actor: Actor, danger: Danger) -> list[Told]:
    """Return the notices that need a receipt, newest kind first, for those who may see how notices go."""
    if not actor.may(NoticePermission.VIEW, danger.place):
        return []
    return [_told(messages) for messages in _circles(danger)]


def told_one(danger: Danger, message: Message) -> Told:
    """Return one notice with what became of it, its circle's others included; the caller has shown that it may be seen."""
    return next(_told([message, *rest]) for rest in _others(danger, message))


def _others(danger: Danger, message: Message) -> list[list[Message]]:
    return [[one for one in circle if one != message] for circle in _circles(danger) if message in circle]


def _circles(danger: Danger) -> list[list[Message]]:
    """Return the notices that need a receipt, those of one circle together."""
    found: dict[tuple[str, str], list[Message]] = {}
    for message in messages_of(subject_of(danger.pk), KINDS):
        found.setdefault((message.key, message.circle or str(message.pk)), []).append(message)
    return list(found.values())


def _told(messages: Sequence[Message]) -> Told:
    first = messages[0]
    got = [_got(message, receipt) for message in messages for receipt in message.receipts.all()]
    leg = next_leg_of(first)
    task = next((m.hand_over for m in messages if hasattr(m, "hand_over")), None)
    return Told(
        message=first.pk,
        kind=first.kind,
        people=[message.person.name for message in messages],
        home=_home(first),
        roles=first.roles,
        made_at=first.made_at,
        sent=_sent(messages),
        got=sorted(got, key=lambda one: one.at),
        next_channel=leg if first.next_at and not got else "",
        next_at=None if got else first.next_at,
        by_hand_since=task.opened_at if task and task.closed_at is None else None,
        missed=task.tries if task else 0,
        is_circle=bool(first.circle),
        waiting=[message.pk for message in messages if message.read_at is None],
    )


def _home(message: Message) -> str:
    home = message.person.department or message.person.enterprise
    return home.name if home else ""


def _sent(messages: Sequence[Message]) -> list[Sent]:
    """Return each channel once: for a circle the first that went out, else what became of it."""
    found: dict[str, Sent] = {}
    used = (row for message in messages for row in message.deliveries.all() if row.error != "notice:channel-off")
    for row in used:
        one = Sent(row.channel, row.sent_at, row.state in ENDED, row.error, row.tries)
        known = found.get(row.channel)
        if known is None or (known.at is None and one.at is not None):
            found[row.channel] = one
    return list(found.values())


def _got(message: Message, receipt: Receipt) -> Got:
    proxy = receipt.proxy_by.name if receipt.proxy_by else receipt.proxy_name
    return Got(message.person.name, receipt.channel, receipt.at, proxy, receipt.relation, receipt.note)
