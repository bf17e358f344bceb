"""How fast one account may ask: a bucket that fills steadily, one for all web processes.

The bucket is a row. A process takes a share of it at once and counts that down by itself, so that nearly every
request costs no question to the database. Nothing is made twice: what processes hold was taken out of the row.
"""

import math
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, connection, transaction

from zhiben.shell.models import Allowance, CacheEntry

SHARES = 20  # a process takes at most this part of a minute's worth at once
REMEMBERED = 10_000  # accounts in a process; who was silent longest is forgotten
ROUNDING = 1e-4  # who waits as long as told is never one drop short
AT_ONCE = 1000
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Hand:
    """What a process holds of an account's bucket; once that is empty, when the next drop falls."""

    left: int = 0
    opens: datetime = LONG_AGO


@dataclass(slots=True)
class Pace:
    """Requests an account may send a minute, a minute's worth at once."""

    hands: OrderedDict[int, Hand] = field(default_factory=OrderedDict)

    def wait(self, account: int, per_minute: int, *, now: datetime) -> int:
        """Take one request; return 0, or the seconds after which the next one will be answered."""
        hand = self.hands.pop(account, None) or Hand()
        self.hands[account] = hand
        if len(self.hands) > REMEMBERED:
            self.hands.popitem(last=False)
        if not hand.left and now >= hand.opens:
            hand.left, hand.opens = _take(account, per_minute, now)
        if hand.left:
            hand.left -= 1
            return 0
        return max(1, math.ceil((hand.opens - now).total_seconds()))


def forget_allowances(now: datetime) -> int:
    """Forget buckets that have been full for long; return how many. Safe to run twice at once."""
    old = Allowance.objects.filter(at__lt=now - timedelta(hours=1)).values_list("pk", flat=True)[:AT_ONCE]
    return Allowance.objects.filter(pk__in=list(old), at__lt=now - timedelta(hours=1)).delete()[0]


def forget_counts(now: datetime) -> int:
    """Forget what the cache kept and nobody asked for again; return how many. Safe to run twice at once."""
    old = CacheEntry.objects.filter(expires__lt=now).values_list("pk", flat=True)[:AT_ONCE]
    return CacheEntry.objects.filter(pk__in=list(old), expires__lt=now).delete()[0]


def _take(account: int, per_minute: int, now: datetime) -> tuple[int, datetime]:
    """Take a share out of the bucket, or tell when there will be one request in it again.

    Who reads is not held up by who writes: while an import holds SQLite's pen, a share is given uncounted.
    """
    share = max(1, per_minute // SHARES)
    try:
        with _impatient(), transaction.atomic():
            return _poured(account, per_minute, share, now)
    except DatabaseError:
        return share, now


def _poured(account: int, per_minute: int, share: int, now: datetime) -> tuple[int, datetime]:
    fresh = Allowance(account=account, left=per_minute, at=now)
    Allowance.objects.bulk_create([fresh], ignore_conflicts=True)
    bucket = Allowance.objects.select_for_update().get(account=account)
    flown = max(0.0, (now - bucket.at).total_seconds()) * per_minute / 60
    left = min(float(per_minute), bucket.left + flown)
    taken = min(share, math.floor(left + ROUNDING))
    Allowance.objects.filter(account=account).update(left=left - taken, at=max(now, bucket.at))
    return taken, now if taken else now + timedelta(seconds=(1 - left) * 60 / per_minute)


@contextmanager
def _impatient() -> Iterator[None]:
    """Wait a moment only for whoever writes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
            cursor.execute("PRAGMA busy_timeout=50")
        try:
            yield
        finally:
            if connection.vendor == "sqlite":
                cursor.execute(f"PRAGMA busy_timeout={int(before)}")
