"""A split, a merger or a move of units as data: who receives what, who ends, who stands in for whom."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self


class ReorganisationKind(StrEnum):
    """What happens to units."""

    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"


class ReorganisationState(StrEnum):
    """Where a reorganisation stands."""

    AWAITING = "awaiting"  # grants would reach further: somebody who grants roles has to agree
    WAITING = "waiting"  # for its day
    RUNNING = "running"
    STUCK = "stuck"  # refused on its way: put right, then resumed
    DONE = "done"
    CANCELLED = "cancelled"


UNDER_WAY = (ReorganisationState.WAITING, ReorganisationState.RUNNING)
UNFINISHED = (*UNDER_WAY, ReorganisationState.AWAITING, ReorganisationState.STUCK)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who takes units in: one that stands (or stood, and is revived), or a new one below `parent`."""

    unit: int | None = None
    kind: str = ""
    name: str = ""
    division_code: str = ""
    parent: int | None = None

    @property
    def is_new(self) -> bool:
        """Tell whether it is yet to be made."""
        return self.unit is None


@dataclass(frozen=True, slots=True)
class Plan:
    """What shall happen: each moved unit with the number of its receiver, each ended unit with that of its heir.

    An ended unit's own records, grants and departments go to its heir, as does whatever still hangs on it on the day.
    `shares` names units that go on while grants at them hold at a new receiver too. `returns` names the reorganisation
    that this one takes back: its records go back where they came from.
    """

    kind: ReorganisationKind
    receivers: tuple[Receiver, ...]
    moves: tuple[tuple[int, int], ...] = ()
    ends: tuple[tuple[int, int], ...] = ()
    revives: tuple[int, ...] = ()
    shares: tuple[tuple[int, int], ...] = ()
    returns: int | None = None
    names: Mapping[str, str] = field(default_factory=dict)  # of the units concerned, as they were called when planned

    def write(self) -> dict[str, Any]:
        """Write the plan as it is stored."""
        return asdict(self)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """Read a stored plan.

        >>> plan = Plan(ReorganisationKind.MOVE, (Receiver(unit=3),), moves=((7, 0),))
        >>> Plan.read(plan.write()) == plan
        True
        """
        return cls(
            kind=ReorganisationKind(stored["kind"]),
            receivers=tuple(Receiver(**one) for one in stored["receivers"]),
            moves=_pairs(stored["moves"]),
            ends=_pairs(stored["ends"]),
            revives=tuple(stored["revives"]),
            shares=_pairs(stored["shares"]),
            returns=stored["returns"],
            names=dict(stored["names"]),
        )

    @property
    def roots(self) -> tuple[int, ...]:
        """Return the units whose subtrees change: those moved and those ended."""
        return tuple(dict.fromkeys([*(unit for unit, _ in self.moves), *(unit for unit, _ in self.ends)]))

    @property
    def about(self) -> tuple[int, ...]:
        """Return the units a plan is told by: who ends in a merger, who is split or stands again; else what moves.

        >>> merger = Plan(ReorganisationKind.MERGE, (Receiver(unit=3),), moves=((7, 0), (8, 0)), ends=((5, 0),))
        >>> merger.about
        (5,)
        """
        told: dict[ReorganisationKind, tuple[int, ...]] = {
            ReorganisationKind.MERGE: tuple(unit for unit, _ in self.ends),
            ReorganisationKind.SPLIT: (*(unit for unit, _ in (*self.ends, *self.shares)), *self.revives),
        }
        return tuple(dict.fromkeys(told.get(self.kind, ()))) or self.roots

    @property
    def grounds(self) -> tuple[int, ...]:
        """Return the units that must go on standing: receivers, and the parents of new ones."""
        named = [one.unit if one.unit is not None else one.parent for one in self.receivers]
        return tuple(dict.fromkeys(unit for unit in named if unit is not None))


def _pairs(stored: Any) -> tuple[tuple[int, int], ...]:
    return tuple((int(unit), int(number)) for unit, number in stored)


def overlaps(one: str, other: str) -> bool:
    """Tell whether one path lies in the other's subtree.

    >>> overlaps("/1/2/", "/1/2/3/"), overlaps("/1/2/", "/1/3/")
    (True, False)
    """
    return one.startswith(other) or other.startswith(one)
