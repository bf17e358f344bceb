"""Writes of clocks: jobs put in, stopped and tried again; deadlines set and moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from zhiben.clocks.domain.kinds import ENDED, JOBS, JobState, SetBy
from zhiben.clocks.events import JobCancelled, JobRetried
from zhiben.clocks.models import Deadline, Job
from zhiben.clocks.permissions import JobPermission
from zhiben.clocks.selectors import job_for
from zhiben.journal import public as journal
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import Actor, Place, require
from zhiben.kernel.errors import Conflict
from zhiben.orgs.domain.industries import mask_of
from zhiben.orgs.inserting import insert_values

NOWHERE = Place("")


def enqueue(
    kind: str,
    arguments: dict[str, Any],
    *,
    key: str,
    actor: Actor,
    now: datetime,
    total: int | None = None,
    place: Place = NOWHERE,
    at: datetime | None = None,
) -> UUID:
    """Put a job in, for now or for `at`; the same key twice is the same job. Part of the caller's transaction."""
    if kind not in JOBS:
        raise TypeError(f"no room registered the kind of job {kind!r}")
    job = Job(
        kind=kind,
        key=key,
        arguments=arguments,
        total=total,
        next_at=at or now,
        created_at=now,
        actor_id=actor.id,
        path=place.path,
        enterprise_id=place.enterprise,
        party_id=place.party,
        industries_mask=mask_of(place.industries),
        matter=place.matter or "",
    )
    Job.objects.bulk_create([job], ignore_conflicts=True)
    return Job.objects.values_list("pk", flat=True).get(key=key)


@transaction.atomic
def cancel_job(job_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Stop a job at once. A step already inside its transaction still ends; the next finds its token gone."""
    job = _managed(job_id, actor)
    live = Job.objects.filter(pk=job.pk).exclude(state__in=ENDED)
    if not live.update(state=JobState.CANCELLED, next_at=None, token=None, ended_at=now):
        raise Conflict("job:already-ended")
    _journal(job, JobCancelled(job.kind), actor, now)


@transaction.atomic
def retry_job(job_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Let a failed or cancelled job go on from where it stood."""
    job = _managed(job_id, actor)
    stopped = Job.objects.filter(pk=job.pk, state__in=[JobState.FAILED, JobState.CANCELLED])
    fresh = {"tries": 0, "error": "", "error_facts": {}, "ended_at": None}
    if not stopped.update(state=JobState.QUEUED, next_at=now, token=None, **fresh):
        raise Conflict("job:not-stopped")
    _journal(job, JobRetried(job.kind), actor, now)


def _managed(job_id: UUID, actor: Actor) -> Job:
    """Return a job that `actor` started or may manage."""
    job = job_for(actor, job_id)
    if job.actor_id is None or job.actor_id != actor.id:
        require(actor, JobPermission.MANAGE, job.place)
    return job


def _journal(job: Job, event: Event, actor: Actor, now: datetime) -> None:
    """Record what a person did to a job."""
    chain = f"enterprise:{job.enterprise_id}" if job.enterprise_id else "system"
    line = Line(event, f"job/{job.pk}", chain, timezone.localdate(now))
    journal.record([line], actor=actor, now=now)


@dataclass(frozen=True, slots=True)
class NewDeadline:
    """A deadline to be set: by whom, by which order and clause, and why."""

    subject: str
    kind: str
    day: date
    set_by: SetBy
    order: str = ""
    clause: str = ""
    reason: str = ""


def set_deadlines(wanted: Sequence[NewDeadline], *, actor: Actor, now: datetime, first: bool = False) -> None:
    """Set deadlines, each taking the place of the one of its kind before; the old ones stay as history.

    Part of the caller's transaction, who also journals it (`clocks.events.DeadlineSet`). `first`: of things just made,
    which have none before.
    """
    if not first:
        _end_current(wanted)
    _insert(wanted, actor=actor, now=now, savepoint=not first)


def _end_current(wanted: Sequence[NewDeadline]) -> None:
    by_kind: dict[str, list[str]] = {}
    for one in sorted(wanted, key=lambda one: (one.kind, one.subject)):
        by_kind.setdefault(one.kind, []).append(one.subject)
    for kind, subjects in by_kind.items():
        Deadline.objects.filter(kind=kind, subject__in=subjects, is_current=True).update(is_current=False)


COLUMNS = ("subject", "kind", "day", "set_by", "order", "clause", "reason", "at", "actor_id", "is_current")


def _insert(wanted: Sequence[NewDeadline], *, actor: Actor, now: datetime, savepoint: bool) -> None:
    rows = [
        (one.subject, one.kind, one.day, one.set_by, one.order, one.clause, one.reason, now, actor.id, True)
        for one in wanted
    ]
    try:
        with transaction.atomic(savepoint=savepoint):
            insert_values(Deadline, COLUMNS, rows)
    except IntegrityError:  # somebody set it in the same moment
        raise Conflict("deadline:already-changed") from None


def set_deadline(wanted: NewDeadline, *, actor: Actor, now: datetime) -> None:
    """Set one deadline: a batch of one."""
    set_deadlines([wanted], actor=actor, now=now)
