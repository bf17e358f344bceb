"""The list of documents, and what is done with several of them at once."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.documents.answers import attached
from zhiben.documents.domain.kinds import CHANNEL_WORDS, KINDS, STATE_WORDS, DocumentState
from zhiben.documents.models import Document
from zhiben.documents.permissions import DocumentPermission
from zhiben.documents.selectors.reading import Wanted, documents_by_id, documents_for, row_of
from zhiben.documents.selectors.rendering import render_many
from zhiben.documents.services.issuing import issue_documents
from zhiben.kernel.arguments import number
from zhiben.kernel.errors import Invalid
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward

PAGE = 50
MOST_AT_ONCE = PAGE  # the rows of one page; more go to the worker
TONES = {
    DocumentState.DRAFT: "active",
    DocumentState.ISSUED: "plain",
    DocumentState.SERVED: "done",
    DocumentState.DISCARDED: "aside",
    DocumentState.WITHDRAWN: "late",
}


@door(DocumentPermission.VIEW)
@require_GET
def document_list(request: Request) -> HttpResponse:
    """Show the documents in reach, newest first."""
    wanted = wanted_of(request.GET)
    rows = documents_for(request.actor, wanted, before=uuid_of(request.GET.get("before", "")), limit=PAGE + 1)
    shown = rows[:PAGE]
    language = get_language() or "zh-hans"
    context = {
        "rows": [drawn(document) for document in shown],
        "states": [(str(state), words(language)) for state, words in STATE_WORDS.items()],
        "kinds": [(kind.code, kind.title(language)) for kind in KINDS.values()],
        "older": _older(request, shown[-1].pk) if len(rows) > PAGE else "",
        "is_narrowed": wanted != Wanted(),
        "may_draft": request.actor.has(DocumentPermission.DRAFT),
        "may_issue": request.actor.has(DocumentPermission.ISSUE),
        "may_edit_templates": request.actor.has(DocumentPermission.EDIT_TEMPLATE),
    }
    return render(request, "documents/list.html", context)


def drawn(document: Document) -> dict[str, Any]:
    """Return a document as a row shows it."""
    row = row_of(document)
    return {"row": row, "words": STATE_WORDS[row.state], "tone": TONES[row.state]}


def uuid_of(text: str) -> UUID | None:
    """Read an id from an address; what is none is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def channels(language: str) -> list[tuple[str, str]]:
    """Return the ways of service to choose from."""
    return [(str(channel), words(language)) for channel, words in CHANNEL_WORDS.items()]


def wanted_of(asked: Mapping[str, str]) -> Wanted:
    """Read from an address which documents a list shows; nonsense narrows nothing."""
    state = asked.get("state", "")
    return Wanted(
        state=state if state in set(DocumentState) else "",
        kind=asked.get("kind", "")[:40],
        text=asked.get("q", "").strip()[:100],
        department=number(asked.get("department")),
        enterprise=number(asked.get("enterprise")),
    )


def _older(request: Request, last: UUID) -> str:
    kept = {name: value for name, value in request.GET.items() if name != "before" and value}
    return "?" + urlencode({**kept, "before": str(last)})


@door(DocumentPermission.VIEW)
@require_POST
def document_batch(request: Request) -> HttpResponse:
    """Give the chosen documents as one PDF, or sign the chosen drafts, each with a signature of its own."""
    chosen = [found for text in request.POST.getlist("document") if (found := uuid_of(text))]
    if not chosen:
        raise Invalid("document:none-chosen", field="document")
    if len(chosen) > MOST_AT_ONCE:
        raise Invalid("document:too-many", field="document", most=MOST_AT_ONCE)
    if request.POST.get("do") == "issue":
        return _issue(request, chosen)
    documents = documents_by_id(request.actor, chosen)
    content = render_many([document.pk for document in documents], get_language() or "zh-hans")
    return attached(content, None, "pdf", name=_("documents"))


def _issue(request: Request, chosen: list[UUID]) -> HttpResponse:
    me = request.actor.id or 0
    numbers = issue_documents(chosen, signer_account_id=me, actor=request.actor, now=timezone.now())
    told = ngettext("%(n)s document was signed: %(numbers)s", "%(n)s documents were signed: %(numbers)s", len(numbers))
    messages.success(request, told % {"n": len(numbers), "numbers": _(", ").join(numbers)})
    return onward(request, "documents:list")
