"""Drafting the official documents of a hidden danger from what is on record."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhiben.dangers.domain.papers import Paper
from zhiben.dangers.selectors.paper_facts import facts_of
from zhiben.dangers.selectors.papers import issuer_of, papers_for, recipient_of
from zhiben.dangers.selectors.reading import danger_for, subject_of
from zhiben.documents.public import DocumentState, documents_of, draft_document
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict


@transaction.atomic
def draft_paper(danger_id: int, paper: Paper, *, actor: Actor, now: datetime) -> UUID:
    """Draft a document about a danger; a draft of the same kind that still stands is finished first."""
    danger = danger_for(actor, danger_id)
    issuer = issuer_of(actor, danger, paper)
    if paper not in papers_for(actor, danger) or issuer is None:
        raise Conflict("danger:no-such-paper", paper=str(paper))
    subject = subject_of(danger.pk)
    if any(row.kind == paper and row.state is DocumentState.DRAFT for row in documents_of(subject, actor)):
        raise Conflict("danger:paper-drafted", paper=str(paper))
    department, enterprise = issuer
    return draft_document(
        paper,
        subject=subject,
        place=danger.place,
        department_id=department,
        enterprise_id=enterprise,
        recipient=recipient_of(danger, paper),
        facts=facts_of(danger, paper),
        actor=actor,
        now=now,
    )
