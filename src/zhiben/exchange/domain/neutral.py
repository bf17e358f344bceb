"""Text that a spreadsheet must not take for a formula."""

STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """Return text that no spreadsheet runs, whatever it begins with.

    >>> neutral("=1+1"), neutral("灭火器过期"), neutral(" @SUM(A1)")
    ("'=1+1", '灭火器过期', "' @SUM(A1)")
    """
    return f"'{text}" if text.lstrip(" \u3000\n").startswith(STARTS) else text
