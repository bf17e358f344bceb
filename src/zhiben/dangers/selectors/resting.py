"""Which open dangers rest on a clause: chosen for them by a person, or the one they were suspected by."""

from collections.abc import Iterable, Sequence

from zhiben.dangers.domain.kinds import OPEN
from zhiben.dangers.models import CandidateClause, Suspicion
from zhiben.dangers.selectors.reading import reach_of
from zhiben.kernel.actor import Actor
from zhiben.standards.public import Resting


def open_on(actor: Actor, enterprises: Sequence[int], editions: Sequence[str]) -> Iterable[Resting]:
    """Return the open dangers of these enterprises that rest on a clause of these editions, within the actor's reach."""
    known = {one.pk: one for one in reach_of(actor).filter(enterprise_id__in=enterprises, state__in=sorted(OPEN))}
    chosen = CandidateClause.objects.filter(danger__in=known, standard__in=editions, answer="chosen")
    suspected = Suspicion.unscoped.filter(danger__in=known, standard__in=editions)
    found = {
        *chosen.values_list("danger", "standard", "clause"),
        *suspected.values_list("danger", "standard", "clause"),
    }
    for number, standard, clause in sorted(found):
        one = known[number]
        yield Resting(one.pk, one.number, one.description, one.enterprise_id or 0, standard, clause, "dangers:detail")
