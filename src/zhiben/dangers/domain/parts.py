"""The five implementations, derived from the six parts of the treatment plan: each filled, evidenced and counted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from zhiben.dangers.domain.kinds import Part
from zhiben.dangers.domain.sameness import plain_text

SOURCES: Mapping[Part, tuple[str, ...]] = {
    Part.RESPONSIBILITY: ("people",),
    Part.MEASURES: ("goal", "measures"),
    Part.FUNDS: ("funds",),
    Part.TIME_LIMIT: ("time_limit",),
    Part.PLAN: ("safety",),
}
SIX = ("goal", "measures", "funds", "people", "time_limit", "safety")
SAYS_NOTHING = frozenset(
    map(plain_text, ("", "无", "暂无", "没有", "不详", "待定", "同上", "none", "n/a", "na", "tbd", "0"))
)


@dataclass(frozen=True, slots=True)
class Implementation:
    """One of the five: which parts of the plan it still lacks, and whether a file proves it."""

    part: Part
    lacks: tuple[str, ...]
    is_evidenced: bool

    @property
    def is_filled(self) -> bool:
        """Every part of the plan behind it says something."""
        return not self.lacks

    @property
    def stands(self) -> bool:
        """It is filled and proved."""
        return self.is_filled and self.is_evidenced


def says_something(text: str) -> bool:
    """Tell whether a part of a plan holds more than a way of saying nothing.

    >>> says_something("无"), says_something("5万元")
    (False, True)
    """
    return plain_text(text) not in SAYS_NOTHING


def implementations(plan: Mapping[str, str], evidenced: Collection[Part]) -> tuple[Implementation, ...]:
    """Return the five as the plan and its evidence stand; the gap is shown, not hidden."""
    return tuple(
        Implementation(part, tuple(name for name in names if not says_something(plan.get(name, ""))), part in evidenced)
        for part, names in SOURCES.items()
    )


def as_planned(five: Collection[Implementation]) -> bool:
    """Tell whether all five stand: the danger is being rectified as planned."""
    return len(five) == len(Part) and all(one.stands for one in five)
