"""What a person chooses about notices: at once or once a day, over which channels; what cannot be chosen away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import Any

from zhiben.notices.domain.quiet import USUAL, Quiet

EVERYWHERE = ("program", "email")  # for whoever has not chosen


class When(StrEnum):
    """How soon a kind of notice goes out."""

    AT_ONCE = "at_once"
    DIGEST = "digest"  # together with the others, once a day


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind of notice, for one person; in the program it stands in any case."""

    when: When = When.AT_ONCE
    channels: tuple[str, ...] = ("email",)


USUAL_CHOICE = Choice()


@dataclass(frozen=True, slots=True)
class Choices:
    """All that a person chose."""

    quiet: Quiet | None = USUAL
    digest_at: time = time(8, 0)
    kinds: Mapping[str, Choice] = field(default_factory=dict)

    def of(self, kind: str) -> Choice:
        """Return what was chosen for a kind, or what is usual."""
        return self.kinds.get(kind, USUAL_CHOICE)


def write_kinds(kinds: Mapping[str, Choice]) -> dict[str, Any]:
    """Return choices as they are kept; what is usual is left out, so that a better default reaches everybody."""
    return {
        name: {"when": str(choice.when), "channels": list(choice.channels)}
        for name, choice in kinds.items()
        if choice != USUAL_CHOICE
    }


def read_kinds(kept: Mapping[str, Any]) -> dict[str, Choice]:
    """Read choices back."""
    return {name: Choice(When(one["when"]), tuple(one["channels"])) for name, one in kept.items()}
