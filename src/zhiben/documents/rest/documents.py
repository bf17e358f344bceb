"""Documents: list, read, download."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from zhiben.documents.answers import attached
from zhiben.documents.domain.kinds import DocumentState, ServiceChannel
from zhiben.documents.models import Document
from zhiben.documents.permissions import DocumentPermission
from zhiben.documents.selectors.reading import Wanted, document_for, documents_for, row_of
from zhiben.documents.selectors.rendering import WORD, file_of
from zhiben.documents.services.drafting import discard_draft
from zhiben.documents.services.issuing import issue_document
from zhiben.documents.services.serving import record_service
from zhiben.documents.services.withdrawing import withdraw_document
from zhiben.kernel.errors import Invalid
from zhiben.orgs.api import READING, After, Day, Id, In, Limit, Page, Words, answers, cursor_of, keys_of, writes
from zhiben.orgs.doors import Request, door

router = Router(tags=["documents"])
Language = Literal["zh-hans", "en"]


class DocumentsIn(In):
    """Narrowings of the list."""

    state: DocumentState | None = None
    kind: Annotated[str, Query(max_length=40, description="such as `order:rectify`")] = ""
    department: Id | None = None
    enterprise: Id | None = None
    q: Annotated[str, Query(max_length=100, description="words in title, number or recipient")] = ""


class DocumentOut(Schema):
    """A document: `number` is empty until it is issued."""

    id: UUID
    kind: str
    title: Words
    subject: str
    office: str
    recipient: str
    state: DocumentState
    number: str
    drafted_at: datetime
    issued_on: date | None
    served_on: date | None


class SignatureOut(Schema):
    """Who signed, when, and the SHA-256 of the text that was signed."""

    account: int
    person: int | None
    at: datetime
    digest: str


class ServiceOut(Schema):
    """One record of service."""

    person: str
    proxy_for: str
    channel: ServiceChannel
    day: date
    note: str


class ServiceIn(In):
    """Who received a document; `proxy_for` where they stood for somebody else."""

    person: str = Field(min_length=1, max_length=100)
    channel: ServiceChannel
    day: Day
    proxy_for: str = Field("", max_length=100)
    note: str = Field("", max_length=500)


class DiscardIn(In):
    """Why a draft is given up."""

    reason: str = Field(min_length=1, max_length=500)


class WithdrawIn(In):
    """Why an issued document is taken back."""

    reason: str = Field(min_length=1, max_length=500)


class DocumentWhole(DocumentOut):
    """A document with its signature, its records of service, and why it was discarded or withdrawn."""

    reason: str
    withdrawn_on: date | None
    signature: SignatureOut | None
    services: list[ServiceOut]


@router.get("/documents", response=answers(Page[DocumentOut]), operation_id="listDocuments", summary="List documents")
@door(DocumentPermission.VIEW)
def get_documents(
    request: Request, filters: Query[DocumentsIn], after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """Return documents in scope, newest first; drafts only to the side that issues them."""
    keys = keys_of(after, [str])
    wanted = Wanted(
        state=filters.state or "",
        kind=filters.kind,
        department=filters.department,
        enterprise=filters.enterprise,
        text=filters.q,
    )
    rows = documents_for(request.actor, wanted, before=_uuid(keys[0]) if keys else None, limit=limit + 1)
    following = cursor_of(str(rows[limit - 1].pk)) if len(rows) > limit else None
    return {"items": [_out(row) for row in rows[:limit]], "next": following}


@router.get(
    "/documents/{uuid:document_id}",
    response=answers(DocumentWhole),
    operation_id="getDocument",
    summary="Read about a document",
)
@door(DocumentPermission.VIEW)
def get_document(request: Request, document_id: UUID) -> DocumentWhole:
    """Return what is known of a document."""
    return _whole(document_for(request.actor, document_id))


def _whole(document: Document) -> DocumentWhole:
    signature = getattr(document, "signature", None)
    return DocumentWhole(
        **_out(document).dict(),
        reason=document.reason,
        withdrawn_on=document.withdrawn_on,
        signature=signature
        and SignatureOut(
            account=signature.account_id, person=signature.person_id, at=signature.at, digest=signature.digest
        ),
        services=[ServiceOut.from_orm(row) for row in document.services.order_by("day", "pk")],
    )


@router.get(
    "/documents/{uuid:document_id}/file",
    response=READING,
    operation_id="downloadDocument",
    summary="Download a document",
    openapi_extra={
        "responses": {
            200: {
                "description": "The document as PDF or Word, to be saved.",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
@door(DocumentPermission.VIEW)
def get_document_file(
    request: Request, document_id: UUID, form: Literal["pdf", "docx"] = "pdf", language: Language = "zh-hans"
) -> HttpResponse:
    """Return a document as a file."""
    document = document_for(request.actor, document_id)
    return attached(file_of(document, form=form, language=language), document, WORD if form == WORD else "pdf")


@router.post(
    "/documents/{uuid:document_id}/issue",
    response=writes(DocumentWhole, 200),
    operation_id="issueDocument",
    summary="Sign and issue a draft",
)
@door(DocumentPermission.ISSUE)
def post_issue(request: Request, document_id: UUID) -> DocumentWhole:
    """Sign a draft as oneself: it gets its number and its final text."""
    issue_document(document_id, signer_account_id=request.actor.id or 0, actor=request.actor, now=timezone.now())
    return _whole(document_for(request.actor, document_id))


@router.post(
    "/documents/{uuid:document_id}/discard",
    response=writes(DocumentWhole, 200),
    operation_id="discardDocument",
    summary="Discard a draft",
)
@door(DocumentPermission.DRAFT)
def post_discard(request: Request, document_id: UUID, body: DiscardIn) -> DocumentWhole:
    """Give a draft up, with the reason."""
    discard_draft(document_id, reason=body.reason, actor=request.actor, now=timezone.now())
    return _whole(document_for(request.actor, document_id))


@router.post(
    "/documents/{uuid:document_id}/withdraw",
    response=writes(DocumentWhole, 200),
    operation_id="withdrawDocument",
    summary="Withdraw an issued document",
)
@door(DocumentPermission.ISSUE)
def post_withdraw(request: Request, document_id: UUID, body: WithdrawIn) -> DocumentWhole:
    """Take an issued document back, with the reason; it keeps its number and stays to be read."""
    withdraw_document(document_id, reason=body.reason, actor=request.actor, now=timezone.now())
    return _whole(document_for(request.actor, document_id))


@router.post(
    "/documents/{uuid:document_id}/services",
    response=writes(DocumentWhole),
    operation_id="recordService",
    summary="Record service",
)
@door(DocumentPermission.SERVE)
def post_service(request: Request, document_id: UUID, body: ServiceIn) -> Status[DocumentWhole]:
    """Record who received an issued document, how and when."""
    record_service(document_id, **body.dict(), actor=request.actor, now=timezone.now())
    return Status(201, _whole(document_for(request.actor, document_id)))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("page:unknown-cursor", field="after", value=text) from None


def _out(document: Document) -> DocumentOut:
    row = row_of(document)
    title = Words(zh=row.title.zh, en=row.title.en)
    told = {name: getattr(row, name) for name in DocumentOut.model_fields if name != "title"}
    return DocumentOut(title=title, **told)
