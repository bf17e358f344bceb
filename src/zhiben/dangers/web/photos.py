"""The photos of a danger as pages show them."""

from typing import Any

from zhiben.dangers.domain.kinds import EvidenceKind
from zhiben.dangers.domain.words import label
from zhiben.dangers.selectors.page import DangerPage
from zhiben.files.public import Derived, FileView


def photos_of(page: DangerPage, kind: EvidenceKind, language: str) -> list[dict[str, Any]]:
    """Return the photos of one kind, numbered, each with what can be shown of it."""
    files = {file.id: file for file in page.files}
    rows = [files[row.file] for row in page.evidence if row.kind == kind and row.file in files]
    return [_photo(file, label(kind)(language), number) for number, file in enumerate(rows, start=1)]


def _photo(file: FileView, words: str, number: int) -> dict[str, Any]:
    return {
        "file": file,
        "alt": f"{words} {number}",
        "is_shown": file.has_pictures,
        "is_waiting": file.derived is Derived.WAITING and not file.is_shredded,
    }
