"""The worker: goes round the sweeps and jobs that rooms registered, tells that it lives, stops when asked.

Any number of workers may run at once, and any may be killed at any moment: what they had not committed is due again.
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.models import F
from django.utils import timezone

from zhiben.clocks.domain.kinds import SWEEPS, Sweep
from zhiben.clocks.models import Heartbeat, SweepState
from zhiben.clocks.running import Held, release, run_step, take_job
from zhiben.orgs.scope import Scope, scoped

IDLE_SECONDS = 1.0
TROUBLE_SECONDS = 5.0
JOB_SLICE = 1.0  # seconds of jobs before the sweeps come round again
BREATH = 0.002  # between steps, so that people's writes get in on SQLite
BEAT = timedelta(seconds=10)
TELL = timedelta(seconds=30)  # how often a sweep that does nothing says so

log = logging.getLogger(__name__)


def worker_name() -> str:
    """Return a name that no other worker has or had."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(3)}"


@dataclass(slots=True)
class Told:
    """What this worker last wrote about a sweep, and what it did since."""

    ran: float = float("-inf")
    at: datetime | None = None
    error: str = ""
    moved: int = 0


@dataclass(slots=True)
class Worker:
    """One worker; `clock` is read anew at every step, so that leases stay true."""

    name: str = field(default_factory=worker_name)
    clock: Callable[[], datetime] = timezone.now
    stop: threading.Event = field(default_factory=threading.Event)
    _told: dict[str, Told] = field(default_factory=dict)
    _held: Held | None = None
    _beat_at: datetime | None = None
    _swept: int = 0
    _stepped: int = 0
    _error: str = ""

    def run(self) -> None:
        """Work until asked to stop, then give back what is in hand."""
        with scoped(Scope(everything=True)):
            while not self.stop.is_set():
                try:
                    pause = 0.0 if self.turn() else IDLE_SECONDS
                except DatabaseError:  # a restart, a full disk: what was not committed is due again
                    log.exception("the database is in trouble; trying again")
                    connection.close()
                    pause = TROUBLE_SECONDS
                self.stop.wait(pause)
            self._end()

    def run_once(self) -> int:
        """Do all that is due and end; return how much was done."""
        with scoped(Scope(everything=True)):
            done = 0
            while more := self.turn(now_all=True):
                done += more
            self._end()
            return done

    def turn(self, *, now_all: bool = False) -> int:
        """Go round once: the sweeps whose turn it is (or all of them), then jobs for a moment."""
        moved = sum(self._sweep(sweep) for sweep in tuple(SWEEPS.values()) if now_all or self._its_turn(sweep))
        stepped = self._work(JOB_SLICE)
        self._swept += moved
        self._stepped += stepped
        self._beat()
        return moved + stepped

    def _its_turn(self, sweep: Sweep) -> bool:
        """Tell whether a sweep's interval has passed."""
        told = self._told.setdefault(sweep.name, Told())
        return time.monotonic() - told.ran >= sweep.every.total_seconds()

    def _sweep(self, sweep: Sweep) -> int:
        """Run one sweep; one that breaks does not stop the others."""
        told = self._told.setdefault(sweep.name, Told())
        told.ran = time.monotonic()
        moved, error = 0, ""
        try:
            moved = sweep.run(self.clock())
        except Exception as broken:
            log.exception("sweep %s breaks", sweep.name)
            if isinstance(broken, DatabaseError):
                connection.close_if_unusable_or_obsolete()
            error = self._error = f"{type(broken).__name__}: {broken}"[:2000]
        told.moved += moved
        now = self.clock()
        if error != told.error or told.at is None or now >= told.at + TELL:
            _tell(sweep.name, told.moved, error, now)
            self._told[sweep.name] = Told(told.ran, now, error)
        return moved

    def _work(self, seconds: float) -> int:
        """Move jobs on for some seconds; one that needs longer stays in hand."""
        steps, until = 0, time.monotonic() + seconds
        while time.monotonic() < until and not self.stop.is_set():
            self._held = self._held or take_job(self.clock())
            if self._held is None:
                break
            steps += 1
            if not run_step(self._held, self.clock):
                self._held = None
            time.sleep(BREATH)
        return steps

    def _beat(self) -> None:
        """Tell that this worker lives, every ten seconds."""
        now = self.clock()
        if self._beat_at and now < self._beat_at + BEAT:
            return
        self._beat_at = now
        counts: dict[str, object] = {"beat_at": now, "swept": self._swept, "stepped": self._stepped}
        if self._error:
            counts |= {"error": self._error, "error_at": now}
            self._error = ""
        if not Heartbeat.objects.filter(pk=self.name).update(**counts):
            Heartbeat.objects.create(worker=self.name, started_at=now, **counts)

    def _end(self) -> None:
        """Give the job in hand back and say goodbye."""
        now = self.clock()
        if self._held:
            release(self._held, now)
            self._held = None
        counts = {"beat_at": now, "ended_at": now, "swept": self._swept, "stepped": self._stepped}
        Heartbeat.objects.filter(pk=self.name).update(**counts)


def _tell(name: str, moved: int, error: str, now: datetime) -> None:
    """Write down how a sweep went."""
    columns: dict[str, object] = {"run_at": now, "error": error} | ({"error_at": now} if error else {})
    if not SweepState.objects.filter(pk=name).update(**columns, moved=F("moved") + moved):
        SweepState.objects.bulk_create([SweepState(name=name, moved=moved, **columns)], ignore_conflicts=True)
