"""What the rooms above make of a judged population: they register here, so that one command and one page do it all.

And how they go through one: `stretches` needs Polars, which is loaded by whoever judges, not by every page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from zhiben.analytics.public import Population
from zhiben.kernel.actor import Actor
from zhiben.kernel.periods import local_day
from zhiben.orgs.models import Enterprise, Unit
from zhiben.standards.looking import Looked

if TYPE_CHECKING:
    from zhiben.standards.stretches import Stretch

Piece = tuple[Population, NDArray[np.intp]]  # and the rows of it that are meant


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


def glanced_after(rows: QuerySet[Enterprise], after: int, *, at_most: int, now: datetime) -> tuple["Stretch", Looked]:
    """Return the next enterprises of `rows`, and the hazards that the snapshot tells of among them."""
    stretches = import_module("zhiben.standards.stretches")
    stretch: Stretch = stretches.stretch_after(rows, after, at_most=at_most, now=now)
    return stretch, stretches.glance(stretch, local_day(now))


def held_after(
    rows: QuerySet[Enterprise], after: int, facts: Sequence[str], *, day: date, at_most: int, now: datetime
) -> tuple["Stretch", Sequence[Piece]]:
    """Return the next enterprises of `rows`, and what is known of these facts there as columns."""
    stretches = import_module("zhiben.standards.stretches")
    stretch: Stretch = stretches.stretch_after(rows, after, at_most=at_most, now=now)
    return stretch, stretches.pieces(stretch, facts, day, at_most=at_most)
