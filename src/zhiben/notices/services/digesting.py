"""The daily digest: what a person wants once a day, as one message with links, made once however many workers run."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Case, F, When
from django.db.models.functions import Least

from zhiben.clocks.public import sweep_rows
from zhiben.kernel.periods import local_day
from zhiben.notices.domain.kinds import DIGEST, DeliveryState
from zhiben.notices.domain.quiet import next_time
from zhiben.notices.models import Delivery, Message, Preference

SWEEP = "notice:digest"


def hold_for_digest(people: Iterable[int], *, now: datetime) -> None:
    """Set the moment of the next digest of people for whom something is held. Part of the caller's transaction.

    Always written, also where it stays as it is: the row is the lock against a digest being made at this moment.
    """
    for row in Preference.objects.filter(person__in=set(people)).order_by("pk"):
        at = next_time(now, row.digest_time)
        sooner = Case(When(digest_at__isnull=True, then=at), default=Least(F("digest_at"), at))
        Preference.objects.filter(pk=row.pk).update(digest_at=sooner)


def make_digests(now: datetime, *, limit: int = 200) -> int:
    """Make the digests whose moment has come; return how many people's. Safe to run twice at once."""
    due = Preference.objects.filter(digest_at__isnull=False)
    return sweep_rows(
        SWEEP, due, claim=_done, effect=lambda won: _bundle(won, now), now=now, column="digest_at", limit=limit
    )


def _done(row: Preference) -> Mapping[str, Any]:  # noqa: ARG001 -- the sweep's signature
    """Wait for what is held next; whoever holds it sets the moment anew."""
    return {"digest_at": None}


def _bundle(won: Sequence[Preference], now: datetime) -> None:
    """Put what is held for each of these people into one message a channel set; what they have read is left out."""
    held = Delivery.objects.filter(state=DeliveryState.HELD, message__person__in=[row.pk for row in won])
    held.filter(message__read_at__isnull=False).update(state=DeliveryState.SKIPPED, error="notice:read-before")
    waiting: dict[int, list[Delivery]] = {}
    for row in held.select_related("message").order_by("message__made_at", "pk"):
        waiting.setdefault(row.message.person_id, []).append(row)
    for preference in won:
        _one(preference, waiting.get(preference.pk, []), now)


def _one(preference: Preference, rows: Sequence[Delivery], now: datetime) -> None:
    if not rows:
        return
    day = local_day(now).isoformat()
    items = {row.message.pk: _item(row.message) for row in rows}
    message = Message.objects.create(
        person_id=preference.pk,
        kind=DIGEST,
        subject=f"person/{preference.pk}",
        key=f"digest:{preference.pk}:{preference.digest_at}",  # the moment promised: of one promise one message
        facts={"day": day, "count": len(items), "items": list(items.values())},
        made_at=now,
    )
    names = sorted({row.channel for row in rows})
    Delivery.objects.bulk_create([Delivery(message=message, channel=name, next_at=now) for name in names])
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(state=DeliveryState.BUNDLED, digest=message)


def _item(message: Message) -> dict[str, Any]:
    return {"kind": message.kind, "subject": message.subject, "facts": message.facts}
