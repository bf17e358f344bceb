"""Stretches past a limit, read as the ladder's rules ask for them."""

from collections.abc import Iterable
from datetime import date

from zhiben.dangers.domain.kinds import Level
from zhiben.dangers.domain.ladder import Hold, Interval, Track
from zhiben.dangers.models import OverdueSpan


def track_of(span: OverdueSpan, level: str) -> Track:
    """Describe a stretch for the rules."""
    return Track(span.since, span.until, Level(level), holds_of(span.holds), days_of(span.progress))


def holds_of(written: Iterable[tuple[str, str, str | None]]) -> tuple[Interval, ...]:
    """Read holds as they are kept."""
    read = date.fromisoformat
    return tuple(Interval(read(since), read(until) if until else None, Hold(why)) for why, since, until in written)


def days_of(written: Iterable[str]) -> tuple[date, ...]:
    """Read days as they are kept."""
    return tuple(map(date.fromisoformat, written))
