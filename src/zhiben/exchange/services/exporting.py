"""A list of dangers taken out as a table: every row the actor may see, typed, nothing in it a formula."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import xlsxwriter
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override, pgettext_lazy

from zhiben.clocks.public import enqueue
from zhiben.dangers.public import Channel, Filters, Level, State, dangers_for, label
from zhiben.exchange.domain.neutral import neutral
from zhiben.exchange.events import ExportMade
from zhiben.exchange.models import Export
from zhiben.exchange.permissions import ExchangePermission
from zhiben.files.public import CSV, XLSX, keep_file, original_path
from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor, Place
from zhiben.kernel.errors import NotAllowed, NotFound, Refusal
from zhiben.law.facts import industries
from zhiben.law.matters import matters
from zhiben.orgs.tree import nation

EXPORT = "export:make"
PAGE = 500
SHEET_ROWS = 1_000_000  # of one xlsx sheet, below the format's own limit
FORMS = ("xlsx", "csv")
Value = str | int | date | None
Row = Mapping[str, Any]
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width, how a row's value is read."""

    heading: str | Promise
    width: int
    read: Callable[[Row, str], Value]


def _day(name: str) -> Callable[[Row, str], Value]:
    return lambda row, _language: date.fromisoformat(row[name]) if row[name] else None


def _word(name: str, kind: Callable[[str], Any]) -> Callable[[Row, str], Value]:
    return lambda row, language: label(kind(row[name]))(language) if row[name] else None


def _industry(row: Row, language: str) -> Value:
    known = industries().get(row["industry"])
    return known.label(language) if known else None


def _matter(row: Row, language: str) -> Value:
    known = matters().get(row["matter"])
    return known.title(language) if known else None


def _text(name: str) -> Callable[[Row, str], Value]:
    return lambda row, _language: row[name] or None


COLUMNS: tuple[Column, ...] = (
    Column(pgettext_lazy("export", "Number"), 24, _text("number")),
    Column(pgettext_lazy("export", "Found on"), 12, _day("found_on")),
    Column(pgettext_lazy("export", "Enterprise"), 30, _text("enterprise_name")),
    Column(pgettext_lazy("export", "Unit"), 24, _text("unit_name")),
    Column(pgettext_lazy("export", "Place"), 18, _text("place_text")),
    Column(pgettext_lazy("export", "Description"), 50, _text("description")),
    Column(pgettext_lazy("export", "Level"), 10, _word("level", Level)),
    Column(pgettext_lazy("export", "State"), 12, _word("state", State)),
    Column(pgettext_lazy("export", "Channel"), 12, _word("channel", Channel)),
    Column(pgettext_lazy("export", "Industry"), 16, _industry),
    Column(pgettext_lazy("export", "Matter"), 16, _matter),
    Column(pgettext_lazy("export", "Owner"), 12, _text("owner_name")),
    Column(pgettext_lazy("export", "Deadline"), 12, _day("due_on")),
    Column(
        pgettext_lazy("export", "Overdue"),
        10,
        lambda row, _language: str(pgettext_lazy("export", "yes")) if row["is_overdue"] else None,
    ),
    Column(pgettext_lazy("export", "Closed on"), 12, _day("closed_on")),
)


def write_export(
    target: Path, form: str, filters: Filters, *, actor: Actor, language: str, tell: Tell = lambda _done: None
) -> int:
    """Write a list as a file; return how many rows it has."""
    if not actor.has(ExchangePermission.MAKE_EXPORT):
        raise NotAllowed("access:missing-permission", permission=str(ExchangePermission.MAKE_EXPORT))
    write = {"xlsx": _write_xlsx, "csv": _write_csv}[form]
    try:
        with override(language):
            return write(target, _rows(filters, actor, tell), language)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise Refusal("file:no-space", name=target.name) from error


def _rows(filters: Filters, actor: Actor, tell: Tell) -> Iterator[Row]:
    done, after = 0, None
    while True:
        page = dangers_for(actor, filters, after=after, limit=PAGE)
        yield from page.dicts()
        done += len(page.rows)
        tell(done)
        if page.next is None:
            return
        after = page.next


def _write_csv(target: Path, rows: Iterator[Row], language: str) -> int:
    """Write with a mark at the head by which spreadsheets know UTF-8."""
    count = 0
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([str(column.heading) for column in COLUMNS])
        for row in rows:
            count += 1
            writer.writerow([_plain(column.read(row, language)) for column in COLUMNS])
    return count


def _plain(value: Value) -> str | int:
    if isinstance(value, date):
        return value.isoformat()
    return neutral(value) if isinstance(value, str) else "" if value is None else value


def _write_xlsx(target: Path, rows: Iterator[Row], language: str) -> int:
    """Write days as days; a new sheet begins where one is full."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": str(target.parent),
    }
    book = xlsxwriter.Workbook(str(target), options)
    day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
    count, sheet = 0, _sheet(book, bold)
    for row in rows:
        if count and count % SHEET_ROWS == 0:
            sheet = _sheet(book, bold)
        count += 1
        line = (count - 1) % SHEET_ROWS + 1
        for at, column in enumerate(COLUMNS):
            value = column.read(row, language)
            if isinstance(value, date):
                sheet.write_datetime(line, at, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 -- a day
            elif isinstance(value, str):
                sheet.write_string(line, at, neutral(value)[:32_767])
    book.close()
    return count


def _sheet(book: Any, bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, str(column.heading), bold)
    return sheet


# as a job -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def start_export(form: str, query: str, *, language: str, actor: Actor, now: datetime) -> Export:
    """Let a worker make a file of a list."""
    if form not in FORMS:
        raise NotFound("export:no-such-form", form=form)
    export = Export.objects.create(account_id=actor.id, form=form, query=query, language=language, created_at=now)
    enqueue(EXPORT, {"export": str(export.pk)}, key=f"{EXPORT}/{export.pk}", actor=actor, now=now)
    return export


@transaction.atomic
def keep_export(export_id: UUID, made: Path, rows: int, *, actor: Actor, now: datetime) -> None:
    """Keep the file made, hung where no grant reaches: only who asked for it may have it; then journal it."""
    export = Export.objects.get(pk=export_id)
    with made.open("rb") as stream:
        kept = keep_file(
            stream, f"{export.created_at:%Y%m%d-%H%M}.{export.form}", subject=f"export/{export_id}", place=Place(""),
            unit_id=nation().pk, purpose="export", actor=actor, now=now, allowed={XLSX, CSV, "application/zip"},
        )  # fmt: skip
    Export.objects.filter(pk=export_id).update(file=kept.id, sha256=kept.sha256, rows=rows, ended_at=now)
    event = ExportMade(export.form, rows, export.query)
    journal.record([Line(event, f"export/{export_id}", "system", timezone.localdate(now))], actor=actor, now=now)


def exported_path(export: Export) -> Path:
    """Return where the file made lies."""
    if export.file is None:
        raise NotFound("export:not-ready")
    return original_path(export.sha256)
