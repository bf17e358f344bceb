"""Candidate clauses: offered by the words of a danger, chosen or rejected by people, never a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhiben.dangers.models import CandidateClause, Danger
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.services.beside import Answer, answer_clause
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.law.standards import Clause, Standard, clause, held
from zhiben.orgs.doors import Request, door
from zhiben.standards.public import LinkState, link_states

LONGEST_LINK = 500  # words that are longer are a story, no wording that comes again
ANSWERS: Mapping[str, Answer] = {"chosen": "chosen", "rejected": "rejected", "offered": "offered"}


@dataclass(frozen=True, slots=True)
class Offered:
    """A candidate with its clause and standard, as far as they are still known."""

    row: CandidateClause
    clause: Clause | None
    standard: Standard | None
    link: LinkState | None  # whether the danger's words are linked to it, and verified by two people

    @property
    def ref(self) -> str:
        """The clause's number."""
        return self.row.clause

    @property
    def terms(self) -> str:
        """The words that match, in one line."""
        return _(", ").join(self.row.terms)

    @property
    def summary(self) -> Bilingual:
        """What the clause says."""
        return self.clause.summary if self.clause else Bilingual(self.row.clause, self.row.clause)

    @property
    def is_ruled(self) -> bool:
        """Recorded facts alone may decide it."""
        return bool(self.clause and self.clause.rule)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a standard recorded facts can decide here."""

    title: Bilingual
    ruled: int
    known: int
    is_incomplete: bool


def coverage_of(rows: Sequence[CandidateClause]) -> list[Coverage]:
    """Return the rule coverage of the standards that candidates come from."""
    known = (held(name) for name in dict.fromkeys(row.standard for row in rows))
    return [
        Coverage(each.title, sum(1 for one in each.clauses if one.rule), len(each.clauses), not each.may_clear)
        for each in known
        if each is not None
    ]


def drawn(rows: Sequence[CandidateClause], links: Mapping[tuple[str, str], LinkState]) -> list[Offered]:
    """Return candidates for the page: chosen ones first, rejected ones last."""
    order = {"chosen": 0, "offered": 1, "rejected": 2}
    known = {row.standard: held(row.standard) for row in rows}
    return [
        Offered(
            row,
            clause(row.standard, row.clause) if known[row.standard] else None,
            known[row.standard],
            links.get((row.standard, row.clause)),
        )
        for row in sorted(rows, key=lambda row: (order[row.answer], -row.score, row.pk))
    ]


def links_of(actor: Actor, danger: Danger, rows: Sequence[CandidateClause]) -> Mapping[tuple[str, str], LinkState]:
    """Return how the danger's words are linked to its candidate clauses, as far as the actor may know."""
    cases = [(row.standard, row.clause) for row in rows]
    return link_states(actor, "danger", danger.description, cases) if cases else {}


@door(DangerPermission.CONFIRM)
@require_POST
def clause_answer(request: Request, danger_id: int) -> HttpResponse:
    """Choose or reject a candidate clause, or take the answer back."""
    answer, standard, ref = (request.POST.get(name, "") for name in ("answer", "standard", "clause"))
    if answer not in ANSWERS or not is_known(standard, ref):
        raise NotFound("page:not-found")
    answer_clause(danger_id, standard, ref, ANSWERS[answer], actor=request.actor, now=timezone.now())
    return redirect(f"{reverse('dangers:detail', args=[danger_id])}#clauses")


def is_known(standard: str, ref: str) -> bool:
    """Tell whether there is such a clause."""
    known = held(standard)
    return known is not None and any(each.ref == ref for each in known.clauses)
