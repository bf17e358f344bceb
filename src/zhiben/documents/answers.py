"""Documents over the wire: downloads that no browser opens in our name, and pictures of their pages."""

import re
from urllib.parse import quote

from django.http import HttpResponse

from zhiben.documents.models import Document

SEALED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def attached(content: bytes, document: Document | None, form: str, *, name: str = "") -> HttpResponse:
    """Answer with a file to be saved, under the document's number and title."""
    told = name or (f"{document.number} {document.title_zh}".strip() if document else "")
    plain = re.sub(r'[\x00-\x1f\\/:*?"<>|]+', " ", told).strip()[:120] or "document"
    disposition = f"attachment; filename=\"document.{form}\"; filename*=UTF-8''{quote(plain)}.{form}"
    return HttpResponse(content, content_type=TYPES[form], headers={**SEALED, "Content-Disposition": disposition})


def shown(picture: bytes) -> HttpResponse:
    """Answer with a picture that a page shows."""
    return HttpResponse(picture, content_type="image/png", headers=SEALED)
