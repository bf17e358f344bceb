"""Refusals of inputs that have the right type and still cannot be: negative, out of reach, against each other."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches

from zhiben.kernel.errors import Invalid
from zhiben.kernel.quantities import Number
from zhiben.law.because import Because, because
from zhiben.law.naming import listed
from zhiben.law.registry import plain


def impossible(field: str, value: object, reason: Because, example: object) -> Invalid:
    """Return the refusal of an input that cannot be."""
    return Invalid("function:impossible-input", field=field, reason=reason, value=plain(value), example=plain(example))


def missing(field: str, reason: Because, example: object) -> Invalid:
    """Return the refusal where another input makes this one necessary."""
    return Invalid("function:missing-input", field=field, reason=reason, example=plain(example))


def need_positive(field: str, value: Number, example: object = 1) -> None:
    """Refuse what is zero or less."""
    if value <= 0:
        raise impossible(field, value, because("须大于 0", "must be greater than 0"), example)


def need_not_negative(field: str, value: Number, example: object = 0) -> None:
    """Refuse what is less than zero."""
    if value < 0:
        raise impossible(field, value, because("不能小于 0", "must not be less than 0"), example)


def need_between(field: str, value: Number, low: Number, high: Number, example: object) -> None:
    """Refuse what lies outside low to high, both included."""
    if not low <= value <= high:
        said = f"{plain(low)}", f"{plain(high)}"
        reason = because(
            f"须在 {said[0]} 至 {said[1]} 之间（含两端）", f"must lie between {said[0]} and {said[1]}, both included"
        )
        raise impossible(field, value, reason, example)


def need_order(field: str, earlier: date | datetime, later: date | datetime, of: str) -> None:
    """Refuse a day `field` that lies before the day of the input `of`."""
    if later < earlier:
        reason = because(f"不能早于 {of}（{plain(earlier)}）", f"must not lie before {of} ({plain(earlier)})")
        raise impossible(field, later, reason, earlier)


def need_known_parts(field: str, given: Mapping[str, object], known: Iterable[str]) -> None:
    """Refuse a part that is none of those known: a name written otherwise would be taken for one left out."""
    parts = list(known)
    for part in given:
        if part not in parts:
            near = get_close_matches(part, parts, n=1, cutoff=0.3) or parts
            there = listed(parts)
            reason = because(f"没有这一项；有：{there.zh}", f"no such part; there are: {there.en}")
            raise impossible(f"{field}.{part}", given[part], reason, {near[0]: "…"})
