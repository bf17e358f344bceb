"""What comes after sign-off over the wire: samples, repeats, candidates for treating as an accident."""

from datetime import date, datetime
from typing import Any, Literal

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from zhiben.dangers.domain.accountability import Ground
from zhiben.dangers.domain.recurrence import RecurrenceState, Tie
from zhiben.dangers.domain.sampling import Population
from zhiben.dangers.models import AccidentCandidate, Recurrence, Sample
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.rest.paging import paged
from zhiben.dangers.selectors.accountability import candidate_for, candidates_for
from zhiben.dangers.selectors.recurrences import recurrence_for, recurrences_for
from zhiben.dangers.selectors.samples import sample_for, sample_result, samples_for
from zhiben.dangers.services.accountability import answer_candidate
from zhiben.dangers.services.recurring import answer_recurrence
from zhiben.dangers.services.sampling import draw_sample, seed_sample
from zhiben.orgs.api import After, Day, In, Limit, Page, PathId, answers, writes
from zhiben.orgs.doors import Request, door
from zhiben.orgs.public import unit_at, unit_for

router = Router(tags=["after"])
LONG = 4000


class SampleOut(Schema):
    """A random sample of signed-off dangers: seeded, then drawn by the seed that stands in the journal."""

    id: int
    unit: int
    department: int | None
    population: Population
    since: date
    until: date
    percent: int
    state: Literal["seeded", "drawn"]
    seed: str
    frame_hash: str
    size: int
    seeded_at: datetime
    drawn_at: datetime | None


class SampleWhole(SampleOut):
    """A sample with what came of the dangers drawn."""

    drawn: int
    open: int
    held: int
    came_back: int
    not_checked: int
    overdue: int


class SampleIn(In):
    """Where, of what, from `since` to before `until`, how much."""

    unit: str = Field(min_length=1, max_length=200, description="path or division code")
    population: Population
    since: Day
    until: Day
    percent: int = Field(ge=1, le=100)


class RecurrenceOut(Schema):
    """A danger that came back: found after an earlier one was signed off at the same place."""

    id: int
    danger: int
    earlier: int
    found_on: date
    closed_on: date
    ties: list[Tie]
    state: RecurrenceState
    reason: str


class RecurrencesIn(In):
    """Narrowings of the list."""

    state: RecurrenceState | None = None
    unit: str = Field("", max_length=200, description="path or division code: it and what lies below")


class AnswerIn(In):
    """A person's answer; a reason is needed where it is no, and for candidates always."""

    yes: bool
    reason: str = Field("", max_length=LONG)


class CandidateForAccident(Schema):
    """A reason to treat a major danger as an accident, with the facts behind it."""

    id: int
    danger: int
    ground: Ground
    facts: dict[str, Any]
    raised_on: date
    answer: Literal["open", "confirmed", "dismissed"]
    answered_at: datetime | None
    reason: str


class CandidatesIn(In):
    """Narrowings of the list."""

    answer: Literal["open", "confirmed", "dismissed"] | None = None


@router.get("/samples", response=answers(Page[SampleOut]), operation_id="listSamples", summary="List samples")
@door(DangerPermission.SAMPLE)
def get_samples(request: Request, after: After = "", limit: Limit = 50) -> Page[SampleOut]:
    """Return the samples in scope, in the order they were seeded."""
    return paged(samples_for(request.actor), _sample, after=after, limit=limit)


@router.get(
    "/samples/{int:sample_id}", response=answers(SampleWhole), operation_id="getSample", summary="Read a sample"
)
@door(DangerPermission.SAMPLE)
def get_sample(request: Request, sample_id: PathId) -> SampleWhole:
    """Return a sample with its figures."""
    return _whole(request, sample_id)


@router.post("/samples", response=writes(SampleOut), operation_id="seedSample", summary="Seed a sample")
@door(DangerPermission.SAMPLE)
def post_sample(request: Request, body: SampleIn) -> Status[SampleOut]:
    """Make the seed and fix the population, both told to the journal; the draw comes after."""
    made = seed_sample(
        unit_for(request.actor, unit_at(body.unit).pk, DangerPermission.SAMPLE).path, body.population, body.since, body.until, body.percent,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _sample(made))


@router.post(
    "/samples/{int:sample_id}/draw",
    response=writes(SampleWhole, 200),
    operation_id="drawSample",
    summary="Draw a sample",
)
@door(DangerPermission.SAMPLE)
def post_draw(request: Request, sample_id: PathId) -> SampleWhole:
    """Draw by the seed; each danger drawn becomes a look-back."""
    sample_for(request.actor, sample_id)
    draw_sample(sample_id, actor=request.actor, now=timezone.now())
    return _whole(request, sample_id)


@router.get("/repeats", response=answers(Page[RecurrenceOut]), operation_id="listRepeats", summary="List repeats")
@door(DangerPermission.VIEW)
def get_repeats(
    request: Request, filters: Query[RecurrencesIn], after: After = "", limit: Limit = 50
) -> Page[RecurrenceOut]:
    """Return what came back, or may have, in scope."""
    path = unit_at(filters.unit).path if filters.unit else ""
    rows = recurrences_for(request.actor, path=path)
    rows = rows.filter(state=str(filters.state)) if filters.state else rows
    return paged(rows, _repeat, after=after, limit=limit)


@router.post(
    "/repeats/{int:recurrence_id}/answer", response=writes(RecurrenceOut, 200), operation_id="answerRepeat",
    summary="Say whether it came back",
)  # fmt: skip
@door(DangerPermission.CONFIRM)
def post_repeat_answer(request: Request, recurrence_id: PathId, body: AnswerIn) -> RecurrenceOut:
    """Confirm that a danger came back, or say why it did not."""
    answer_recurrence(recurrence_id, yes=body.yes, reason=body.reason, actor=request.actor, now=timezone.now())
    return _repeat(recurrence_for(request.actor, recurrence_id))


@router.get(
    "/accident-candidates", response=answers(Page[CandidateForAccident]), operation_id="listAccidentCandidates",
    summary="List candidates for treating as an accident",
)  # fmt: skip
@door(DangerPermission.ACCIDENT)
def get_accident_candidates(
    request: Request, filters: Query[CandidatesIn], after: After = "", limit: Limit = 50
) -> Page[CandidateForAccident]:
    """Return the candidates in scope, in the order they were raised."""
    return paged(candidates_for(request.actor, answer=filters.answer or ""), _candidate, after=after, limit=limit)


@router.post(
    "/accident-candidates/{int:candidate_id}/answer", response=writes(CandidateForAccident, 200),
    operation_id="answerAccidentCandidate", summary="Answer a candidate",
)  # fmt: skip
@door(DangerPermission.ACCIDENT)
def post_accident_answer(request: Request, candidate_id: PathId, body: AnswerIn) -> CandidateForAccident:
    """Treat the danger as an accident, or say why not."""
    answer_candidate(candidate_id, yes=body.yes, reason=body.reason, actor=request.actor, now=timezone.now())
    return _candidate(candidate_for(request.actor, candidate_id))


def _sample(row: Sample) -> SampleOut:
    told = {name: getattr(row, name) for name in SampleOut.model_fields if name not in {"unit", "department"}}
    return SampleOut(unit=row.unit_id, department=row.department_id, **told)


def _whole(request: Request, sample_id: int) -> SampleWhole:
    result = sample_result(request.actor, sample_id)
    counted = {
        name: getattr(result.whole, name) for name in SampleWhole.model_fields if name not in SampleOut.model_fields
    }
    return SampleWhole(**_sample(result.sample).dict(), **counted)


def _repeat(row: Recurrence) -> RecurrenceOut:
    told = {name: getattr(row, name) for name in RecurrenceOut.model_fields if name not in {"danger", "earlier"}}
    return RecurrenceOut(danger=row.danger_id, earlier=row.earlier_id, **told)


def _candidate(row: AccidentCandidate) -> CandidateForAccident:
    told = {name: getattr(row, name) for name in CandidateForAccident.model_fields if name != "danger"}
    return CandidateForAccident(danger=row.danger_id, **told)
