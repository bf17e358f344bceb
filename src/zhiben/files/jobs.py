"""What the worker does for files: derive pictures, remove what nobody holds."""

from datetime import datetime, timedelta

from zhiben.clocks.public import JobKind, JobView, StepResult, Sweep, register_job, register_sweep
from zhiben.files import store
from zhiben.files.pictures import Made, make_pictures
from zhiben.files.services import DERIVE, record_pictures, remove_unheld
from zhiben.kernel.bilingual import Bilingual


def make(view: JobView) -> Made:
    """Let the child make the pictures, outside any transaction."""
    return make_pictures(view.arguments["sha256"])


def note(view: JobView) -> StepResult:
    """Write down what came of it."""
    record_pictures(view.arguments["sha256"], view.prepared)
    return StepResult(finished=True, result={"problem": view.prepared.problem})


def tidy(now: datetime) -> int:
    """Remove what uploads and children left behind when they were killed, a day later."""
    return store.tidy((now - timedelta(days=1)).timestamp())


register_job(JobKind(DERIVE, note, Bilingual("生成图片预览", "Making picture previews"), prepare=make))
register_sweep(Sweep("file:remove", remove_unheld))
register_sweep(Sweep("file:tidy", tidy, every=timedelta(hours=1)))
