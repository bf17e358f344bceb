"""Enterprises and their sites."""

from datetime import date
from typing import Annotated, Any

from django.db.models import Q
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from zhiben.kernel.ids import path_end
from zhiben.law.codes import normal_code
from zhiben.orgs.api import After, Day, In, Limit, Page, PathId, UnitName, answers, cursor_of, keys_of, writes
from zhiben.orgs.domain.industries import slugs_of
from zhiben.orgs.domain.names import plain_name
from zhiben.orgs.doors import Request, door
from zhiben.orgs.models import Enterprise, Unit
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.rest.places import unit_number
from zhiben.orgs.selectors.parties import enterprise_for, enterprises_for, sites_of
from zhiben.orgs.selectors.units import unit_at
from zhiben.orgs.services.parties import NewEnterprise, register_enterprise

router = Router(tags=["enterprises"])


class EnterpriseOut(Schema):
    """An enterprise."""

    id: int
    name: str
    credit_code: str | None
    industry: str
    industries: list[str]
    employees: int | None
    path: str
    registered_site: int | None
    is_example: bool
    since: date | None
    until: date | None


class SiteOut(Schema):
    """A site of an enterprise."""

    id: int
    path: str
    name: str
    address: str


class EnterpriseWhole(EnterpriseOut):
    """An enterprise with its sites, the registered one first."""

    sites: list[SiteOut]


class EnterpriseFilters(In):
    """Narrowings of the list."""

    q: Annotated[str, Query(max_length=100, description="part of the name")] = ""
    credit_code: Annotated[str, Query(max_length=40)] = ""
    industry: Annotated[str, Query(max_length=40, description="the main one")] = ""
    under: Annotated[str, Query(max_length=200, description="path or division code: registered below it")] = ""


class EnterpriseIn(In):
    """An enterprise to enter; its registered site is made with it."""

    name: str = Field(min_length=1, max_length=200)
    unit: UnitName = Field(description="township, village or grid that the registered site hangs on")
    credit_code: str = Field("", max_length=40)
    industries: list[str] = Field(default_factory=list, max_length=64, description="the main one first")
    employees: int | None = Field(None, ge=0, le=2**31 - 1)
    address: str = Field("", max_length=300)
    since: Day | None = None


@router.get(
    "/enterprises", response=answers(Page[EnterpriseOut]), operation_id="listEnterprises", summary="List enterprises"
)
@door(OrgsPermission.VIEW_ENTERPRISE)
def get_enterprises(
    request: Request, filters: Query[EnterpriseFilters], after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """Return enterprises in scope in the order of their numbers."""
    found = enterprises_for(request.actor, OrgsPermission.VIEW_ENTERPRISE).filter(_narrowing(filters))
    if keys := keys_of(after, [int]):
        found = found.filter(pk__gt=keys[0])
    rows = list(found.order_by("pk")[: limit + 1])
    more = len(rows) > limit
    return {"items": [_out(row) for row in rows[:limit]], "next": cursor_of(rows[limit - 1].pk) if more else None}


@router.get(
    "/enterprises/{int:enterprise_id}",
    response=answers(EnterpriseWhole),
    operation_id="getEnterprise",
    summary="Read an enterprise",
)
@door(OrgsPermission.VIEW_ENTERPRISE)
def get_enterprise(request: Request, enterprise_id: PathId) -> EnterpriseWhole:
    """Return an enterprise with its sites."""
    return _whole(enterprise_for(request.actor, enterprise_id, OrgsPermission.VIEW_ENTERPRISE))


@router.post(
    "/enterprises",
    response=writes(EnterpriseWhole),
    operation_id="registerEnterprise",
    summary="Enter an enterprise",
)
@door(OrgsPermission.EDIT_ENTERPRISE)
def post_enterprise(request: Request, body: EnterpriseIn) -> Status[EnterpriseWhole]:
    """Enter an enterprise with its registered site."""
    new = NewEnterprise(
        name=body.name,
        unit=unit_number(body.unit),
        credit_code=body.credit_code,
        industries=tuple(dict.fromkeys(body.industries)),
        employees=body.employees,
        address=body.address,
        since=body.since,
    )
    return Status(201, _whole(register_enterprise(new, actor=request.actor, now=timezone.now())))


def _narrowing(filters: EnterpriseFilters) -> Q:
    wanted = Q()
    if filters.q:
        wanted &= Q(plain_name__contains=plain_name(filters.q) or filters.q)
    if filters.credit_code:
        wanted &= Q(credit_code=normal_code(filters.credit_code))
    if filters.industry:
        wanted &= Q(industry=filters.industry)
    if filters.under:
        unit: Unit = unit_at(filters.under)
        wanted &= Q(path__gte=unit.path, path__lt=path_end(unit.path))
    return wanted


def _plain(row: Enterprise) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "credit_code": row.credit_code,
        "industry": row.industry,
        "industries": sorted(slugs_of(row.industries_mask)),
        "employees": row.employees,
        "path": row.path,
        "registered_site": row.registered_site_id,
        "is_example": row.is_example,
        "since": row.since,
        "until": row.until,
    }


def _out(row: Enterprise) -> EnterpriseOut:
    return EnterpriseOut(**_plain(row))


def _whole(row: Enterprise) -> EnterpriseWhole:
    sites = [SiteOut(id=s.pk, path=s.path, name=s.name, address=s.address) for s in sites_of(row)]
    return EnterpriseWhole(**_plain(row), sites=sites)
