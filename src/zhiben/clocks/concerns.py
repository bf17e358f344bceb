"""What of the clock a change of units concerns: jobs that have not ended."""

from collections.abc import Iterable

from zhiben.clocks.models import Job
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.orgs.concerns import Concern, Listed, Paths, inside, register_concern


def waiting_jobs(paths: Paths) -> int:
    """Count the jobs of subtrees that wait or run."""
    return Job.objects.filter(inside(paths), next_at__isnull=False).count()


def none_listed(actor: Actor, paths: Paths) -> Iterable[Listed]:  # noqa: ARG001 -- counted only
    """List nothing."""
    return ()


register_concern(Concern("jobs", Bilingual("后台任务", "Background jobs"), waiting_jobs, none_listed, order=30))
