"""What of dangers is compared: their place, words, chosen clauses and measure."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import QuerySet

from zhiben.dangers.domain.moves import Move
from zhiben.dangers.domain.recurrence import Trace
from zhiben.dangers.models import CandidateClause, Danger, TreatmentPlan
from zhiben.dangers.selectors.reading import subject_of
from zhiben.journal.public import history

COLUMNS = ("pk", "unit_id", "place_text", "description", "found_on", "closed_on")


def traces_of(rows: QuerySet[Danger]) -> dict[int, Trace]:
    """Return dangers as far as recurrence cares, without their measures; in two queries."""
    told = list(rows.values_list(*COLUMNS))
    clauses = clauses_of([row[0] for row in told])
    return {
        pk: Trace(
            id=pk, unit=unit, place=place, words=words, found_on=found_on, closed_on=closed_on,
            clauses=clauses.get(pk, frozenset()),
        )
        for pk, unit, place, words, found_on, closed_on in told
    }  # fmt: skip


def clauses_of(dangers: Collection[int]) -> Mapping[int, frozenset[str]]:
    """Return the clauses that people chose for dangers."""
    found: dict[int, set[str]] = {}
    rows = CandidateClause.objects.filter(danger__in=dangers, answer="chosen")
    for danger, standard, clause in rows.values_list("danger_id", "standard", "clause"):
        found.setdefault(danger, set()).add(f"{standard}/{clause}")
    return {danger: frozenset(names) for danger, names in found.items()}


def measures_of(dangers: Iterable[int]) -> dict[int, str]:
    """Return what was done about dangers: the plan's measures, else the words of the last submission."""
    wanted = set(dangers)
    plans = TreatmentPlan.objects.filter(danger__in=wanted).exclude(measures="").values_list("danger_id", "measures")
    found = dict(plans)
    return found | {danger: _submitted(danger) for danger in wanted - set(found)}


def _submitted(danger: int) -> str:
    told = [
        str(entry.body.get("report") or "")
        for entry in history(subject_of(danger))
        if entry.code == "danger:stepped" and entry.body["move"] in {Move.SUBMIT, Move.FIX_ON_SPOT}
    ]
    return told[-1] if told else ""
