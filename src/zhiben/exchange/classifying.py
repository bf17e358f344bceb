"""A ledger's rows as they are read and classified; of a large file in a process of its own, beside who judges them."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from zhiben.exchange.domain.fields import Field
from zhiben.exchange.domain.ledgers import Ledger, read_ledger
from zhiben.exchange.domain.rows import Context, LedgerRow
from zhiben.exchange.domain.tables import Skipped, SkippedLine
from zhiben.exchange.domain.text import text_of
from zhiben.exchange.domain.workbook import SheetRow, column_letter
from zhiben.exchange.reader import LIMITS, SOURCE, Reading, open_workbook
from zhiben.kernel.errors import Invalid

APART = 1024 * 1024  # bytes of a file from which a second process is worth its start
PIECE = 500  # rows
CELL_SHOWN = 120
BEHIND = 400  # raw rows remembered: more than any look-ahead
HEAD = 4  # bytes before a message: its length

CHILD = """
import sys
sys.path.append(sys.argv[1])
from zhiben.exchange.classifying import main
main(sys.argv[2].encode())
"""

Headings = Mapping[str, Field | None]
Cells = dict[str, str]  # by column letter, cut to what a preview shows


class Piece(msgspec.Struct, array_like=True, tag=True):
    """Some rows of one ledger with their raw cells; `letters` of its columns, `skipped` what was passed over before."""

    letters: dict[Field, str]
    rows: list[tuple[LedgerRow, Cells]]
    skipped: dict[str, int] = {}
    is_first: bool = False  # of its ledger


class Refused(msgspec.Struct, array_like=True, tag=True):
    """The workbook cannot or must not be read."""

    code: str
    facts: dict[str, str | int | float | None]


class End(msgspec.Struct, array_like=True, tag=True):
    """Everything was read."""


class Asked(msgspec.Struct, array_like=True):
    """What the process is asked to read."""

    path: str
    context: Context
    headings: dict[str, Field | None]


@contextmanager
def classified(path: Path, context: Context, headings: Headings) -> Iterator[Iterator[Piece]]:
    """Open a workbook and give its ledgers' rows piece by piece; refuses with `workbook:…` what must not be read."""
    if path.stat().st_size < APART:
        with open_workbook(path) as reading:
            yield pieces(reading, context, headings)
        return
    asked = msgspec.json.encode(Asked(os.fspath(path.resolve()), context, dict(headings)))
    child = subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", CHILD, SOURCE, asked.decode()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env={},
        cwd="/",
    )
    try:
        yield _told_by(child)
    finally:
        child.kill()  # its reader meets a closed pipe
        child.wait()
        if child.stdout:
            child.stdout.close()


def main(asked: bytes) -> None:
    """Be the process: classify one workbook and write its pieces to standard output."""
    wanted = msgspec.json.decode(asked, type=Asked)
    try:
        with open_workbook(Path(wanted.path), LIMITS) as reading:
            for piece in pieces(reading, wanted.context, wanted.headings):
                _send(piece)
        _send(End())
    except Invalid as refused:
        _send(Refused(refused.code, dict(refused.facts)))  # type: ignore[arg-type]  # the reader's facts are plain


def pieces(reading: Reading, context: Context, headings: Headings) -> Iterator[Piece]:
    """Read every sheet that holds a ledger; what holds none, and lines that are no rows, are counted by reason."""
    for head, rows in reading.sheets():
        recent = _Recent()
        ledger = None if head.is_hidden else read_ledger(head, recent.watch(rows), context, headings)
        if isinstance(ledger, Ledger):
            yield from _of_ledger(ledger, recent)
        else:
            yield Piece({}, [], {ledger.reason if isinstance(ledger, Skipped) else "sheet:hidden": 1})


def _of_ledger(ledger: Ledger, recent: "_Recent") -> Iterator[Piece]:
    letters = {name: one.column.letter for name, one in ledger.mapped.by_field.items()}
    piece = Piece(letters, [], {}, is_first=True)
    for line in ledger.lines:
        if isinstance(line, SkippedLine):
            piece.skipped[line.reason] = piece.skipped.get(line.reason, 0) + 1
            continue
        piece.rows.append((line, recent.cells(line.row)))
        if len(piece.rows) == PIECE:
            yield piece
            piece = Piece(letters, [], {})
    yield piece


class _Recent:
    """The raw rows last read, so that a preview can show a row as the sheet holds it."""

    def __init__(self) -> None:
        self._rows: dict[int, SheetRow] = {}

    def watch(self, rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
        """Pass rows on, remembering the last few."""
        for row in rows:
            self._rows[row.number] = row
            if len(self._rows) > BEHIND:
                del self._rows[next(iter(self._rows))]
            yield row

    def cells(self, number: int) -> Cells:
        """Return a row as the sheet holds it."""
        row = self._rows.get(number)
        return {column_letter(column): text_of(cell)[:CELL_SHOWN] for column, cell in row.filled()} if row else {}


# between the two processes --------------------------------------------------------------------------------------------

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Piece | Refused | End).decode


def _send(message: Piece | Refused | End) -> None:
    told, out = _encode(message), sys.stdout.buffer
    out.write(len(told).to_bytes(HEAD, "big") + told)
    out.flush()


def _told_by(child: subprocess.Popen[bytes]) -> Iterator[Piece]:
    """Take the pieces of a process; one that falls silent before the end has met something it could not bear."""
    while True:
        message = _next(child)
        if isinstance(message, End):
            return
        if isinstance(message, Refused):
            raise Invalid(message.code, **message.facts)
        yield message


def _next(child: subprocess.Popen[bytes]) -> Piece | Refused | End:
    stdout = child.stdout
    head = stdout.read(HEAD) if stdout else b""
    told = stdout.read(int.from_bytes(head, "big")) if stdout and len(head) == HEAD else b""
    try:
        message: Piece | Refused | End = _decode(told)
    except msgspec.DecodeError:
        raise Invalid("workbook:damaged", exit=child.wait()) from None
    return message
