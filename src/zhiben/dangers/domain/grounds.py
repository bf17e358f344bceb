"""What a suspicion rests on: the facts that settled its clause. The same values are the same grounds, whoever tells them when."""

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

DECIDING = "deciding"  # where a suspicion's facts hold them, by name: {"value", "day", "source"}


def basis_of(deciding: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a fingerprint of names and values; days and sources do not matter.

    >>> basis_of({"a": {"value": "0.50"}}) == basis_of({"a": {"value": 0.5}})
    True
    """
    told = [(name, written(fact["value"])) for name, fact in sorted(deciding.items())]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]


def written(value: object) -> str:
    """Return a value as one text: numbers that are equal are written alike."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return json.dumps(value)
    try:
        return str(Fraction(str(value)))
    except (ValueError, ZeroDivisionError):
        return str(value)


def differing(before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the facts that came, went or have another value."""
    return sorted(
        name
        for name in {**before, **after}
        if name not in before or name not in after or written(before[name]["value"]) != written(after[name]["value"])
    )
