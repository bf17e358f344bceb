"""Words of a command line or an address as values.

On a command line what does not fit is refused with an example; in an address it is nothing.
"""

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
    found = number(written)
    if found is not None:
        return found
    raise Invalid("command:wrong-count", field=field, value=written, example=20)


def number(written: str | None) -> int | None:
    """Read a number that a row may bear; None for anything else."""
    fits = written and written.isascii() and written.isdigit() and len(written) < _LONGEST_COUNT
    return int(written) if written and fits else None
