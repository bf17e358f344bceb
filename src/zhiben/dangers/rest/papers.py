"""The official documents of a danger: those there are, those it calls for, and drafting one."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema, Status

from zhiben.dangers.domain.papers import Paper
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.papers import papers_for
from zhiben.dangers.selectors.reading import danger_for, subject_of
from zhiben.dangers.services.papers import draft_paper
from zhiben.documents.public import DocumentPermission, DocumentRow, DocumentState, documents_of, kind_of
from zhiben.orgs.api import In, PathId, Words, answers, writes
from zhiben.orgs.doors import Request, door

router = Router(tags=["documents"])


class PaperOut(Schema):
    """A document about a danger: `number` is empty until it is issued."""

    id: UUID
    kind: str
    title: Words
    state: DocumentState
    number: str
    recipient: str
    issued_on: date | None


class CalledOut(Schema):
    """A kind of document that the danger, as it stands, calls for."""

    kind: Paper
    title: Words


class PapersOut(Schema):
    """Documents in sight, oldest first, and the kinds that the caller may draft now."""

    items: list[PaperOut]
    may_draft: list[CalledOut]


class PaperIn(In):
    """Which document to draft; see `may_draft`."""

    kind: Paper


@router.get(
    "/dangers/{int:danger_id}/documents",
    response=answers(PapersOut),
    operation_id="listDangerDocuments",
    summary="Documents about a hidden danger",
)
@door(DangerPermission.VIEW)
def get_danger_documents(request: Request, danger_id: PathId) -> PapersOut:
    """Return the documents about a danger that the caller may see, and those to be drafted."""
    danger = danger_for(request.actor, danger_id)
    sees = request.actor.may(DocumentPermission.VIEW, danger.place)
    rows = documents_of(subject_of(danger.pk), request.actor) if sees else []
    called = papers_for(request.actor, danger)
    kinds = [(paper, kind_of(paper).title) for paper in called]
    return PapersOut(
        items=[_out(row) for row in rows],
        may_draft=[CalledOut(kind=paper, title=Words(zh=title.zh, en=title.en)) for paper, title in kinds],
    )


@router.post(
    "/dangers/{int:danger_id}/documents",
    response=writes(PaperOut),
    operation_id="draftDangerDocument",
    summary="Draft a document about a hidden danger",
)
@door(DangerPermission.VIEW)
def post_danger_document(request: Request, danger_id: PathId, body: PaperIn) -> Status[PaperOut]:
    """Draft a document from what is on record; it has no number until somebody signs it."""
    made = draft_paper(danger_id, body.kind, actor=request.actor, now=timezone.now())
    rows = documents_of(subject_of(danger_id), request.actor)
    return Status(201, next(_out(row) for row in rows if row.id == made))


def _out(row: DocumentRow) -> PaperOut:
    told = {name: getattr(row, name) for name in PaperOut.model_fields if name != "title"}
    return PaperOut(title=Words(zh=row.title.zh, en=row.title.en), **told)
