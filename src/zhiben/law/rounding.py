"""Shares and rounding of exact numbers: rounded once, at the end, and told."""

from fractions import Fraction
from math import floor

from zhiben.kernel.quantities import Number, exact


def percent_of(base: Number, percent: object) -> Fraction:
    """Return so many percent of a number, exactly.

    >>> percent_of(36, 60)
    Fraction(108, 5)
    """
    return Fraction(base) * exact(percent) / 100


def rounded(value: Number, places: int) -> Fraction:
    """Round half up (away from zero) to so many decimal places.

    >>> rounded(Fraction(415, 12), 4) == Fraction("34.5833")
    True
    """
    scaled = abs(Fraction(value)) * 10**places
    whole = Fraction(floor(scaled + Fraction(1, 2)), 10**places)
    return whole if value >= 0 else -whole
