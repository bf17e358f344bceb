"""How fast one account may ask: a bucket that fills steadily, for each account and in each web process."""

import math
import time
from collections import OrderedDict
from dataclasses import dataclass, field

REMEMBERED = 10_000  # accounts; who was silent longest is forgotten, and starts with a full bucket
ROUNDING = 1e-9  # who waits as long as told is never one drop short


@dataclass(slots=True)
class Pace:
    """Requests an account may send a minute, a minute's worth at once."""

    buckets: OrderedDict[int, tuple[float, float]] = field(default_factory=OrderedDict)  # left, and when that was so

    def wait(self, account: int, per_minute: int, *, clock: float | None = None) -> int:
        """Take one request; return 0, or the seconds after which the next one will be answered."""
        moment = time.monotonic() if clock is None else clock
        left, then = self.buckets.pop(account, (float(per_minute), moment))
        left = min(float(per_minute), left + (moment - then) * per_minute / 60)
        allowed = left >= 1 - ROUNDING
        self.buckets[account] = (left - 1 if allowed else left, moment)
        if len(self.buckets) > REMEMBERED:
            self.buckets.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - left) * 60 / per_minute))
