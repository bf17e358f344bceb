"""Recording service: who received a document, for whom, how, and when."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Least

from zhiben.documents.domain.kinds import OUT, DocumentState, ServiceChannel
from zhiben.documents.events import DocumentServed
from zhiben.documents.models import Document, ServiceRecord
from zhiben.documents.permissions import DocumentPermission
from zhiben.documents.selectors.reading import document_for
from zhiben.documents.services.journalling import line_of, tell
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.kernel.periods import local_day


@transaction.atomic
def record_service(
    document_id: UUID,
    *,
    person: str,
    channel: str,
    day: date,
    note: str,
    actor: Actor,
    now: datetime,
    proxy_for: str = "",
    lines: list[Line] | None = None,
) -> None:
    """Record that an issued document reached somebody; `proxy_for` names whom they stood for. It may be served to several."""
    document = document_for(actor, document_id)
    require(actor, DocumentPermission.SERVE, document.place)
    _check(document, person, channel, day, today=local_day(now))
    record = {"person": person.strip()[:100], "proxy_for": proxy_for.strip()[:100], "note": note.strip()[:500]}
    ServiceRecord.objects.create(
        document=document, channel=channel, day=day, recorded_by_id=actor.id, recorded_at=now, **record
    )
    first = Least(Coalesce(F("served_on"), Value(day)), Value(day))
    out = Document.unscoped.filter(pk=document.pk, state__in=[str(state) for state in OUT])
    if not out.update(state=DocumentState.SERVED, served_on=first):
        raise Conflict("document:not-issued")
    event = DocumentServed(str(document.pk), document.kind, document.subject, channel, **record)
    tell([line_of(document, event, day)], lines, actor=actor, now=now)


def _check(document: Document, person: str, channel: str, day: date, *, today: date) -> None:
    if document.state not in OUT or document.issued_on is None:
        raise Conflict("document:not-issued")
    if channel not in set(ServiceChannel):
        raise Invalid("document:unknown-channel", field="channel", channel=channel, known=", ".join(ServiceChannel))
    if not person.strip():
        raise Invalid("document:recipient-needed", field="person")
    if not document.issued_on <= day <= today:
        raise Invalid(
            "document:served-outside", field="day", day=day.isoformat(), issued=document.issued_on.isoformat()
        )
