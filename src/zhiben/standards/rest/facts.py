"""Facts of an enterprise: what is known, what is recorded, what is asked for."""

from datetime import date, datetime
from typing import Annotated, Any

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from zhiben.kernel.periods import local_day
from zhiben.law.asking import ASKED
from zhiben.orgs.api import After, Day, In, Limit, Page, PathId, answers, cursor_of, keys_of, writes
from zhiben.orgs.doors import Request, door
from zhiben.orgs.public import enterprise_for, unit_at
from zhiben.standards.domain.freshness import FactSource, Known
from zhiben.standards.models import FactRequest
from zhiben.standards.permissions import FactPermission
from zhiben.standards.selectors import facts_of, questions_for, requests_of, requests_waiting
from zhiben.standards.services.recording import NewFact, ask_for_facts, record_facts

router = Router(tags=["facts"])
Value = bool | int | float | str | list[str]


class FactOut(Schema):
    """A fact of an enterprise as it counts on a day."""

    name: str
    value: Any
    day: date
    source: FactSource
    source_text: str
    fresh_until: date
    is_fresh: bool


class FactIn(In):
    """A value to record; the vocabulary stands in the law's packs."""

    name: str = Field(max_length=80)
    value: Value
    day: date
    source_text: str = Field("", max_length=300)
    evidence: list[str] = Field(default_factory=list, max_length=20)


class FactsIn(In):
    """Values to record together: all of them or none."""

    facts: list[FactIn] = Field(min_length=1, max_length=500)


class AskIn(In):
    """Facts to ask for: name → the clauses that wait for it."""

    clauses_of: dict[str, list[str]] = Field(min_length=1, max_length=200)


class FactRequestOut(Schema):
    """A fact still asked for; those of an enterprise together are one request, most decisive first."""

    name: str
    rank: int
    clauses: list[str]
    asked_at: datetime


class WantedOut(Schema):
    """One request: an enterprise and how many facts it is asked for in all."""

    enterprise: int
    name: str
    facts: int
    since: datetime


class QuestionOut(Schema):
    """A missing fact: the open clauses that wait for it, and how many its answers settle."""

    fact: str
    label: dict[str, str]
    unit: str
    expected: float
    guaranteed: int
    most: int
    waiting: list[str]


class QuestionsOut(Schema):
    """How many clauses apply and are open, and what to ask first."""

    day: date
    clauses: int
    open: int
    questions: list[QuestionOut]


Questions = Annotated[int, Query(ge=1, le=50)]


@router.get("/enterprises/{int:enterprise_id}/facts", response=answers(list[FactOut]), operation_id="listFacts")
@door(FactPermission.VIEW)
def get_facts(request: Request, enterprise_id: PathId, day: Day | None = None) -> list[FactOut]:
    """Return the value of each fact that counts on a day (today)."""
    on = day or local_day(timezone.now())
    enterprise_for(request.actor, enterprise_id, FactPermission.VIEW)
    return [_fact(known, on) for known in facts_of(request.actor, enterprise_id, day=on).values()]


@router.post("/enterprises/{int:enterprise_id}/facts", response=writes(list[FactOut]), operation_id="recordFacts")
@door(FactPermission.RECORD)
def post_facts(request: Request, enterprise_id: PathId, body: FactsIn) -> Status[list[FactOut]]:
    """Record values of facts: all of them or none."""
    new = [NewFact(f.name, f.value, f.day, source_text=f.source_text, evidence=f.evidence) for f in body.facts]
    now = timezone.now()
    record_facts(enterprise_id, new, actor=request.actor, now=now)
    held, today = facts_of(request.actor, enterprise_id, day=local_day(now)), local_day(now)
    return Status(201, [_fact(held[fact.name], today) for fact in body.facts if fact.name in held])


@router.get("/enterprises/{int:enterprise_id}/questions", response=answers(QuestionsOut), operation_id="listQuestions")
@door(FactPermission.VIEW)
def get_questions(request: Request, enterprise_id: PathId, limit: Questions = ASKED) -> dict[str, Any]:
    """Return which missing facts to ask for first: those that settle most clauses."""
    enterprise = enterprise_for(request.actor, enterprise_id, FactPermission.VIEW)
    return questions_for(request.actor, enterprise, day=local_day(timezone.now()), limit=limit).as_json()


@router.get("/fact-requests", response=answers(Page[WantedOut]), operation_id="listWanted")
@door(FactPermission.VIEW)
def get_wanted(request: Request, unit: str = "", after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """Return the enterprises that are asked for facts, each once."""
    keys = keys_of(after, [int])
    rows = requests_waiting(
        request.actor, path=unit_at(unit).path if unit else "", after=keys[0] if keys else 0, limit=limit + 1
    )
    shown = rows[:limit]
    return {"items": shown, "next": cursor_of(shown[-1].enterprise) if len(rows) > limit else None}


@router.get(
    "/enterprises/{int:enterprise_id}/fact-requests",
    response=answers(list[FactRequestOut]),
    operation_id="listFactRequests",
)
@door(FactPermission.VIEW)
def get_fact_requests(request: Request, enterprise_id: PathId) -> list[FactRequest]:
    """Return the facts still asked for."""
    enterprise_for(request.actor, enterprise_id, FactPermission.VIEW)
    return requests_of(request.actor, enterprise_id)


@router.post("/enterprises/{int:enterprise_id}/fact-requests", response=writes(list[str]), operation_id="askForFacts")
@door(FactPermission.ASK)
def post_fact_requests(request: Request, enterprise_id: PathId, body: AskIn) -> Status[list[str]]:
    """Ask for facts; answer the names newly asked."""
    return Status(201, ask_for_facts(enterprise_id, body.clauses_of, actor=request.actor, now=timezone.now()))


def _fact(known: Known, day: date) -> FactOut:
    return FactOut(
        name=known.name,
        value=known.value,
        day=known.day,
        source=known.source,
        source_text=known.source_text,
        fresh_until=known.fresh_until,
        is_fresh=known.is_fresh(day),
    )
