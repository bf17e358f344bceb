"""Reads of suspicions."""

from collections.abc import Iterable

from django.db.models import QuerySet

from zhiben.dangers.models import Suspicion
from zhiben.dangers.permissions import DangerPermission
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.orgs.scope import scope_of, seen


def suspicions_for(actor: Actor) -> QuerySet[Suspicion]:
    """Return the suspicions inside the actor's reach, newest first."""
    rows = Suspicion.unscoped.filter(seen(scope_of(actor, DangerPermission.VIEW)))
    return rows.select_related("unit", "enterprise").order_by("-raised_on", "-pk")


def suspicion_for(actor: Actor, suspicion_id: int) -> Suspicion:
    """Return one suspicion; strangers are told that there is none."""
    row = suspicions_for(actor).filter(pk=suspicion_id).first()
    if row is None:
        raise NotFound("suspicion:not-found")
    return row


def clauses_suspected(numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return the edition and clause of suspicions, for whoever reads the journal's entries about them."""
    rows = Suspicion.unscoped.filter(pk__in=list(numbers)).exclude(clause="").values_list("pk", "standard", "clause")
    return {number: (standard, clause) for number, standard, clause in rows}
