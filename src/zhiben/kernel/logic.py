"""Three-valued logic (Kleene): True, False, and None for unknown. Missing is never «fine»."""

from collections.abc import Iterable

Truth = bool | None


def all_of(values: Iterable[Truth]) -> Truth:
    """Return False if any is False, else None if any is unknown, else True.

    >>> all_of([True, None]), all_of([False, None]), all_of([])
    (None, False, True)
    """
    unknown = False
    for value in values:
        if value is False:
            return False
        unknown = unknown or value is None
    return None if unknown else True


def any_of(values: Iterable[Truth]) -> Truth:
    """Return True if any is True, else None if any is unknown, else False.

    >>> any_of([True, None]), any_of([False, None]), any_of([])
    (True, None, False)
    """
    unknown = False
    for value in values:
        if value is True:
            return True
        unknown = unknown or value is None
    return None if unknown else False


def negated(value: Truth) -> Truth:
    """Return the opposite; the opposite of unknown is unknown."""
    return None if value is None else not value
