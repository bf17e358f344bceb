"""Words of a command line as values; what does not fit is refused with an example, as everything else is."""

from datetime import date

from zhiben.kernel.errors import Invalid

_LONGEST_COUNT = 19  # digits that a database can still count to


def day(written: str, field: str = "--on") -> date:
    """Read a day: YYYY-MM-DD."""
    try:
        if len(written) == len("2025-06-20"):
            return date.fromisoformat(written)
    except ValueError:
        pass
    raise Invalid("command:wrong-day", field=field, value=written, example="2025-06-20")


def count(written: str, field: str = "--limit") -> int:
    """Read how many."""
    if written.isascii() and written.isdigit() and len(written) < _LONGEST_COUNT:
        return int(written)
    raise Invalid("command:wrong-count", field=field, value=written, example=20)
