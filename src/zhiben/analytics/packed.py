"""The newest value of each fact of one enterprise, packed into one row: twenty bytes a fact, read a million at a time.

Names of facts and texts of choices stand as numbers of a list of words that whoever keeps the rows keeps too.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from struct import Struct
from typing import Any, NamedTuple

from zhiben.analytics.held import EPOCH, Held, days_since, fitting

TRUTH, NUMBER, TEXT, UNFIT = range(4)
RECORD = Struct("<HBBiiq")  # name, kind, source, day, until, value
MOST_WORDS = 2**16
SOURCES = ("person", "look", "derived", "monitoring", "import")  # only ever added to: rows hold their places

Word = Callable[[str], int]  # the number of a word, which is made where there is none


class Unpacked(NamedTuple):
    """A fact of a packed row, for people and tests: an UNFIT value is one that no column can hold."""

    kind: int
    value: bool | int | str
    source: str
    day: date
    until: date


def pack(facts: Mapping[str, Held], word: Word) -> bytes:
    """Return facts as one row, in the order of their words' numbers."""
    return b"".join(RECORD.pack(*each) for each in sorted(_record(name, held, word) for name, held in facts.items()))


def repack(before: bytes, facts: Mapping[str, Held], word: Word) -> bytes:
    """Return a row with these facts in place of what it held of them."""
    told = {each[0]: each for each in RECORD.iter_unpack(before)}
    told |= {each[0]: each for each in (_record(name, held, word) for name, held in facts.items())}
    return b"".join(RECORD.pack(*told[name]) for name in sorted(told))


def unpack(row: bytes, words: Mapping[int, str]) -> dict[str, Unpacked]:
    """Return what a row holds, by name."""
    return {
        words[name]: Unpacked(
            kind,
            words[value] if kind == TEXT else bool(value) if kind == TRUTH else value,
            SOURCES[source],
            EPOCH + timedelta(day),
            EPOCH + timedelta(until),
        )
        for name, kind, source, day, until, value in RECORD.iter_unpack(row)
    }


def _record(name: str, held: Held, word: Word) -> tuple[Any, ...]:
    fit = fitting(name, held.value)
    if fit is None:
        kind, value = UNFIT, 0
    elif isinstance(fit, bool):
        kind, value = TRUTH, int(fit)
    elif isinstance(fit, str):
        kind, value = TEXT, word(fit)
    else:
        kind, value = NUMBER, fit
    return word(name), kind, SOURCES.index(held.source), days_since(held.day), days_since(held.until), value
