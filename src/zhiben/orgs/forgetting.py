"""Who keeps something about persons: when somebody's personal data are destroyed, every room destroys its share.

A room registers its keeper in `jobs.py`, which every process loads.
"""

from collections.abc import Callable
from dataclasses import dataclass

KEEPERS: dict[str, "Keeper"] = {}


def _nothing(person_id: int) -> int:  # noqa: ARG001 -- a keeper that only objects
    return 0


def _no_subjects(person_id: int) -> list[str]:  # noqa: ARG001 -- a keeper without entries of its own
    return []


def _no_objection(person_id: int) -> None:
    """Object to nothing."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """`forget` destroys inside the caller's transaction and tells how many rows; `check` refuses what must be done first.

    `subjects` names what the journal holds of the person's own words: its personal values are destroyed too.
    """

    name: str
    forget: Callable[[int], int] = _nothing
    check: Callable[[int], None] = _no_objection
    subjects: Callable[[int], list[str]] = _no_subjects


def register_keeper(keeper: Keeper) -> None:
    """Have a room asked and told when a person's data are destroyed."""
    if KEEPERS.setdefault(keeper.name, keeper) != keeper:
        raise TypeError(f"two keepers share the name {keeper.name!r}")


def keepers() -> list[Keeper]:
    """Return all keepers in the order of their names."""
    return [KEEPERS[name] for name in sorted(KEEPERS)]
