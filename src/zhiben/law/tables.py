"""Looking things up in the tables of packs: rows by name or by another name, parts of a table by their way."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from zhiben.law.because import because
from zhiben.law.naming import listed
from zhiben.law.refusing import impossible

Row = Mapping[str, Any]


def row_of(table: Mapping[str, Row], name: str, field: str) -> tuple[str, Row]:
    """Return a row with its own name, found by that or by one of its other names (`also`); refuse an unknown one."""
    wanted = name.strip()
    if wanted in table:
        return wanted, table[wanted]
    for known, row in table.items():
        if wanted in row.get("also", ()):
            return known, row
    near = get_close_matches(wanted, _names(table), n=3) or list(table)
    there = listed(near[:12])
    reason = because(f"表中没有；有：{there.zh}", f"is not in the table; there are: {there.en}")
    raise impossible(field, name, reason, near[0])


def part_of(value: Any, way: str) -> Any:
    """Return what stands in a table on a way such as `high_risk/initial` or `papers/0`; None where nothing does."""
    for turn in way.split("/") if way else ():
        try:
            value = value[int(turn)] if isinstance(value, list) else value[turn]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return value


def _names(table: Mapping[str, Row]) -> list[str]:
    return [*table, *(other for row in table.values() for other in row.get("also", ()))]
