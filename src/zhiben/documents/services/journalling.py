"""Documents as lines of the journal: recorded here, or handed to the room whose step drafts or issues."""

from collections.abc import Sequence
from datetime import date, datetime

from zhiben.documents.models import Document
from zhiben.journal import public as journal
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import Actor


def line_of(document: Document, event: Event, on: date) -> Line:
    """Return an event of a document: on the chain of the enterprise where it belongs, else of the department."""
    if document.enterprise_id:
        chain = f"enterprise:{document.enterprise_id}"
    else:
        chain = f"department:{document.department_id}" if document.department_id else "system"
    return Line(event, f"document/{document.pk}", chain, on)


def tell(told: Sequence[Line], into: list[Line] | None, *, actor: Actor, now: datetime) -> None:
    """Record lines, or lay them into the caller's: a transaction records once, as its last step."""
    if into is None:
        journal.record(told, actor=actor, now=now)
    else:
        into.extend(told)
