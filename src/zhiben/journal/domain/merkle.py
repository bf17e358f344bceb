"""The tree whose root stands for where every chain was (RFC 6962: leaves and nodes are hashed apart)."""

from collections.abc import Iterable
from typing import NamedTuple

from zhiben.journal.domain.chain import HASHES

_LEAF, _NODE = b"\0", b"\1"


class Stand(NamedTuple):
    """Where a chain stood: its newest entry and that entry's hash in hexadecimal."""

    chain: str
    seq: int
    head: str


def tree_root(stands: Iterable[Stand], alg: str = "SHA-256") -> bytes:
    """Return the root of the tree over `chain|seq|head`, sorted by chain.

    Pairing from the left and carrying an odd one up gives the same tree as RFC 6962's split at powers of two.
    """
    make = HASHES[alg]
    level: list[bytes] = [make(_LEAF + f"{s.chain}|{s.seq}|{s.head}".encode()).digest() for s in sorted(stands)]
    if not level:
        empty: bytes = make(b"").digest()
        return empty
    while len(level) > 1:
        pairs = [make(_NODE + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]
