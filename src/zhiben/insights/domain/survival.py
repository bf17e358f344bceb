"""How long dangers last: the share still open after so many days, those not yet closed counted for as long as seen.

Kaplan and Meier, Journal of the American Statistical Association 53 (1958); the limits by Greenwood's variance on the
log(−log) scale (Kalbfleisch and Prentice), so that they never leave 0 to 1.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Z_95 = 1.959963984540054
HALF = 0.5 + 1e-12  # a product of shares may miss a half by a hair


@dataclass(frozen=True, slots=True)
class Point:
    """The curve from `day` on, until the next point. `at_risk` are those still open just before it."""

    day: int
    at_risk: int
    signed_off: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """One group's curve, with all that it was drawn from."""

    points: Sequence[Point]
    lasted: Mapping[int, int]  # days from finding to sign-off → how many
    seen: Mapping[int, int]  # still open: days since finding → how many

    @property
    def whole(self) -> int:
        """Return how many dangers there are in all."""
        return sum(self.lasted.values()) + sum(self.seen.values())

    @property
    def signed_off(self) -> int:
        """Return how many of them were signed off."""
        return sum(self.lasted.values())

    @property
    def longest(self) -> int:
        """Return the longest time any was watched."""
        return max([*self.lasted, *self.seen], default=0)

    @property
    def median(self) -> int | None:
        """Return the first day on which half or fewer are still open; None where it never came to that."""
        return next((point.day for point in self.points if point.share <= HALF), None)

    def at(self, day: int) -> Point | None:
        """Return the last point up to a day; None before the first sign-off."""
        return next((point for point in reversed(self.points) if point.day <= day), None)

    def share_at(self, day: int) -> float:
        """Return the share still open after a day."""
        point = self.at(day)
        return point.share if point else 1.0

    def at_risk(self, day: int) -> int:
        """Return how many were watched for at least so many days and still open before the last of them."""
        return sum(n for counted in (self.lasted, self.seen) for lasted, n in counted.items() if lasted >= day)

    def signed_off_by(self, day: int) -> int:
        """Return how many were signed off within so many days."""
        return sum(n for lasted, n in self.lasted.items() if lasted <= day)


def kaplan_meier(lasted: Mapping[int, int], seen: Mapping[int, int]) -> Curve:
    """Return the curve of dangers signed off after so many days, and of open ones seen for so many days so far.

    Who was seen for just as long as another one lasted still counts as at risk then.

    >>> [round(point.share, 4) for point in kaplan_meier({6: 3, 7: 1}, {6: 1, 9: 1}).points]
    [0.5, 0.25]
    """
    points: list[Point] = []
    share, variance = 1.0, 0.0
    at_risk = sum(lasted.values()) + sum(seen.values())
    for day in sorted({*lasted, *seen}):
        ended = lasted.get(day, 0)
        if ended:
            share *= 1 - ended / at_risk
            variance += ended / (at_risk * (at_risk - ended)) if at_risk > ended else math.inf
            points.append(Point(day, at_risk, ended, share, *_limits(share, variance)))
        at_risk -= ended + seen.get(day, 0)
    return Curve(tuple(points), dict(lasted), dict(seen))


def _limits(share: float, variance: float) -> tuple[float, float]:
    """Return the 95 % limits of a share; where it has come to nothing there is nothing to limit."""
    if share <= 0 or share >= 1 or not math.isfinite(variance):
        return share, share
    logged = math.log(share)
    spread = Z_95 * math.sqrt(variance) / abs(logged)
    return share ** math.exp(spread), share ** math.exp(-spread)
