"""The documents about a danger on its page, and drafting one."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from zhiben.dangers.domain.papers import Paper
from zhiben.dangers.models import Danger
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.papers import papers_for
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.services.papers import draft_paper
from zhiben.documents.public import (
    STATE_WORDS,
    DocumentPermission,
    DocumentRow,
    DocumentState,
    documents_of,
    kind_of,
)
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward, page_url

TONES = {
    DocumentState.DRAFT: "active",
    DocumentState.SERVED: "done",
    DocumentState.DISCARDED: "aside",
    DocumentState.WITHDRAWN: "late",
}


def papers_of(actor: Actor, danger: Danger, family: Iterable[int]) -> dict[str, Any]:
    """Return the documents about a danger and what was merged into it, as far as the actor sees; those to draft now."""
    sees = actor.may(DocumentPermission.VIEW, danger.place)
    rows = [row for member in family for row in documents_of(subject_of(member), actor)] if sees else []
    mine = subject_of(danger.pk)
    drafted = {row.kind for row in rows if row.state is DocumentState.DRAFT and row.subject == mine}
    called = [(paper, kind_of(paper).title) for paper in papers_for(actor, danger) if paper not in drafted]
    return {"rows": [drawn(row) for row in rows], "called": called}


def drawn(row: DocumentRow) -> dict[str, Any]:
    """Return a document as a row shows it."""
    url, words = page_url("documents:document", row.id), STATE_WORDS[row.state]
    return {"row": row, "url": url, "words": words, "tone": TONES.get(row.state, "plain")}


@door(DangerPermission.VIEW)
@require_POST
def paper_draft(request: Request, danger_id: int) -> HttpResponse:
    """Draft a document, and lead to it."""
    paper = request.POST.get("paper", "")
    if paper not in set(Paper):
        raise NotFound("page:not-found")
    document = draft_paper(danger_id, Paper(paper), actor=request.actor, now=timezone.now())
    return onward(request, "documents:document", document)
