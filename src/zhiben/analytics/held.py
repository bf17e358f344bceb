"""One value of a fact, and how columns and packed rows hold it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from zhiben.kernel.errors import Refusal
from zhiben.law.facts import SEEN, read, read_truth, vocabulary
from zhiben.law.population import MILLIONTHS, MOST
from zhiben.law.rules import Kind

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Held:
    """One value of a fact of one enterprise, as whoever keeps facts tells it."""

    value: Any
    day: date
    until: date  # the first day it no longer counts
    source: str


def kind_of(name: str) -> Kind:
    """Tell what a fact is: a truth (an on-site look is one too), a number or a text."""
    return "truth" if name.startswith(SEEN) else vocabulary()[name].kind


def fitting(name: str, value: Any) -> Any:
    """Return a value as its column holds it; None for one that no column can hold, or that the law does not know."""
    try:
        told = read_truth(name, value) if name.startswith(SEEN) else read(name, value)
    except Refusal:
        return None
    if told is None or isinstance(told, bool | str):
        return told
    scaled = Fraction(told) * MILLIONTHS
    return int(scaled) if scaled.denominator == 1 and abs(scaled) <= MOST * MILLIONTHS else None


def days_since(day: date) -> int:
    """Return a day as columns hold it."""
    return (day - EPOCH).days
