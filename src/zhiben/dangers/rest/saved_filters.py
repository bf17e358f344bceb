"""Filters of the list kept under a name, one's own and those shared by colleagues."""

from datetime import datetime

from django.http import QueryDict
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from zhiben.dangers.models import SavedFilter
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.saved_filters import default_of, filter_for, filters_for
from zhiben.dangers.services.saved_filters import change_filter, remove_filter, save_filter, set_default_filter
from zhiben.orgs.api import In, PathId, answers, writes
from zhiben.orgs.doors import Request, door

router = Router(tags=["dangers"])
Parameters = dict[str, list[str]]


class FilterOut(Schema):
    """A saved filter. `query` are the parameters of the list of dangers on the pages."""

    id: int
    name: str
    query: Parameters
    is_own: bool
    is_shared: bool
    is_default: bool
    at: datetime


class FilterIn(In):
    """What to keep, under which name, for whom."""

    name: str = Field(min_length=1, max_length=60)
    query: Parameters = Field(description="each parameter with its values", max_length=30)
    is_shared: bool = False
    is_default: bool = False


class FilterChangeIn(In):
    """What changes; what is left out stays."""

    name: str | None = Field(None, min_length=1, max_length=60)
    is_shared: bool | None = None
    is_default: bool | None = None


@router.get("/filters", response=answers(list[FilterOut]), operation_id="listFilters", summary="List saved filters")
@door(DangerPermission.VIEW)
def get_filters(request: Request) -> list[FilterOut]:
    """Return your filters and those shared by colleagues, by name."""
    known = list(filters_for(request.actor))
    default = default_of(request.actor, known)
    return [_out(one, request, default) for one in known]


@router.post("/filters", response=writes(FilterOut), operation_id="saveFilter", summary="Save a filter")
@door(DangerPermission.VIEW)
def post_filter(request: Request, body: FilterIn) -> Status[FilterOut]:
    """Keep a filter. A value that the list would not understand is refused, naming the parameter."""
    query = QueryDict(mutable=True)
    for name, values in body.query.items():
        query.setlist(name, values)
    told = {"is_shared": body.is_shared, "is_default": body.is_default}
    kept = save_filter(body.name, query.urlencode(), **told, actor=request.actor, now=timezone.now())
    return Status(201, _out(kept, request, kept if body.is_default else None))


@router.post(
    "/filters/{int:filter_id}", response=writes(FilterOut, 200), operation_id="changeFilter", summary="Change a filter"
)
@door(DangerPermission.VIEW)
def post_filter_change(request: Request, filter_id: PathId, body: FilterChangeIn) -> FilterOut:
    """Rename or share a filter of yours; open your list with any that you see, or with none."""
    actor = request.actor
    filter_for(actor, filter_id)
    if body.name is not None or body.is_shared is not None:
        change_filter(filter_id, name=body.name, is_shared=body.is_shared, actor=actor, now=timezone.now())
    if body.is_default is not None:
        set_default_filter(filter_id if body.is_default else None, actor=actor)
    known = list(filters_for(actor))
    return _out(filter_for(actor, filter_id), request, default_of(actor, known))


@router.post(
    "/filters/{int:filter_id}/remove",
    response=writes(None, 204),
    operation_id="removeFilter",
    summary="Remove a filter",
)
@door(DangerPermission.VIEW)
def post_filter_remove(request: Request, filter_id: PathId) -> Status[None]:
    """Throw a filter of yours away."""
    remove_filter(filter_id, actor=request.actor, now=timezone.now())
    return Status(204, None)


def _out(one: SavedFilter, request: Request, default: SavedFilter | None) -> FilterOut:
    return FilterOut(
        id=one.pk,
        name=one.name,
        query={name: [str(value) for value in values] for name, values in QueryDict(one.query).lists()},
        is_own=one.account_id == request.actor.id,
        is_shared=one.is_shared,
        is_default=default is not None and default.pk == one.pk,
        at=one.at,
    )
