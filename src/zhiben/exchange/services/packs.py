"""A region's packs out and in: as a workbook and as YAML; a workbook that has problems goes back with them in its cells."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import xlsxwriter
import yaml
from django.db import transaction

from zhiben.exchange.reader import open_workbook
from zhiben.exchange.services.marking import mark
from zhiben.exchange.services.uploading import Upload
from zhiben.files.public import XLSX, FileKept, FileView, file_for, keep_file, original_path
from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Conflict, Invalid, NotFound
from zhiben.kernel.periods import local_day
from zhiben.law.pack_texts import LONGEST, PackKind
from zhiben.orgs.public import unit_place
from zhiben.standards.domain.pack_sheets import CellAt, SheetOut, Taken, from_sheets, to_sheets
from zhiben.standards.public import PackPermission, check_pack, kind_of_pack, pack_for, pack_version_for, write_draft

PURPOSE, WIDTH, WIDE = "pack-workbook", 16, 44
LONGEST_CELL = 32_767  # of any workbook
ADDED = Bilingual("问题", "Problems")
TAKEN = frozenset({XLSX, "application/zip"})


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with a cell."""

    at: CellAt
    field: str
    why: Bilingual


@dataclass(frozen=True, slots=True)
class WorkbookRead:
    """A pack as a workbook holds it: its text, what is wrong with it, how wide its sheets are."""

    text: str
    problems: tuple[CellProblem, ...]
    widths: dict[str, tuple[int, int]]  # by sheet: its first row and its first free column, both from 1


# out ------------------------------------------------------------------------------------------------------------------


def pack_workbook(actor: Actor, slug: str, number: int) -> bytes:
    """Return a version of a pack as a workbook; refuse a text that cannot be read as a pack."""
    version = pack_version_for(actor, slug, number)
    kind = kind_of_pack(version.pack)
    found = check_pack(slug, kind, version.text)
    if found.document is None or (found.standard is None and found.key_list is None):
        raise Conflict("pack:has-problems", problems=len(found.problems), line=found.problems[0].line)
    return _written(to_sheets(kind, found.document))


def _written(sheets: Sequence[SheetOut]) -> bytes:
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for one in sheets:
        sheet = book.add_worksheet(one.name)
        sheet.freeze_panes(1, 0)
        for at, heading in enumerate(one.headings):
            wide = heading.endswith(("zh", "en", "value", "rule", "facts"))
            sheet.set_column(at, at, WIDE if wide else WIDTH)
            sheet.write_string(0, at, heading, bold)
        for line, row in enumerate(one.rows, start=1):
            for at, value in enumerate(row):
                _write(sheet, line, at, value, wrap)
    book.close()
    return out.getvalue()


def _write(sheet: Any, line: int, at: int, value: Any, wrap: Any) -> None:
    """Write a value as what it is: text is never taken for a formula or a number."""
    if isinstance(value, bool):
        sheet.write_boolean(line, at, value, wrap)
    elif isinstance(value, int | float):
        sheet.write_number(line, at, value, wrap)
    elif isinstance(value, str):
        if len(value) > LONGEST_CELL:
            raise Conflict("pack:unfit-text", most=LONGEST_CELL)
        sheet.write_string(line, at, value, wrap)


# in -------------------------------------------------------------------------------------------------------------------


def read_pack_workbook(path: Path, slug: str, kind: PackKind) -> WorkbookRead:
    """Read a workbook in the child, as a pack's text with its problems in their cells."""
    with open_workbook(path) as reading:
        if reading.form != "xlsx":
            raise Invalid("pack:not-a-workbook", field="file")
        read = [
            (head.name, [(row.number, row.cells) for row in rows])
            for head, rows in reading.sheets()
            if not head.is_hidden
        ]
    taken = from_sheets(kind, read)
    text = yaml.safe_dump(taken.document, allow_unicode=True, sort_keys=False, width=110)
    if len(text) > LONGEST:
        raise Invalid("pack:unfit-text", field="file", most=LONGEST)
    widths = {name: (rows[0][0], max(len(cells) for _, cells in rows) + 1) for name, rows in read if rows}
    return WorkbookRead(text, tuple(_problems(taken, slug, kind, text)), widths)


def _problems(taken: Taken, slug: str, kind: PackKind, text: str) -> Iterator[CellProblem]:
    for at, why in taken.wrong:
        yield CellProblem(at, "", Bilingual(why.zh, str(why)))
    if taken.wrong:
        return
    first = next(iter(taken.places.values()))
    for one in check_pack(slug, kind, text).problems:
        way = tuple(int(step) if step.isdigit() and at == 1 else step for at, step in enumerate(one.field.split("/")))
        yield CellProblem(taken.at(way) or first, one.field, Bilingual(one.reason.zh, str(one.reason)))


def upload_pack(slug: str, upload: Upload, *, seen: int, actor: Actor, now: datetime) -> FileView | None:
    """Take a file as a pack's draft; a workbook with problems changes nothing and is kept to be given back marked."""
    pack = pack_for(actor, slug)
    require(actor, PackPermission.WRITE, unit_place(pack.unit))
    with upload.path.open("rb") as stream:
        is_workbook = stream.read(2) == b"PK"
    if not is_workbook:
        write_draft(slug, _yaml_of(upload.path), seen=seen, actor=actor, now=now)
        return None
    read = read_pack_workbook(upload.path, slug, kind_of_pack(pack))
    if not read.problems:
        write_draft(slug, read.text, seen=seen, actor=actor, now=now)
        return None
    return _keep(slug, upload, actor=actor, now=now)


def _yaml_of(path: Path) -> str:
    """Return a YAML file's text, sign by sign as it came."""
    if path.stat().st_size > LONGEST * 4:
        raise Invalid("pack:unfit-text", field="file", most=LONGEST)
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid("pack:not-a-workbook", field="file") from None


@transaction.atomic
def _keep(slug: str, upload: Upload, *, actor: Actor, now: datetime) -> FileView:
    pack = pack_for(actor, slug)
    with upload.path.open("rb") as stream:
        kept = keep_file(
            stream, upload.name, subject=f"pack/{slug}", purpose=PURPOSE, place=unit_place(pack.unit),
            unit_id=pack.unit_id, allowed=TAKEN, actor=actor, now=now,
        )  # fmt: skip
    event = FileKept(str(kept.id), kept.sha256, kept.size, kept.type, kept.purpose, kept.name)
    journal.record([Line(event, f"pack/{slug}", "system", local_day(now))], actor=actor, now=now)
    return kept


def kept_workbook(actor: Actor, slug: str, file_id: UUID) -> tuple[FileView, WorkbookRead]:
    """Return a workbook that was refused, read again: the vocabulary may know more by now."""
    pack = pack_for(actor, slug)
    require(actor, PackPermission.WRITE, unit_place(pack.unit))
    kept = file_for(actor, file_id)
    if kept.subject != f"pack/{slug}" or kept.purpose != PURPOSE or kept.is_shredded:
        raise NotFound("file:not-found")
    return kept, read_pack_workbook(original_path(kept.sha256), slug, kind_of_pack(pack))


@contextmanager
def marked_workbook(actor: Actor, slug: str, file_id: UUID, language: str) -> Iterator[Path]:
    """Give the same workbook with each problem in its cell; it is gone after the block."""
    kept, read = kept_workbook(actor, slug, file_id)
    with tempfile.TemporaryDirectory(prefix="zhiben-pack-") as folder:
        made = Path(folder) / "back.xlsx"
        if not mark(original_path(kept.sha256), made, _marks(read, language)):
            raise Conflict("pack:not-marked")
        yield made


def _marks(read: WorkbookRead, language: str) -> dict[str, Any]:
    sheets: dict[str, Any] = {}
    for one in read.problems:
        header, first = read.widths.get(one.at.sheet, (1, 1))
        told = sheets.setdefault(one.at.sheet, {"first": first, "header": header, "rows": {}})
        row = told["rows"].setdefault(one.at.row, {})
        row.setdefault(one.at.letter, []).append(" ".join(filter(None, [one.field, one.why(language)])))
    for told in sheets.values():
        told["rows"] = [
            [number, ["\n".join(text for texts in cells.values() for text in texts)] if number != told["header"] else [],
             [[letter, "\n".join(texts), True] for letter, texts in cells.items()]]
            for number, cells in sorted(told["rows"].items())
        ]  # fmt: skip
    return {"headings": [ADDED(language)], "sheets": sheets}
