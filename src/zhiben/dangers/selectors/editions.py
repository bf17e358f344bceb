"""Open dangers of a unit by another day's law: whose candidate or chosen clauses read otherwise, or are gone.

A danger stays judged by the law of the day it was found; this tells what would be said of it on another day.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from zhiben.dangers.domain.kinds import OPEN
from zhiben.dangers.models import CandidateClause
from zhiben.dangers.selectors.reading import reach_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.ids import path_end
from zhiben.law.likening import Pair, difference, kin_on
from zhiben.law.standards import Standard, standards
from zhiben.orgs.models import Unit
from zhiben.standards.public import regional_editions

FEW = 5  # dangers shown of each clause
ROWS = 2000  # candidates looked through for them
Case = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A danger that a clause is offered to, or chosen for."""

    id: int
    number: str
    description: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ClauseTurn:
    """A clause of open dangers, and what it is by the later day's edition."""

    before: Standard
    after: Standard | None  # None: the standard no longer holds and none follows
    pair: Pair
    dangers: int
    chosen: int
    samples: tuple[Sample, ...]

    @property
    def is_unheld(self) -> bool:
        """Tell whether nobody can say what became of it: the later edition is held in part or by its header only."""
        return self.pair.after is None and self.after is not None and not self.pair.is_gone_from(self.after)


def clauses_between(actor: Actor, unit: Unit, since: date, until: date) -> list[ClauseTurn]:
    """Return the clauses of a unit's open dangers whose edition differs between two days, the most frequent first."""
    own = regional_editions()
    known = {each.id: each for each in (*standards().values(), *own)}
    kin = {each.id: _kin(each, own) for each in known.values()}
    turned = {
        id_: kin_on(each, until, kin[id_])
        for id_, each in known.items()
        if kin_on(each, since, kin[id_]) is not kin_on(each, until, kin[id_])
    }
    rows = _candidates(actor, unit).filter(standard__in=list(turned))
    counted = rows.values("standard", "clause").annotate(
        dangers=Count("danger", distinct=True), chosen=Count("danger", distinct=True, filter=Q(answer="chosen"))
    )
    samples = _samples(rows)
    found = [
        ClauseTurn(
            before=known[one["standard"]],
            after=turned[one["standard"]],
            pair=pair,
            dangers=one["dangers"],
            chosen=one["chosen"],
            samples=tuple(samples[one["standard"], one["clause"]]),
        )
        for one in counted
        if (pair := _pair(known[one["standard"]], turned[one["standard"]], one["clause"])) is not None
    ]
    return sorted(found, key=lambda one: (-one.chosen, -one.dangers, one.before.id))


def _kin(each: Standard, own: Sequence[Standard]) -> list[Standard] | None:
    """Return the versions of a region's pack; None: those of the packs."""
    return [one for one in own if one.family == each.family] if each.region else None


def _candidates(actor: Actor, unit: Unit) -> QuerySet[CandidateClause]:
    below = reach_of(actor).filter(path__gte=unit.path, path__lt=path_end(unit.path), state__in=sorted(map(str, OPEN)))
    return CandidateClause.objects.filter(danger__in=below).exclude(answer="rejected")


def _samples(rows: QuerySet[CandidateClause]) -> dict[Case, list[Sample]]:
    told = rows.order_by("-danger__found_on", "-danger_id").values_list(
        "standard", "clause", "danger_id", "danger__number", "danger__description", "answer"
    )[:ROWS]
    return _few(
        ((standard, ref), Sample(id_, number, text, answer == "chosen"))
        for standard, ref, id_, number, text, answer in told
    )


def _few(told: Iterable[tuple[Case, Sample]]) -> dict[Case, list[Sample]]:
    found: dict[Case, list[Sample]] = defaultdict(list)
    for case, sample in told:
        if len(found[case]) < FEW:
            found[case].append(sample)
    return found


def _pair(before: Standard, after: Standard | None, ref: str) -> Pair | None:
    """Return what the clause became; None where the edition is its own or the clause is not known."""
    clause = next((each for each in before.clauses if each.ref == ref), None)
    if clause is None or after is before:
        return None
    if after is None:
        return Pair(clause, None, 0)
    return next((pair for pair in difference(before, after).pairs if pair.before and pair.before.ref == ref), None)
