"""Who moved: a plain rule over a unit's or an enterprise's figures of a cycle, with the numbers that decided it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from zhiben.kernel.bilingual import Bilingual
from zhiben.law.clearing import share


class Pace(StrEnum):
    """Which way somebody went in a cycle."""

    AHEAD = "ahead"
    EVEN = "even"
    STILL = "still"
    BEHIND = "behind"


class Because(StrEnum):
    """What decided the place in the ranking."""

    OVERDUE_FEWER = "overdue-fewer"
    OVERDUE_MORE = "overdue-more"
    CLEARED = "cleared"
    NOTHING_CLEARED = "nothing-cleared"
    STILL_OVERDUE = "still-overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The figures of one of them: what stood when the cycle began, what came and went, what is late."""

    open_before: int
    came: int  # found, reopened, moved in
    went_otherwise: int  # voided, moved out
    signed_off: int
    open_after: int
    overdue_before: int
    overdue: int

    @property
    def to_clear(self) -> int:
        """What stood or came, and was not voided or moved elsewhere."""
        return max(self.open_before + self.came - self.went_otherwise, 0)

    @property
    def cleared(self) -> Fraction | None:
        """The share of it that was signed off; None where there was nothing."""
        return share(min(self.signed_off, self.to_clear), self.to_clear)

    @property
    def pace(self) -> Pace:
        """Fell behind: more are overdue. Moved ahead: fewer are, or as many with more signed off than came."""
        if self.overdue > self.overdue_before:
            return Pace.BEHIND
        if self.overdue < self.overdue_before or self.signed_off > self.came:
            return Pace.AHEAD if self.signed_off or self.overdue < self.overdue_before else Pace.EVEN
        if self.open_after and not self.signed_off:
            return Pace.STILL
        return Pace.EVEN

    @property
    def reasons(self) -> tuple[tuple[Because, dict[str, Any]], ...]:
        """The numbers behind the pace, the weightiest first."""
        told: list[tuple[Because, dict[str, Any]]] = []
        if self.overdue != self.overdue_before:
            because = Because.OVERDUE_FEWER if self.overdue < self.overdue_before else Because.OVERDUE_MORE
            told.append((because, {"before": self.overdue_before, "now": self.overdue}))
        elif self.overdue:
            told.append((Because.STILL_OVERDUE, {"now": self.overdue}))
        if self.signed_off:
            told.append((Because.CLEARED, {"n": self.signed_off, "of": self.to_clear}))
        elif self.open_after:
            told.append((Because.NOTHING_CLEARED, {"open": self.open_after}))
        return tuple(told)

    @property
    def rank(self) -> tuple[int, Fraction, int]:
        """Sort who went furthest first: change of the overdue, then the share cleared, then how many."""
        return (self.overdue - self.overdue_before, -(self.cleared or Fraction(0)), -self.signed_off)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Somebody with a standing: a unit by its path, or an enterprise by its number."""

    name: str
    standing: Standing
    path: str = ""
    enterprise: int | None = None


def forward(all_of_them: Iterable[Ranked], most: int) -> list[Ranked]:
    """Return who moved ahead, the furthest first."""
    found = [one for one in all_of_them if one.standing.pace is Pace.AHEAD]
    return sorted(found, key=lambda one: (*one.standing.rank, one.name))[:most]


def backward(all_of_them: Iterable[Ranked], most: int) -> list[Ranked]:
    """Return who fell behind or stood still, the worst first."""
    found = [one for one in all_of_them if one.standing.pace in {Pace.BEHIND, Pace.STILL}]
    return sorted(found, key=_worst)[:most]


def _worst(one: Ranked) -> tuple[int, int, int, str]:
    held = one.standing
    return (held.overdue_before - held.overdue, -held.overdue, -held.open_after, one.name)


def said(because: Because, facts: dict[str, Any]) -> Bilingual:
    """Put a reason into words.

    >>> said(Because.OVERDUE_FEWER, {"before": 7, "now": 4}).en
    'overdue 7 → 4'
    """
    if because in {Because.OVERDUE_FEWER, Because.OVERDUE_MORE}:
        return Bilingual("超期 {before} → {now}".format(**facts), "overdue {before} → {now}".format(**facts))
    if because is Because.STILL_OVERDUE:
        return Bilingual("仍有超期 {now}".format(**facts), "still {now} overdue".format(**facts))
    if because is Because.NOTHING_CLEARED:
        return Bilingual(
            "未销号 {open} 项，本期无一销号".format(**facts), "none of {open} open ones signed off".format(**facts)
        )
    percent = facts["n"] * 100 // facts["of"] if facts["of"] else 0
    return Bilingual(
        f"应销 {facts['of']} 项，已销 {facts['n']} 项（{percent}%）",
        f"{facts['n']} of {facts['of']} signed off ({percent} %)",
    )


def reason_words(standing: Standing) -> Bilingual:
    """Put all the reasons of a standing into one line."""
    told = [said(because, facts) for because, facts in standing.reasons]
    return Bilingual("；".join(one.zh for one in told), "; ".join(one.en for one in told))
