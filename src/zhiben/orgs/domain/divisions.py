"""Division codes as the tree needs them: padding, and the level that the length of a short code names."""

from zhiben.orgs.domain.kinds import UnitKind

WIDTH = 12
KIND_OF_LENGTH = {2: UnitKind.PROVINCE, 4: UnitKind.CITY, 9: UnitKind.TOWNSHIP}
LENGTHS = (2, 4, 6, 9, WIDTH)


def padded(code: str) -> str | None:
    """Return a code of 2, 4, 6, 9 or 12 digits with twelve; None for anything else.

    >>> padded("5101"), padded("51x")
    ('510100000000', None)
    """
    if len(code) in LENGTHS and code.isascii() and code.isdigit():
        return code.ljust(WIDTH, "0")
    return None


def kind_meant(code: str) -> UnitKind | None:
    """Return the level that a short code's length names; six digits are used for cities and counties alike."""
    return KIND_OF_LENGTH.get(len(code))
