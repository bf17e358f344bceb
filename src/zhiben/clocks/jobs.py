"""What the worker does for the clock itself: forget workers that ended long ago."""

from datetime import datetime, timedelta

from zhiben.clocks.domain.kinds import Sweep, register_sweep
from zhiben.clocks.models import Heartbeat

KEPT = timedelta(days=7)


def forget_workers(now: datetime) -> int:
    """Remove the heartbeats of workers not heard of for a week."""
    return Heartbeat.objects.filter(beat_at__lt=now - KEPT).delete()[0]


register_sweep(Sweep("clock:forget-workers", forget_workers, every=timedelta(hours=1)))
