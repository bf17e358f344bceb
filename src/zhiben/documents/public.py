"""What other rooms may use of documents. They name their kinds in a module `papers`; their templates stand in a folder `wording`."""

from zhiben.documents.answers import attached
from zhiben.documents.domain.flow import Slip
from zhiben.documents.domain.kinds import (
    CHANNEL_WORDS,
    STATE_WORDS,
    DocumentKind,
    DocumentState,
    ServiceChannel,
    document_title,
    kind_of,
    register_kind,
)
from zhiben.documents.permissions import DocumentPermission
from zhiben.documents.selectors.reading import (
    DocumentRow,
    document_for,
    documents_about,
    documents_of,
    drafts_of_own_office,
    offices_of,
)
from zhiben.documents.selectors.rendering import render, render_many, render_with_slip
from zhiben.documents.services.drafting import NewDraft, discard_draft, draft_document, draft_documents
from zhiben.documents.services.issuing import issue_document, issue_documents
from zhiben.documents.services.serving import record_service
from zhiben.documents.services.withdrawing import withdraw_document

__all__ = [
    "CHANNEL_WORDS",
    "STATE_WORDS",
    "DocumentKind",
    "DocumentPermission",
    "DocumentRow",
    "DocumentState",
    "NewDraft",
    "ServiceChannel",
    "Slip",
    "attached",
    "discard_draft",
    "document_for",
    "document_title",
    "documents_about",
    "documents_of",
    "draft_document",
    "draft_documents",
    "drafts_of_own_office",
    "issue_document",
    "issue_documents",
    "kind_of",
    "offices_of",
    "record_service",
    "register_kind",
    "render",
    "render_many",
    "render_with_slip",
    "withdraw_document",
]
