"""Taking an issued document back: it stays to be read, with the reason, under the number it had."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhiben.documents.domain.kinds import OUT, DocumentState
from zhiben.documents.events import DocumentWithdrawn
from zhiben.documents.models import Document
from zhiben.documents.permissions import DocumentPermission
from zhiben.documents.selectors.reading import document_for, is_of_office
from zhiben.documents.services.journalling import line_of, tell
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed
from zhiben.kernel.periods import local_day


@transaction.atomic
def withdraw_document(
    document_id: UUID, *, reason: str, actor: Actor, now: datetime, lines: list[Line] | None = None
) -> None:
    """Take back a document of one's own office. The register keeps its number, and gives it to no other."""
    document = document_for(actor, document_id)
    require(actor, DocumentPermission.ISSUE, document.place)
    if not is_of_office(actor, document):
        raise NotAllowed("document:withdrawn-by-its-office")
    reason = reason.strip()[:500]
    if not reason:
        raise Invalid("document:withdrawal-needs-reason", field="reason")
    gone = {"state": DocumentState.WITHDRAWN, "withdrawn_on": local_day(now), "withdrawn_by_id": actor.id}
    out = Document.unscoped.filter(pk=document.pk, state__in=[str(state) for state in OUT])
    if not out.update(**gone, reason=reason):
        raise Conflict("document:not-out", state=document.state)
    event = DocumentWithdrawn(str(document.pk), document.kind, document.subject, document.number, reason)
    tell([line_of(document, event, local_day(now))], lines, actor=actor, now=now)
