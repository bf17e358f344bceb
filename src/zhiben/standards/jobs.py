"""What the worker does for standards: judge again when facts or law change."""

from zhiben.clocks.public import JobKind, Sweep, register_job, register_sweep
from zhiben.journal.public import Consumer, register_consumer
from zhiben.kernel.bilingual import Bilingual
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

register_consumer(Consumer("determination:note-due", frozenset({RECORDED, MADE}), note_due))
register_sweep(Sweep(SWEEP, sweep_due))
register_sweep(Sweep("determination:note-editions", note_editions, every=LOOK_EVERY))
register_job(JobKind(JOB, rejudge_part, Bilingual("法规变化后重新判定", "Judging again after the law changed")))
