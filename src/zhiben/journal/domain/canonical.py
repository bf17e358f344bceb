"""One text for one value: the canonical JSON that is hashed (RFC 8785 on a narrow profile)."""

import re
from functools import lru_cache
from typing import Any

import orjson

LARGEST = 2**53 - 1  # beyond it JSON readers disagree
_KEY = re.compile(r"[a-z0-9_~]+")

_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS  # the second lets members of a StrEnum be keys


def canonical(value: Any) -> str:
    """Write `value` in its one canonical form; refuse what has none.

    Text, whole numbers, truth values, None, and lists or dicts of these. On this profile an encoder with sorted keys
    equals RFC 8785 byte for byte; floats, other keys and lone surrogates are where the two would part.

    >>> canonical({"b": [1, None, True], "a": "隐患"})
    '{"a":"隐患","b":[1,null,true]}'
    """
    if type(value) is not str:
        _check(value)
    return orjson.dumps(value, option=_SORTED).decode()  # itself refuses lone surrogates


def _check(value: Any) -> None:
    if type(value) is str or value is None or isinstance(value, (str, bool)):
        return
    if isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise ValueError(f"{value} is too large for JSON readers to agree on")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str) or not _is_key(key):
                raise ValueError(f"key {key!r} is not made of a-z, 0-9, _ and ~")
            if type(inner) is not str and inner is not None and type(inner) is not bool:
                _check(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _check(inner)
    else:
        raise TypeError(f"{type(value).__name__} has no canonical text: write it as text or a whole number")


@lru_cache(maxsize=1024)
def _is_key(text: str) -> bool:
    return _KEY.fullmatch(text) is not None
