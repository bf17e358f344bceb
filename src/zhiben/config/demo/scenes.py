"""What the example records are made of, read from `scenes.yaml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

Scene = tuple[str, str, int]  # sentence, place, share of major ones in 100


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of example enterprises."""

    slug: str
    word: str
    count: int
    industries: tuple[str, ...]
    staff: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scenes:
    """All of the file."""

    prefecture: str
    kinds: Sequence[Kind]
    dangers: Mapping[str, Sequence[Scene]]
    measures: Sequence[str]

    def of(self, kind: str) -> Sequence[Scene]:
        """Return what may be found at a kind of enterprise."""
        return (*self.dangers["common"], *self.dangers.get(kind, ()))


@cache
def scenes() -> Scenes:
    """Read the file once."""
    written = yaml.safe_load(Path(__file__).with_name("scenes.yaml").read_text(encoding="utf-8"))
    return Scenes(
        prefecture=written["prefecture"],
        kinds=[
            Kind(k["kind"], k["zh"], k["n"], tuple(k["industries"]), tuple(k["staff"])) for k in written["enterprises"]
        ],
        dangers={kind: [tuple(scene) for scene in found] for kind, found in written["dangers"].items()},
        measures=written["measures"],
    )
