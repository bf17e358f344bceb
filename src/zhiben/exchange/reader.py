"""Open an uploaded workbook: always in a child process with limits, its rows streamed to us.

A five-kilobyte workbook can ask for half a terabyte; the reader then aborts, and no `except` in its own process
could catch that. The child has no environment, no socket and no more memory than it was given; we read lines.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import IO, Any

import msgspec

import zhiben
from zhiben.exchange.domain.workbook import Cell, Limits, Merge, Sheet, SheetHead, SheetRow, Workbook
from zhiben.kernel.errors import Invalid

CHILD = """
import sys
sys.path.append(sys.argv[1])
from zhiben.exchange.child.limits import bind_process
bind_process(int(sys.argv[2]), int(sys.argv[3]))
from zhiben.exchange.child.main import main
sys.exit(main(sys.argv[4:]))
"""
SOURCE = str(Path(zhiben.__file__).resolve().parent.parent)
LIMITS = Limits()
REFUSING_SECONDS, SECONDS_A_MEBIBYTE = 9.0, 2.0


def read_workbook(path: Path, limits: Limits = LIMITS) -> Workbook:
    """Read a whole workbook into memory; refuses with `workbook:…` what cannot or must not be read."""
    with open_workbook(path, limits) as reading:
        sheets = tuple(Sheet(head, tuple(rows)) for head, rows in reading.sheets())
        return Workbook(reading.form, sheets, reading.facts)


def iter_rows(path: Path, sheet: int = 0, limits: Limits = LIMITS) -> Iterator[SheetRow]:
    """Stream one sheet's rows, by the sheet's place from 0; memory stays flat however many there are."""
    with open_workbook(path, limits) as reading:
        for head, rows in reading.sheets():
            if head.index == sheet:
                yield from rows
                return


@contextmanager
def open_workbook(path: Path, limits: Limits = LIMITS) -> Iterator["Reading"]:
    """Start the child on one file, give its reading, and end the child however the caller leaves."""
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise Invalid("workbook:too-large", limit="file", bytes=size)
    with tempfile.TemporaryFile() as complaints:
        child = _start(path, limits, complaints)
        seconds = min(limits.wall_seconds, REFUSING_SECONDS + SECONDS_A_MEBIBYTE * size / 1024**2)
        watch = Watch(child, seconds)
        try:
            reading = Reading(child, limits, watch)
            reading.begin()
            yield reading
        finally:
            watch.cancel()
            child.kill()
            child.wait()
            if child.stdout:
                child.stdout.close()


def _start(path: Path, limits: Limits, complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    bounds = [str(limits.memory_bytes), str(limits.cpu_seconds)]
    told = msgspec.json.encode(limits).decode()
    return subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", CHILD, SOURCE, *bounds, os.fspath(path.resolve()), told],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=complaints,  # a file: a full pipe would block the child
        env={},
        cwd="/",
        close_fds=True,
    )


class Watch:
    """Kills the child once we have waited for it longer than allowed; what the caller does between rows is free."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        self.is_over = False
        self._child, self._seconds = child, seconds
        self._waited, self._since = 0.0, 0.0
        self._done = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def read_line(self, stream: IO[bytes], most: int) -> bytes:
        """Read one line on the clock."""
        self._since = monotonic()
        line = stream.readline(most)
        self._waited += monotonic() - self._since
        self._since = 0.0
        return line

    def cancel(self) -> None:
        """Stop watching."""
        self._done.set()

    def _look(self) -> None:
        while not self._done.wait(min(0.1, self._seconds / 4)):
            since = self._since
            if since and self._waited + monotonic() - since > self._seconds:
                self.is_over = True
                self._child.kill()
                return


@dataclass
class Reading:
    """A workbook being read: its form and facts, then its sheets in order, each read at most once."""

    _child: subprocess.Popen[bytes]
    _limits: Limits
    _watch: Watch
    form: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    _held: list[Any] | None = None

    def begin(self) -> None:
        """Read the first line: a refusal comes here, before the caller has done anything."""
        line = self._next()
        if line[0] != "book":
            raise Invalid("workbook:damaged")
        self.form, self.facts = line[1], line[2]
        self._held = self._next()

    def sheets(self) -> Iterator[tuple[SheetHead, Iterator[SheetRow]]]:
        """Give each sheet's head and rows; rows left unread are passed over."""
        while self._held and self._held[0] == "sheet":
            _, name, index, hidden = self._held
            self._held = self._next()
            head = SheetHead(name, index, hidden, tuple(self._merges()))
            rows = self._rows()
            yield head, rows
            for _ in rows:
                pass

    def _merges(self) -> Iterator[Merge]:
        while self._held and self._held[0] == "merges":
            yield from (Merge(*one) for one in self._held[1])
            self._held = self._next()

    def _rows(self) -> Iterator[SheetRow]:
        while self._held and isinstance(self._held[0], int):
            number, cells = self._held
            yield SheetRow(number, tuple([_cell(cell) if type(cell) is list else cell for cell in cells]))
            self._held = self._next()

    def _next(self) -> list[Any]:
        """Take one line from the child; a refusal, a torn line or silence ends the reading."""
        stdout = self._child.stdout
        line = self._watch.read_line(stdout, self._limits.line_bytes + 2) if stdout else b""
        if not line.endswith(b"\n"):
            raise self._end()
        try:
            told: list[Any] = _decode(line)
        except msgspec.DecodeError:
            raise Invalid("workbook:damaged") from None
        if told[0] == "refused":
            raise Invalid(f"workbook:{told[1]}", **told[2])
        return told

    def _end(self) -> Invalid:
        """Say what a child that fell silent met: its signal names the limit."""
        try:
            died = self._child.wait(1)
        except subprocess.TimeoutExpired:  # it talks, but not as agreed
            return Invalid("workbook:damaged")
        if self._watch.is_over:
            return Invalid("workbook:too-large", limit="seconds")
        if died == -signal.SIGABRT:  # an allocation beyond the memory it may have
            return Invalid("workbook:too-large", limit="memory")
        if died in {-signal.SIGXCPU, -signal.SIGKILL}:
            return Invalid("workbook:too-large", limit="seconds")
        return Invalid("workbook:damaged", exit=died)


def _cell(marked: list[str]) -> Cell:
    text = marked[1]
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)


_decode = msgspec.json.Decoder(list).decode
