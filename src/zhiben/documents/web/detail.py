"""The page of one document: how it looks, how it stands, what can be done with it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhiben.documents.answers import attached, shown
from zhiben.documents.domain.kinds import CHANNEL_WORDS, KINDS, OUT, STATE_WORDS, DocumentState, ServiceChannel
from zhiben.documents.models import Document
from zhiben.documents.permissions import DocumentPermission
from zhiben.documents.selectors.filling import flow_for
from zhiben.documents.selectors.reading import document_for, is_of_office, may_sign, may_withdraw, row_of
from zhiben.documents.selectors.rendering import file_of, language_of, pages_of
from zhiben.documents.services.drafting import discard_draft
from zhiben.documents.services.issuing import issue_document
from zhiben.documents.services.serving import record_service
from zhiben.documents.services.withdrawing import withdraw_document
from zhiben.documents.web.listing import TONES, channels
from zhiben.journal.public import history, label_of
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.kernel.periods import local_day
from zhiben.orgs.doors import Request, door
from zhiben.orgs.links import onward, page_url

FORMS = ("pdf", "docx")
SUBJECT_PAGES = {"danger": "dangers:detail"}  # what documents are about, where its page is built


@door(DocumentPermission.VIEW)
@require_GET
def document_page(request: Request, document_id: UUID) -> HttpResponse:
    """Show a document."""
    document = document_for(request.actor, document_id)
    language = _language(request)
    flow = flow_for(document, language_of(language))
    state, actor = DocumentState(document.state), request.actor
    context = {
        "document": document,
        "row": row_of(document),
        "kind": KINDS[document.kind].title if document.kind in KINDS else document.kind,
        "words": STATE_WORDS[state],
        "tone": TONES[state],
        "language": language,
        "flow": flow,
        "pages": _pages(document, language),
        "signature": getattr(document, "signature", None),
        "services": [
            (CHANNEL_WORDS[ServiceChannel(one.channel)], one) for one in document.services.order_by("day", "pk")
        ],
        "channels": channels(get_language() or "zh-hans"),
        "register_url": _register(request, document),
        "about": _about(document.subject),
        "may_sign": may_sign(actor, document),
        "may_withdraw": may_withdraw(actor, document),
        "may_discard": state is DocumentState.DRAFT and actor.may(DocumentPermission.DRAFT, document.place),
        "may_serve": state in OUT and actor.may(DocumentPermission.SERVE, document.place),
        "is_draft": state is DocumentState.DRAFT,
        "story": [(one, label_of(one.code)) for one in reversed(history(f"document/{document.pk}"))],
        "today": local_day(timezone.now()),
    }
    return render(request, "documents/document.html", context)


def _register(request: Request, document: Document) -> str | None:
    """Return where the register stands that gave its number, for those who look into registers."""
    shown = document.register_id and request.actor.has(DocumentPermission.DRAFT)
    return (
        page_url("documents:register", document.register_id)
        if shown and is_of_office(request.actor, document)
        else None
    )


def _pages(document: Document, language: str) -> list[dict[str, str]]:
    """Return the pictures of its pages, for whoever sees; the text stands below them."""
    count = len(pages_of(document, language))
    return [
        {
            "url": page_url("documents:picture", document.pk, page, query={"language": language}),
            "alt": _("Page %(page)s of %(count)s; its text follows below") % {"page": page, "count": count},
        }
        for page in range(1, count + 1)
    ]


def _language(request: Request) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in {"zh-hans", "en"} else get_language() or "zh-hans"


def _about(subject: str) -> dict[str, str] | None:
    """Return where the thing that a document is about has its page."""
    thing, _slash, number = subject.partition("/")
    if thing not in SUBJECT_PAGES or not number.isdigit():
        return None
    address = page_url(SUBJECT_PAGES[thing], int(number))
    return {"url": address} if address else None


@door(DocumentPermission.VIEW)
@require_GET
def document_picture(request: Request, document_id: UUID, page: int) -> HttpResponse:
    """Show the picture of one page."""
    pictures = pages_of(document_for(request.actor, document_id), _language(request))
    if not 1 <= page <= len(pictures):
        raise NotFound("page:not-found")
    return shown(pictures[page - 1])


@door(DocumentPermission.VIEW)
@require_GET
def document_file(request: Request, document_id: UUID, form: str) -> HttpResponse:
    """Give the document as PDF or Word."""
    if form not in FORMS:
        raise NotFound("page:not-found")
    document = document_for(request.actor, document_id)
    return attached(file_of(document, form=form, language=_language(request)), document, form)


@door(DocumentPermission.ISSUE)
@require_POST
def document_issue(request: Request, document_id: UUID) -> HttpResponse:
    """Sign a draft: it gets its number."""
    me = request.actor.id or 0
    number = issue_document(document_id, signer_account_id=me, actor=request.actor, now=timezone.now())
    messages.success(request, _("Signed and issued as %(number)s.") % {"number": number})
    return onward(request, "documents:document", document_id)


@door(DocumentPermission.DRAFT)
@require_POST
def document_discard(request: Request, document_id: UUID) -> HttpResponse:
    """Give a draft up."""
    discard_draft(document_id, reason=request.POST.get("reason", ""), actor=request.actor, now=timezone.now())
    messages.success(request, _("The draft was discarded."))
    return onward(request, "documents:document", document_id)


@door(DocumentPermission.ISSUE)
@require_POST
def document_withdraw(request: Request, document_id: UUID) -> HttpResponse:
    """Take an issued document back."""
    withdraw_document(document_id, reason=request.POST.get("reason", ""), actor=request.actor, now=timezone.now())
    messages.success(
        request, _("The document is withdrawn. It keeps its number, and everybody who could read it sees why.")
    )
    return onward(request, "documents:document", document_id)


@door(DocumentPermission.SERVE)
@require_POST
def document_serve(request: Request, document_id: UUID) -> HttpResponse:
    """Record who received a document."""
    told: dict[str, Any] = {name: request.POST.get(name, "") for name in ("person", "proxy_for", "channel", "note")}
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise Invalid("day:unreadable", field="day", value=request.POST.get("day", ""), example="2026-01-31") from None
    record_service(document_id, **told, day=day, actor=request.actor, now=timezone.now())
    messages.success(request, _("The service was recorded."))
    return onward(request, "documents:document", document_id)
