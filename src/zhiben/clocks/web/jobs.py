"""One-off jobs on screen: how far they are, why they stopped, stop and try again."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhiben.clocks.domain.kinds import ENDED, JOBS, JobState
from zhiben.clocks.models import Job
from zhiben.clocks.selectors import job_for, jobs_for
from zhiben.clocks.services import cancel_job, retry_job
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Refusal
from zhiben.orgs.doors import Request, door

OWN = "everybody sees the jobs they started; those of others need job:view"
SHOWN = 100
STATES: dict[str, tuple[str | Promise, str]] = {  # words and tone
    JobState.QUEUED: (pgettext_lazy("job", "waiting"), "plain"),
    JobState.RUNNING: (pgettext_lazy("job", "running"), "active"),
    JobState.DONE: (pgettext_lazy("job", "done"), "done"),
    JobState.FAILED: (pgettext_lazy("job", "failed"), "late"),
    JobState.CANCELLED: (pgettext_lazy("job", "cancelled"), "aside"),
}


@door(open_because=OWN)
@require_GET
def job_list(request: Request) -> HttpResponse:
    """Show the newest jobs."""
    return render(request, "clocks/jobs.html", {"jobs": [_shown(job) for job in jobs_for(request.actor)[:SHOWN]]})


@door(open_because=OWN)
@require_GET
def job_page(request: Request, job_id: UUID) -> HttpResponse:
    """Show one job."""
    return render(request, "clocks/job.html", _shown(job_for(request.actor, job_id)))


@door(open_because=OWN)
@require_GET
@never_cache
def job_progress(request: Request, job_id: UUID) -> HttpResponse:
    """Redraw the progress; once the job has ended the page around it is loaded anew."""
    job = job_for(request.actor, job_id)
    answer = render(request, "clocks/_progress.html", _shown(job))
    if job.state in ENDED:
        answer["HX-Refresh"] = "true"
    return answer


@door(open_because=OWN)
@require_POST
def job_cancel(request: Request, job_id: UUID) -> HttpResponse:
    """Stop a job."""
    cancel_job(job_id, actor=request.actor, now=timezone.now())
    return redirect("clocks:job", job_id)


@door(open_because=OWN)
@require_POST
def job_retry(request: Request, job_id: UUID) -> HttpResponse:
    """Let a stopped job go on."""
    retry_job(job_id, actor=request.actor, now=timezone.now())
    return redirect("clocks:job", job_id)


def _shown(job: Job) -> dict[str, Any]:
    """Return what pages tell about a job. Only refusals explain themselves to people; bugs are for the log."""
    kind = JOBS.get(job.kind)
    words, tone = STATES[job.state]
    code = job.error if ":" in job.error and " " not in job.error else ""
    return {
        "job": job,
        "label": kind.label if kind else Bilingual(job.kind, job.kind),
        "words": words,
        "tone": tone,
        "has_ended": job.state in ENDED,
        "not_ended": job.state not in ENDED,
        "may_retry": job.state in {JobState.FAILED, JobState.CANCELLED},
        "refusal": Refusal(code, **job.error_facts) if code else None,
    }
