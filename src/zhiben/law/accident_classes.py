"""Accident types of GB 6441 in both editions and the way from one to the other; factors of GB/T 13861."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches

from zhiben.kernel.errors import NotFound
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.industry_classes import bare_code, industry_class
from zhiben.law.instruments import instrument
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible
from zhiben.law.registry import Answer, function

_TYPES = "cn/accident-class/types"
_BRACKETS = str.maketrans({"(": "（", ")": "）", " ": None, "\u3000": None})
_CLASS = re.compile(r"\s*[A-Ta-t]?\s*[0-9]{4}\s*")  # of GB/T 4754

Names = Mapping[str, Mapping[str, str]]


@function(section="A")
def code_2025(*, name: str) -> Answer:
    """Return the code of an accident type of 2025; names and numbers of 1986 are carried over."""
    old, new = parameter(_TYPES).history
    names = parameter(_TYPES).latest().value
    code = _code(names, name)
    if code is None:
        former = _code(old.value, name)
        if former is None:
            raise _unknown("name", name, [*_names(new.value), *_names(old.value)], names["WSA10009"]["zh"])
        return {"code": _carried(former)["code"]}
    step(f"{names[code]['zh']}（GB 6441-2025）", f"{names[code]['en']} (GB 6441-2025)", code)
    return {"code": code}


@function(section="A")
def accident_type(*, name: str, on: date) -> Answer:
    """Return an accident type by the edition in force on a day: its code and both names."""
    held = parameter(_TYPES).in_force(on)
    code = _code(held.value, name)
    if code is None:
        raise _unknown("name", name, _names(held.value), next(iter(held.value.values()))["zh"])
    edition = instrument(held.source.instrument).number
    step(f"当日有效版本：{edition.zh}", f"edition in force: {edition.en}", code)
    return {"code": code, "zh": held.value[code]["zh"], "en": held.value[code]["en"]}


@function(section="A")
def type_carried_over(*, code: str) -> Answer:
    """Carry an accident type of 1986 over to 2025: what it becomes, and what it may be instead."""
    old = parameter(_TYPES).history[0].value
    former = _code(old, code)
    if former is None:
        raise _unknown("code", code, [*old, *_names(old)], "09")
    row = _carried(former)
    return {"code": row["code"], "or": row.get("or", [])}


@function(section="A")
def code_industry(*, gb4754_class: str) -> Answer:
    """Return the code of accidents of an industry: a class of GB/T 4754 without its letter."""
    if not _CLASS.fullmatch(gb4754_class):
        reason = because(
            "须为 4 位小类代码，可带门类字母", "needs a class of four digits, with or without the letter of its section"
        )
        raise impossible("gb4754_class", gb4754_class, reason, "5523")
    bare = bare_code(gb4754_class, "gb4754_class")
    found = industry_class(bare, "gb4754_class")
    step(
        "GB/T 4754 的小类（去掉门类字母）", "class of GB/T 4754, without the letter of its section", bare, of=found.name
    )
    code = parameter("cn/accident-class/industry-prefix").latest().value + bare
    return {"code": code}


@function(section="A")
def hazard_factor(*, code: str, on: date) -> Answer:
    """Return a hazardous or harmful factor by its code: both names and the codes above it, nearest first."""
    table = parameter("cn/factor/gb-t-13861").in_force(on).value
    wanted = code.strip()
    if wanted not in table:
        raise _unknown("code", code, table, "2103")
    above = [wanted[:size] for size in (2, 1) if size < len(wanted)]
    for one in reversed([wanted, *above]):
        step(f"{one} {table[one]['zh']}", f"{one} {table[one]['en']}", one)
    return {"code": wanted, "zh": table[wanted]["zh"], "en": table[wanted]["en"], "above": above}


def _carried(former: str) -> Mapping[str, object]:
    old = parameter(_TYPES).history[0].value
    row: Mapping[str, object] = parameter("cn/accident-class/map-1986-2025").latest().value[former]
    step(
        f"{former} {old[former]['zh']}（GB 6441-1986）对应",
        f"{former} {old[former]['en']} (GB 6441-1986) becomes",
        row["code"],
    )
    if "or" in row:
        step("也可能是，由人选择", "or instead, for a person to choose", row["or"])
    return row


def _code(names: Names, wanted: str) -> str | None:
    bare = wanted.translate(_BRACKETS)
    for code, name in names.items():
        if bare.upper() == code or bare == name["zh"] or wanted.strip().lower() == name["en"]:
            return code
    return None


def _names(names: Names) -> list[str]:
    return [name["zh"] for name in names.values()]


def _unknown(field: str, value: str, known: Iterable[str], example: str) -> NotFound:
    listed = list(known)
    near = get_close_matches(value, listed, n=3, cutoff=0.4) or listed[:3]
    reason = because(f"没有这一项；相近的有：{'、'.join(near)}", f"there is none; near it: {', '.join(near)}")
    return NotFound("function:impossible-input", field=field, value=value, reason=reason, example=example, near=near)
