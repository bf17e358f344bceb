"""What the clearing ledger counts, and the identity that holds for any cut and any two days."""

from dataclasses import dataclass
from enum import IntEnum


class What(IntEnum):
    """The counted things. All are kept as running totals, so that any span is the difference of two days."""

    OPEN = 0
    FOUND = 1
    SIGNED_OFF = 2
    REOPENED = 3
    MOVED_IN = 4
    MOVED_OUT = 5
    VOIDED = 6
    OVERDUE = 7
    SELF_ACCEPTED = 8  # of the signed-off ones: counted apart, sampled by the supervisor
    IMPORTED_CLOSED = 9  # rows that entered already closed: counted apart, in nothing else


# How one event of each kind changes what is open.
SIGN: dict[What, int] = {
    What.FOUND: 1,
    What.REOPENED: 1,
    What.MOVED_IN: 1,
    What.MOVED_OUT: -1,
    What.SIGNED_OFF: -1,
    What.VOIDED: -1,
}


class Cut(IntEnum):
    """The three fixed cuts above county: one dimension by level."""

    INDUSTRY = 1
    CHANNEL = 2
    MATTER = 3


LEVEL_BITS = 8
DIMENSION_MASK = 0xFF


@dataclass(frozen=True, slots=True)
class Cell:
    """Numbers of the dimensions (see `Dimension`): industry, channel, matter, level; each 0 to 255."""

    industry: int
    channel: int
    matter: int
    level: int

    def packed(self) -> int:
        """Return the whole cell in one number.

        >>> Cell(1, 2, 3, 1).packed() == 1 << 24 | 2 << 16 | 3 << 8 | 1
        True
        """
        return self.industry << 24 | self.channel << 16 | self.matter << 8 | self.level

    def cut(self, cut: Cut) -> int:
        """Return the part of the cell that one cut keeps."""
        chosen = {Cut.INDUSTRY: self.industry, Cut.CHANNEL: self.channel, Cut.MATTER: self.matter}[cut]
        return chosen << LEVEL_BITS | self.level


def part(packed: int, cut: Cut) -> int:
    """Return what `Cell.cut` would, from a packed cell."""
    shift = {Cut.INDUSTRY: 24, Cut.CHANNEL: 16, Cut.MATTER: 8}[cut]
    return (packed >> shift & DIMENSION_MASK) << LEVEL_BITS | (packed & DIMENSION_MASK)


@dataclass(frozen=True, slots=True)
class ClearingRow:
    """One row of the clearing ledger between two days, both included."""

    open_before: int = 0
    found: int = 0
    reopened: int = 0
    moved_in: int = 0
    moved_out: int = 0
    signed_off: int = 0
    voided: int = 0
    open_after: int = 0
    overdue: int = 0

    def balances(self) -> bool:
        """Tell whether the identity holds: open before + in − out = open after."""
        came = self.found + self.reopened + self.moved_in
        went = self.moved_out + self.signed_off + self.voided
        return self.open_before + came - went == self.open_after
