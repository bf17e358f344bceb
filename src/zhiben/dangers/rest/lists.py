"""`GET /dangers`: the way from the database to the wire is short, because this is what machines ask most."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from ninja import Field, Query, Router

from zhiben.dangers.domain.filters import Filters
from zhiben.dangers.domain.kinds import Channel, Flag, Level, State
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.rest.shapes import DangerRow
from zhiben.dangers.selectors.lists import dangers_for
from zhiben.kernel.errors import Invalid
from zhiben.orgs.api import After, Day, Id, In, Limit, Page, answers, cursor_of, day_after, keys_of, told
from zhiben.orgs.doors import Request, door
from zhiben.orgs.public import unit_at

router = Router(tags=["dangers"])


class FiltersIn(In):
    """Narrowings of the list; what is left out narrows nothing."""

    state: list[State] = Field(default_factory=list, max_length=len(State), description="any of these")
    level: Level | None = None
    channel: Channel | None = None
    matter: str = Field("", max_length=40)
    industry: str = Field("", max_length=40, description="the main one")
    overdue: bool | None = None
    flag: Flag | None = None
    unit: str = Field("", max_length=200, description="path or division code: it and what lies below")
    enterprise: Id | None = Field(None, description="owner of the site, or responsible there")
    department: Id | None = Field(None, description="the supervising one")
    owner: Id | None = Field(None, description="the person who must rectify")
    found_from: Day | None = None
    found_to: Day | None = Field(None, description="last day")
    q: str = Field("", max_length=100, description="words in description, place or number")


@router.get("/dangers", response=answers(Page[DangerRow]), operation_id="listDangers", summary="List dangers")
@door(DangerPermission.VIEW)
def get_dangers(request: Request, filters: Query[FiltersIn], after: After = "", limit: Limit = 50) -> HttpResponse:
    """Return dangers in scope, newest first."""
    page = dangers_for(request.actor, _wanted(filters), after=_place_of(after), limit=limit)
    # not run through the schema, row by row: a test holds the rows against it
    return told({"items": list(page.dicts()), "next": cursor_of(*page.next) if page.next else None})


def _wanted(filters: FiltersIn) -> Filters:
    return Filters(
        states=frozenset(filters.state),
        level=filters.level,
        channel=filters.channel,
        matter=filters.matter,
        industry=filters.industry,
        unit=unit_at(filters.unit).path if filters.unit else "",
        enterprise=filters.enterprise,
        department=filters.department,
        owner=filters.owner,
        overdue=filters.overdue,
        flag=filters.flag or "",
        found_since=filters.found_from,
        found_until=day_after(filters.found_to),
        text=filters.q,
    )


def _place_of(after: str) -> Any:
    keys = keys_of(after, [str, int])
    if keys is None:
        return None
    try:
        return date.fromisoformat(keys[0]).isoformat(), keys[1]
    except ValueError as problem:
        raise Invalid("page:unknown-cursor", field="after", value=after) from problem
