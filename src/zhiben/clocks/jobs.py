"""What the worker does for the rooms below (the journal's consumers, signing of days, moves of units) and for itself."""

from datetime import datetime, timedelta

from zhiben.clocks.domain.kinds import Sweep, register_sweep
from zhiben.clocks.models import Heartbeat
from zhiben.journal.public import run_consumers, sign_yesterday
from zhiben.kernel.actor import SYSTEM
from zhiben.orgs.models import UnitMove
from zhiben.orgs.public import carry_on, continue_move

KEPT = timedelta(days=7)
LEFT_ALONE = timedelta(seconds=10)


def read_journal(now: datetime) -> int:
    """Let every consumer take its next entries."""
    return run_consumers(now=now)


def continue_moves(now: datetime) -> int:
    """Take the next step of every re-parenting that nobody is just seeing through."""
    waiting = UnitMove.objects.filter(finished_at=None, started_at__lt=now - LEFT_ALONE)
    return sum(not continue_move(move, actor=SYSTEM, now=now).finished for move in waiting.values_list("pk", flat=True))


def forget_workers(now: datetime) -> int:
    """Remove the heartbeats of workers not heard of for a week."""
    return Heartbeat.objects.filter(beat_at__lt=now - KEPT).delete()[0]


register_sweep(Sweep("journal:read", read_journal))
register_sweep(Sweep("journal:sign", sign_yesterday, every=timedelta(minutes=10)))
register_sweep(Sweep("unit:move", continue_moves))
register_sweep(Sweep("unit:reorganise", carry_on))
register_sweep(Sweep("clock:forget-workers", forget_workers, every=timedelta(hours=1)))
