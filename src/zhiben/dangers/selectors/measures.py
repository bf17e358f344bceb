"""Measures that helped before: kept ones, then those of earlier signed-off dangers of the same clause or kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from zhiben.dangers.domain.kinds import State
from zhiben.dangers.models import CandidateClause, Danger, KeptMeasure, TreatmentPlan
from zhiben.dangers.selectors.circles import known_to
from zhiben.dangers.selectors.reading import danger_for, reach_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound

MOST = 8
LOOKED_AT = 20  # of each kind, newest first
LONGEST = 4000


class Whence(StrEnum):
    """Where proposed measures come from."""

    KEPT = "kept"
    OWN = "own"  # of the same enterprise
    SCOPE = "scope"  # of others that the actor may see


@dataclass(frozen=True, slots=True)
class Proposal:
    """Measures to begin with, where they come from and why they may fit; `ref` names them to the page."""

    ref: str
    text: str
    whence: Whence
    same_clause: bool
    name: str  # of the kept ones; else the number of the danger
    danger: int | None = None
    enterprise: str = ""
    closed_on: date | None = None


def measures_for(actor: Actor, danger_id: int) -> list[Proposal]:
    """Return measures to begin with for a danger: each wording once, nothing that the actor may not see."""
    found: dict[str, Proposal] = {}
    for one in _proposals(actor, danger_for(actor, danger_id)):
        found.setdefault("".join(one.text.split()), one)
        if len(found) == MOST:
            break
    return list(found.values())


def measure_named(actor: Actor, danger_id: int, ref: str) -> str:
    """Return the words that a page proposed under a name, if they would be proposed again."""
    for one in measures_for(actor, danger_id):
        if one.ref == ref:
            return one.text
    raise NotFound("measure:not-found")


def kept_measures_for(actor: Actor) -> QuerySet[KeptMeasure]:
    """Return the measures somebody keeps, and those shared with them, by name."""
    return KeptMeasure.objects.filter(known_to(actor)).select_related("account__person").order_by("name", "pk")


def own_measure(actor: Actor, measure_id: int) -> KeptMeasure:
    """Return measures that the actor keeps: nobody throws another one's away."""
    found = KeptMeasure.objects.filter(pk=measure_id, account=actor.id or 0).first()
    if found is None:
        raise NotFound("measure:not-found")
    return found


def chosen_clauses(danger: Danger) -> list[tuple[str, str]]:
    """Return the clauses that a person chose for a danger."""
    rows = CandidateClause.objects.filter(danger=danger, answer="chosen").order_by("pk")
    return list(rows.values_list("standard", "clause"))


def _proposals(actor: Actor, danger: Danger) -> Iterator[Proposal]:
    clauses = chosen_clauses(danger)
    yield from _kept(actor, danger, clauses)
    party = danger.party_id or danger.enterprise_id
    own = Q(danger__enterprise=party) | Q(danger__party=party) if party else Q(pk__in=[])
    for whence, where in ((Whence.OWN, own), (Whence.SCOPE, ~own)):
        for same_clause, alike in ((True, _of_clauses(clauses)), (False, _of_kind(danger))):
            if alike is not None:
                rows = _plans(actor, danger).filter(where, alike).order_by("-danger__closed_on", "-pk")
                yield from (_earlier(plan, whence, same_clause=same_clause) for plan in rows[:LOOKED_AT])


def _plans(actor: Actor, danger: Danger) -> QuerySet[TreatmentPlan]:
    closed = TreatmentPlan.objects.filter(danger__state=State.SIGNED_OFF, danger__in=reach_of(actor))
    return closed.exclude(measures="").exclude(danger=danger).select_related("danger__enterprise")


def _of_clauses(clauses: Sequence[tuple[str, str]]) -> Q | None:
    if not clauses:
        return None
    chosen = Q(pk__in=[])
    for standard, clause in clauses:
        chosen |= Q(standard=standard, clause=clause)
    return Q(danger__in=CandidateClause.objects.filter(chosen, answer="chosen").values("danger"))


def _of_kind(danger: Danger) -> Q | None:
    """Return the condition for the same matter, in the same industry where there is one."""
    if not danger.matter:
        return None
    return Q(danger__matter=danger.matter) & (Q(danger__industry=danger.industry) if danger.industry else Q())


def _kept(actor: Actor, danger: Danger, clauses: Sequence[tuple[str, str]]) -> Iterator[Proposal]:
    for kept in kept_measures_for(actor):
        same_clause = (kept.standard, kept.clause) in clauses
        if same_clause or not kept.matter or kept.matter == danger.matter:
            yield Proposal(f"kept-{kept.pk}", kept.text, Whence.KEPT, same_clause, kept.name)


def _earlier(plan: TreatmentPlan, whence: Whence, *, same_clause: bool) -> Proposal:
    danger = plan.danger
    return Proposal(
        ref=f"plan-{plan.pk}",
        text=plan.measures,
        whence=whence,
        same_clause=same_clause,
        name=danger.number,
        danger=danger.pk,
        enterprise=danger.enterprise.name if danger.enterprise else "",
        closed_on=danger.closed_on,
    )
