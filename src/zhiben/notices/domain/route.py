"""Routes: over which channels a notice that needs a receipt goes, one after the other, until somebody goes there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhiben.kernel.errors import Invalid

BY_HAND = "by_hand"  # the last leg: a person takes the notice there
LONGEST = 24 * 30  # hours


@dataclass(frozen=True, slots=True)
class Leg:
    """One channel of a route, and how many hours after the notice was made it is used while nobody has read it."""

    channel: str
    after: int = 0


USUAL = (Leg("program"), Leg("email"), Leg("sms", 4), Leg("wecom", 8), Leg("dingtalk", 8), Leg(BY_HAND, 24))


@dataclass(frozen=True, slots=True)
class Climb:
    """What is due now: the channels to use, how many legs are gone then, and when to look again (None: the end)."""

    channels: tuple[str, ...]
    gone: int
    next_at: datetime | None


def climb(route: Sequence[Leg], made_at: datetime, gone: int, now: datetime) -> Climb:
    """Return the legs whose time has come; at least the next one, for whoever asks has a reason not to wait.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 2, 4, tzinfo=UTC)
    >>> climb((Leg("program"), Leg("email"), Leg("by_hand", 24)), noon, 0, noon).channels
    ('program', 'email')
    """
    moments = [made_at + timedelta(hours=leg.after) for leg in route]
    then = max(sum(at <= now for at in moments), min(gone + 1, len(route)), gone)
    ahead = moments[then] if then < len(route) else None
    return Climb(tuple(leg.channel for leg in route[gone:then]), then, ahead)


def check_route(route: Sequence[Leg], known: frozenset[str]) -> tuple[Leg, ...]:
    """Return a route in the order of its hours; refuse channels that do not exist or come twice, and a late start."""
    names = [leg.channel for leg in route]
    if not names or set(names) - known - {BY_HAND} or len(set(names)) != len(names):
        raise Invalid("notice:bad-route", field="route")
    if any(not 0 <= leg.after <= LONGEST for leg in route):
        raise Invalid("notice:bad-hours", field="route")
    legs = sorted(route, key=lambda leg: (leg.after, leg.channel == BY_HAND))
    if legs[0].after != 0 or legs[0].channel == BY_HAND:
        raise Invalid("notice:route-starts-late", field="route")
    if BY_HAND in names and legs[-1].channel != BY_HAND:
        raise Invalid("notice:by-hand-not-last", field="route")
    return tuple(legs)
