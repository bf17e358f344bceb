"""Units of the one tree."""

from datetime import date
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from ninja import Query, Router, Schema

from zhiben.kernel.ids import path_end
from zhiben.orgs.api import After, Id, In, Limit, Page, PathId, answers, cursor_of, keys_of
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.doors import Request, door
from zhiben.orgs.models import Unit
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.units import unit_at, unit_for, units_for

router = Router(tags=["units"])
UnitText = Annotated[str, Query(max_length=200, description="path or division code")]


class UnitOut(Schema):
    """A unit: its path is made of numbers that never change; regions carry a division code."""

    id: int
    path: str
    code: str
    name: str
    kind: UnitKind
    parent: int | None
    depth: int
    enterprise: int | None
    address: str
    since: date | None
    until: date | None


class UnitFilters(In):
    """Narrowings of the list."""

    kind: UnitKind | None = None
    parent: Id | None = None
    under: UnitText = ""
    q: Annotated[str, Query(max_length=100, description="part of the name, or beginning of the code")] = ""


@router.get("/units", response=answers(Page[UnitOut]), operation_id="listUnits", summary="List units")
@door(OrgsPermission.VIEW_UNIT)
def get_units(request: Request, filters: Query[UnitFilters], after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """Return units in scope in the order of their paths: each before what lies below it."""
    units = _narrowed(units_for(request.actor, OrgsPermission.VIEW_UNIT), filters)
    if keys := keys_of(after, [str]):
        units = units.filter(path__gt=keys[0])
    rows = list(units.order_by("path")[: limit + 1])
    more = len(rows) > limit
    return {"items": [_out(row) for row in rows[:limit]], "next": cursor_of(rows[limit - 1].path) if more else None}


@router.get("/units/{int:unit_id}", response=answers(UnitOut), operation_id="getUnit", summary="Read a unit")
@door(OrgsPermission.VIEW_UNIT)
def get_unit(request: Request, unit_id: PathId) -> UnitOut:
    """Return a unit by its number."""
    return _out(unit_for(request.actor, unit_id, OrgsPermission.VIEW_UNIT))


@router.get("/units/at", response=answers(UnitOut), operation_id="getUnitAt", summary="Read the unit at a path or code")
@door(OrgsPermission.VIEW_UNIT)
def get_unit_at(
    request: Request, unit: Annotated[str, Query(min_length=1, max_length=200, description="path or division code")]
) -> UnitOut:
    """Return the unit at a path (`/1/b/4k/`) or with a division code, a retired one included."""
    return _out(unit_for(request.actor, unit_at(unit).pk, OrgsPermission.VIEW_UNIT))


def _narrowed(units: QuerySet[Unit], filters: UnitFilters) -> QuerySet[Unit]:
    if filters.kind:
        units = units.filter(kind=filters.kind)
    if filters.parent:
        units = units.filter(parent=filters.parent)
    if filters.under:
        path = unit_at(filters.under).path
        units = units.filter(path__gte=path, path__lt=path_end(path))
    if filters.q:
        units = units.filter(Q(name__contains=filters.q) | Q(division_code__startswith=filters.q))
    return units


def _out(unit: Unit) -> UnitOut:
    return UnitOut(
        id=unit.pk,
        path=unit.path,
        code=unit.division_code,
        name=unit.name,
        kind=UnitKind(unit.kind),
        parent=unit.parent_id,
        depth=unit.depth,
        enterprise=unit.enterprise_id,
        address=unit.address,
        since=unit.since,
        until=unit.until,
    )
