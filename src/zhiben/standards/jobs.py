"""What the worker does for standards: judge again when facts or law change."""

from datetime import datetime, timedelta
from importlib import import_module

from zhiben.clocks.public import JobKind, Sweep, register_job, register_sweep
from zhiben.journal.public import Consumer, register_consumer
from zhiben.kernel.bilingual import Bilingual
from zhiben.law.standards import look_also
from zhiben.standards.regional import source
from zhiben.standards.services.packing import CODES, CONSUMER, keep_current
from zhiben.standards.services.rejudging import (
    JOB,
    LOOK_EVERY,
    MADE,
    RECORDED,
    SWEEP,
    note_due,
    note_editions,
    rejudge_part,
    sweep_due,
)
from zhiben.standards.services.surveying import JOB as SURVEY
from zhiben.standards.services.surveying import LOOK_EVERY as SURVEY_EVERY
from zhiben.standards.services.surveying import SWEEP as SURVEY_DUE
from zhiben.standards.services.surveying import survey_due, survey_step
from zhiben.standards.services.what_ifs import JOB as WHAT_IF
from zhiben.standards.services.what_ifs import add_part, what_if_part

look_also(source)

register_consumer(Consumer("determination:note-due", frozenset({RECORDED, MADE}), note_due))
register_sweep(Sweep(SWEEP, sweep_due))
register_sweep(Sweep("determination:note-editions", note_editions, every=LOOK_EVERY))
register_sweep(Sweep(SURVEY_DUE, survey_due, every=SURVEY_EVERY))
register_job(
    JobKind(SURVEY, survey_step, Bilingual("判定总览", "Determination overview"), lease=timedelta(minutes=30), tries=2)
)
register_job(JobKind(JOB, rejudge_part, Bilingual("法规变化后重新判定", "Judging again after the law changed")))
register_consumer(Consumer(CONSUMER, CODES, keep_current))


def refresh_snapshot(now: datetime) -> int:
    """Bring the snapshot to today's facts; what it needs (Polars) is loaded by whoever sweeps, not by every page."""
    done: int = import_module("zhiben.standards.services.snapshotting").sweep_snapshot(now)
    return done


register_sweep(Sweep("snapshot:refresh", refresh_snapshot, every=timedelta(minutes=5)))
register_job(
    JobKind(WHAT_IF, add_part, Bilingual("假设推演", "What if"), prepare=what_if_part, lease=timedelta(minutes=5))
)
