"""Many record numbers kept in few bytes: sorted, as differences, compressed."""

import json
import zlib
from collections.abc import Iterable
from itertools import accumulate, pairwise


def pack(numbers: Iterable[int]) -> bytes:
    """Pack different numbers.

    >>> unpack(pack([7, 3, 12]))
    [3, 7, 12]
    """
    ordered = [0, *sorted(set(numbers))]
    return zlib.compress(json.dumps([after - before for before, after in pairwise(ordered)]).encode())


def unpack(packed: bytes) -> list[int]:
    """Return the numbers in ascending order."""
    return list(accumulate(json.loads(zlib.decompress(packed))))
