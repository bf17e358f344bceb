"""Emptying the outbox: leased, sent, marked; at night only what is urgent, and never what was read meanwhile."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import override

from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict
from zhiben.kernel.periods import local_day
from zhiben.notices.channels import CHANNELS
from zhiben.notices.channels.letter import Delayed, Letter, Skipped
from zhiben.notices.domain.kinds import KINDS, DeliveryState, wait_after
from zhiben.notices.domain.quiet import not_before
from zhiben.notices.events import DeliveryRetried
from zhiben.notices.models import Delivery, Message
from zhiben.notices.selectors.deliveries import delivery_for
from zhiben.notices.selectors.reading import chain_of, link_to, view_of
from zhiben.notices.selectors.settings import ChannelState, channels, choices_of

LEASE = timedelta(minutes=2)  # longer than a turn and any channel's one letter
TURN_SECONDS = 30.0
HOME_LANGUAGE = "zh-hans"
GIVEN_UP = (DeliveryState.FAILED, DeliveryState.SKIPPED)
UNDER_WAY = (DeliveryState.WAITING, DeliveryState.SENT)


def deliver_due(now: datetime, *, limit: int = 50) -> int:
    """Send what waits in the outbox; return how many letters went out.

    A letter is leased, sent, then marked. Killed in between it is sent again after the lease, under the same key.
    Each channel has its own queue, and one that fails is left alone until the next turn: a dead provider holds up
    neither the others nor the sweeps that come after.
    """
    due = Delivery.objects.filter(next_at__lte=now)
    names = sorted(set(due.values_list("channel", flat=True)))
    states = channels() if names else {}
    until = time.monotonic() + TURN_SECONDS
    return sum(
        _Queue(states[name], due.filter(channel=name), now, until).send(limit) for name in names if name in states
    )


@dataclass(slots=True)
class _Queue:
    """What waits for one channel, for one turn."""

    state: ChannelState
    due: "QuerySet[Delivery]"
    now: datetime
    until: float  # by the process' own clock: a lease outlives the turn
    is_down: bool = False

    def send(self, limit: int) -> int:
        """Send until nothing waits, the channel fails, or the turn is over."""
        sent = 0
        while rows := list(self.due.select_related("message__person__account").order_by("next_at")[:limit]):
            for row in rows:
                if self.is_down or time.monotonic() > self.until:
                    return sent
                sent += self._send(row)
        return sent

    def _send(self, row: Delivery) -> bool:
        """Send one letter if no other worker is at it; return whether it went out."""
        mine = Delivery.objects.filter(pk=row.pk, next_at=row.next_at)
        later = _morning(row, self.now)
        if later > self.now:
            mine.update(next_at=later)
            return False
        if why := _needless(row, self.state):
            if mine.update(state=DeliveryState.SKIPPED, next_at=None, error=why):
                _go_on_at_once(row.message, self.now)
            return False
        lease = self.now + LEASE
        if not mine.update(next_at=lease, tries=row.tries + 1):
            return False
        return self._hand_over(row, Delivery.objects.filter(pk=row.pk, next_at=lease))

    def _hand_over(self, row: Delivery, held: "QuerySet[Delivery]") -> bool:
        """Give a leased letter to its channel and mark what came of it."""
        channel, letter = CHANNELS[row.channel], letter_of(row.message)
        try:
            number = channel.send(letter)
        except Skipped as skipped:
            held.update(state=DeliveryState.SKIPPED, next_at=None, error=skipped.code)
            _go_on_at_once(row.message, self.now)
        except Delayed as delayed:
            self.is_down = True
            _wait(row, held, str(delayed), self.now)
        else:
            cost = self.state.price * channel.parts(letter)
            sent = {"state": DeliveryState.SENT, "next_at": None, "sent_at": self.now, "error": ""}
            held.update(**sent, provider_id=number[:300], cost=cost)
            return True
        return False


def _morning(row: Delivery, now: datetime) -> datetime:
    """Return when a letter may go: now, or where it can wait, at the end of its reader's quiet hours."""
    kind = KINDS.get(row.message.kind)
    if kind and kind.is_urgent:
        return now
    return not_before(now, choices_of([row.message.person_id])[row.message.person_id].quiet)


def _needless(row: Delivery, state: ChannelState) -> str:
    """Say why a letter need not or cannot go at all."""
    if row.message.read_at:
        return "notice:read-before"
    return "" if state.is_used else "notice:channel-off"


def _wait(row: Delivery, held: "QuerySet[Delivery]", why: str, now: datetime) -> None:
    """Try again later, or give up and let it be seen."""
    pause = wait_after(row.tries + 1)
    if pause is None:
        held.update(state=DeliveryState.FAILED, next_at=None, error=why[:1000])
        _go_on_at_once(row.message, now)
    else:
        held.update(next_at=now + pause, error=why[:1000])


def _go_on_at_once(message: Message, now: datetime) -> None:
    """Let the next leg of a route not wait for its hour when nothing is under way that could reach the reader."""
    alive = Q(state__in=UNDER_WAY)
    if not Delivery.objects.filter(alive, message=message.pk).exists():
        Message.objects.filter(pk=message.pk, next_at__gt=now, read_at=None).update(next_at=now)


def letter_of(message: Message) -> Letter:
    """Write a message in its receiver's language."""
    person = message.person
    account = getattr(person, "account", None)
    language = account.language if account else HOME_LANGUAGE
    with override(language):
        words = view_of(message, language)
    link = link_to(message.kind, message.subject)
    return Letter(
        str(message.pk), person.name, person.email, words.title, words.body, message.made_at, person.phone, link
    )


@transaction.atomic
def retry_delivery(delivery_id: int, *, actor: Actor, now: datetime) -> None:
    """Let a delivery that was given up or skipped be tried anew."""
    row = delivery_for(actor, delivery_id)
    if row.message.read_at:
        raise Conflict("notice:already-received")
    ended = Delivery.objects.filter(pk=row.pk, state__in=GIVEN_UP).exclude(channel="program")
    if not ended.update(state=DeliveryState.WAITING, next_at=now, tries=0, error=""):
        raise Conflict("notice:not-given-up")
    event = DeliveryRetried(row.pk, row.channel)
    journal.record([Line(event, row.message.subject, chain_of(row.message), local_day(now))], actor=actor, now=now)
