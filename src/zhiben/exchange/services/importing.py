"""A ledger brought in from a file at once, without a page: what the command and the demo do."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from zhiben.exchange.domain.cells import Problem
from zhiben.exchange.domain.stages import Verdict
from zhiben.exchange.domain.staging import Staged
from zhiben.exchange.models import Import
from zhiben.exchange.permissions import ExchangePermission
from zhiben.exchange.selectors.imports import profile_fitting, staged_rows
from zhiben.exchange.services.bringing import (
    Progress,
    batch_of,
    finish_import,
    lay_down,
    quiet,
    start_import,
    write_part,
)
from zhiben.exchange.services.judging import Bringing, judged
from zhiben.exchange.services.uploading import Upload, assumed_before, heads_of, keys_of, read_mapping, upload_ledger
from zhiben.kernel.actor import Actor, require
from zhiben.orgs.models import Unit
from zhiben.orgs.public import unit_place

BREATH = 0.001  # seconds in which others, who look twice in them, may write
LATER = timedelta(minutes=5)  # when a worker goes on with what a killed command left


@dataclass(slots=True)
class Report:
    """What became of a ledger. `problems` name what people must mend, `warnings` what was assumed."""

    read: int = 0
    accepted: int = 0
    repeated: int = 0
    rejected: int = 0
    written: int = 0
    warnings: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    id: UUID | None = None  # of the import; None when it was only tried

    def add(self, rows: Sequence[Staged]) -> None:
        """Count rows; a report that says nothing is a problem too, though its row is written."""
        for row in rows:
            self.read += 1
            self.accepted += row.verdict is Verdict.ACCEPTED
            self.repeated += row.verdict is Verdict.REPEATED
            self.rejected += row.verdict is Verdict.REJECTED
            self.problems += row.problems
            for one in row.warnings:
                (self.problems if one.code.startswith("report:") else self.warnings).append(one)

    def told(self) -> dict[str, Any]:
        """Return the report as the command tells it."""
        return {
            "read": self.read,
            "accepted": self.accepted,
            "repeated": self.repeated,
            "rejected": self.rejected,
            "written": self.written,
            "warnings": [shown(one) for one in self.warnings],
            "problems": [shown(one) for one in self.problems],
        }


def shown(one: Problem) -> dict[str, Any]:
    """Return a problem as the command tells it."""
    return {"sheet": one.sheet, "row": one.row, "column": one.column, "code": one.code, "value": one.value}


def try_ledger(
    path: Path, unit: Unit, *, actor: Actor, now: datetime, channel: str = "self_check", tell: Progress = quiet
) -> tuple[Report, list[Staged]]:
    """Say what an import would do; write nothing. Also returns the rows, without the texts that would be written."""
    require(actor, ExchangePermission.MAKE_IMPORT, unit_place(unit))
    today = timezone.localdate(now)
    fitting = profile_fitting(actor, unit, keys_of(heads_of(path, today)[1]))
    with path.open("rb") as file:
        assumed_on = assumed_before(hashlib.file_digest(file, "sha256").hexdigest(), unit) or today
    mapping = read_mapping(fitting.mapping) if fitting else {}
    report, rows = Report(), list[Staged]()
    with judged(path, Bringing(actor, unit, today, assumed_on, channel, mapping)) as judgement:
        for part in judgement.parts():
            report.add(part)
            for row in part:
                row.told = None
            rows += part
            tell(report.read, None)
        report.skipped = dict(judgement.skipped)
    return report, rows


def import_ledger(
    path: Path,
    unit: Unit,
    *,
    actor: Actor,
    now: datetime,
    accept_good: bool = False,
    channel: str = "self_check",
    tell: Progress = quiet,
) -> Report:
    """Bring a ledger in from a file: keep it, judge every row, then write, unless rows are rejected.

    Killed half way, a worker goes on with it later; the command run again finds what is written repeated.
    """
    batch = upload_ledger(Upload(path, path.name), unit, actor=actor, now=now, channel=channel)
    lay_down(batch, actor=actor, now=now, tell=tell)
    batch.refresh_from_db()
    if batch.accepted and (accept_good or not batch.rejected):
        start_import(batch.pk, accept_good=accept_good, actor=actor, now=now, at=timezone.now() + LATER)
        _write(batch, actor=actor, now=now, tell=tell)
    return report_of(batch)


def _write(batch: Import, *, actor: Actor, now: datetime, tell: Progress) -> None:
    done = 0
    while (rows := write_part(batch, actor=actor, now=now)) is not None:
        done += rows
        tell(done, batch.accepted)
        if connection.vendor == "sqlite":
            time.sleep(BREATH)
    finish_import(batch, actor=actor, now=now)


def report_of(batch: Import) -> Report:
    """Return the report of an import as it stands."""
    batch.refresh_from_db()
    report = Report(id=batch.pk, skipped=batch.skipped)
    for row in staged_rows(batch):
        report.add([row])
    report.written = batch.written
    return report


def rows_of(import_id: UUID | None) -> list[Staged]:
    """Return the rows of an import with their verdicts."""
    return list(staged_rows(batch_of(import_id))) if import_id else []
