"""Many documents as one PDF: put in as a job, made by the worker, kept for whoever asked."""

import io
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhiben.clocks.public import enqueue
from zhiben.documents.events import DocumentsPrinted
from zhiben.documents.models import PrintRun
from zhiben.documents.permissions import DocumentPermission
from zhiben.documents.selectors.reading import Wanted, ids_for
from zhiben.documents.selectors.rendering import render_many
from zhiben.files.public import ALLOWED, keep_file
from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor, Place
from zhiben.kernel.errors import Conflict, Invalid, NotFound
from zhiben.kernel.periods import local_day
from zhiben.orgs.tree import nation

PRINT = "document:print"
MOST = 2_000


@transaction.atomic
def start_print(wanted: Wanted, *, language: str, actor: Actor, now: datetime) -> PrintRun:
    """Let a worker make one PDF of all documents that fit."""
    if actor.id is None or not actor.has(DocumentPermission.VIEW):
        raise NotFound("document:not-found")
    count = len(ids_for(actor, wanted, most=MOST + 1))
    if not count:
        raise Invalid("document:none-chosen", field="document")
    if count > MOST:
        raise Invalid("document:too-many", field="document", most=MOST)
    run = PrintRun.objects.create(
        account_id=actor.id, wanted=asdict(wanted), language=language, documents=count, created_at=now
    )
    enqueue(PRINT, {"run": str(run.pk)}, key=f"{PRINT}/{run.pk}", total=1, actor=actor, now=now)
    return run


def draw_run(run_id: UUID, *, actor: Actor) -> bytes:
    """Draw what fits now, as far as the actor may see it; outside any transaction, for it takes its time."""
    run = PrintRun.objects.get(pk=run_id)
    ids = ids_for(actor, Wanted(**run.wanted), most=MOST)
    if not ids:
        raise Conflict("document:none-chosen")
    return render_many(ids, run.language)


@transaction.atomic
def keep_run(run_id: UUID, content: bytes, *, actor: Actor, now: datetime) -> None:
    """Keep the file made, hung where no grant reaches; then journal it."""
    run = PrintRun.objects.get(pk=run_id)
    if run.file:
        return
    kept = keep_file(
        io.BytesIO(content), f"{run.created_at:%Y%m%d-%H%M}.pdf", subject=f"print/{run.pk}", place=Place(""),
        unit_id=nation().pk, purpose="print", actor=actor, now=now, allowed=ALLOWED,
    )  # fmt: skip
    PrintRun.objects.filter(pk=run_id).update(file=kept.id, sha256=kept.sha256, ended_at=now)
    event = DocumentsPrinted(run.documents, kept.sha256)
    journal.record([Line(event, f"print/{run.pk}", "system", local_day(now))], actor=actor, now=now)
