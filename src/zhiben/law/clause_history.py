"""A clause through the editions of its standard: what it was before, what it became."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhiben.law.likening import Pair, difference, follows, forerunner
from zhiben.law.standards import Clause, Standard, standards

Editions = tuple[Standard, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A clause in one edition; None: that edition does not hold it. `pair` is how it came from the edition before."""

    standard: Standard
    clause: Clause | None
    pair: Pair | None


def clause_history(known: Standard, each: Clause, among: Iterable[Standard] | None = None) -> list[Stage]:
    """Return a clause in every edition that can be followed from here, oldest first; `among` others than the packs'."""
    every = tuple(standards().values() if among is None else among)
    here = Stage(known, each, _came(known, each, every))
    return [*reversed(list(_before(known, each, every))), here, *_after(known, each, every)]


def _before(known: Standard, each: Clause, every: Editions) -> Iterator[Stage]:
    standing: Clause | None = each
    while standing is not None and (earlier := forerunner(known, every)) is not None:
        pair = next(one for one in difference(earlier, known).pairs if one.after and one.after.ref == standing.ref)
        standing, known = pair.before, earlier
        yield Stage(known, standing, _came(known, standing, every) if standing else None)


def _came(known: Standard, each: Clause, every: Editions) -> Pair | None:
    earlier = forerunner(known, every)
    if earlier is None:
        return None
    return next((one for one in difference(earlier, known).pairs if one.after and one.after.ref == each.ref), None)


def _after(known: Standard, each: Clause, every: Editions) -> Iterator[Stage]:
    standing: Clause | None = each
    while standing is not None and (later := _heir(known, every)) is not None:
        pair = next(one for one in difference(known, later).pairs if one.before and one.before.ref == standing.ref)
        standing, known = pair.after, later
        yield Stage(known, standing, pair)


def _heir(known: Standard, every: Editions) -> Standard | None:
    """Return the edition whose forerunner this one is, if its clauses are held."""
    return next((one for one in every if follows(known, one) and one.clauses and _is_next(known, one, every)), None)


def _is_next(known: Standard, later: Standard, every: Editions) -> bool:
    earlier = forerunner(later, every)
    return earlier is not None and earlier.id == known.id
