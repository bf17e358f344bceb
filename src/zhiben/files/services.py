"""Writes of files: kept, shredded, removed from disk when nobody holds them, pictures derived."""

from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from zhiben.clocks.public import enqueue
from zhiben.files import store
from zhiben.files.domain.states import Derived
from zhiben.files.domain.types import ALLOWED, PICTURES, plain_name, sniff
from zhiben.files.events import FileShredded
from zhiben.files.models import Original, StoredFile
from zhiben.files.permissions import FilePermission
from zhiben.files.pictures import Made
from zhiben.files.selectors import FileView, row_for, view_of
from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import SYSTEM, Actor, Place
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.kernel.ids import uuid7
from zhiben.orgs.domain.industries import mask_of

DERIVE = "file:derive"


@transaction.atomic
def keep_file(
    stream: IO[bytes],
    name: str,
    *,
    subject: str,
    place: Place,
    unit_id: int,
    actor: Actor,
    now: datetime,
    purpose: str = "",
    file_id: UUID | None = None,
    allowed: AbstractSet[str] = ALLOWED,
    keep_until: date | None = None,
) -> FileView:
    """Keep a file on a thing that the actor may change, which its room has checked; that room journals it (`FileKept`).

    Part of the caller's transaction. An id made by the client may come twice: the first answer stands.
    """
    with store.received(stream, max_bytes=settings.FILES_MAX_BYTES) as taken:
        kind = sniff(taken.head, taken.tail, name)
        if kind not in allowed or kind is None:
            raise Invalid("file:type-not-allowed", field="file", name=name, found=kind or "unknown")
        if before := _kept_before(file_id, taken.sha256, subject):
            return before
        row = StoredFile(
            pk=file_id or uuid7(),
            original=_hold(taken, kind),
            subject=subject,
            purpose=purpose,
            sha256=taken.sha256,
            size=taken.size,
            type=kind,
            name=plain_name(name, kind),
            unit_id=unit_id,
            path=place.path,
            enterprise_id=place.enterprise,
            party_id=place.party,
            industries_mask=mask_of(place.industries),
            matter=place.matter or "",
            kept_by_id=actor.id,
            kept_at=now,
            keep_until=keep_until,
        )
        row.save(force_insert=True)
        store.put(taken)  # the original's row is locked until the end: nobody removes it meanwhile
    _derive_once(row, now)
    return view_of(row)


def _kept_before(file_id: UUID | None, sha256: str, subject: str) -> FileView | None:
    """Return the file that came under this id before; refuse when it was another one."""
    row = StoredFile.unscoped.select_related("original").filter(pk=file_id).first() if file_id else None
    if row is None:
        return None
    if (row.sha256, row.subject) != (sha256, subject):
        raise Conflict("file:id-taken")
    return view_of(row)


def _hold(taken: store.Received, kind: str) -> Original:
    """Count one more holder of a content, which locks its row; make the row if this is the first."""
    derived = Derived.WAITING if kind in PICTURES else Derived.NONE
    for _ in range(3):  # the remover may take the row away between the two statements
        fresh = Original(sha256=taken.sha256, size=taken.size, type=kind, derived=derived)
        Original.objects.bulk_create([fresh], ignore_conflicts=True)
        mine = Original.objects.filter(pk=taken.sha256)
        if mine.update(holders=F("holders") + 1, remove_at=None):
            return mine.get()
    raise Conflict("file:busy")


def _derive_once(row: StoredFile, now: datetime) -> None:
    """Ask for the derived pictures when this is the only holder: otherwise somebody asked already."""
    original = row.original
    if original and original.derived == Derived.WAITING and original.holders == 1:
        key = f"{DERIVE}/{original.pk}/{row.pk}"
        enqueue(DERIVE, {"sha256": original.pk}, key=key, total=1, actor=SYSTEM, now=now, place=row.place)


def record_pictures(sha256: str, made: Made) -> None:
    """Write what came of deriving; part of the job's step."""
    derived = Derived.FAILED if made.problem else Derived.READY
    Original.objects.filter(pk=sha256).update(
        derived=derived, derived_error=made.problem, width=made.width, height=made.height, look=made.look
    )


@transaction.atomic
def shred_file(file_id: UUID, *, actor: Actor, now: datetime, reason: str = "") -> None:
    """Remove a file's content and name for good; that it was there, and its hash, stay."""
    row = row_for(actor, file_id, FilePermission.SHRED)
    if row.keep_until and timezone.localdate(now) < row.keep_until:
        raise Conflict("file:must-be-kept", until=row.keep_until.isoformat())
    gone = {"original": None, "name": "", "shredded_at": now}
    if not StoredFile.objects.filter(pk=row.pk, shredded_at=None).update(**gone):
        raise Conflict("file:already-shredded")
    _let_go(row.sha256, now)
    chain = f"enterprise:{row.enterprise_id}" if row.enterprise_id else "system"
    event = FileShredded(str(row.pk), row.sha256, reason)
    journal.record([Line(event, row.subject, chain, timezone.localdate(now))], actor=actor, now=now)


def _let_go(sha256: str, now: datetime) -> None:
    """Count one holder less; the sweep removes what nobody holds."""
    Original.objects.filter(pk=sha256).update(holders=F("holders") - 1)
    Original.objects.filter(pk=sha256, holders=0).update(remove_at=now)


@transaction.atomic
def rehang_files(subject: str, *, place: Place, unit_id: int) -> int:
    """Let the files of a thing follow it to another place, so that those who see it see them; part of that move."""
    return StoredFile.objects.filter(subject=subject).update(
        unit_id=unit_id,
        path=place.path,
        enterprise_id=place.enterprise,
        party_id=place.party,
        industries_mask=mask_of(place.industries),
        matter=place.matter or "",
    )


def remove_unheld(now: datetime, *, limit: int = 100) -> int:
    """Remove originals that nobody holds any more. Safe to run twice at once, and to be killed at any moment.

    The row is locked while the file goes, and goes last: a keeper of the same content waits, then starts anew.
    """
    removed = 0
    for sha256, at in Original.objects.filter(remove_at__lte=now).values_list("pk", "remove_at")[:limit]:
        with transaction.atomic():
            unheld = Original.objects.filter(pk=sha256, holders=0, remove_at=at)
            if unheld.update(remove_at=None):
                store.remove(sha256)
                removed += Original.objects.filter(pk=sha256).delete()[0]
    return removed
