"""What rests on a clause in the rooms above: they register here, so that a what-if can tell which open dangers it touches."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from zhiben.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Resting:
    """A record that rests on a clause of an edition at an enterprise."""

    id: int
    number: str
    text: str
    enterprise: int
    standard: str
    clause: str
    page: str  # the name of the page that shows it


Source = Callable[[Actor, Sequence[int], Sequence[str]], Iterable[Resting]]
_sources: list[Source] = []


def register_resting(source: Source) -> None:
    """Let a room tell its open records: of these enterprises, resting on these editions, as the actor may see them."""
    if source not in _sources:
        _sources.append(source)


def resting(actor: Actor, enterprises: Sequence[int], editions: Sequence[str]) -> list[Resting]:
    """Return every open record that rests on a clause of these editions."""
    return [one for source in _sources for one in source(actor, enterprises, editions)]
