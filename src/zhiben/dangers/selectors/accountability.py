"""Candidates for treating as an accident, for those who may answer them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from zhiben.dangers.models import AccidentCandidate
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.reading import reach_of
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.orgs.scope import scope_of, seen


def candidates_for(actor: Actor, *, answer: str = "") -> QuerySet[AccidentCandidate]:
    """Return the candidates inside the actor's reach, newest first."""
    rows = AccidentCandidate.unscoped.filter(seen(scope_of(actor, DangerPermission.ACCIDENT)))
    if answer:
        rows = rows.filter(answer=answer)
    return rows.select_related("danger", "unit", "enterprise", "party", "answered_by__person").order_by(
        "-raised_on", "-pk"
    )


def candidate_for(actor: Actor, candidate_id: int) -> AccidentCandidate:
    """Return one candidate; strangers are told that there is none."""
    row = candidates_for(actor).filter(pk=candidate_id).first()
    if row is None:
        raise NotFound("as-accident:not-found")
    return row


def numbers_of(actor: Actor, rows: Iterable[AccidentCandidate]) -> dict[int, str]:
    """Return the numbers of the enterprises' own findings that candidates name, as far as the actor sees them."""
    wanted = {pk for row in rows for pk in row.facts.get("own_dangers", [])}
    return dict(reach_of(actor).filter(pk__in=wanted).values_list("pk", "number"))
