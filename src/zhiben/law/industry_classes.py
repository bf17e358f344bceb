"""The industrial classification (GB/T 4754-2017): its tree, and what a class suggests for our industries."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law import store
from zhiben.law.because import because

_TABLE = store.PACKS / "codes" / "gbt4754.csv"


@dataclass(frozen=True, slots=True)
class IndustryClass:
    """One entry of the classification: a section (A), division (01), group (011) or class (0111)."""

    code: str
    name: str

    @property
    def level(self) -> int:
        """1 section, 2 division, 3 group, 4 class."""
        return 1 if self.code.isalpha() else len(self.code)


def letter_of(code: str, field: str = "code") -> str:
    """Return the section of a division, group or class (the letter itself for a section).

    >>> letter_of("06"), letter_of("5923")
    ('B', 'G')
    """
    bare = bare_code(code, field)
    if bare.isalpha():
        return bare
    for letter, (first, last, _) in _sections().items():
        if first <= bare[:2] <= last:
            return letter
    raise _unknown(code, field)


def section_title(letter: str) -> Bilingual:
    """Return the name of a section in both languages."""
    try:
        return _sections()[letter][2]
    except KeyError:
        raise _unknown(letter, "letter") from None


def bare_code(code: str, field: str = "code") -> str:
    """Return the code without the letter some write in front. A zero lost in a spreadsheet can't be restored: 061, 0610.

    >>> bare_code("B0610"), bare_code(" 0610 "), bare_code("b")
    ('0610', '0610', 'B')
    """
    match = re.fullmatch(r"\s*([A-Ta-t])?\s*([0-9]{2,4})?\s*", code)
    if not match or not (match[1] or match[2]):
        raise _unknown(code, field)
    return match[2] or match[1].upper()


def industry_class(code: str, field: str = "code") -> IndustryClass:
    """Return an entry by its code; refuse one that the table does not have, naming the caller's field."""
    bare = bare_code(code, field)
    try:
        return IndustryClass(bare, industry_classes()[bare])
    except KeyError:
        raise NotFound(
            "industry-code:unknown",
            field=field,
            reason=because("GB/T 4754-2017 中没有", "not in GB/T 4754-2017"),
            value=code,
            example="0610",
        ) from None


def broader(code: str) -> tuple[str, ...]:
    """Return the codes above one, nearest first.

    >>> broader("0610")
    ('061', '06', 'B')
    """
    bare = bare_code(code)
    if bare.isalpha():
        return ()
    return (*(bare[:size] for size in range(len(bare) - 1, 1, -1)), letter_of(bare))


def proposed_industries(code: str) -> tuple[str, ...]:
    """Return the industries of the standards that a class suggests, for a person to confirm; often none."""
    bare = bare_code(code)
    known = _proposals()
    for size in range(len(bare), 1, -1):
        if bare[:size] in known:
            return known[bare[:size]]
    return ()


@cache
def industry_classes() -> Mapping[str, str]:
    """Return the names of all 1,971 entries by code."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


@cache
def _sections() -> Mapping[str, tuple[str, str, Bilingual]]:
    rows = store.documents("codes")["industry_sections"]["sections"]
    return {row["letter"]: (row["first"], row["last"], Bilingual.of(row["title"])) for row in rows}


@cache
def _proposals() -> Mapping[str, tuple[str, ...]]:
    rows = store.documents("codes")["industry_sections"]["proposals"]
    return {row["prefix"]: tuple(row["industries"]) for row in rows}


def _unknown(code: str, field: str) -> Invalid:
    return Invalid(
        "industry-code:malformed",
        field=field,
        reason=because(
            "门类字母 A 至 T，或 01 至 97 开头的 2 至 4 位数字", "a letter A to T, or 2 to 4 digits 01 to 97"
        ),
        value=code,
        example="06",
    )
