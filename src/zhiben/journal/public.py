"""What other rooms call: `from zhiben.journal import public as journal`."""

from zhiben.journal.events import Event, Line, Recorded, label_of
from zhiben.journal.services.recording import record

__all__ = ["Event", "Line", "Recorded", "label_of", "record"]
