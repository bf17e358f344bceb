"""When two tellings are the same danger: the same site, day, place and words, written however."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from hashlib import sha256

_NOISE = re.compile(r"[\W_]+")
_SEPARATOR = "\x1f"
KEY_BYTES = 16


@lru_cache(maxsize=4096)
def plain_text(text: str) -> str:
    """Return the words without width, case, spaces and punctuation.

    >>> plain_text(" １号车间，灭火器 过期。") == plain_text("1号车间灭火器过期")
    True
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=4096)  # asked for several times on the way of one row
def content_key(unit_id: int, found_on: date, place: str, description: str, *, copy: int = 0) -> bytes:
    """Return the key of a danger's content; `copy` tells apart equal rows that somebody says are two dangers."""
    parts = [str(unit_id), found_on.isoformat(), plain_text(place), plain_text(description) or description.strip()]
    if copy:
        parts.append(str(copy))
    return sha256(_SEPARATOR.join(parts).encode()).digest()[:KEY_BYTES]
