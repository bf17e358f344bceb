"""Identifiers: UUIDv7 that a client may make itself, and the opaque path segments of the tree."""

import secrets
import time
import uuid

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SUCCESSOR = "0"  # "0" follows "/": the end of a prefix range


def uuid7(at_ms: int | None = None) -> uuid.UUID:
    """Return a UUIDv7 (RFC 9562): time-ordered, 74 random bits."""
    stamp = time.time_ns() // 1_000_000 if at_ms is None else at_ms
    value = (
        (stamp & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    )
    return uuid.UUID(int=value)


def segment(number: int) -> str:
    """Write a positive number in base 36: one segment of a path.

    >>> segment(35), segment(36)
    ('z', '10')
    """
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"


def path_end(path: str) -> str:
    """Return the first path after every path below `path`: the subtree is `path <= x < end`.

    >>> path_end("/1/b/")
    '/1/b0'
    """
    return path[:-1] + SUCCESSOR


def ancestors(path: str) -> list[str]:
    """Return the paths of all ancestors and of the unit itself, top first.

    >>> ancestors("/1/b/4k/")
    ['/1/', '/1/b/', '/1/b/4k/']
    """
    parts = path.strip("/").split("/") if path.strip("/") else []
    return ["/" + "/".join(parts[: i + 1]) + "/" for i in range(len(parts))]
