"""What the worker does for exchange: judge a ledger, write it, take it back, give the workbook back, export lists."""

import tempfile
import time
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.http import QueryDict

from zhiben.clocks.public import JobKind, JobView, StepResult, register_job
from zhiben.exchange.models import Export, Import
from zhiben.exchange.services.answers import ANSWER, keep_answer, made_answer
from zhiben.exchange.services.bringing import READ, WRITE, batch_of, finish_import, lay_down, write_part
from zhiben.exchange.services.exporting import EXPORT, keep_export, write_export
from zhiben.exchange.services.lists import listing_named
from zhiben.exchange.services.voiding import VOID, finish_voiding, withdraw_part
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Refusal

BREATH = 0.02  # seconds between two parts, in which people get at SQLite's one lock
LONGEST = timedelta(minutes=30)
LONG = timedelta(minutes=5)  # a reading is one step; whoever finds its lease run out begins it anew


def read(view: JobView) -> None:
    """Judge the rows outside any transaction; what cannot be read is told on the import itself."""
    try:
        lay_down(_batch(view), actor=view.actor, now=view.now)
    except Refusal:
        return


def breathe(_: JobView) -> None:
    """Let people at the database between two parts."""
    if connection.vendor == "sqlite":
        time.sleep(BREATH)


def write(view: JobView) -> StepResult:
    """Write one part, or close the import: what others wrote, as the command does, is done too."""
    batch = _batch(view)
    done = write_part(batch, actor=view.actor, now=view.now)
    if done is None:
        finish_import(batch, actor=view.actor, now=view.now)
        return StepResult(advance=(view.total or view.done) - view.done, finished=True)
    return StepResult(advance=done)


def void(view: JobView) -> StepResult:
    """Withdraw one part, or close the voiding."""
    batch = _batch(view)
    done = withdraw_part(batch, actor=view.actor, now=view.now)
    if done is None:
        finish_voiding(batch, actor=view.actor, now=view.now)
    return StepResult(advance=done or 0, finished=done is None)


def answer(view: JobView) -> None:
    """Make and keep the workbook given back; a second making of it changes nothing but the file."""
    batch = _batch(view)
    with made_answer(batch, language=view.arguments["language"], actor=view.actor) as made:
        keep_answer(batch, made, actor=view.actor, now=view.now)


def export(view: JobView) -> None:
    """Make and keep the file of a list."""
    wanted = Export.objects.get(pk=view.arguments["export"])
    if wanted.file:
        return
    listing = listing_named(wanted.list)
    rows = listing.rows(view.actor, QueryDict(wanted.query))
    with tempfile.TemporaryDirectory(prefix="zhiben-export-") as folder:
        target = Path(folder) / f"list.{wanted.form}"

        def tell(done: int) -> None:
            Export.objects.filter(pk=wanted.pk).update(rows=done)

        count = write_export(
            target, wanted.form, listing.columns, rows, actor=view.actor, language=wanted.language, tell=tell
        )
        keep_export(wanted.pk, target, count, actor=view.actor, now=view.now)


def done(_: JobView) -> StepResult:
    """End a job whose work was done before the step."""
    return StepResult(finished=True)


def _batch(view: JobView) -> Import:
    return batch_of(view.arguments["import"])


register_job(JobKind(READ, done, Bilingual("读取台账", "Reading a ledger"), prepare=read, lease=LONG))
register_job(JobKind(WRITE, write, Bilingual("导入台账", "Importing a ledger"), prepare=breathe))
register_job(JobKind(VOID, void, Bilingual("作废导入", "Voiding an import"), prepare=breathe))
register_job(
    JobKind(ANSWER, done, Bilingual("生成返回的工作簿", "Making the workbook given back"), prepare=answer, lease=LONG)
)
register_job(JobKind(EXPORT, done, Bilingual("导出列表", "Exporting a list"), prepare=export, lease=LONGEST))
