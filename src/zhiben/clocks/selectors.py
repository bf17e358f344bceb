"""Reads of clocks. Every function takes the actor, so no read can forget who asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from zhiben.clocks.domain.kinds import JOBS, SWEEPS, WATCHES, Trouble
from zhiben.clocks.models import Deadline, Heartbeat, Job, PoisonRow, SweepState
from zhiben.clocks.permissions import JobPermission
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.orgs.scope import scope_of, seen

WORKER_LATE = timedelta(seconds=90)
SWEEP_LATE = timedelta(minutes=5)
JOB_LATE = timedelta(minutes=5)


def jobs_for(actor: Actor) -> QuerySet[Job]:
    """Return the jobs that `actor` started, and those within reach of their `job:view`; newest first."""
    within = seen(scope_of(actor, JobPermission.VIEW))
    if actor.id is not None:
        within |= Q(actor_id=actor.id)
    return Job.objects.filter(within).order_by("-created_at", "-id")


def job_for(actor: Actor, job_id: UUID) -> Job:
    """Return one job, or refuse as if it did not exist."""
    job = jobs_for(actor).filter(pk=job_id).first()
    if job is None:
        raise NotFound("job:not-found")
    return job


def deadlines_of(subject: str, *, kind: str | None = None) -> list[Deadline]:
    """Return the history of a subject's deadlines, oldest first; the caller has shown that it may be seen."""
    rows = Deadline.objects.filter(subject=subject).order_by("id")
    return list(rows if kind is None else rows.filter(kind=kind))


def current_deadlines(subjects: Iterable[str]) -> dict[tuple[str, str], Deadline]:
    """Return the deadlines that hold now, by subject and kind."""
    rows = Deadline.objects.filter(subject__in=list(subjects), is_current=True)
    return {(row.subject, row.kind): row for row in rows}


@dataclass(frozen=True, slots=True)
class Health:
    """How the clock is doing: workers alive, and all that is late or broken."""

    workers: int
    troubles: tuple[Trouble, ...]

    @property
    def ok(self) -> bool:
        """Nothing is late or broken."""
        return not self.troubles

    def as_json(self) -> dict[str, object]:
        """Return the answer of page and command."""
        troubles = [
            {"code": t.code, "about": t.about, "since": t.since.isoformat() if t.since else None, "error": t.error}
            for t in self.troubles
        ]
        return {"ok": self.ok, "workers": self.workers, "troubles": troubles}


def health(now: datetime) -> Health:
    """Return what is late or broken: workers, sweeps, jobs, rows that break their sweep, and what rooms tell."""
    alive = Heartbeat.objects.filter(ended_at=None, beat_at__gt=now - WORKER_LATE).count()
    last = Heartbeat.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()
    none = () if alive else (Trouble("worker:none", since=last),)
    told = [trouble for watch in WATCHES for trouble in watch(now)]
    return Health(alive, (*none, *_late_sweeps(now), *_poison(), *_late_jobs(now), *told))


def _late_sweeps(now: datetime) -> list[Trouble]:
    """Return the sweeps that did not run for long, or whose last run broke."""
    states = {state.name: state for state in SweepState.objects.all()}
    troubles = []
    for name, sweep in SWEEPS.items():
        state = states.get(name)
        if state is None:
            continue  # never ran: the missing worker is the trouble
        if state.error:
            troubles.append(Trouble("sweep:broken", name, state.error_at, state.error))
        elif state.run_at < now - max(SWEEP_LATE, 3 * sweep.every):
            troubles.append(Trouble("sweep:late", name, state.run_at))
    return troubles


def _poison() -> list[Trouble]:
    """Return the newest rows that break their sweep."""
    rows = PoisonRow.objects.order_by("-last_at")[:20]
    return [Trouble("sweep:poison-row", f"{row.sweep} {row.row}", row.first_at, row.error) for row in rows]


def _late_jobs(now: datetime) -> list[Trouble]:
    """Return the jobs that should have been looked at long ago."""
    rows = Job.objects.filter(next_at__lt=now - JOB_LATE, kind__in=list(JOBS)).order_by("next_at")[:20]
    return [Trouble("job:late", f"{row.kind} {row.pk}", row.next_at) for row in rows]
