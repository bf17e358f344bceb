"""Rows of a ledger between reading and writing: what each is, what will be written, and what stood against it."""

import zlib
from collections.abc import Sequence
from datetime import date

import msgspec

from zhiben.exchange.domain.cells import Problem
from zhiben.exchange.domain.stages import Verdict

PART = 500  # rows of one transaction
QUICK = 1  # level of compression


class Told(msgspec.Struct, array_like=True, omit_defaults=True):
    """A row as a danger will tell it: plain values, the database's numbers already found."""

    unit: int
    description: str
    found_on: date
    channel: str
    state: str
    level: str = "unset"
    place: str = ""
    party: int | None = None
    local_level: str = ""
    finder: str = ""
    ref: str = ""
    owner: str = ""
    due_on: date | None = None
    due_set_by: str = "self"
    closed_on: date | None = None
    day_assumed: bool = False


class Staged(msgspec.Struct, array_like=True, omit_defaults=True):
    """One row with its verdict. `repeats` names a row of the file (`sheet!12`) or a danger (`#12`) that it repeats."""

    sheet: str
    row: int
    verdict: Verdict
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    told: Told | None = None
    repeats: str = ""
    danger: int | None = None
    cells: dict[str, str] = {}  # by column letter, of rows that the preview shows


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(list[Staged])


def pack(rows: Sequence[Staged]) -> bytes:
    """Return rows as they are stored."""
    return zlib.compress(_encoder.encode(list(rows)), QUICK)


def unpack(stored: bytes | memoryview) -> list[Staged]:
    """Return stored rows."""
    return _decoder.decode(zlib.decompress(stored))
