"""What the worker does for the journal below (its consumers read on, ended days are signed) and for the clock itself."""

from datetime import datetime, timedelta

from zhiben.clocks.domain.kinds import Sweep, register_sweep
from zhiben.clocks.models import Heartbeat
from zhiben.journal.public import run_consumers, sign_yesterday

KEPT = timedelta(days=7)


def read_journal(now: datetime) -> int:
    """Let every consumer take its next entries."""
    return run_consumers(now=now)


def forget_workers(now: datetime) -> int:
    """Remove the heartbeats of workers not heard of for a week."""
    return Heartbeat.objects.filter(beat_at__lt=now - KEPT).delete()[0]


register_sweep(Sweep("journal:read", read_journal))
register_sweep(Sweep("journal:sign", sign_yesterday, every=timedelta(minutes=10)))
register_sweep(Sweep("clock:forget-workers", forget_workers, every=timedelta(hours=1)))
