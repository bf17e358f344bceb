"""Treated as an accident? Three reasons as candidates from data, each with the facts behind it; never a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Ground(StrEnum):
    """Why a major danger may be treated as an accident."""

    NOT_CHECKED = "not_checked"  # 没查
    NOT_FOUND = "not_found"  # 查不出
    REFUSED = "refused"  # 拒不整改


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCheck:
    """A danger that the enterprise found by itself: the trace its own checks left."""

    found_on: date
    place: tuple[int, str] | None
    clauses: frozenset[str]
    words: str


def window(found_on: date, days: int) -> tuple[date, date]:
    """Return the days in which the enterprise should have looked itself: up to the day before others found it."""
    return found_on - timedelta(days), found_on


def ground_of(
    checks: Sequence[OwnCheck], *, place: tuple[int, str] | None, clauses: frozenset[str], words: str
) -> Ground | None:
    """Return which reason the record suggests for a major danger that others found.

    Nothing of its own on record: not checked. Something, but none that names this one: could not find. One that names
    it by clause, by place or by words: no reason.
    """
    if not checks:
        return Ground.NOT_CHECKED
    named = (
        one.clauses & clauses or (place is not None and one.place == place) or (bool(words) and one.words == words)
        for one in checks
    )
    return None if any(named) else Ground.NOT_FOUND
