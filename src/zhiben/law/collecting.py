"""What a function of the law tells while it works: its steps and the values of law it used.

Every function collects its own, so that its answer can say what it rests on; an explanation reads the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhiben.law.parameters import Basis, Dated, Parameter

_WEAKEST_FIRST: "tuple[Basis, ...]" = ("setting", "practice", "law")
_NOTHING_CITED: "Basis" = "practice"  # mere reckoning: what cites no law does not claim to rest on it


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a reckoning: what was done, and what came out.

    `of`: what the line is about, as the caller wrote it or as only Chinese names it; no translation exists.
    """

    zh: str
    en: str
    value: object
    of: str | None = None


@dataclass(slots=True)
class Collected:
    """The steps in their order, and each value of law once."""

    steps: list[Step] = field(default_factory=list)
    used: dict[str, tuple["Parameter", "Dated"]] = field(default_factory=dict)

    def rests_on(self) -> "Basis":
        """Return what an answer rests on: it is no firmer than the weakest value under it."""
        bases = {parameter.basis for parameter, _ in self.used.values()}
        return next((basis for basis in _WEAKEST_FIRST if basis in bases), _NOTHING_CITED)


_OPEN: ContextVar[Collected | None] = ContextVar("zhiben_law_collected", default=None)


def step(zh: str, en: str, value: object, of: str | None = None) -> None:
    """Add a step to the explanation being collected, if there is one."""
    collected = _OPEN.get()
    if collected is not None:
        collected.steps.append(Step(zh, en, value, of))


def used(parameter: "Parameter", dated: "Dated") -> None:
    """Note that a value of law was used."""
    collected = _OPEN.get()
    if collected is not None:
        collected.used[f"{parameter.id} {dated.period.since}"] = (parameter, dated)


@contextmanager
def collecting() -> Iterator[Collected]:
    """Collect what is told inside; what is told inside a part is told of the whole too."""
    collected, outer = Collected(), _OPEN.get()
    token = _OPEN.set(collected)
    try:
        yield collected
    finally:
        _OPEN.reset(token)
        if outer is not None:
            outer.steps += collected.steps
            outer.used |= collected.used
