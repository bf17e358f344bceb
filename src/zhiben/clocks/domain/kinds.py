"""What rooms register with the clock: sweeps over rows past their moment, and kinds of one-off jobs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual

SWEEPS: dict[str, "Sweep"] = {}
JOBS: dict[str, "JobKind"] = {}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something late or broken; `code` (`thing:problem`) is stable, `about` names which one."""

    code: str
    about: str = ""
    since: datetime | None = None
    error: str = ""


Watch = Callable[[datetime], Sequence[Trouble]]
WATCHES: list[Watch] = []


class JobState(StrEnum):
    """Where a one-off job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class SetBy(StrEnum):
    """Who set a deadline: the one bound by it, an order, or the law itself."""

    SELF = "self"
    ORDER = "order"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Sweep:
    """Something to look for again and again; `run` is safe to call twice at once and returns how many it moved."""

    name: str  # `thing:verb`
    run: Callable[[datetime], int]
    every: timedelta = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as its step sees it. `result` is what earlier steps left there, `prepared` what `prepare` returned."""

    id: UUID
    kind: str
    arguments: dict[str, Any]
    done: int
    total: int | None
    result: dict[str, Any]
    actor: Actor
    now: datetime
    prepared: Any = None


@dataclass(frozen=True, slots=True)
class StepResult:
    """What one step did: how far it got, whether it was the last, and what the job has to show so far."""

    advance: int = 1
    finished: bool = False
    total: int | None = None
    result: dict[str, Any] | None = None  # None: as before


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of one-off job.

    `step` runs inside the transaction that also moves the job on, so it must be short and may call one service.
    `prepare` runs before it and outside any transaction: parsing, child processes, anything slow without effects.
    The lease must be at least ten times the slowest step. `tries` are those without progress.
    """

    name: str  # `thing:verb`
    step: Callable[[JobView], StepResult]
    label: Bilingual
    prepare: Callable[[JobView], Any] | None = None
    lease: timedelta = timedelta(seconds=60)
    tries: int = 5
    waits: tuple[timedelta, ...] = field(default=(timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10)))

    def wait_after(self, tries: int) -> timedelta:
        """Return how long to wait after the `tries`-th failure in a row.

        >>> from datetime import timedelta
        >>> kind = JobKind("a:b", lambda view: StepResult(), Bilingual("", ""), waits=(timedelta(1), timedelta(2)))
        >>> [kind.wait_after(n).days for n in (1, 2, 3)]
        [1, 2, 2]
        """
        return self.waits[min(max(tries, 1), len(self.waits)) - 1]


def register_sweep(sweep: Sweep) -> Sweep:
    """Let the worker run `sweep`; two under one name are a mistake."""
    if SWEEPS.setdefault(sweep.name, sweep) != sweep:
        raise TypeError(f"two sweeps share the name {sweep.name!r}")
    return sweep


def register_job(kind: JobKind) -> JobKind:
    """Let the worker run jobs of `kind`; two under one name are a mistake."""
    if JOBS.setdefault(kind.name, kind) != kind:
        raise TypeError(f"two kinds of job share the name {kind.name!r}")
    return kind


def register_watch(watch: Watch) -> None:
    """Let `health` ask a room for its own troubles."""
    if watch not in WATCHES:
        WATCHES.append(watch)
