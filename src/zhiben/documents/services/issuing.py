"""Signing: a draft gets its signature, its number and its final text, all at once and only once."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from zhiben.documents.domain.kinds import DocumentState
from zhiben.documents.domain.numbers import document_number
from zhiben.documents.events import DocumentIssued
from zhiben.documents.models import Document, Register, Signature
from zhiben.documents.permissions import DocumentPermission
from zhiben.documents.selectors.filling import code_of, filled, template_for
from zhiben.documents.selectors.reading import documents_by_id, is_of_office
from zhiben.documents.services.journalling import line_of, tell
from zhiben.journal.domain.canonical import canonical
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, NotAllowed
from zhiben.kernel.periods import local_day
from zhiben.orgs.public import person_name


@transaction.atomic
def issue_documents(
    document_ids: Sequence[UUID],
    *,
    signer_account_id: int,
    actor: Actor,
    now: datetime,
    lines: list[Line] | None = None,
) -> list[str]:
    """Sign drafts and give each its number, in the order asked for: all of them, or none.

    Who signs is who acts: nobody signs in somebody else's name. Each document gets a signature of its own.
    """
    documents = documents_by_id(actor, document_ids)
    for document in documents:
        _check(document, signer_account_id, actor)
    told = []
    for document in sorted(documents, key=_register_key):  # registers in one order: two batches never wait crosswise
        told.append(_issue(document, actor=actor, signer_account_id=signer_account_id, now=now))
    tell(told, lines, actor=actor, now=now)
    return [document.number for document in documents]


def issue_document(
    document_id: UUID, *, signer_account_id: int, actor: Actor, now: datetime, lines: list[Line] | None = None
) -> str:
    """Sign one draft and return its number: a batch of one."""
    return issue_documents([document_id], signer_account_id=signer_account_id, actor=actor, now=now, lines=lines)[0]


def _check(document: Document, signer_account_id: int, actor: Actor) -> None:
    require(actor, DocumentPermission.ISSUE, document.place)
    if actor.id != signer_account_id:
        raise NotAllowed("document:sign-yourself")
    if not is_of_office(actor, document):
        raise NotAllowed("document:other-office")
    if document.state != DocumentState.DRAFT:
        raise Conflict("document:no-draft", state=document.state)


def _register_key(document: Document) -> tuple[int, int, str]:
    return (document.department_id or 0, document.issuer_id or 0, template_for(document).series)


def _issue(document: Document, *, actor: Actor, signer_account_id: int, now: datetime) -> Line:
    today = local_day(now)
    series = template_for(document).series
    register = _draw(document, series, today)
    number = document_number(code_of(document), series, today.year, register.last)
    text = filled(document, number=number, day=today, signer=person_name(actor.person))
    digest = hashlib.sha256(canonical(text).encode()).hexdigest()
    issued = {"state": DocumentState.ISSUED, "register": register, "running": register.last, "number": number}
    said = {
        "issued_on": today,
        "text": text,
        "title_zh": text["zh"]["title"][:300],
        "title_en": text["en"]["title"][:300],
    }
    if not Document.unscoped.filter(pk=document.pk, state=DocumentState.DRAFT).update(**issued, **said):
        raise Conflict("document:no-draft", state=document.state)
    document.number = number
    who = {"account_id": signer_account_id, "person_id": actor.person}
    Signature.objects.create(document=document, at=now, digest=digest, **who)
    event = DocumentIssued(
        document=str(document.pk),
        kind=document.kind,
        about=document.subject,
        number=number,
        signer=signer_account_id,
        digest=digest,
        recipient=document.recipient,
    )
    return line_of(document, event, today)


def _draw(document: Document, series: str, today: date) -> Register:
    """Take the next number. The row stays locked until the end, so the next one waits, and a rollback gives it back."""
    key = {"department_id": document.department_id, "enterprise_id": document.issuer_id, "series": series}
    Register.objects.bulk_create([Register(**key, year=today.year)], ignore_conflicts=True)
    mine = Register.objects.filter(**key, year=today.year)
    mine.update(last=F("last") + 1)
    return mine.get()
