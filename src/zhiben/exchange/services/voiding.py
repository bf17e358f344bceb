"""Taking an import back: every danger of it that nobody has moved since is withdrawn; the others are counted."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from zhiben.clocks.public import enqueue
from zhiben.dangers.public import Given, Move, move_dangers, untouched_of
from zhiben.exchange.domain.stages import Stage
from zhiben.exchange.domain.staging import unpack
from zhiben.exchange.events import ImportVoided
from zhiben.exchange.models import Import, ImportPart
from zhiben.exchange.permissions import ExchangePermission
from zhiben.exchange.selectors.imports import import_for
from zhiben.exchange.services.bringing import record_event
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, Invalid

VOID = "import:void"


@transaction.atomic
def start_voiding(import_id: UUID, *, reason: str, actor: Actor, now: datetime) -> UUID:
    """Let an import be taken back, also one that stopped half way."""
    batch = import_for(actor, import_id, ExchangePermission.VOID_IMPORT)
    if not reason.strip():
        raise Invalid("import:needs-reason", field="reason")
    voidable = Import.unscoped.filter(pk=batch.pk, stage__in=[Stage.WRITING, Stage.DONE])
    if not voidable.update(stage=Stage.VOIDING, reason=reason.strip()):
        raise Conflict("import:not-written")
    key = f"{VOID}/{batch.pk}"
    return enqueue(
        VOID, {"import": str(batch.pk)}, key=key, total=batch.written, actor=actor, now=now, place=batch.place
    )


@transaction.atomic
def withdraw_part(batch: Import, *, actor: Actor, now: datetime) -> int | None:
    """Withdraw the untouched dangers of the next part; return how many rows are done, None when no part is left."""
    if not Import.unscoped.filter(pk=batch.pk, stage=Stage.VOIDING).update(stage=Stage.VOIDING):
        return None
    part = ImportPart.objects.filter(batch=batch, is_written=True, is_withdrawn=False).order_by("number").first()
    if part is None:
        return None
    dangers = [row.danger for row in unpack(part.rows) if row.danger is not None and not row.repeats]
    free = untouched_of(str(batch.pk), dangers)
    if free:
        move_dangers(free, Move.WITHDRAW_IMPORT, Given(reason=batch.reason), actor=actor, now=now)
    ImportPart.objects.filter(pk=part.pk).update(is_withdrawn=True)
    Import.unscoped.filter(pk=batch.pk).update(
        withdrawn=F("withdrawn") + len(free), kept=F("kept") + len(dangers) - len(free)
    )
    return len(dangers)


@transaction.atomic
def finish_voiding(batch: Import, *, actor: Actor, now: datetime) -> bool:
    """Close a voided import; return whether it was us."""
    if not Import.unscoped.filter(pk=batch.pk, stage=Stage.VOIDING).update(stage=Stage.VOIDED, ended_at=now):
        return False
    batch.refresh_from_db()
    record_event(batch, ImportVoided(batch.withdrawn, batch.kept, batch.reason), actor=actor, now=now)
    return True
