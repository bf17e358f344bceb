"""Steps for many dangers as their maker sees them: what was chosen, which steps it is open to, what became of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from zhiben.dangers.domain.bulk import BULK_MOVES, Outcome
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.domain.undo import is_soon_enough
from zhiben.dangers.models import BulkRow, BulkRun, Danger, UndoPoint
from zhiben.dangers.selectors.offers import Offer, moves_for_all
from zhiben.dangers.selectors.reading import reach_of
from zhiben.dangers.selectors.standing import habits
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound

TOGETHER = 200  # described for the rules at once


def bulks_for(actor: Actor) -> QuerySet[BulkRun]:
    """Return what the actor set going, newest first: nobody sees another one's."""
    return BulkRun.objects.filter(account=actor.id or 0).order_by("-made_at", "-id")


def bulk_for(actor: Actor, run_id: UUID) -> BulkRun:
    """Return one of the actor's own; else answer as if it did not exist."""
    run = bulks_for(actor).filter(pk=run_id).first()
    if run is None:
        raise NotFound("bulk:not-found")
    return run


@dataclass(frozen=True, slots=True)
class Prospect:
    """A danger before the step: what stands against it, if anything. None: no longer there for the actor."""

    row: BulkRow
    danger: Danger | None
    reasons: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether the step would be tried with hope."""
        return not self.reasons


@dataclass(frozen=True)
class Prospects:
    """What was chosen, against every step that fits many."""

    rows: Sequence[BulkRow]
    dangers: Mapping[int, Danger]
    offers: Mapping[int, Mapping[Move, Offer]]

    def opens(self) -> Counter[Move]:
        """Count the dangers to which each step is open."""
        return Counter(offer.move for offers in self.offers.values() for offer in offers.values() if offer.is_open)

    def of(self, move: Move) -> list[Prospect]:
        """Return each row before a step: those that would be refused first."""
        told = [Prospect(row, self.dangers.get(row.danger_id), tuple(self._against(row, move))) for row in self.rows]
        return sorted(told, key=lambda one: (one.is_open, one.row.danger_id))

    def _against(self, row: BulkRow, move: Move) -> Iterator[str]:
        danger = self.dangers.get(row.danger_id)
        if danger is None:
            yield "danger:not-found"
        elif danger.version != row.version:
            yield "danger:already-moved"
        elif move not in self.offers[row.danger_id]:
            yield "bulk:step-not-there"
        else:
            yield from self.offers[row.danger_id][move].reasons


def prospects_of(run: BulkRun, actor: Actor, *, now: datetime) -> Prospects:
    """Return what was chosen with the steps open to it, in a few questions for every two hundred."""
    rows = list(run.rows.order_by("danger"))
    dangers: dict[int, Danger] = {}
    offers: dict[int, Mapping[Move, Offer]] = {}
    for start in range(0, len(rows), TOGETHER):
        ids = [row.danger_id for row in rows[start : start + TOGETHER]]
        part = list(reach_of(actor).filter(pk__in=ids).select_related("unit", "enterprise", "party", "department"))
        dangers |= {danger.pk: danger for danger in part}
        for danger_id, open_to in moves_for_all(actor, part, now=now).items():
            offers[danger_id] = {offer.move: offer for offer in open_to if offer.move in BULK_MOVES}
    return Prospects(rows, dangers, offers)


def outcomes_of(run: BulkRun) -> dict[Outcome, int]:
    """Count the rows by what became of them."""
    counted = dict(run.rows.values_list("outcome").annotate(n=Count("pk")).order_by())
    return {outcome: counted.get(str(outcome), 0) for outcome in Outcome}


def may_undo(run: BulkRun, done: int, *, most: int, now: datetime) -> bool:
    """Tell whether what was done may still be taken back together: few, soon, and one of them at least its last step.

    Each is asked by itself then. Where no step can be taken back at all, such as a new major danger, nothing is offered.
    """
    ended = run.ended_at
    if not 0 < done <= most or ended is None or not is_soon_enough(ended, now, habits().undo_minutes):
        return False
    told = run.rows.filter(outcome=Outcome.DONE).values("danger")
    return UndoPoint.objects.filter(danger__in=told, account=run.account_id, move=run.move).exists()


def rows_of(run: BulkRun, actor: Actor) -> list[tuple[BulkRow, Danger | None]]:
    """Return the rows with their dangers as far as the actor may still see them: the refused first, then those waiting."""
    order = [Outcome.REFUSED, Outcome.WAITING, Outcome.UNCHANGED, Outcome.DONE, Outcome.UNDONE]
    rows = sorted(run.rows.all(), key=lambda row: (order.index(Outcome(row.outcome)), row.danger_id))
    seen = {
        danger.pk: danger
        for danger in reach_of(actor).filter(pk__in=run.rows.values("danger")).select_related("unit", "enterprise")
    }
    return [(row, seen.get(row.danger_id)) for row in rows]
