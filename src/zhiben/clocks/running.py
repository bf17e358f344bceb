"""One-off jobs as workers run them: taken with a token for a lease, moved on step by step, each step one transaction.

The update that fences a step against a second worker and against cancelling is also its heartbeat and its progress.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from zhiben.clocks.domain.kinds import JOBS, JobKind, JobState, JobView, StepResult
from zhiben.clocks.models import Job
from zhiben.kernel.actor import SYSTEM, Actor
from zhiben.kernel.errors import Refusal
from zhiben.orgs.models import Account
from zhiben.orgs.public import actor_of
from zhiben.orgs.scope import scope_of, scoped

Clock = Callable[[], datetime]
DIED = "job:died"  # every worker that took it died or hung before it got anywhere

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Held:
    """A job in this worker's hands, for as long as the token on the row is this one."""

    id: UUID
    token: UUID
    kind: JobKind

    @property
    def row(self) -> "QuerySet[Job]":
        """The row, while it is still ours."""
        return Job.objects.filter(pk=self.id, token=self.token, state=JobState.RUNNING)


def take_job(now: datetime) -> Held | None:
    """Take the job that has waited longest: a new one, or one whose worker let the lease run out."""
    waiting = Job.objects.filter(next_at__lte=now, kind__in=list(JOBS)).order_by("next_at")
    for job in waiting[:5]:  # another worker may be faster on the first
        kind = JOBS[job.kind]
        if job.tries >= kind.tries:
            ended = {"state": JobState.FAILED, "next_at": None, "token": None, "ended_at": now}
            Job.objects.filter(pk=job.pk, next_at=job.next_at).update(**ended, error=job.error or DIED)
            continue
        token = uuid4()
        taken = Job.objects.filter(pk=job.pk, next_at=job.next_at).update(
            state=JobState.RUNNING,
            token=token,
            next_at=now + kind.lease,
            tries=F("tries") + 1,
            started_at=Coalesce("started_at", now),
        )
        if taken:
            return Held(job.pk, token, kind)
    return None


def run_step(held: Held, clock: Clock) -> bool:
    """Do one step; return whether there is more to do for us."""
    job = held.row.select_related("actor__person").first()
    if job is None:  # cancelled, or the lease ran out
        return False
    try:
        with _scope_of(view := _view(job, clock())):
            return _step(held, view, clock)
    except Refusal as refusal:  # will be refused again: the owner decides
        facts = {name: str(value) for name, value in refusal.facts.items()}
        _fail(held, refusal.code, clock(), facts)
    except Exception as error:  # a bug or the weather: later, then give up
        log.exception("job %s %s breaks", held.kind.name, held.id)
        _put_back(held, job.tries, f"{type(error).__name__}: {error}"[:2000], clock())
    return False


def release(held: Held, now: datetime) -> None:
    """Give a job back at once, as a worker does that is asked to stop."""
    held.row.update(state=JobState.QUEUED, token=None, next_at=now, tries=0)


def _view(job: Job, now: datetime) -> JobView:
    """Return the job as its step sees it."""
    return JobView(job.pk, job.kind, job.arguments, job.done, job.total, job.result, _actor(job.actor, now), now)


def _actor(account: Account | None, now: datetime) -> Actor:
    """Return who the job works for, with what they may do today; who was shut out may nothing."""
    if account is None:
        return SYSTEM
    actor = actor_of(account, now=now)
    return actor if account.is_active else replace(actor, grants=())


def _scope_of(view: JobView) -> AbstractContextManager[None]:
    """Enter the scope of who asked for the job: it may read no more than they."""
    return scoped(scope_of(view.actor))


def _step(held: Held, view: JobView, clock: Clock) -> bool:
    """Prepare outside, then fence, act and move on in one transaction."""
    if held.kind.prepare:
        view = replace(view, prepared=held.kind.prepare(view), now=clock())
    with transaction.atomic():
        # First of all, so that on PostgreSQL a second worker or a cancel waits for this row until the step is in.
        if not held.row.filter(done=view.done).update(next_at=view.now + held.kind.lease, tries=0):
            return False
        done = held.kind.step(view)
        held.row.update(**_moved(view, done))
    return not done.finished


def _moved(view: JobView, step: StepResult) -> dict[str, object]:
    """Return the columns that a step changes."""
    columns: dict[str, object] = {"done": view.done + step.advance, "error": "", "error_facts": {}}
    if step.total is not None:
        columns["total"] = step.total
    if step.result is not None:
        columns["result"] = step.result
    if step.finished:
        columns |= {"state": JobState.DONE, "next_at": None, "token": None, "ended_at": view.now}
    return columns


def _put_back(held: Held, tries: int, error: str, now: datetime) -> None:
    """Let the job wait and be tried again, or give up after its tries."""
    if tries >= held.kind.tries:
        _fail(held, error, now)
    else:
        held.row.update(state=JobState.QUEUED, token=None, next_at=now + held.kind.wait_after(tries), error=error)


def _fail(held: Held, error: str, now: datetime, facts: dict[str, str] | None = None) -> None:
    """End the job with what stopped it, for people to see."""
    ended = {"state": JobState.FAILED, "next_at": None, "token": None, "ended_at": now}
    held.row.update(**ended, error=error, error_facts=facts or {})
