"""What other rooms call: `from zhiben.journal import public as journal`."""

from zhiben.journal.events import Event, Line, Recorded, label_of
from zhiben.journal.selectors.reading import history, mark_at, standing
from zhiben.journal.selectors.verifying import verify
from zhiben.journal.services.consuming import Consumer, catch_up, rebuild, register_consumer, run_consumers
from zhiben.journal.services.recording import record
from zhiben.journal.services.shredding import forget_pages, shred, shred_lines
from zhiben.journal.services.signing import sign_day, sign_yesterday
from zhiben.journal.snapshot import one_moment

__all__ = [
    "Consumer",
    "Event",
    "Line",
    "Recorded",
    "catch_up",
    "forget_pages",
    "history",
    "label_of",
    "mark_at",
    "one_moment",
    "rebuild",
    "record",
    "register_consumer",
    "run_consumers",
    "shred",
    "shred_lines",
    "sign_day",
    "sign_yesterday",
    "standing",
    "verify",
]
