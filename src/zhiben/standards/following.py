"""What the rooms above make of a judged population: they register here, so that one command and one page do it all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from zhiben.kernel.actor import Actor
from zhiben.orgs.models import Unit


class Raise(Protocol):
    """Judge a part of the tree and keep what follows; return the counts. May be run again, and twice at once."""

    def __call__(
        self, unit: Unit, *, asks: bool, actor: Actor, now: datetime, tell: Callable[[int], None] | None = None
    ) -> dict[str, Any]:
        """Do it, telling how many enterprises each part had."""


@dataclass
class _Registered:
    raised_by: Raise | None = None


_registered = _Registered()


def register_raise(raised_by: Raise) -> None:
    """Let the room that keeps suspicions say how they are raised."""
    _registered.raised_by = raised_by


def raised_by() -> Raise:
    """Return how suspicions are raised; a program without the room above cannot."""
    if _registered.raised_by is None:
        raise TypeError("no room registered how suspicions are raised")
    return _registered.raised_by
