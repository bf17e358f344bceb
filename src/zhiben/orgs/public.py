"""What other rooms may use of orgs. Selectors take the actor; `unit_at`, matching and departments are for services."""

from datetime import datetime

from django.http import HttpRequest

from zhiben.kernel.actor import Actor
from zhiben.orgs.domain.names import plain_name
from zhiben.orgs.paths import PathHolder, register_path_holder
from zhiben.orgs.selectors.access import ANONYMOUS, actor_of, actor_of_token
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
from zhiben.orgs.services.access import (
    Holding,
    close_account,
    ensure_builtin_roles,
    grant_role,
    make_account,
    make_token,
    revoke_role,
    revoke_token,
    roles,
)
from zhiben.orgs.services.divisions import SHIPPED, ImportReport, import_divisions
from zhiben.orgs.services.moving import MoveProgress, continue_move, move_unit, moves_under_way, start_move
from zhiben.orgs.services.parties import (
    NewEnterprise,
    add_department,
    add_person,
    add_site,
    appoint,
    engage,
    register_enterprise,
    register_enterprises,
    set_jurisdiction,
)
from zhiben.orgs.services.units import add_unit, recode_unit, rename_unit

__all__ = [
    "ANONYMOUS",
    "SHIPPED",
    "EnterprisePage",
    "Holding",
    "ImportReport",
    "Match",
    "MoveProgress",
    "NewEnterprise",
    "PathHolder",
    "actor_of",
    "actor_of_request",
    "actor_of_token",
    "add_department",
    "add_person",
    "add_site",
    "add_unit",
    "appoint",
    "below",
    "branch_for",
    "breadcrumbs",
    "children_of",
    "close_account",
    "continue_move",
    "counts_below",
    "department_for_matter",
    "engage",
    "ensure_builtin_roles",
    "enterprise_by",
    "enterprise_for",
    "enterprise_page",
    "enterprise_place",
    "enterprises_for",
    "grant_role",
    "import_divisions",
    "make_account",
    "make_enterprise",
    "make_token",
    "match_enterprises",
    "move_unit",
    "moves_under_way",
    "people_for",
    "people_holding",
    "person_for",
    "person_name",
    "person_names",
    "plain_name",
    "recode_unit",
    "register_enterprise",
    "register_enterprises",
    "register_path_holder",
    "rename_unit",
    "revoke_role",
    "revoke_token",
    "roles",
    "search_enterprises",
    "search_units",
    "set_jurisdiction",
    "sites_of",
    "start_move",
    "unit_at",
    "unit_for",
    "unit_place",
    "units_for",
    "valid_on",
]

make_enterprise = register_enterprise  # the name the other rooms know it by


def actor_of_request(request: HttpRequest, *, now: datetime) -> Actor:
    """Return who acts in this request: the signed-in account with the grants valid today, or nobody."""
    return actor_of(request.user, now=now) if request.user.is_authenticated else ANONYMOUS
