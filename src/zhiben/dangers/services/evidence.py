"""Files that arrive with a report or a step: kept on the danger, in the transaction of what they prove."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO
from uuid import UUID

from django.db import IntegrityError, transaction

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.kinds import EvidenceKind, Part, State
from zhiben.dangers.domain.loop import step_of
from zhiben.dangers.domain.moves import NOTHING, Given, Move, Proof
from zhiben.dangers.events import EvidenceAdded
from zhiben.dangers.models import Danger, Evidence
from zhiben.dangers.selectors.offers import may_take
from zhiben.dangers.selectors.reading import danger_for, subject_of
from zhiben.dangers.services.case import line_of
from zhiben.dangers.services.intake import NewDanger
from zhiben.dangers.services.moves import Moved, move_danger
from zhiben.dangers.services.report import Reported, insert_reported
from zhiben.files.public import ALLOWED, HEIC, PICTURES, keep_file
from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import SYSTEM, Actor
from zhiben.kernel.errors import Invalid, NotAllowed

MOST = 20  # files at a time
PHOTOS = frozenset({EvidenceKind.PHOTO_BEFORE, EvidenceKind.PHOTO_AFTER, EvidenceKind.LOOKBACK})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes in, what it shows, and which implementation it proves."""

    kind: EvidenceKind
    stream: IO[bytes]
    name: str
    part: Part | None = None


def keep_uploads(
    danger: Danger, uploads: Sequence[Upload], *, actor: Actor, now: datetime
) -> list[tuple[Upload, UUID]]:
    """Keep files on a danger that the actor may change; part of the caller's transaction, who journals them."""
    if len(uploads) > MOST:
        raise Invalid("danger:too-many-files", field="photos", most=MOST)
    return [(upload, _keep(danger, upload, actor=actor, now=now)) for upload in uploads]


def _keep(danger: Danger, upload: Upload, *, actor: Actor, now: datetime) -> UUID:
    upload.stream.seek(0)  # a telling that met another one is told again
    kept = keep_file(
        upload.stream,
        upload.name,
        subject=subject_of(danger.pk),
        place=danger.place,
        unit_id=danger.unit_id,
        actor=actor,
        now=now,
        purpose=str(upload.kind),
        allowed=PICTURES | {HEIC} if upload.kind in PHOTOS else ALLOWED,
    )
    return kept.id


def report_with_photos(new: NewDanger, photos: Sequence[Upload], *, actor: Actor, now: datetime) -> Reported:
    """Bring in one danger with its photos; told twice, its photos are kept once, those of another telling join it."""
    try:
        return _report(new, photos, actor=actor, now=now)
    except IntegrityError:  # two tellings at the same moment: the slower one looks again and finds it
        return _report(new, photos, actor=actor, now=now)


@transaction.atomic
def _report(new: NewDanger, photos: Sequence[Upload], *, actor: Actor, now: datetime) -> Reported:
    reported, lines = insert_reported([new], actor=actor, now=now)
    told = reported[0]
    if told.is_new or told.uid != new.uid:
        lines += lay_photos(told.id, photos, actor=actor, now=now)
    if lines:
        journal.record(lines, actor=actor, now=now)
    return told


def lay_photos(danger_id: int, photos: Sequence[Upload], *, actor: Actor, now: datetime) -> list[Line]:
    """Keep photos beside a danger at a place where the actor may report; return what the journal must say of it."""
    if not photos:
        return []
    danger = danger_for(SYSTEM, danger_id)
    kept = keep_uploads(danger, photos, actor=actor, now=now)
    beside = {"danger": danger, "at": now, "account_id": actor.id}
    Evidence.objects.bulk_create([Evidence(kind=upload.kind, file=file, **beside) for upload, file in kept])
    files = [{"kind": str(upload.kind), "file": str(file)} for upload, file in kept]
    return [line_of(danger, EvidenceAdded(danger_id, files), china_day(now))]


@transaction.atomic
def move_with_uploads(
    danger_id: int,
    move: Move,
    given: Given = NOTHING,
    uploads: Sequence[Upload] = (),
    *,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Moved:
    """Take a danger through a step whose proofs arrive with it: refused, none of them is kept."""
    danger = danger_for(actor, danger_id)
    step = step_of(State(danger.state), move)
    if not may_take(actor, step, danger):
        raise NotAllowed("access:missing-permission", permission=str(step.permission))
    kept = keep_uploads(danger, uploads, actor=actor, now=now)
    proofs = tuple(Proof(upload.kind, file) for upload, file in kept if upload.part is None)
    given = replace(given, proofs=(*given.proofs, *proofs))
    parts = tuple((upload.part, file) for upload, file in kept if upload.part is not None)
    if given.plan and parts:
        given = replace(given, plan=replace(given.plan, evidence=(*given.plan.evidence, *parts)))
    return move_danger(danger_id, move, given, actor=actor, now=now, version=version)
