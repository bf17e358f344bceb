"""The trail of a danger through the cells of the figures, read from its journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zhiben.dangers.domain.cell import Cell

Told = tuple[str, Mapping[str, Any]]  # code and body of a journal entry


@dataclass(frozen=True, slots=True)
class Gap:
    """The stock was last told in one cell and goes on in another: a move that nobody told."""

    before: Cell
    after: Cell
    at: int = 0  # how many entries were told before it


def gaps(entries: Iterable[Told], now: Cell, *, is_open: bool) -> list[Gap]:
    """Return where the trail breaks, its end at the danger's present cell included while it is open."""
    found: list[Gap] = []
    stands: Cell | None = None
    number = 0
    for number, (code, body) in enumerate(entries, start=1):
        left, reached = _around(code, body)
        if stands is not None and left is not None and left != stands:
            found.append(Gap(stands, left, number - 1))
        if left is not None or reached is not None:
            stands = reached
    if is_open and stands is not None and stands != now:
        found.append(Gap(stands, now, number))
    return found


def _around(code: str, body: Mapping[str, Any]) -> tuple[Cell | None, Cell | None]:
    """Return the cell an event takes the danger out of, and the one it puts it into."""
    if code in {"danger:found", "danger:reopened", "danger:unmerged"}:
        return None, Cell.read(body["cell"])
    if code in {"danger:signed-off", "danger:merged"} or (code == "danger:voided" and body["was_open"]):
        return Cell.read(body["cell"]), None
    if code in {"danger:reclassified", "danger:moved"} and body["is_open"]:
        return Cell.read(body["before_cell"]), Cell.read(body["after_cell"])
    return None, None
