"""A list taken out as a table: every row the actor may see, typed, nothing in it a formula."""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import xlsxwriter
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from zhiben.clocks.public import enqueue
from zhiben.exchange.domain.neutral import neutral
from zhiben.exchange.events import ExportMade
from zhiben.exchange.models import Export
from zhiben.exchange.permissions import ExchangePermission
from zhiben.exchange.services.lists import Column, Row, Value, listing_named
from zhiben.files.public import CSV, XLSX, keep_file, original_path
from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor, Place
from zhiben.kernel.errors import NotAllowed, NotFound, Refusal
from zhiben.orgs.tree import nation

EXPORT = "export:make"
SHEET_ROWS = 1_000_000  # of one xlsx sheet, below the format's own limit
FORMS = ("xlsx", "csv")
TOLD_EVERY = 500
Tell = Callable[[int], None]


def write_export(
    target: Path,
    form: str,
    columns: Sequence[Column],
    rows: Iterator[Row],
    *,
    actor: Actor,
    language: str,
    tell: Tell = lambda _done: None,
) -> int:
    """Write a list as a file; return how many rows it has."""
    if not actor.has(ExchangePermission.MAKE_EXPORT):
        raise NotAllowed("access:missing-permission", permission=str(ExchangePermission.MAKE_EXPORT))
    write = {"xlsx": _write_xlsx, "csv": _write_csv}[form]
    try:
        with override(language):
            return write(target, columns, _telling(rows, tell), language)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise Refusal("file:no-space", name=target.name) from error


def _telling(rows: Iterator[Row], tell: Tell) -> Iterator[Row]:
    done = 0
    for done, row in enumerate(rows, 1):
        if done % TOLD_EVERY == 0:
            tell(done)
        yield row
    tell(done)


def _write_csv(target: Path, columns: Sequence[Column], rows: Iterator[Row], language: str) -> int:
    """Write with a mark at the head by which spreadsheets know UTF-8."""
    count = 0
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([str(column.heading) for column in columns])
        for row in rows:
            count += 1
            writer.writerow([_plain(column.read(row, language)) for column in columns])
    return count


def _plain(value: Value) -> str | int:
    if isinstance(value, date):
        return value.isoformat()
    return neutral(value) if isinstance(value, str) else "" if value is None else value


def _write_xlsx(target: Path, columns: Sequence[Column], rows: Iterator[Row], language: str) -> int:
    """Write days as days; a new sheet begins where one is full."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": str(target.parent),
    }
    book = xlsxwriter.Workbook(str(target), options)
    day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
    count, sheet = 0, _sheet(book, bold, columns)
    for row in rows:
        if count and count % SHEET_ROWS == 0:
            sheet = _sheet(book, bold, columns)
        count += 1
        line = (count - 1) % SHEET_ROWS + 1
        for at, column in enumerate(columns):
            value = column.read(row, language)
            if isinstance(value, date):
                sheet.write_datetime(line, at, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 -- a day
            elif isinstance(value, str):
                sheet.write_string(line, at, neutral(value)[:32_767])
            elif isinstance(value, int):
                sheet.write_number(line, at, value)
    book.close()
    return count


def _sheet(book: Any, bold: Any, columns: Sequence[Column]) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, str(column.heading), bold)
    return sheet


# as a job -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def start_export(name: str, form: str, query: str, *, language: str, actor: Actor, now: datetime) -> Export:
    """Let a worker make a file of a list."""
    listing_named(name)
    if form not in FORMS:
        raise NotFound("export:no-such-form", form=form)
    export = Export.objects.create(
        account_id=actor.id, list=name, form=form, query=query, language=language, created_at=now
    )
    enqueue(EXPORT, {"export": str(export.pk)}, key=f"{EXPORT}/{export.pk}", actor=actor, now=now)
    return export


@transaction.atomic
def keep_export(export_id: UUID, made: Path, rows: int, *, actor: Actor, now: datetime) -> None:
    """Keep the file made, hung where no grant reaches: only who asked for it may have it; then journal it."""
    export = Export.objects.get(pk=export_id)
    with made.open("rb") as stream:
        kept = keep_file(
            stream, f"{export.list}-{export.created_at:%Y%m%d-%H%M}.{export.form}", subject=f"export/{export_id}", place=Place(""),
            unit_id=nation().pk, purpose="export", actor=actor, now=now, allowed={XLSX, CSV, "application/zip"},
        )  # fmt: skip
    Export.objects.filter(pk=export_id).update(file=kept.id, sha256=kept.sha256, rows=rows, ended_at=now)
    event = ExportMade(export.form, rows, export.query, export.list)
    journal.record([Line(event, f"export/{export_id}", "system", timezone.localdate(now))], actor=actor, now=now)


def exported_path(export: Export) -> Path:
    """Return where the file made lies."""
    if export.file is None:
        raise NotFound("export:not-ready")
    return original_path(export.sha256)
