"""Telling people something, each once: the rows of the outbox, as the route or the person's own choice wants them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from zhiben.notices.channels import CHANNELS
from zhiben.notices.domain.choices import Choice, Choices, When
from zhiben.notices.domain.kinds import KINDS, DeliveryState
from zhiben.notices.domain.route import climb
from zhiben.notices.models import Delivery, Message
from zhiben.notices.selectors.settings import choices_of, route_of
from zhiben.notices.services.digesting import hold_for_digest
from zhiben.orgs.models import Account

NO_HOLD = timedelta(0)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who is told, why they are, and the circle of which one receipt is enough ("" – each for themselves)."""

    person: int
    roles: tuple[str, ...] = ()
    circle: str = ""
    may_be_visited: bool = True  # the couriers' own department needs nobody to go there


@dataclass(frozen=True, slots=True)
class Couriers:
    """Who goes there when no channel reached somebody: one officer, or whoever of the department takes it on."""

    department: int
    officer: int | None = None


def notify(
    person_ids: Iterable[int],
    kind: str,
    *,
    subject: str,
    key: str,
    facts: dict[str, Any],
    now: datetime,
    channels: Sequence[str] | None = None,
    hold: timedelta = NO_HOLD,
) -> int:
    """Tell people something, each once a `key`; return how many are told for the first time.

    Part of the caller's transaction: it stands and falls with what it tells about. Without `channels` it goes the way
    that its kind or each person wants. `hold`: how long letters rest in the outbox, in which `withdraw` takes them back.
    """
    people = [Addressee(person) for person in person_ids]
    return notify_addressees(people, kind, subject=subject, key=key, facts=facts, now=now, channels=channels, hold=hold)


@transaction.atomic
def notify_addressees(
    addressees: Iterable[Addressee],
    kind: str,
    *,
    subject: str,
    key: str,
    facts: dict[str, Any],
    now: datetime,
    channels: Sequence[str] | None = None,
    couriers: Couriers | None = None,
    hold: timedelta = NO_HOLD,
) -> int:
    """Tell people something in the roles they have, each once a `key`; `couriers` go to those whom nothing reaches."""
    if kind not in KINDS:
        raise TypeError(f"no room registered the kind of notice {kind!r}")
    by_person = {one.person: one for one in addressees}
    told = set(Message.objects.filter(key=key, person__in=by_person).values_list("person_id", flat=True))
    route = route_of(kind) if channels is None else ()
    way = climb(route, now, 0, now) if route else None
    fresh = [
        Message(
            person_id=person, kind=kind, subject=subject, key=key, facts=facts, made_at=now,
            roles=list(one.roles), circle=one.circle,
            leg=way.gone if way else 0, next_at=way.next_at if way else None,
            hand_department_id=couriers.department if couriers and one.may_be_visited else None,
            hand_officer_id=couriers.officer if couriers and one.may_be_visited else None,
        )
        for person, one in sorted(by_person.items())
        if person not in told
    ]  # fmt: skip
    Message.objects.bulk_create(fresh, ignore_conflicts=True)
    mine = set(Message.objects.filter(pk__in=[message.pk for message in fresh]).values_list("pk", flat=True))
    ours = [message for message in fresh if message.pk in mine]  # another worker may have been faster
    _put_out(ours, kind, way.channels if way else channels, now, now + (NO_HOLD if KINDS[kind].is_urgent else hold))
    return len(ours)


def _put_out(
    messages: Sequence[Message], kind: str, fixed: Sequence[str] | None, now: datetime, go_at: datetime
) -> None:
    """Write the rows of the outbox: over channels that are fixed (asked for, or the route's), else as each person chose."""
    if not messages:
        return
    people = {message.person_id for message in messages}
    chosen = choices_of(people) if fixed is None else {}
    accounts = set(Account.objects.filter(person__in=people, is_active=True).values_list("person_id", flat=True))
    rows: list[Delivery] = []
    for message in messages:
        choice = Choice(channels=tuple(fixed)) if fixed is not None else _chosen(chosen[message.person_id], kind)
        rows += _rows(message, choice, now, go_at, has_account=message.person_id in accounts)
    Delivery.objects.bulk_create(rows)
    held = {row.message.person_id for row in rows if row.state == DeliveryState.HELD}
    hold_for_digest(held, now=now)


def _chosen(choices: Choices, kind: str) -> Choice:
    """Return a person's choice; in the program the message stands in any case."""
    choice = choices.of(kind)
    return Choice(choice.when, ("program", *choice.channels))


def _rows(message: Message, choice: Choice, now: datetime, go_at: datetime, *, has_account: bool) -> list[Delivery]:
    """Return a message's rows of the outbox: in the program it stands at once, letters go at their time."""
    later = choice.when is When.DIGEST
    return [
        outgoing(message, name, now if name == "program" else go_at, has_account=has_account, later=later)
        for name in choice.channels
    ]


def outgoing(message: Message, channel: str, now: datetime, *, has_account: bool, later: bool = False) -> Delivery:
    """Return a row of the outbox; who has no account cannot look into the program."""
    if channel not in CHANNELS:
        raise TypeError(f"no such channel: {channel!r}")
    if channel == "program":
        if has_account:
            return Delivery(message=message, channel=channel, state=DeliveryState.SENT, sent_at=now)
        return Delivery(message=message, channel=channel, state=DeliveryState.SKIPPED, error="notice:no-account")
    if later:
        return Delivery(message=message, channel=channel, state=DeliveryState.HELD)
    return Delivery(message=message, channel=channel, next_at=now)
