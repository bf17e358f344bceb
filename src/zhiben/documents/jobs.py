"""What the worker does for documents: many of them as one PDF."""

from datetime import timedelta

from zhiben.clocks.public import JobKind, JobView, StepResult, register_job
from zhiben.documents.services.printing import PRINT, draw_run, keep_run
from zhiben.kernel.bilingual import Bilingual

LONGEST = timedelta(minutes=10)  # two thousand pages on a busy machine


def draw(view: JobView) -> bytes:
    """Draw the documents, outside any transaction."""
    return draw_run(view.arguments["run"], actor=view.actor)


def keep(view: JobView) -> StepResult:
    """Keep the file."""
    keep_run(view.arguments["run"], view.prepared, actor=view.actor, now=view.now)
    return StepResult(finished=True)


register_job(
    JobKind(PRINT, keep, Bilingual("合并打印公文", "Printing documents together"), prepare=draw, lease=LONGEST)
)
