"""JSON endpoints of facts and determinations."""

from datetime import date, datetime
from typing import Annotated, Any

from django.utils import timezone
from ninja import Field, Query, Router, Schema

from zhiben.kernel.periods import local_day
from zhiben.orgs.api import BIGGEST, After, Limit, Page, answers, cursor_of, keys_of
from zhiben.orgs.doors import Request, door
from zhiben.standards.domain.freshness import FactSource, Known
from zhiben.standards.models import Determination, FactRequest
from zhiben.standards.permissions import DeterminationPermission, FactPermission
from zhiben.standards.selectors import determination_for, determinations_for, facts_of, requests_of
from zhiben.standards.services import NewFact, ask_for_facts, judge_enterprise, record_facts

router = Router(tags=["standards"])
EnterpriseId = Annotated[int, Field(ge=1, le=BIGGEST)]
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


class FactIn(Schema):
    """A value to record; the vocabulary stands in the law's packs."""

    name: str = Field(max_length=80)
    value: Value
    day: date
    source_text: str = Field("", max_length=300)
    evidence: list[str] = Field(default_factory=list, max_length=20)


class FactsIn(Schema):
    """Values to record together: all of them or none."""

    facts: list[FactIn] = Field(min_length=1, max_length=500)


class AskIn(Schema):
    """Facts to ask for: name → the clauses that wait for it."""

    clauses_of: dict[str, list[str]] = Field(min_length=1, max_length=200)


class FactRequestOut(Schema):
    """A fact still asked for."""

    name: str
    clauses: list[str]
    asked_at: datetime


class JudgeIn(Schema):
    """Which day to judge, and by which standards (none named: all of the enterprise's industries in force)."""

    day: date | None = None
    standards: list[str] | None = Field(None, max_length=60)


class DeterminationOut(Schema):
    """A determination as kept."""

    id: int
    enterprise_id: int
    standard: str
    edition: str
    day: date
    verdict: str
    coverage: dict[str, Any]
    clauses: list[dict[str, Any]]
    facts: dict[str, Any]
    judged_at: datetime


@router.get("/enterprises/{enterprise_id}/facts", response=answers(list[FactOut]), operation_id="listFacts")
@door(FactPermission.VIEW)
def get_facts(request: Request, enterprise_id: EnterpriseId, day: date | None = None) -> list[FactOut]:
    """Return the value of each fact that counts on a day (today)."""
    on = day or local_day(timezone.now())
    return [_fact(known, on) for known in facts_of(request.actor, enterprise_id, day=on).values()]


@router.post("/enterprises/{enterprise_id}/facts", response=answers(list[FactOut], 201), operation_id="recordFacts")
@door(FactPermission.RECORD)
def post_facts(request: Request, enterprise_id: EnterpriseId, body: FactsIn) -> tuple[int, list[FactOut]]:
    """Record values of facts: all of them or none."""
    new = [NewFact(f.name, f.value, f.day, source_text=f.source_text, evidence=f.evidence) for f in body.facts]
    now = timezone.now()
    record_facts(enterprise_id, new, actor=request.actor, now=now)
    held, today = facts_of(request.actor, enterprise_id, day=local_day(now)), local_day(now)
    return 201, [_fact(held[fact.name], today) for fact in body.facts if fact.name in held]


@router.get(
    "/enterprises/{enterprise_id}/fact-requests",
    response=answers(list[FactRequestOut]),
    operation_id="listFactRequests",
)
@door(FactPermission.VIEW)
def get_fact_requests(request: Request, enterprise_id: EnterpriseId) -> list[FactRequest]:
    """Return the facts still asked for."""
    return requests_of(request.actor, enterprise_id)


@router.post("/enterprises/{enterprise_id}/fact-requests", response=answers(list[str], 201), operation_id="askForFacts")
@door(FactPermission.ASK)
def post_fact_requests(request: Request, enterprise_id: EnterpriseId, body: AskIn) -> tuple[int, list[str]]:
    """Ask for facts; answer the names newly asked."""
    return 201, ask_for_facts(enterprise_id, body.clauses_of, actor=request.actor, now=timezone.now())


@router.get("/determinations", response=answers(Page[DeterminationOut]), operation_id="listDeterminations")
@door(DeterminationPermission.VIEW)
def get_determinations(
    request: Request,
    enterprise_id: Annotated[int | None, Query(ge=1, le=BIGGEST)] = None,
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """Return determinations in scope, newest first."""
    keys = keys_of(after, [int])
    rows = determinations_for(
        request.actor, enterprise_id=enterprise_id, before=keys[0] if keys else None, limit=limit + 1
    )
    shown = rows[:limit]
    return {"items": shown, "next": cursor_of(shown[-1].pk) if len(rows) > limit else None}


@router.get("/determinations/{determination_id}", response=answers(DeterminationOut), operation_id="getDetermination")
@door(DeterminationPermission.VIEW)
def get_determination(request: Request, determination_id: Annotated[int, Field(ge=1, le=BIGGEST)]) -> Determination:
    """Return one determination with its clauses and the facts it rests on."""
    return determination_for(request.actor, determination_id)


@router.post(
    "/enterprises/{enterprise_id}/determinations",
    response=answers(list[DeterminationOut], 201),
    operation_id="judgeEnterprise",
)
@door(DeterminationPermission.MAKE)
def post_determinations(
    request: Request, enterprise_id: EnterpriseId, body: JudgeIn
) -> tuple[int, list[Determination]]:
    """Judge an enterprise, now or as of a day, and keep the verdicts."""
    now = timezone.now()
    made = judge_enterprise(
        enterprise_id, day=body.day or local_day(now), actor=request.actor, now=now, standards=body.standards
    )
    return 201, made


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
