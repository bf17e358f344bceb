"""Units as callers name them."""

from zhiben.orgs.selectors.units import unit_at


def unit_number(name: int | str) -> int:
    """Return the number of a unit named by number, path or division code; whether it may be used is asked later."""
    return name if isinstance(name, int) else unit_at(name).pk
