"""Bands of a table: rows from the highest down, each with its lower bound, `at_least` (included) or `above` (not)."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhiben.kernel.quantities import Number, exact
from zhiben.law.registry import plain

Row = Mapping[str, Any]


def band_of(rows: Iterable[Row], value: Number) -> Row | None:
    """Return the first row that the value reaches; None below all.

    >>> band_of([{"class": 1, "above": 320}, {"class": 2, "at_least": 160}], 320)
    {'class': 2, 'at_least': 160}
    """
    return next((row for row in rows if _reaches(row, value)), None)


def edge_of(row: Row) -> str:
    """Return the lower bound of a row as it is written: `≥ 160`, `> 320`."""
    return f"> {row['above']}" if "above" in row else f"≥ {row['at_least']}"


def told(value: Number) -> str:
    """Return an exact number as a person writes it; a fraction without end to ten digits."""
    shown = plain(value)
    return f"{shown:.10g}" if isinstance(shown, float) else str(shown)


def product(values: Iterable[Number]) -> str:
    """Return `3 × 6 × 15`."""
    return " × ".join(map(told, values))


def _reaches(row: Row, value: Number) -> bool:
    if "above" in row:
        return value > exact(row["above"])
    return value >= exact(row["at_least"])
