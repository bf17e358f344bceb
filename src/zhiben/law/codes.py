"""Codes: credit code (GB 32100), organisation code (GB 11714), ID number (GB 11643), divisions, industries."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from zhiben.kernel.errors import Invalid
from zhiben.law import divisions, industry_classes
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.registry import Answer, function

__all__ = [
    "division_level",
    "id_check",
    "id_valid",
    "industry_letter",
    "org_check",
    "uscc_check",
    "uscc_valid",
]

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, Z, S, V (GB 32100-2015)
EXAMPLE_CREDIT_CODE = "91350100M000100Y43"
EXAMPLE_ID = "11010519491231002X"

_CREDIT_VALUE = {sign: value for value, sign in enumerate(CREDIT_ALPHABET)}
_CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))
_CREDIT_BODY = re.compile(rf"[{CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{CREDIT_ALPHABET}]{{9}}")
_ORGANISATION_BODY = re.compile(r"[0-9A-Z]{8}")
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_SIGNS = "10X98765432"


def normal_code(text: str) -> str:
    """Return a code as printed: half-width, upper case, without spaces and hyphens. It says nothing of validity.

    >>> normal_code(" 91350100－m000100y43 ")
    '91350100M000100Y43'
    """
    half = "".join(chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign for sign in text)
    return re.sub(r"[\s\-]+", "", half).upper()


def credit_check(code17: str) -> str:
    """Return the 18th character of a credit code.

    >>> credit_check("91350100M000100Y4")
    '3'
    """
    if not _CREDIT_BODY.fullmatch(code17):
        raise Invalid(
            "credit-code:malformed",
            field="code17",
            reason=because(
                "须为 17 位数字或大写字母（不含 I、O、S、V、Z），第 3 至 8 位为数字",
                "17 characters of 0-9 and A-Z without I, O, S, V, Z; the third to eighth are digits",
            ),
            example=EXAMPLE_CREDIT_CODE[:17],
        )
    total = sum(_CREDIT_VALUE[sign] * weight for sign, weight in zip(code17, _CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[-total % 31]


def is_credit_code(code: str) -> bool:
    """Tell whether a credit code is well formed and its last character fits."""
    return len(code) == 18 and bool(_CREDIT_BODY.fullmatch(code[:17])) and credit_check(code[:17]) == code[17]


def organisation_code_of(credit_code: str) -> str:
    """Return the organisation code inside a credit code (its 9th to 17th characters)."""
    return credit_code[8:17]


def organisation_check(code8: str) -> str:
    """Return the 9th character of an organisation code.

    >>> organisation_check("M000100Y")
    '4'
    """
    if not _ORGANISATION_BODY.fullmatch(code8):
        raise Invalid(
            "organisation-code:malformed",
            field="code8",
            reason=because("须为 8 位数字或大写字母", "8 characters of 0-9 and A-Z"),
            example="M000100Y",
        )
    left = -_weighted([int(sign, 36) for sign in code8], _ORGANISATION_WEIGHTS) % 11
    return "X" if left == 10 else str(left)


def is_organisation_code(code: str) -> bool:
    """Tell whether an organisation code (9 characters, no hyphen) is well formed and its last character fits."""
    return len(code) == 9 and bool(_ORGANISATION_BODY.fullmatch(code[:8])) and organisation_check(code[:8]) == code[8]


def make_credit_code(division: str, serial: int, *, registry: str = "9", category: str = "1") -> str:
    """Build a valid credit code for an example; its organisation code starts with zeros, which none in use does.

    >>> make_credit_code("510104", 7)
    '915101040000000788'
    """
    if not re.fullmatch(r"[0-9]{6}", division):
        raise Invalid(
            "division-code:malformed",
            field="division",
            reason=because("须为 6 位数字", "6 digits are needed"),
            example="510104",
        )
    if not 0 <= serial < 10**6:
        raise Invalid(
            "credit-code:bad-serial", field="serial", reason=because("须为 0 至 999999", "0 to 999999"), example=7
        )
    body = f"{serial:08d}"
    code17 = f"{registry}{category}{division}{body}{organisation_check(body)}"
    return code17 + credit_check(code17)


@dataclass(frozen=True, slots=True)
class Identity:
    """What an ID number says of its holder."""

    birth: date
    sex: Literal["F", "M"]


def identity_check(id17: str) -> str:
    """Return the 18th character of an ID number.

    >>> identity_check("11010519491231002")
    'X'
    """
    if not re.fullmatch(r"[0-9]{17}", id17):
        raise Invalid(
            "id-number:malformed",
            field="id17",
            reason=because("须为 17 位数字", "17 digits are needed"),
            example=EXAMPLE_ID[:17],
        )
    return _ID_SIGNS[_weighted([int(sign) for sign in id17], _ID_WEIGHTS) % 11]


def identity(number: str) -> Identity | None:
    """Read an ID number; None when its form, its birthday or its last character is wrong."""
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number) or identity_check(number[:17]) != number[17]:
        return None
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return Identity(birth, "M" if int(number[16]) % 2 else "F")


def _weighted(values: Sequence[int], weights: Sequence[int]) -> int:
    return sum(value * weight for value, weight in zip(values, weights, strict=True))


@function(section="N")
def uscc_check(code17: str) -> Answer:
    """Return the check character of a credit code, and the whole code."""
    check = credit_check(code17)
    rule = parameter("cn/code/credit-code").latest().value
    _weighed([rule["alphabet"].index(sign) for sign in code17], rule["weights"], rule["modulus"], check)
    return {"check": check, "full": code17 + check}


@function(section="N")
def uscc_valid(code: str) -> Answer:
    """Tell whether a credit code is well formed and checks."""
    parameter("cn/code/credit-code").latest()
    valid = is_credit_code(code)
    step("18 位且校验码相符", "eighteen signs and the check fits", valid)
    return {"valid": valid}


@function(section="N")
def org_check(code8: str) -> Answer:
    """Return the check character of an organisation code."""
    check = organisation_check(code8)
    rule = parameter("cn/code/organisation-code").latest().value
    _weighed([int(sign, 36) for sign in code8], rule["weights"], rule["modulus"], check)
    return {"check": check}


@function(section="N")
def id_check(id17: str) -> Answer:
    """Return the check character of an ID number."""
    check = identity_check(id17)
    rule = parameter("cn/code/id-number").latest().value
    _weighed(map(int, id17), rule["weights"], rule["modulus"], check)
    return {"check": check}


@function(section="N")
def id_valid(id: str) -> Answer:  # noqa: A002 -- the name of the input
    """Tell whether an ID number checks, and what it says."""
    parameter("cn/code/id-number").latest()
    found = identity(id)
    step("18 位、日期存在且校验码相符", "eighteen signs, a day that exists and the check fits", found is not None)
    if found is None:
        return {"valid": False, "birth": None, "sex": None}
    return {"valid": True, "birth": found.birth, "sex": found.sex}


@function(section="N")
def division_level(code: str) -> Answer:
    """Return the level of a division code and the code above it."""
    level, parent = divisions.level_of(code).value, divisions.parent_of(code)
    digits = parameter("cn/code/division-code").latest().value
    step("去掉末尾的零后的位数所对应的级别", "level by the digits that are left without closing zeros", digits)
    step("级别与上级代码", "level and the code above", [level, parent])
    return {"level": level, "parent": parent}


@function(section="N")
def industry_letter(division: str) -> Answer:
    """Return the section of an industry code."""
    letter = industry_classes.letter_of(division, "division")
    parameter("cn/code/industry-sections").latest()
    title = industry_classes.section_title(letter)
    step(f"{division} 属于门类：{title.zh}", f"{division} lies in the section: {title.en}", letter)
    return {"letter": letter}


def _weighed(values: Iterable[int], weights: list[int], modulus: int, check: str) -> None:
    total = sum(value * weight for value, weight in zip(values, weights, strict=True))
    step("各位值 × 权数之和", "sum of value × weight", total)
    step(f"{total} 除以 {modulus} 的余数", f"{total} modulo {modulus}", total % modulus)
    step("校验码", "check", check)
