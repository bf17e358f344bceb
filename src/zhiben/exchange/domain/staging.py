"""Rows of a ledger between reading and writing: what each is, what will be written, and what stood against it."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

import msgspec

from zhiben.exchange.domain.cells import Problem
from zhiben.exchange.domain.stages import Verdict

PART = 500  # rows of one transaction
LONG = 2_000  # rows from which a ledger is written in the order of its days
WINDOW = 100_000  # rows sorted at once
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
    at: int = 0  # its place among the ledger's rows, from 1


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(list[Staged])


def by_day(rows: Iterable[Staged]) -> Iterator[list[Staged]]:
    """Yield rows in parts as they are written: what is not written first, then day by day.

    What was found on the same days lies together in nearly every index of the dangers: each part then touches few of
    their pages, where rows in any order touch nearly all of them.
    """
    rest = iter(rows)
    while window := sorted(islice(rest, WINDOW), key=lambda row: row.told.found_on if row.told else date.min):
        yield from (window[start : start + PART] for start in range(0, len(window), PART))


def pack(rows: Sequence[Staged]) -> bytes:
    """Return rows as they are stored."""
    return zlib.compress(_encoder.encode(list(rows)), QUICK)


def unpack(stored: bytes | memoryview) -> list[Staged]:
    """Return stored rows."""
    return _decoder.decode(zlib.decompress(stored))
