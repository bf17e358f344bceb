"""Has it come back? A danger found after another was signed off at the same place: by clause, words and measure.

The rule is `docs/algorithms/recurrence.md`: place and chosen clause equal link by themselves; place with equal words or
an equal measure is proposed to a person; less is nothing.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhiben.dangers.domain.sameness import plain_text


class RecurrenceState(StrEnum):
    """What is said of a link to an earlier danger."""

    PROPOSED = "proposed"
    LINKED = "linked"  # by the rule
    CONFIRMED = "confirmed"  # by a person
    DISMISSED = "dismissed"
    DROPPED = "dropped"  # what it rested on was taken back


COUNTED = frozenset({RecurrenceState.LINKED, RecurrenceState.CONFIRMED})
BY_PROGRAM = frozenset({RecurrenceState.PROPOSED, RecurrenceState.LINKED, RecurrenceState.DROPPED})


class Tie(StrEnum):
    """What two dangers have in common."""

    PLACE = "place"
    CLAUSE = "clause"
    WORDS = "words"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A danger as far as recurrence cares; clauses are those a person chose."""

    id: int
    unit: int
    place: str
    words: str
    found_on: date
    closed_on: date | None = None
    clauses: frozenset[str] = frozenset()
    measure: str = ""


def spot(unit: int, place: str) -> tuple[int, str] | None:
    """Return where it is, however written; None where no place within the unit is told.

    >>> spot(7, "１号 车间，东侧") == spot(7, "1号车间东侧")
    True
    """
    plain = plain_text(place)
    return (unit, plain) if plain else None


def ties(new: Trace, earlier: Trace) -> frozenset[Tie]:
    """Return what a new danger shares with one signed off no later than it was found."""
    if earlier.closed_on is None or earlier.closed_on > new.found_on or new.id == earlier.id:
        return frozenset()
    if spot(new.unit, new.place) is None or spot(new.unit, new.place) != spot(earlier.unit, earlier.place):
        return frozenset()
    found = {Tie.PLACE}
    if new.clauses & earlier.clauses:
        found.add(Tie.CLAUSE)
    if _same(new.words, earlier.words):
        found.add(Tie.WORDS)
    if _same(new.measure, earlier.measure):
        found.add(Tie.MEASURE)
    return frozenset(found)


def said(shared: frozenset[Tie]) -> RecurrenceState | None:
    """Return what the program says by itself; None: nothing."""
    if {Tie.PLACE, Tie.CLAUSE} <= shared:
        return RecurrenceState.LINKED
    if Tie.PLACE in shared and shared & {Tie.WORDS, Tie.MEASURE}:
        return RecurrenceState.PROPOSED
    return None


def _same(one: str, other: str) -> bool:
    plain = plain_text(one)
    return bool(plain) and plain == plain_text(other)
