"""What-ifs over the wire: what would change, and at whom, before it is adopted."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema, Status

from zhiben.clocks.public import JobState
from zhiben.orgs.api import Day, In, answers, writes
from zhiben.orgs.doors import Request, door
from zhiben.orgs.public import unit_at
from zhiben.standards.permissions import DeterminationPermission
from zhiben.standards.services.what_ifs import Wish, ask_what_if, what_if_for

router = Router(tags=["determinations"])


class WhatIfIn(In):
    """What to try: drafts, editions held that are not in force, changed values; at least one of them."""

    unit: str = Field(min_length=1, max_length=200, description="path or division code")
    packs: list[str] = Field(default_factory=list, max_length=10, description="each a pack as YAML")
    editions: list[str] = Field(default_factory=list, max_length=10)
    changes: list[str] = Field(default_factory=list, max_length=50, description="EDITION/CLAUSE/FACT=NUMBER")
    on: Day | None = Field(None, description="the law and the facts of this day; today")


class WhatIfOut(Schema):
    """How far it is; once done, what would change: in all, by clause, unit and industry, enterprises and open dangers."""

    id: UUID | None = Field(description="to ask for it again, where a worker finds out")
    state: JobState
    done: int
    total: int | None
    answer: dict[str, Any] | None


@router.post("/what-ifs", response=writes(WhatIfOut, 200), operation_id="askWhatIf")
@door(DeterminationPermission.VIEW)
def post_what_if(request: Request, body: WhatIfIn) -> Status[WhatIfOut]:
    """Try it. Of a few thousand enterprises the answer comes at once, else a worker finds it out. Nothing is written."""
    wish = Wish(tuple(body.packs), tuple(body.editions), tuple(body.changes), body.on)
    found = ask_what_if(unit_at(body.unit).pk, wish, actor=request.actor, now=timezone.now())
    if isinstance(found, UUID):
        return Status(200, _out(request, found))
    count = found["enterprises"]
    return Status(200, WhatIfOut(id=None, state=JobState.DONE, done=count, total=count, answer=_answer(found)))


@router.get("/what-ifs/{uuid:what_if_id}", response=answers(WhatIfOut), operation_id="getWhatIf")
@door(DeterminationPermission.VIEW)
def get_what_if(request: Request, what_if_id: UUID) -> WhatIfOut:
    """Return how far a what-if is, to whoever asked."""
    return _out(request, what_if_id)


def _out(request: Request, what_if_id: UUID) -> WhatIfOut:
    job = what_if_for(request.actor, what_if_id)
    told = job.result.get("told") if job.state == JobState.DONE else None
    state = JobState(job.state)
    return WhatIfOut(id=job.pk, state=state, done=job.done, total=job.total, answer=_answer(told) if told else None)


def _answer(told: dict[str, Any]) -> dict[str, Any]:
    """Leave out what only the lists behind a page's numbers need."""
    return {name: value for name, value in told.items() if name != "listed"}
