"""What a dashboard or an enterprise's page tells of stops and of what happened after sign-off, in one look."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.accountability import candidates_for
from zhiben.dangers.selectors.listings import ListedNow, listed_now
from zhiben.dangers.selectors.lookbacks import LookbackCounts, lookback_counts
from zhiben.dangers.selectors.recurrences import repeats_in
from zhiben.dangers.selectors.stops import standing_stops
from zhiben.kernel.actor import Actor
from zhiben.kernel.ids import path_end
from zhiben.law.listings import Authority


@dataclass(frozen=True, slots=True)
class AfterFigures:
    """Stops and listings that stand, look-backs, repeats since a day, candidates that wait (None: not for this actor)."""

    stops: int
    lookbacks: LookbackCounts
    repeats: int
    candidates: int | None
    listed: Mapping[Authority, ListedNow]


def after_figures(actor: Actor, today: date, since: date, *, path: str) -> AfterFigures:
    """Return the figures of a subtree, as far as the actor sees."""
    waiting = candidates_for(actor, answer="open").filter(path__gte=path, path__lt=path_end(path))
    return AfterFigures(
        stops=standing_stops(actor, path=path).count(),
        lookbacks=lookback_counts(actor, today, path=path),
        repeats=repeats_in(actor, since, path=path),
        listed=listed_now(actor, today, path=path),
        candidates=waiting.count() if actor.has(DangerPermission.ACCIDENT) else None,
    )
