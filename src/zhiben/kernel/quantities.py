"""Exact numbers: quantities of law are scaled integers, ratios are compared by cross-multiplication."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from zhiben.kernel.errors import Invalid

Number = int | Fraction
LARGEST_EXPONENT = 40


def exact(value: object) -> Number:
    """Read a number without rounding; refuse what is none (text without digits, NaN, infinity, a truth value).

    >>> exact("0.1") + exact(0.2) == exact("0.3")
    True
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal | Fraction):
        raise Invalid("number:not-a-number", value=value)
    if isinstance(value, int | Fraction):
        return value
    try:
        number = Decimal(str(value).strip())  # str(0.2) is "0.2": what the person wrote
    except InvalidOperation as problem:
        raise Invalid("number:not-a-number", value=value) from problem
    if not number.is_finite() or abs(number.adjusted()) > LARGEST_EXPONENT:  # 1e999999999 would fill the memory
        raise Invalid("number:not-a-number", value=value)
    fraction = Fraction(number)
    return fraction.numerator if fraction.denominator == 1 else fraction
