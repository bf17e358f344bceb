"""One text for one value: the canonical JSON that is hashed (RFC 8785 on a narrow profile)."""

import json
import re
from typing import Any

LARGEST = 2**53 - 1  # beyond it JSON readers disagree
_KEY = re.compile(r"[a-z0-9_~]+")
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def canonical(value: Any) -> str:
    """Write `value` in its one canonical form; refuse what has none.

    Text, whole numbers, truth values, None, and lists or dicts of these. On this profile Python's encoder with sorted
    keys equals RFC 8785 byte for byte; floats, other keys and lone surrogates are where the two would part.

    >>> canonical({"b": [1, None, True], "a": "隐患"})
    '{"a":"隐患","b":[1,null,true]}'
    """
    _check(value)
    text = _encode(value)
    text.encode()  # a lone surrogate has no bytes: UnicodeEncodeError is a ValueError
    return text


def _check(value: Any) -> None:
    match value:
        case None | bool() | str():
            return
        case int():
            if not -LARGEST <= value <= LARGEST:
                raise ValueError(f"{value} is too large for JSON readers to agree on")
        case dict():
            for key, inner in value.items():
                if not isinstance(key, str) or not _KEY.fullmatch(key):
                    raise ValueError(f"key {key!r} is not made of a-z, 0-9, _ and ~")
                _check(inner)
        case list() | tuple():
            for inner in value:
                _check(inner)
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical text: write it as text or a whole number")
