"""A ledger comes in: the file is opened in the child, kept, and its headings recognised; people correct them."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zhiben.exchange.domain.fields import Field
from zhiben.exchange.domain.headings import normalised_heading
from zhiben.exchange.domain.ledgers import Ledger, read_ledger
from zhiben.exchange.domain.rows import Context
from zhiben.exchange.domain.stages import Stage
from zhiben.exchange.domain.tables import Skipped
from zhiben.exchange.domain.workbook import SheetHead, SheetRow
from zhiben.exchange.models import Import, Profile
from zhiben.exchange.permissions import ExchangePermission
from zhiben.exchange.reader import open_workbook
from zhiben.exchange.selectors.imports import import_for, profile_fitting, profile_for
from zhiben.files.public import ALLOWED, keep_file
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.kernel.ids import uuid7
from zhiben.orgs.models import Unit
from zhiben.orgs.public import unit_place

CHUNK = 1024 * 1024
TAKEN = ALLOWED | {"application/zip"}  # what the reader has read is a workbook, wherever its parts lie in the file


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on our disk, not kept yet, and the name it came under."""

    path: Path
    name: str


@contextmanager
def received(stream: IO[bytes], name: str) -> Iterator[Upload]:
    """Put an uploaded stream where the reading child can open it, for as long as the block lasts."""
    with tempfile.NamedTemporaryFile(prefix="zhiben-ledger-") as file:
        while chunk := stream.read(CHUNK):
            file.write(chunk)
        file.flush()
        yield Upload(Path(file.name), name)


def upload_ledger(
    upload: Upload, unit: Unit, *, actor: Actor, now: datetime, channel: str = "self_check", profile: int | None = None
) -> Import:
    """Keep a ledger to be imported under a unit, with its headings as recognised."""
    require(actor, ExchangePermission.MAKE_IMPORT, unit_place(unit))
    today = timezone.localdate(now)
    form, plain = heads_of(upload.path, today)
    fitting = profile_for(actor, profile) if profile else profile_fitting(actor, unit, keys_of(plain))
    mapping: dict[str, Field | None] = read_mapping(fitting.mapping) if fitting else {}
    heads = heads_of(upload.path, today, mapping)[1] if mapping else plain
    return _keep(upload, unit, form, heads, fitting, channel=channel, actor=actor, now=now)


@transaction.atomic
def _keep(
    upload: Upload,
    unit: Unit,
    form: str,
    heads: list[dict[str, Any]],
    profile: Profile | None,
    *,
    channel: str,
    actor: Actor,
    now: datetime,
) -> Import:
    batch_id, place = uuid7(), unit_place(unit)
    with upload.path.open("rb") as stream:
        kept = keep_file(
            stream, upload.name, subject=subject_of(batch_id), purpose="ledger", place=place, unit_id=unit.pk,
            allowed=TAKEN, actor=actor, now=now,
        )  # fmt: skip
    batch: Import = Import.unscoped.create(
        pk=batch_id,
        file=kept.id,
        sha256=kept.sha256,
        name=kept.name,
        form=form,
        unit=unit,
        path=unit.path,
        enterprise_id=place.enterprise,
        account_id=actor.id,
        channel=channel,
        assumed_on=assumed_before(kept.sha256, unit) or timezone.localdate(now),
        heads=heads,
        mapping=profile.mapping if profile else {},
        profile=profile,
        created_at=now,
    )
    return batch


def subject_of(import_id: UUID) -> str:
    """Return the name an import bears in journal and files."""
    return f"import/{import_id}"


def assumed_before(sha256: str, unit: Unit) -> date | None:
    """Return the day that stood in for missing ones when this very file came before, so that its rows repeat."""
    before = Import.unscoped.filter(sha256=sha256, unit=unit, started_at__isnull=False).order_by("created_at").first()
    return before.assumed_on if before else None


def heads_of(
    path: Path, today: date, mapping: Mapping[str, Field | None] | None = None
) -> tuple[str, list[dict[str, Any]]]:
    """Return a workbook's form, and for each sheet the headings as recognised or why it is passed over."""
    with open_workbook(path) as reading:
        heads = [_head(head, rows, today, mapping or {}) for head, rows in reading.sheets()]
        form = reading.form
    if not any(head["columns"] for head in heads):
        raise Invalid("workbook:no-ledger", sheets=", ".join(f"{head['sheet']}: {head['reason']}" for head in heads))
    return form, heads


def _head(
    head: SheetHead, rows: Iterator[SheetRow], today: date, mapping: Mapping[str, Field | None]
) -> dict[str, Any]:
    if head.is_hidden:
        return {"sheet": head.name, "reason": "sheet:hidden", "columns": []}
    ledger = read_ledger(head, rows, Context(today), mapping)
    if not isinstance(ledger, Ledger):
        return {"sheet": head.name, "reason": ledger.reason if isinstance(ledger, Skipped) else "", "columns": []}
    columns = [
        {
            "letter": one.column.letter,
            "heading": one.column.heading,
            "key": normalised_heading(one.column.heading),
            "field": one.field or "",
            "reason": one.reason,
            "sure": one.confidence >= 0.8,
            "samples": list(one.samples),
        }
        for one in ledger.mapped.columns
    ]
    return {"sheet": head.name, "reason": "", "columns": columns, "header": ledger.table.last_header_row}


def keys_of(heads: list[dict[str, Any]]) -> set[str]:
    """Return the normalised headings of all sheets."""
    return {column["key"] for head in heads for column in head["columns"]}


def read_mapping(stored: Mapping[str, str | None]) -> dict[str, Field | None]:
    """Return a stored mapping as the reader wants it; a field that no longer exists is left alone."""
    known = set(Field)
    return {key: Field(name) if name else None for key, name in stored.items() if not name or name in known}


@transaction.atomic
def map_headings(
    import_id: UUID,
    mapping: Mapping[str, Field | None],
    *,
    actor: Actor,
    now: datetime,
    channel: str | None = None,
    assumed_on: date | None = None,
    profile_name: str = "",
) -> None:
    """Take what the user says of the headings, and keep it under a name if one is given."""
    batch = import_for(actor, import_id, ExchangePermission.MAKE_IMPORT)
    taken = [name for name in mapping.values() if name]
    if len(taken) != len(set(taken)):
        twice = next(name for name in taken if taken.count(name) > 1)
        raise Invalid("import:field-twice", field="mapping", value=str(twice))
    if not {Field.DESCRIPTION, Field.NAME} & set(taken):
        raise Invalid("import:no-description", field="mapping")
    if assumed_on and assumed_on > timezone.localdate(now):
        raise Invalid("import:assumed-day-to-come", field="assumed_on")
    columns: dict[str, Any] = {"mapping": dict(mapping), "stage": Stage.UPLOADED}
    columns |= {name: value for name, value in (("channel", channel), ("assumed_on", assumed_on)) if value}
    if profile_name.strip():
        columns["profile"] = _keep_profile(batch, profile_name.strip()[:100], mapping, actor=actor, now=now)
    changeable = Import.unscoped.filter(pk=batch.pk, stage__in=[Stage.UPLOADED, Stage.PREVIEWED])
    if not changeable.update(**columns):
        raise Conflict("import:already-started")


def _keep_profile(
    batch: Import, name: str, mapping: Mapping[str, Field | None], *, actor: Actor, now: datetime
) -> Profile:
    said = {"mapping": dict(mapping), "account_id": actor.id, "at": now}
    where = {"path": batch.path, "enterprise_id": batch.enterprise_id}
    profile, _ = Profile.unscoped.update_or_create(unit_id=batch.unit_id, name=name, defaults=said | where)
    return profile  # type: ignore[no-any-return]  # an untyped manager
