"""What is laid beside a danger without a step: files, the answer to a candidate clause."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO, Literal
from uuid import UUID

from django.db import transaction

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.kinds import EvidenceKind
from zhiben.dangers.domain.moves import Proof
from zhiben.dangers.events import ClauseAnswered, EvidenceAdded
from zhiben.dangers.models import CandidateClause, Danger, Evidence
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.reading import danger_for, subject_of
from zhiben.dangers.services.case import line_of
from zhiben.files.public import FileKept, FileView, files_of_all, keep_file
from zhiben.journal import public as journal
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Invalid, NotAllowed
from zhiben.orgs.scope import Scope, scoped

Answer = Literal["chosen", "rejected", "offered"]
MAY_ADD = (DangerPermission.REPORT, DangerPermission.RECTIFY, DangerPermission.ACCEPT, DangerPermission.SIGN_OFF)


def check_files(danger: Danger, wanted: set[UUID]) -> None:
    """Take only files that are kept on this danger."""
    if not wanted:
        return
    subject = subject_of(danger.pk)
    with scoped(Scope(everything=True)):  # who was shown the danger may name its files
        files = files_of_all([subject])[subject]
    missing = wanted - {file.id for file in files if not file.is_shredded}
    if missing:
        raise Invalid("danger:file-not-on-danger", field="proofs", files=sorted(map(str, missing)))


@transaction.atomic
def add_evidence(danger_id: int, proofs: Sequence[Proof], *, actor: Actor, now: datetime) -> None:
    """Lay kept files beside a danger; a file already there under the same name stays once."""
    danger = danger_for(actor, danger_id)
    _check_may_add(actor, danger)
    check_files(danger, {proof.file for proof in proofs})
    known = set(Evidence.objects.filter(danger=danger, part="").values_list("kind", "file"))
    fresh = [proof for proof in dict.fromkeys(proofs) if (str(proof.kind), proof.file) not in known]
    rows = [Evidence(danger=danger, kind=p.kind, file=p.file, at=now, account_id=actor.id) for p in fresh]
    Evidence.objects.bulk_create(rows)
    files = [{"kind": str(proof.kind), "file": str(proof.file)} for proof in fresh]
    lines = [line_of(danger, EvidenceAdded(danger.pk, files), china_day(now))] if files else []
    journal.record(lines, actor=actor, now=now)


@transaction.atomic
def attach_file(
    danger_id: int,
    stream: IO[bytes],
    name: str,
    *,
    kind: EvidenceKind,
    actor: Actor,
    now: datetime,
    file_id: UUID | None = None,
) -> FileView:
    """Keep a file on a danger and lay it beside it. An id made by the client may come twice: the first one stands."""
    danger = danger_for(actor, danger_id)
    _check_may_add(actor, danger)
    kept = keep_file(
        stream, name, subject=subject_of(danger.pk), place=danger.place, unit_id=danger.unit_id,
        actor=actor, now=now, purpose=str(kind), file_id=file_id,
    )  # fmt: skip
    if Evidence.objects.filter(danger=danger, file=kept.id).exists():
        return kept
    Evidence.objects.create(danger=danger, kind=kind, file=kept.id, at=now, account_id=actor.id)
    events = [
        FileKept(str(kept.id), kept.sha256, kept.size, kept.type, kept.purpose, kept.name),
        EvidenceAdded(danger.pk, [{"kind": str(kind), "file": str(kept.id)}]),
    ]
    journal.record([line_of(danger, event, china_day(now)) for event in events], actor=actor, now=now)
    return kept


def _check_may_add(actor: Actor, danger: Danger) -> None:
    if not any(actor.may(str(permission), danger.place) for permission in MAY_ADD):
        raise NotAllowed("access:missing-permission", permission=str(DangerPermission.RECTIFY))


@transaction.atomic
def answer_clause(danger_id: int, standard: str, clause: str, answer: Answer, *, actor: Actor, now: datetime) -> None:
    """Choose or reject a candidate clause, or name one that was not offered. It says nothing of the level by itself."""
    danger = danger_for(actor, danger_id)
    if not actor.may(str(DangerPermission.CONFIRM), danger.place):
        raise NotAllowed("access:missing-permission", permission=str(DangerPermission.CONFIRM))
    row, made = CandidateClause.objects.get_or_create(danger=danger, standard=standard, clause=clause)
    if not made and row.answer == answer:
        return  # said before
    told = {"answer": answer, "account_id": actor.id, "answered_at": now}
    CandidateClause.objects.filter(pk=row.pk).update(**told)
    event = ClauseAnswered(danger.pk, standard, clause, answer)
    journal.record([line_of(danger, event, china_day(now))], actor=actor, now=now)
