"""Reads of files. Every function takes the actor, or is asked about a thing that the actor was already shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from zhiben.files import store
from zhiben.files.domain.states import Derived
from zhiben.files.models import Original, StoredFile
from zhiben.files.permissions import FilePermission
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.orgs.scope import scope_of, seen


@dataclass(frozen=True, slots=True)
class FileView:
    """A kept file as other rooms and pages see it."""

    id: UUID
    subject: str
    purpose: str
    name: str
    type: str
    size: int
    sha256: str
    kept_by: int | None
    kept_at: datetime
    derived: Derived
    derived_error: str
    width: int | None
    height: int | None
    is_shredded: bool
    look: str  # 64 bits as text; empty until the pictures are made

    @property
    def has_pictures(self) -> bool:
        """Preview and thumbnail can be shown."""
        return self.derived is Derived.READY and not self.is_shredded


def files_of(subject: str) -> list[FileView]:
    """Return what is kept on a thing, oldest first; the caller has shown that the thing may be seen."""
    return files_of_all([subject])[subject]


def files_of_all(subjects: Iterable[str]) -> dict[str, list[FileView]]:
    """Return what is kept on each of some things, in one query."""
    found: dict[str, list[FileView]] = {subject: [] for subject in subjects}
    for row in _rows().filter(subject__in=list(found)).order_by("id"):
        found[row.subject].append(view_of(row))
    return found


def looks_of(subjects: Iterable[str]) -> dict[str, frozenset[int]]:
    """Return how the photos of some things look, as 64 bits each: things to compare, never to show."""
    found: dict[str, set[int]] = {}
    rows = _rows().filter(subject__in=list(subjects), original__derived=Derived.READY).exclude(original__look="")
    for subject, look in rows.values_list("subject", "original__look"):
        found.setdefault(subject, set()).add(int(look, 16))
    return {subject: frozenset(looks) for subject, looks in found.items()}


def pictures_wait(subjects: Iterable[str]) -> frozenset[str]:
    """Return which of some things have photos whose pictures are still being made."""
    rows = _rows().filter(subject__in=list(subjects), original__derived=Derived.WAITING)
    return frozenset(rows.values_list("subject", flat=True))


def file_for(actor: Actor, file_id: UUID) -> FileView:
    """Return one file within reach of the actor's `file:view`, or refuse as if it did not exist."""
    return view_of(row_for(actor, file_id, FilePermission.VIEW))


def row_for(actor: Actor, file_id: UUID, permission: FilePermission) -> StoredFile:
    """Return the row of a file within reach of a permission, or refuse as if it did not exist."""
    row = _rows().filter(seen(scope_of(actor, permission)), pk=file_id).first()
    if row is None:
        raise NotFound("file:not-found")
    return row


def view_of(row: StoredFile) -> FileView:
    """Return a row as others see it."""
    original = row.original
    return FileView(
        id=row.pk,
        subject=row.subject,
        purpose=row.purpose,
        name=row.name,
        type=row.type,
        size=row.size,
        sha256=row.sha256,
        kept_by=row.kept_by_id,
        kept_at=row.kept_at,
        derived=Derived(original.derived) if original else Derived.NONE,
        derived_error=original.derived_error if original else "",
        width=original.width if original else None,
        height=original.height if original else None,
        is_shredded=original is None,
        look=original.look if original else "",
    )


def _rows() -> "QuerySet[StoredFile]":
    """Return the files in the active scope, with their originals."""
    return StoredFile.objects.select_related("original")


@dataclass(frozen=True, slots=True)
class Verified:
    """How the originals on disk compare with what was kept."""

    files: int
    size: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    orphans: tuple[str, ...]  # on disk, held by nobody: left by a write that was taken back

    @property
    def ok(self) -> bool:
        """Every original is there and unchanged."""
        return not self.missing and not self.changed


def verify_originals() -> Verified:
    """Hash every original again. Reads the whole disk: a command, never a page."""
    missing, changed, known = [], [], set[str]()
    size = 0
    for sha256, length in Original.objects.order_by("pk").values_list("pk", "size").iterator():
        known.add(sha256)
        path = store.original_path(sha256)
        if not path.is_file():
            missing.append(sha256)
        elif store.hash_of(path) != sha256:
            changed.append(sha256)
        size += length
    loose = {sha256 for sha256 in store.kept() if sha256 not in known}
    loose -= set(Original.objects.filter(pk__in=loose).values_list("pk", flat=True))  # kept while we read
    return Verified(len(known), size, tuple(missing), tuple(changed), tuple(sorted(loose)))
