"""Drafting documents, and giving drafts up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhiben.documents.domain.kinds import DocumentState, kind_of
from zhiben.documents.domain.values import kept
from zhiben.documents.events import DocumentDiscarded, DocumentDrafted
from zhiben.documents.models import Document
from zhiben.documents.permissions import DocumentPermission
from zhiben.documents.selectors.filling import titles_of
from zhiben.documents.selectors.reading import document_for
from zhiben.documents.selectors.templates import template_in_force
from zhiben.documents.services.journalling import line_of, tell
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor, Place, require
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.kernel.periods import local_day
from zhiben.orgs.domain.industries import mask_of
from zhiben.orgs.models import Department, Enterprise
from zhiben.orgs.public import unit_at


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraft:
    """What a draft is made of. The department issues; without one the enterprise does."""

    kind: str
    subject: str
    place: Place
    department_id: int | None
    enterprise_id: int | None
    recipient: str
    facts: Mapping[str, Any]


@transaction.atomic
def draft_documents(
    drafts: Sequence[NewDraft], *, actor: Actor, now: datetime, lines: list[Line] | None = None
) -> list[UUID]:
    """Draft documents, each with the template in force today at its office; none has a number yet.

    Inside another room's step: give `lines`, and record them with its own.
    """
    rows = [_row(draft, actor, now) for draft in drafts]
    Document.unscoped.bulk_create(rows)
    told = [
        line_of(row, DocumentDrafted(str(row.pk), row.kind, row.subject, row.recipient), local_day(now)) for row in rows
    ]
    tell(told, lines, actor=actor, now=now)
    return [row.pk for row in rows]


def draft_document(
    kind: str,
    *,
    subject: str,
    place: Place,
    department_id: int | None,
    enterprise_id: int | None,
    recipient: str,
    facts: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    lines: list[Line] | None = None,
) -> UUID:
    """Draft one document: a batch of one."""
    draft = NewDraft(
        kind=kind,
        subject=subject,
        place=place,
        department_id=department_id,
        enterprise_id=enterprise_id,
        recipient=recipient,
        facts=facts,
    )
    return draft_documents([draft], actor=actor, now=now, lines=lines)[0]


def _row(draft: NewDraft, actor: Actor, now: datetime) -> Document:
    require(actor, DocumentPermission.DRAFT, draft.place)
    kind = kind_of(draft.kind)
    if set(draft.facts) != kind.given:
        raise TypeError(f"{kind.code}: facts given and declared differ by {set(draft.facts) ^ kind.given}")
    department, issuer = _issuers(draft)
    row = Document(
        kind=kind.code,
        subject=draft.subject,
        unit=unit_at(draft.place.path),
        path=draft.place.path,
        enterprise_id=draft.place.enterprise,
        party_id=draft.place.party,
        industries_mask=mask_of(draft.place.industries),
        matter=draft.place.matter or "",
        department=department,
        issuer=issuer,
        addressee_id=draft.enterprise_id if department else None,
        recipient=draft.recipient[:300],
        facts=kept(draft.facts),
        template=template_in_force(department.path if department else draft.place.path, kind.code, local_day(now)),
        drafted_at=now,
        drafted_by_id=actor.id,
    )
    row.title_zh, row.title_en = titles_of(row)
    return row


def _issuers(draft: NewDraft) -> tuple[Department | None, Enterprise | None]:
    """Return the department that issues, or the enterprise where none does."""
    if draft.department_id is not None:
        return Department.objects.get(pk=draft.department_id), None
    if draft.enterprise_id is None:
        raise Invalid("document:no-office", field="department")
    return None, Enterprise.objects.get(pk=draft.enterprise_id)


@transaction.atomic
def discard_draft(
    document_id: UUID, *, reason: str, actor: Actor, now: datetime, lines: list[Line] | None = None
) -> None:
    """Give a draft up; it stays to be read, with the reason."""
    document = document_for(actor, document_id)
    require(actor, DocumentPermission.DRAFT, document.place)
    if not reason.strip():
        raise Invalid("document:reason-needed", field="reason")
    gone = {
        "state": DocumentState.DISCARDED,
        "discarded_at": now,
        "discarded_by_id": actor.id,
        "reason": reason.strip()[:500],
    }
    if not Document.unscoped.filter(pk=document.pk, state=DocumentState.DRAFT).update(**gone):
        raise Conflict("document:no-draft", state=document.state)
    event = DocumentDiscarded(str(document.pk), document.kind, document.subject, reason.strip()[:500])
    tell([line_of(document, event, local_day(now))], lines, actor=actor, now=now)
