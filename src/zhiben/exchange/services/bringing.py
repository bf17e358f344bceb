"""An import's way: its rows judged and laid down, then written part by part, each part one transaction."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from zhiben.clocks.public import enqueue
from zhiben.dangers.public import Channel, ImportedDanger, Level, SetBy, State, report_dangers
from zhiben.exchange.domain.stages import Stage, Verdict
from zhiben.exchange.domain.staging import LONG, Staged, Told, by_day, pack, unpack
from zhiben.exchange.events import ImportFinished, ImportStarted
from zhiben.exchange.models import Import, ImportPart
from zhiben.exchange.selectors.imports import import_for, staged_rows
from zhiben.exchange.services.judging import Bringing, Judgement, judged
from zhiben.exchange.services.uploading import read_mapping, subject_of
from zhiben.files.public import original_path
from zhiben.journal import public as journal
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, NotFound, Refusal

READ, WRITE = "import:read", "import:write"
Progress = Callable[[int, int | None], None]


def quiet(_done: int, _total: int | None) -> None:
    """Tell nobody."""


# judging and laying down ----------------------------------------------------------------------------------------------


@transaction.atomic
def start_reading(import_id: UUID, *, actor: Actor, now: datetime) -> UUID:
    """Let a worker judge the rows."""
    batch = import_for(actor, import_id)
    _advance(batch, [Stage.UPLOADED, Stage.PREVIEWED], Stage.READING, error="", error_facts={}, answer=None)
    return enqueue(
        READ,
        {"import": str(batch.pk)},
        key=f"{READ}/{batch.pk}/{now.isoformat()}",
        actor=actor,
        now=now,
        place=batch.place,
    )


def lay_down(batch: Import, *, actor: Actor, now: datetime, tell: Progress = quiet) -> None:
    """Judge every row and lay them down in parts; an import that cannot be read says why. Safe to run again."""
    try:
        with judged(original_path(batch.sha256), _bringing(batch, actor, now)) as judgement:
            totals = _lay_parts(batch, judgement, tell)
    except Refusal as refusal:
        facts = {name: str(value) for name, value in refusal.facts.items()}
        _rows(batch).update(stage=Stage.REFUSED, error=refusal.code, error_facts=facts, ended_at=now)
        raise
    reading = _rows(batch).filter(stage__in=[Stage.UPLOADED, Stage.READING])
    if not reading.update(stage=Stage.PREVIEWED, **totals):
        raise Conflict("import:already-started")


def _bringing(batch: Import, actor: Actor, now: datetime) -> Bringing:
    return Bringing(
        actor, batch.unit, timezone.localdate(now), batch.assumed_on, batch.channel, read_mapping(batch.mapping)
    )


def _lay_parts(batch: Import, judgement: Judgement, tell: Progress) -> dict[str, Any]:
    """Store the parts, each for itself: what a killed reading left is replaced by the next."""
    ImportPart.objects.filter(batch=batch).delete()
    counts: Counter[str] = Counter()
    for number, rows in enumerate(judgement.parts()):
        part = _part(batch, number, rows)
        ImportPart.objects.bulk_create(
            [part], update_conflicts=True, unique_fields=["batch", "number"],
            update_fields=["rows", "accepted", "repeated", "rejected", "warned"],
        )  # fmt: skip
        counts += _counted(rows)
        tell(counts["read"], None)
    if counts["read"] > LONG:
        _lay_by_day(batch)
    return {name: counts[name] for name in COUNTED} | {"skipped": dict(judgement.skipped), "written": 0}


def _lay_by_day(batch: Import) -> None:
    """Lay the rows down once more, in the order in which they will be written."""
    parts = [_part(batch, number, rows) for number, rows in enumerate(by_day(staged_rows(batch)))]
    with transaction.atomic():
        ImportPart.objects.filter(batch=batch).delete()
        ImportPart.objects.bulk_create(parts, batch_size=50)


COUNTED = ("read", "accepted", "repeated", "rejected", "warnings")


def _counted(rows: list[Staged]) -> Counter[str]:
    return Counter(
        {
            "read": len(rows),
            **{str(verdict): sum(row.verdict is verdict for row in rows) for verdict in Verdict},
            "warnings": sum(len(row.warnings) for row in rows),
        }
    )


def _part(batch: Import, number: int, rows: list[Staged]) -> ImportPart:
    counts = _counted(rows)
    told = {str(verdict): counts[str(verdict)] for verdict in Verdict}
    return ImportPart(
        batch=batch, number=number, rows=pack(rows), warned=sum(bool(row.warnings) for row in rows), **told
    )


# writing --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def start_import(
    import_id: UUID, *, accept_good: bool, actor: Actor, now: datetime, at: datetime | None = None
) -> UUID:
    """Let the accepted rows be written: all of them, or, where rows are rejected, only when told to.

    The job begins at `at`: who writes the parts at once, as the command does, leaves it to it to go on if killed.
    """
    batch = import_for(actor, import_id)
    if batch.rejected and not accept_good:
        raise Conflict("import:rows-rejected", rejected=batch.rejected)
    _advance(batch, [Stage.PREVIEWED], Stage.WRITING, started_at=now, answer=None)
    event = ImportStarted(
        file=str(batch.file), sha256=batch.sha256, name=batch.name, read=batch.read, accepted=batch.accepted,
        repeated=batch.repeated, rejected=batch.rejected,
    )  # fmt: skip
    job = enqueue(
        WRITE, {"import": str(batch.pk)}, key=f"{WRITE}/{batch.pk}", total=batch.accepted, actor=actor, now=now,
        place=batch.place, at=at,
    )  # fmt: skip
    record_event(batch, event, actor=actor, now=now)
    return job


@transaction.atomic
def write_part(batch: Import, *, actor: Actor, now: datetime) -> int | None:
    """Write the next part that waits; return how many of its rows are done, None when none waits.

    Whoever comes second to a part, after a kill or beside us, finds it written.
    """
    if not _rows(batch).filter(stage=Stage.WRITING).update(stage=Stage.WRITING):  # holds the import until the end
        return None
    part = ImportPart.objects.filter(batch=batch, is_written=False).order_by("number").first()
    if part is None:
        return None
    rows = unpack(part.rows)
    good = [row for row in rows if row.told]
    told = [danger_of(row.told, batch, row) for row in good if row.told]
    reported = report_dangers(told, actor=actor, now=now) if told else []
    for row, known in zip(good, reported, strict=True):
        row.danger, row.told = known.id, None
        if not known.is_new:  # told by somebody else since the preview
            row.verdict, row.repeats = Verdict.REPEATED, f"#{known.id}"
    written = sum(known.is_new for known in reported)
    late = len(reported) - written
    fresh = _part(batch, part.number, rows)
    columns = {name: getattr(fresh, name) for name in ("rows", "accepted", "repeated")}
    ImportPart.objects.filter(pk=part.pk).update(is_written=True, **columns)
    _rows(batch).update(written=F("written") + written, accepted=F("accepted") - late, repeated=F("repeated") + late)
    return len(good)


def danger_of(told: Told, batch: Import, row: Staged) -> ImportedDanger:
    """Return a row as the dangers' room takes it."""
    return ImportedDanger(
        unit_id=told.unit,
        description=told.description,
        found_on=told.found_on,
        channel=Channel(told.channel),
        place_text=told.place,
        party_id=told.party,
        local_level=told.local_level,
        finder=told.finder,
        ref=told.ref,
        day_assumed=told.day_assumed,
        state=State(told.state),
        level=Level(told.level),
        due_on=told.due_on,
        due_set_by=SetBy(told.due_set_by),
        owner_name=told.owner,
        closed_on=told.closed_on,
        batch=str(batch.pk),
        row=row.row,
    )


@transaction.atomic
def finish_import(batch: Import, *, actor: Actor, now: datetime) -> bool:
    """Close an import whose parts are all written; return whether it was us."""
    waiting = ImportPart.objects.filter(batch=batch, is_written=False).exists()
    if waiting or not _rows(batch).filter(stage=Stage.WRITING).update(stage=Stage.DONE, ended_at=now, answer=None):
        return False
    batch.refresh_from_db()
    record_event(batch, ImportFinished(batch.written, batch.repeated, batch.rejected), actor=actor, now=now)
    return True


# shared ---------------------------------------------------------------------------------------------------------------


def batch_of(import_id: str | UUID) -> Import:
    """Return an import by its number, for jobs that were let in when they were asked for."""
    batch: Import | None = Import.unscoped.select_related("unit").filter(pk=import_id).first()
    if batch is None:
        raise NotFound("import:not-found")
    return batch


def record_event(batch: Import, event: Event, *, actor: Actor, now: datetime) -> None:
    """Journal something about an import, as the transaction's last step."""
    chain = f"enterprise:{batch.enterprise_id}" if batch.enterprise_id else "system"
    journal.record([Line(event, subject_of(batch.pk), chain, timezone.localdate(now))], actor=actor, now=now)


def _rows(batch: Import) -> QuerySet[Import]:
    return Import.unscoped.filter(pk=batch.pk)


def _advance(batch: Import, sources: list[Stage], target: Stage, **columns: Any) -> None:
    """Move an import on, if nobody was faster."""
    if not _rows(batch).filter(stage__in=sources).update(stage=target, **columns):
        raise Conflict("import:already-started")
