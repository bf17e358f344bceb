"""Drawing a random sample that anybody can draw again: seed first, then order by sha256. See docs/algorithms/sampling.md."""

from collections.abc import Collection
from enum import StrEnum
from hashlib import sha256

METHOD = "sha256(seed|uid), the smallest first"


class Population(StrEnum):
    """What is drawn from."""

    SELF_ACCEPTED = "self_accepted"
    GENERAL = "general"  # general ones that another person accepted


def rank(seed: str, uid: str) -> str:
    """Return the place of one danger in the order that a seed makes.

    >>> rank("example", "00000000-0000-7000-8000-000000000001")[:12]
    '6a310a2d46e9'
    """
    return sha256(f"{seed}|{uid}".encode()).hexdigest()


def drawn(uids: Collection[str], seed: str, size: int) -> list[str]:
    """Return the sample: the `size` dangers whose ranks are smallest, in that order."""
    return sorted(set(uids), key=lambda uid: (rank(seed, uid), uid))[:size]


def frame_hash(uids: Collection[str]) -> str:
    """Return what the journal holds of the population, so that nobody changes it between seed and draw."""
    return sha256("\n".join(sorted(set(uids))).encode()).hexdigest()


def size_of(population: int, percent: int) -> int:
    """Return how many are drawn: the share rounded up, at least one of any.

    >>> [size_of(n, 5) for n in (0, 1, 20, 21, 400)]
    [0, 1, 1, 2, 20]
    """
    return -(-population * percent // 100)
