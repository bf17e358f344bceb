"""Documents as files: PDF and Word from the same text."""

from collections.abc import Iterable
from uuid import UUID

from zhiben.documents.domain.flow import Slip, slipped
from zhiben.documents.models import Document
from zhiben.documents.pdf import draw_pages, draw_pdf
from zhiben.documents.selectors.filling import flow_for
from zhiben.documents.selectors.reading import documents_by_id
from zhiben.documents.word import write_word
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Invalid

PDF, WORD = "pdf", "docx"


def render(document_id: UUID, *, form: str, language: str) -> bytes:
    """Return a document, which the caller was shown, as a file."""
    document = documents_by_id(SYSTEM, [document_id])[0]
    return file_of(document, form=form, language=language)


def render_with_slip(document_id: UUID, language: str, slip: Slip) -> bytes:
    """Return a document, which the caller was shown, as PDF with a slip below it that is no part of what was signed."""
    document = documents_by_id(SYSTEM, [document_id])[0]
    return draw_pdf([slipped(flow_for(document, language_of(language)), slip)])


def render_many(document_ids: Iterable[UUID], language: str) -> bytes:
    """Return several documents, which the caller was shown, as one PDF in the order asked for."""
    documents = documents_by_id(SYSTEM, document_ids)
    return draw_pdf([flow_for(one, language_of(language)) for one in documents])


def file_of(document: Document, *, form: str, language: str) -> bytes:
    """Return a document that was fetched for the actor as a file."""
    flow = flow_for(document, language_of(language))
    if form == PDF:
        return draw_pdf([flow])
    if form == WORD:
        return write_word(flow)
    raise Invalid("document:unknown-form", field="form", form=form)


def pages_of(document: Document, language: str) -> list[bytes]:
    """Return a document that was fetched for the actor as pictures of its pages."""
    return draw_pages(flow_for(document, language_of(language)))


def language_of(language: str) -> str:
    """Return `zh` or `en` for a language code.

    >>> language_of("zh-hans"), language_of("en")
    ('zh', 'en')
    """
    return "zh" if language.lower().startswith("zh") else "en"
