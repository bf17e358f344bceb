"""What the worker does for exchange: judge a ledger, write it, take it back, give the workbook back, export lists."""

import time
from datetime import timedelta

from django.db import connection

from zhiben.clocks.public import JobKind, JobView, StepResult, register_job
from zhiben.exchange.models import Import
from zhiben.exchange.services.bringing import READ, WRITE, batch_of, finish_import, lay_down, write_part
from zhiben.exchange.services.voiding import VOID, finish_voiding, withdraw_part
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Refusal

BREATH = 0.02  # seconds between two parts, in which people get at SQLite's one lock
LONG = timedelta(minutes=5)  # a reading is one step; whoever finds its lease run out begins it anew


def read(view: JobView) -> None:
    """Judge the rows outside any transaction; what cannot be read is told on the import itself."""
    try:
        lay_down(_batch(view), actor=view.actor, now=view.now)
    except Refusal:
        return


def read_done(_: JobView) -> StepResult:
    """End the reading."""
    return StepResult(finished=True)


def breathe(_: JobView) -> None:
    """Let people at the database between two parts."""
    if connection.vendor == "sqlite":
        time.sleep(BREATH)


def write(view: JobView) -> StepResult:
    """Write one part, or close the import."""
    batch = _batch(view)
    done = write_part(batch, actor=view.actor, now=view.now)
    if done is None:
        finish_import(batch, actor=view.actor, now=view.now)
    return StepResult(advance=done or 0, finished=done is None)


def void(view: JobView) -> StepResult:
    """Withdraw one part, or close the voiding."""
    batch = _batch(view)
    done = withdraw_part(batch, actor=view.actor, now=view.now)
    if done is None:
        finish_voiding(batch, actor=view.actor, now=view.now)
    return StepResult(advance=done or 0, finished=done is None)


def _batch(view: JobView) -> Import:
    return batch_of(view.arguments["import"])


register_job(JobKind(READ, read_done, Bilingual("读取台账", "Reading a ledger"), prepare=read, lease=LONG))
register_job(JobKind(WRITE, write, Bilingual("导入台账", "Importing a ledger"), prepare=breathe))
register_job(JobKind(VOID, void, Bilingual("作废导入", "Voiding an import"), prepare=breathe))
