"""What other rooms may use of orgs. Selectors take the actor; `unit_at`, matching and departments are for services."""

from datetime import datetime

from django.http import HttpRequest

from zhiben.kernel.actor import Actor
from zhiben.orgs.domain.names import plain_name
from zhiben.orgs.selectors.access import ANONYMOUS, actor_of
from zhiben.orgs.selectors.parties import (
    EnterprisePage,
    Match,
    department_for_matter,
    enterprise_by,
    enterprise_for,
    enterprise_page,
    enterprise_place,
    enterprises_for,
    match_enterprises,
    people_for,
    people_holding,
    person_for,
    person_name,
    person_names,
    search_enterprises,
    sites_of,
    valid_on,
)
from zhiben.orgs.selectors.units import (
    below,
    branch_for,
    breadcrumbs,
    children_of,
    counts_below,
    search_units,
    unit_at,
    unit_for,
    unit_place,
    units_for,
)

__all__ = [
    "ANONYMOUS",
    "EnterprisePage",
    "Match",
    "actor_of",
    "actor_of_request",
    "below",
    "branch_for",
    "breadcrumbs",
    "children_of",
    "counts_below",
    "department_for_matter",
    "enterprise_by",
    "enterprise_for",
    "enterprise_page",
    "enterprise_place",
    "enterprises_for",
    "match_enterprises",
    "people_for",
    "people_holding",
    "person_for",
    "person_name",
    "person_names",
    "plain_name",
    "search_enterprises",
    "search_units",
    "sites_of",
    "unit_at",
    "unit_for",
    "unit_place",
    "units_for",
    "valid_on",
]


def actor_of_request(request: HttpRequest, *, now: datetime) -> Actor:
    """Return who acts in this request: the signed-in account with the grants valid today, or nobody."""
    return actor_of(request.user, now=now) if request.user.is_authenticated else ANONYMOUS
