"""The workbook given back: verdict, clauses, limit and problems as added columns, each problem marked in its cell."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import xlsxwriter
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from zhiben.clocks.public import enqueue
from zhiben.dangers.public import reach_of
from zhiben.exchange.domain.cells import Problem
from zhiben.exchange.domain.neutral import neutral
from zhiben.exchange.domain.sentences import sentence_of
from zhiben.exchange.domain.stages import Verdict
from zhiben.exchange.domain.staging import Staged
from zhiben.exchange.domain.workbook import Cell, SheetHead, SheetRow
from zhiben.exchange.models import Import
from zhiben.exchange.reader import open_workbook
from zhiben.exchange.selectors.imports import import_for, staged_rows
from zhiben.exchange.services.marking import mark
from zhiben.files.public import XLSX, keep_file, original_path
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Refusal
from zhiben.law.standards import standard

HEADINGS: tuple[str | Promise, ...] = (
    _("Import: verdict"), _("Import: candidate clauses"), _("Import: deadline"), _("Import: problems"),
)  # fmt: skip
VERDICTS: Mapping[Verdict, str | Promise] = {
    Verdict.ACCEPTED: _("accepted"),
    Verdict.REPEATED: _("repeated"),
    Verdict.REJECTED: _("rejected"),
}
WIDTH = 28
OWN_BYTES, OWN_ROWS = 4 * 1024 * 1024, 8_000  # up to here the user's own formatting is kept
COMMENTS = 5_000  # of a rebuilt workbook; the added column says the rest
CLAUSES = 3
FULL = "file:no-space"
ANSWER = "import:answer"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is written beside one row, and the cells it is about: (letter, what to say, is a problem)."""

    texts: tuple[str, ...]
    cells: tuple[tuple[str, str, bool], ...]


Marks = Mapping[str, Mapping[int, Mark]]  # by sheet, by row


def write_answer(source: Path, target: Path, rows: Sequence[Staged], *, actor: Actor) -> None:
    """Write the workbook back to `target`: the user's own where it is small enough, else built anew from its cells."""
    marks = _marks(rows, actor)
    try:
        with tempfile.TemporaryDirectory(prefix="zhiben-answer-") as folder:
            made = Path(folder) / "answer.xlsx"
            if not _own(source, made, marks, len(rows)):
                _rebuild(source, made, marks)
            target.write_bytes(made.read_bytes())
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise Refusal(FULL, name=target.name) from error


# what to say ----------------------------------------------------------------------------------------------------------


def _marks(rows: Sequence[Staged], actor: Actor) -> Marks:
    found: dict[str, dict[int, Mark]] = {}
    known = _known([row.danger for row in rows if row.danger is not None], actor)
    for row in rows:
        clauses, due_on = known.get(row.danger or 0, ("", None))
        told = [*row.problems, *row.warnings]
        sentences = [f"{one.column}{one.row} {_say(one)}" if one.column else _say(one) for one in told]
        texts = (_verdict(row), clauses, due_on.isoformat() if due_on else "", "\n".join(sentences))
        cells = (*_about(row.problems, is_bad=True), *_about(row.warnings, is_bad=False))
        found.setdefault(row.sheet, {})[row.row] = Mark(tuple(map(neutral, texts)), cells)
    return found


def _verdict(row: Staged) -> str:
    if row.verdict is Verdict.REPEATED and row.repeats and not row.repeats.startswith("#"):
        return f"{VERDICTS[row.verdict]} ({row.repeats})"
    return str(VERDICTS[row.verdict])


def _say(one: Problem) -> str:
    return sentence_of(one.code)(get_language() or "zh-hans")


def _about(problems: Iterable[Problem], *, is_bad: bool) -> Iterator[tuple[str, str, bool]]:
    return ((one.column, _say(one), is_bad) for one in problems if one.column)


def _known(ids: Sequence[int], actor: Actor) -> dict[int, tuple[str, date | None]]:
    """Return candidate clauses and limit of the dangers written, as far as the actor may see them."""
    found: dict[int, tuple[str, date | None]] = {}
    for start in range(0, len(ids), 1000):
        dangers = reach_of(actor).filter(pk__in=ids[start : start + 1000]).only("pk", "due_on")
        for danger in dangers.prefetch_related("candidates"):
            best = sorted(danger.candidates.all(), key=lambda one: -one.score)[:CLAUSES]
            told = [f"{_title(one.standard)} {one.clause} ({one.score}%)" for one in best]
            found[danger.pk] = ("\n".join(told), danger.due_on)
    return found


def _title(standard_id: str) -> str:
    return standard(standard_id).title(get_language() or "zh-hans")


# the user's own workbook ----------------------------------------------------------------------------------------------


def _own(source: Path, made: Path, marks: Marks, rows: int) -> bool:
    """Mark the workbook itself in a bounded child; return whether that was possible."""
    if source.stat().st_size > OWN_BYTES or rows > OWN_ROWS:
        return False
    heads = _heads(source, marks)
    if heads is None:
        return False
    told = {
        "headings": [str(heading) for heading in HEADINGS],
        "sheets": {
            sheet: {
                "first": first + 1,
                "header": header,
                "rows": [[number, mark.texts, mark.cells] for number, mark in marks[sheet].items()],
            }
            for sheet, (first, header) in heads.items()
        },
    }
    return mark(source, made, told)


def _heads(source: Path, marks: Marks) -> dict[str, tuple[int, int]] | None:
    """Return for each sheet with rows the first free column (0-based) and the row above the first one; xlsx only."""
    found: dict[str, tuple[int, int]] = {}
    with open_workbook(source) as reading:
        if reading.form != "xlsx":
            return None
        for head, rows in reading.sheets():
            if head.name in marks:
                width = max((len(row.cells) for row in rows), default=0)
                found[head.name] = (width, max(1, min(marks[head.name]) - 1))
    return found


# a workbook built anew ------------------------------------------------------------------------------------------------


def _rebuild(source: Path, made: Path, marks: Marks) -> None:
    """Write every sheet's cells as they were read, with the marks; merged ranges and colours are lost."""
    book = xlsxwriter.Workbook(
        str(made),
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": str(made.parent)},
    )
    writer = _Writer(book)
    with open_workbook(source) as reading:
        for head, rows in reading.sheets():
            writer.write(head, rows, marks.get(head.name, {}))
    book.close()


class _Writer:
    """Writes sheets row by row; how many comments there may be is counted over the whole workbook."""

    def __init__(self, book: Any) -> None:
        self._book, self._comments = book, 0
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._bold = book.add_format({"bold": True, "text_wrap": True})
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._fills = {True: self._fill("#F8D7DA"), False: self._fill("#FFF3CD")}

    def _fill(self, colour: str) -> tuple[Any, Any]:
        return (
            self._book.add_format({"bg_color": colour}),
            self._book.add_format({"bg_color": colour, "num_format": "yyyy-mm-dd"}),
        )

    def write(self, head: SheetHead, rows: Iterable[SheetRow], marks: Mapping[int, Mark]) -> None:
        """Write one sheet; the added columns stand right of the widest row above the first marked one."""
        sheet = self._book.add_worksheet(head.name[:31])
        above, first, free = [], min(marks, default=0), 0
        for row in rows:
            if row.number < first:
                above.append(row)
                free = max(free, len(row.cells))
                continue
            if above:
                self._write_above(sheet, above, max(free, len(row.cells)), first)
                free, above = max(free, len(row.cells)), []
            self._write_row(sheet, row, marks.get(row.number), free)

    def _write_above(self, sheet: Any, above: Sequence[SheetRow], free: int, first: int) -> None:
        sheet.set_column(free, free + len(HEADINGS) - 1, WIDTH)
        numbers = {row.number: row for row in above}
        for number in sorted({*numbers, first - 1}):
            if number in numbers:
                self._write_row(sheet, numbers[number], None, free)
            if number == first - 1:
                for offset, heading in enumerate(HEADINGS):
                    sheet.write_string(number - 1, free + offset, str(heading), self._bold)

    def _write_row(self, sheet: Any, row: SheetRow, mark: Mark | None, free: int) -> None:
        about = {letter: (told, is_bad) for letter, told, is_bad in reversed(mark.cells)} if mark else {}
        for column, cell in row.filled():
            if column < free or not mark:
                self._write_cell(sheet, row.number - 1, column, cell, None)
        for letter, (told, is_bad) in about.items():
            column = _column(letter)
            self._write_cell(sheet, row.number - 1, column, row.at(column), self._fills[is_bad])
            if self._comments < COMMENTS:
                self._comments += 1
                sheet.write_comment(row.number - 1, column, told)
        for offset, text in enumerate(mark.texts if mark else ()):
            if text:
                sheet.write_string(row.number - 1, free + offset, text, self._wrap)

    def _write_cell(self, sheet: Any, row: int, column: int, cell: Cell, fill: tuple[Any, Any] | None) -> None:
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell, fill and fill[0])
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell, fill and fill[0])
        elif isinstance(cell, date):  # a moment is a day too
            sheet.write_datetime(row, column, cell, fill[1] if fill else self._day)
        elif isinstance(cell, str):
            sheet.write_string(row, column, neutral(cell)[:32_767], fill and fill[0])
        elif fill:
            sheet.write_blank(row, column, None, fill[0])


def _column(letter: str) -> int:
    """Return the 0-based column of a letter.

    >>> _column("A"), _column("AB")
    (0, 27)
    """
    number = 0
    for one in letter:
        number = number * 26 + ord(one) - 64
    return number - 1


# as a job -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def start_answer(import_id: UUID, *, language: str, actor: Actor, now: datetime) -> UUID:
    """Let a worker make the workbook given back."""
    batch = import_for(actor, import_id)
    key = f"{ANSWER}/{batch.pk}/{batch.stage}/{language}"
    arguments = {"import": str(batch.pk), "language": language}
    return enqueue(ANSWER, arguments, key=key, actor=actor, now=now, place=batch.place)


@contextmanager
def made_answer(batch: Import, *, language: str, actor: Actor) -> Iterator[Path]:
    """Make the workbook given back; it is gone after the block."""
    with tempfile.TemporaryDirectory(prefix="zhiben-back-") as folder, override(language):
        target = Path(folder) / "back.xlsx"
        write_answer(original_path(batch.sha256), target, list(staged_rows(batch)), actor=actor)
        yield target


@transaction.atomic
def keep_answer(batch: Import, made: Path, *, actor: Actor, now: datetime) -> None:
    """Keep the workbook beside the ledger that it answers."""
    with made.open("rb") as stream:
        kept = keep_file(
            stream, answer_name(batch), subject=f"import/{batch.pk}", purpose="answer", place=batch.place,
            unit_id=batch.unit_id, actor=actor, now=now, allowed={XLSX, "application/zip"},
        )  # fmt: skip
    Import.unscoped.filter(pk=batch.pk).update(answer=kept.id, answer_sha256=kept.sha256)


def answer_name(batch: Import) -> str:
    """Return the name under which the workbook is saved."""
    return f"{Path(batch.name).stem}-{batch.created_at:%Y%m%d}.xlsx"
