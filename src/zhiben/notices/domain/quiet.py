"""Quiet hours: when nothing that can wait goes out, by the clock of the wall in China."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from zhiben.kernel.periods import CHINA


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one time of day until another, since ≤ time < until; over midnight where it begins later than it ends."""

    since: time = time(22, 0)
    until: time = time(7, 0)

    def holds(self, at: time) -> bool:
        """Tell whether a time of day is quiet; hours that end as they begin are none.

        >>> Quiet().holds(time(22, 0)), Quiet().holds(time(6, 59)), Quiet().holds(time(7, 0))
        (True, True, False)
        """
        if self.since <= self.until:
            return self.since <= at < self.until
        return at >= self.since or at < self.until


USUAL = Quiet()


def not_before(now: datetime, quiet: Quiet | None) -> datetime:
    """Return `now`, or the end of the quiet hours in which it lies."""
    local = now.astimezone(CHINA)
    if quiet is None or not quiet.holds(local.timetz().replace(tzinfo=None)):
        return now
    return next_time(now, quiet.until)


def next_time(now: datetime, at: time) -> datetime:
    """Return the first moment after `now` at which the clock shows `at`."""
    local = now.astimezone(CHINA)
    today = datetime.combine(local.date(), at, CHINA)
    return (today if today > local else datetime.combine(local.date() + timedelta(1), at, CHINA)).astimezone(UTC)
