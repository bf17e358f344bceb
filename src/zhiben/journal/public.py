"""What other rooms call: `from zhiben.journal import public as journal`."""

from zhiben.journal.events import Event, Line, Recorded, label_of
from zhiben.journal.selectors.reading import history
from zhiben.journal.selectors.verifying import verify
from zhiben.journal.services.consuming import Consumer, rebuild, register_consumer, run_consumers
from zhiben.journal.services.recording import record
from zhiben.journal.services.shredding import forget_pages, shred, shred_lines
from zhiben.journal.services.signing import sign_day, sign_yesterday

__all__ = [
    "Consumer",
    "Event",
    "Line",
    "Recorded",
    "forget_pages",
    "history",
    "label_of",
    "rebuild",
    "record",
    "register_consumer",
    "run_consumers",
    "shred",
    "shred_lines",
    "sign_day",
    "sign_yesterday",
    "verify",
]
