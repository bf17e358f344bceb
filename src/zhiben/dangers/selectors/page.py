"""All that the page of one danger shows, in one look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zhiben.clocks.public import Deadline, deadlines_of
from zhiben.dangers.domain.clock import Clock, Promise
from zhiben.dangers.domain.kinds import Part, SetBy
from zhiben.dangers.domain.parts import SIX, Implementation, implementations
from zhiben.dangers.domain.words import label
from zhiben.dangers.models import (
    AssistanceRequest,
    CandidateClause,
    Danger,
    Evacuation,
    Evidence,
    Extension,
    FlagHistory,
    Lookback,
    Merger,
    Participant,
    Recurrence,
    Source,
    StopOrder,
    TreatmentPlan,
)
from zhiben.dangers.selectors.family import members_of, rows_of, sources_of, standing_merger
from zhiben.dangers.selectors.lookbacks import lookbacks_of
from zhiben.dangers.selectors.offers import Offer, moves_for
from zhiben.dangers.selectors.reading import danger_for, subject_of
from zhiben.dangers.selectors.recurrences import recurrences_of
from zhiben.dangers.selectors.standing import Mover
from zhiben.files.public import FileView, files_of_all
from zhiben.journal.public import Recorded, history
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.law.instruments import citation, instruments
from zhiben.law.parameters import Source as LawSource
from zhiben.orgs.scope import Scope, scoped


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """One entry of a deadline's history, with what set it in words."""

    clock: Clock
    label: Bilingual
    day: str
    due: date
    set_by: SetBy
    basis: Bilingual
    reason: str
    at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class DangerPage:
    """A danger with everything laid beside it."""

    danger: Danger
    offers: Sequence[Offer]
    deadlines: Sequence[DeadlineView]
    merged: Sequence[Danger]  # into this one, and into those: sources, people, evidence and files are theirs too
    merger: Merger | None  # that took this one into another
    sources: Sequence[Source]
    participants: Sequence[Participant]
    candidates: Sequence[CandidateClause]
    plan: TreatmentPlan | None
    five: Sequence[Implementation]
    extensions: Sequence[Extension]
    stops: Sequence[StopOrder]
    evacuations: Sequence[Evacuation]
    assistance: Sequence[AssistanceRequest]
    lookbacks: Sequence[Lookback]
    recurrences: Sequence[Recurrence]
    flags: Sequence[FlagHistory]
    evidence: Sequence[Evidence]
    files: Sequence[FileView]
    history: Sequence[Recorded]


def danger_page(actor: Actor, danger_id: int, *, now: datetime) -> DangerPage:
    """Return the page of a danger that the actor may see."""
    danger = danger_for(actor, danger_id)
    subject, family = subject_of(danger.pk), members_of(danger)
    plan = TreatmentPlan.objects.filter(danger=danger).first()
    evidence = list(Evidence.objects.filter(danger__in=family).order_by("pk"))
    own = {Part(row.part) for row in evidence if row.part and row.danger_id == danger.pk}
    with scoped(Scope(everything=True)):  # who was shown the danger sees the names of its files
        files = files_of_all(subject_of(member) for member in family)
    return DangerPage(
        danger=danger,
        offers=moves_for(actor, danger, now=now),
        deadlines=[deadline_view(row) for row in deadlines_of(subject)],
        merged=rows_of(family[1:]),
        merger=standing_merger(danger),
        sources=sources_of(family, actor, is_supervisor=Mover(actor).is_supervisor),
        participants=list(
            Participant.objects.filter(danger__in=family).select_related("person", "department").order_by("at", "pk")
        ),
        candidates=list(danger.candidates.order_by("-score", "pk")),
        plan=plan,
        five=implementations({name: getattr(plan, name, "") for name in SIX}, own),
        extensions=list(danger.extensions.order_by("pk")),
        stops=list(danger.stops.select_related("workshop").order_by("pk")),
        evacuations=list(danger.evacuations.order_by("pk")),
        lookbacks=list(lookbacks_of(danger)),
        recurrences=recurrences_of(danger),
        assistance=list(danger.assistance.order_by("pk")),
        flags=list(danger.flags.order_by("pk")),
        evidence=evidence,
        files=[file for kept in files.values() for file in kept],
        history=history(subject),
    )


def deadline_view(row: Deadline) -> DeadlineView:
    """Return a deadline with its basis in words: the clause that sets it, the order, or that it is a setting."""
    promise = promise_of(row)
    return DeadlineView(
        clock=promise.clock,
        label=label(promise.clock),
        day=row.day.isoformat(),
        due=row.day,
        set_by=promise.set_by,
        basis=basis_of(promise),
        reason=row.reason,
        at=row.at,
        is_current=row.is_current,
    )


def promise_of(row: Deadline) -> Promise:
    """Read a deadline back; only a limit to rectify is set by a person, what else is not law is a setting."""
    clock, by = Clock(row.kind), SetBy(row.set_by)
    if by is SetBy.SELF and clock is not Clock.RECTIFY:
        by = SetBy.SETTING
    return Promise(clock, row.day, by, row.order, row.clause)


def basis_of(promise: Promise) -> Bilingual:
    """Say in words what set a day."""
    by = label(promise.set_by)
    if promise.order not in instruments():
        return Bilingual(f"{by.zh}（{promise.order}）", f"{by.en} ({promise.order})") if promise.order else by
    cited = citation(LawSource(promise.order, promise.clause))
    if promise.set_by is SetBy.SETTING:  # the law demands the act and leaves the days open
        return Bilingual(f"{cited.zh}要求；天数为{by.zh}", f"demanded by {cited.en}; the number of days is {by.en}")
    return cited
