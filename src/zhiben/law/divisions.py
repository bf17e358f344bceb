"""Division codes: level and parent by form (GB/T 2260, GB/T 10114, NBS), and what became of retired ones."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from zhiben.kernel.errors import Invalid
from zhiben.law import store
from zhiben.law.because import Because, because

_FORM = re.compile(
    r"(?P<province>[1-9][0-9])(?P<city>[0-9]{2})(?P<county>[0-9]{2})(?:(?P<township>[0-9]{3})(?P<village>[0-9]{3})?)?"
)


class Level(StrEnum):
    """What a division code stands for."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


_LENGTH = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12}
_HIGHEST_FIRST = tuple(Level)


@dataclass(frozen=True, slots=True)
class Alias:
    """A code that is no longer given out; only the year of the change is recorded."""

    code: str
    name: str
    retired: int
    successors: tuple[str, ...]
    how: str


def level_of(code: str) -> Level:
    """Return the highest level a code of 6, 9 or 12 digits stands for; trailing zeros mark it.

    >>> level_of("510104020000").value, level_of("510100").value
    ('township', 'city')
    """
    match = _FORM.fullmatch(code)
    if not match:
        raise _refused(because("须为 6、9 或 12 位数字，不以 0 开头", "6, 9 or 12 digits, not starting with 0"))
    set_levels = [level for level in _HIGHEST_FIRST if int(match[level.value] or 0)]
    lowest = set_levels[-1]
    skipped = [level for level in _HIGHEST_FIRST[: _HIGHEST_FIRST.index(lowest)] if level not in set_levels]
    if lowest is Level.VILLAGE and Level.TOWNSHIP in skipped:
        raise _refused(
            because("村级须有所属乡镇：第 7 至 9 位为零", "a village needs its township: digits 7 to 9 are zero")
        )
    if Level.CITY in skipped:
        raise _refused(because("第 3、4 位为零而其后不为零", "digits 3 and 4 are zero, later ones are not"))
    return lowest


def levels_of(code: str) -> tuple[Level, ...]:
    """Return every level at which a code stands: two for the four that have one row for both.

    >>> [level.value for level in levels_of("441900")]
    ['city', 'county']
    """
    level = level_of(code)
    return _double().get(short(code), (level,))


def short(code: str) -> str:
    """Return the code as it is written for its level: 6 digits to county, then 9, then 12.

    >>> short("510104000000"), short("510104020000")
    ('510104', '510104020')
    """
    return code[: max(6, _LENGTH[level_of(code)])]


def padded(code: str) -> str:
    """Return the code filled up with zeros to 12 digits.

    >>> padded("510104")
    '510104000000'
    """
    level_of(code)
    return code.ljust(12, "0")


def parent_of(code: str) -> str | None:
    """Return the code one level up, in its short form; None for a province.

    A township of a city without counties (Dongguan …) hangs on the one code that city and county share.
    """
    level = level_of(code)
    if level is Level.PROVINCE:
        return None
    above = _HIGHEST_FIRST[_HIGHEST_FIRST.index(level) - 1]
    return code[: _LENGTH[above]].ljust(6, "0")


def alias(code: str) -> Alias | None:
    """Return what is known of a retired code; None for one that is in use or not recorded."""
    return _aliases().get(short(code))


def successors(code: str, day: date) -> tuple[str, ...]:
    """Return the codes that stand for a retired one on a day, following chains; empty while it is itself in use.

    >>> successors("341422", date(2015, 1, 1)), successors("341422", date(2024, 1, 1))
    (('340225',), ('340281',))
    """
    known = alias(code)
    if known is None or day.year < known.retired:
        return ()
    return tuple(dict.fromkeys(last for code_ in known.successors for last in successors(code_, day) or (code_,)))


def _refused(reason: Because) -> Invalid:
    return Invalid("division-code:malformed", field="code", reason=reason, example="510104")


@cache
def _double() -> Mapping[str, tuple[Level, ...]]:
    rows = store.documents("codes")["divisions"]["two_levels"]
    return {row["code"]: tuple(Level(level) for level in row["levels"]) for row in rows}


@cache
def _aliases() -> Mapping[str, Alias]:
    rows = store.documents("codes")["divisions"]["aliases"]
    return {
        row["code"]: Alias(row["code"], row["name"], row["retired"], tuple(row["successors"]), row["how"])
        for row in rows
    }
