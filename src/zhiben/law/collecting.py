"""What a function of the law tells while it works: its steps and the values of law it used.

Collected only while somebody asks for an explanation; otherwise telling costs one look at a variable.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhiben.law.parameters import Dated, Parameter


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a reckoning: what was done, and what came out."""

    zh: str
    en: str
    value: object


@dataclass(slots=True)
class Collected:
    """The steps in their order, and each value of law once."""

    steps: list[Step] = field(default_factory=list)
    used: dict[str, tuple["Parameter", "Dated"]] = field(default_factory=dict)


_OPEN: ContextVar[Collected | None] = ContextVar("zhiben_law_collected", default=None)


def step(zh: str, en: str, value: object) -> None:
    """Add a step to the explanation being collected, if there is one."""
    collected = _OPEN.get()
    if collected is not None:
        collected.steps.append(Step(zh, en, value))


def used(parameter: "Parameter", dated: "Dated") -> None:
    """Note that a value of law was used."""
    collected = _OPEN.get()
    if collected is not None:
        collected.used[f"{parameter.id} {dated.period.since}"] = (parameter, dated)


@contextmanager
def collecting() -> Iterator[Collected]:
    """Collect what is told inside; an explanation asked for inside another one keeps its own."""
    collected = Collected()
    token = _OPEN.set(collected)
    try:
        yield collected
    finally:
        _OPEN.reset(token)
