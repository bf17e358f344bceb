"""How long until something moved: the median of waits, some of which still last. Small groups are withheld."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

SMALL = 5  # fewer say more about one enterprise than about a rung
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Wait:
    """Days until something moved, or days so far."""

    days: int
    has_ended: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What is known of a group of waits; `median` is None where fewer than half have ended, or the group is small."""

    count: int
    ended: int
    median: int | None
    is_withheld: bool


def effect_of(waits: Iterable[Wait]) -> Effect:
    """Return the median by Kaplan and Meier: a wait that still lasts counts as longer than it is now.

    >>> effect_of([Wait(3, True), Wait(5, True), Wait(5, True), Wait(9, True), Wait(2, False)]).median
    5
    """
    told = sorted(waits, key=lambda wait: (wait.days, not wait.has_ended))
    ended = sum(wait.has_ended for wait in told)
    if len(told) < SMALL:
        return Effect(len(told), ended, None, is_withheld=True)
    return Effect(len(told), ended, _median(told), is_withheld=False)


def _median(told: list[Wait]) -> int | None:
    still = Fraction(1)
    for at, wait in enumerate(told):
        if wait.has_ended:
            still *= 1 - Fraction(1, len(told) - at)
            if still <= HALF:
                return wait.days
    return None
