"""Reads for the pages of orgs: lists a page at a time, posts, accounts and grants inside the actor's reach."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from zhiben.kernel.actor import Actor, Place
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.orgs.domain.industries import BIT
from zhiben.orgs.domain.names import plain_name
from zhiben.orgs.models import (
    Account,
    ApiToken,
    Appointment,
    Department,
    Engagement,
    Enterprise,
    Jurisdiction,
    Person,
    RoleGrant,
    Unit,
)
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.scope import scope_of
from zhiben.orgs.selectors.parties import enterprises_for, people_for, valid_on
from zhiben.orgs.selectors.units import below, unit_at, unit_place, units_for
from zhiben.orgs.tree import NATION_PATH

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of enterprises is narrowed to."""

    text: str = ""
    industry: str = ""
    unit: Unit | None = None


def wanted_of(actor: Actor, query: Mapping[str, str]) -> Wanted:
    """Read what a list is narrowed to from its address."""
    place, unit = query.get("unit", ""), None
    if place:
        found = unit_at(place)
        unit = units_for(actor).filter(pk=found.pk).first()
    return Wanted(query.get("q", ""), query.get("industry", ""), unit)


def enterprises_listed(
    actor: Actor, wanted: Wanted, *, after: tuple[str, int] | None = None, limit: int = PAGE
) -> list[Enterprise]:
    """Return a page of the enterprises an actor may see, by name; one more than `limit` tells that there are more."""
    rows = enterprises_for(actor, OrgsPermission.VIEW_ENTERPRISE).filter(_narrowed(wanted))
    if after:
        name, pk = after
        rows = rows.filter(Q(plain_name__gt=name) | Q(plain_name=name, pk__gt=pk))
    rows = rows.select_related("registered_site__parent", "principal")
    return list(rows.order_by("plain_name", "pk")[: limit + 1])


def count_enterprises(actor: Actor, wanted: Wanted) -> int:
    """Count the enterprises that a list is narrowed to."""
    return enterprises_for(actor, OrgsPermission.VIEW_ENTERPRISE).filter(_narrowed(wanted)).count()


def _narrowed(wanted: Wanted) -> Q:
    condition = Q()
    if text := plain_name(wanted.text):
        condition &= Q(plain_name__contains=text) | Q(credit_code__startswith=text.upper())
    if wanted.industry in BIT:
        condition &= Q(industries_mask__overlaps=BIT[wanted.industry])
    if wanted.unit:
        inside = below(wanted.unit)
        condition &= inside | Q(pk__in=Unit.objects.filter(inside, enterprise__isnull=False).values("enterprise"))
    return condition


def posts_of(people: Iterable[Person], *, on: date) -> dict[int, list[Appointment]]:
    """Return which posts these people hold on a day, in one query."""
    held: dict[int, list[Appointment]] = {}
    rows = Appointment.objects.filter(valid_on(on), person__in=list(people)).select_related("post__unit")
    for row in rows.order_by("since", "pk"):
        held.setdefault(row.person_id, []).append(row)
    return held


def posts_held(person: Person) -> list[Appointment]:
    """Return the posts that a person holds and held, newest first."""
    rows = Appointment.objects.filter(person=person).select_related("post__unit")
    return list(rows.order_by("-since", "-pk"))


def units_to_hold_posts(person: Person) -> list[Unit]:
    """Return where a person may hold a post: in their enterprise, or where their department is at home."""
    if person.enterprise_id is not None:
        inside = Unit.objects.filter(enterprise=person.enterprise_id, until=None)
        return list(inside.order_by("depth", "name", "pk")[:500])
    return [person.department.unit] if person.department else []


def appointment_to_end(actor: Actor, appointment_id: int) -> Appointment:
    """Return an appointment of a person inside the actor's reach."""
    rows = Appointment.objects.filter(pk=appointment_id, person__in=people_for(actor).values("pk"))
    held = rows.select_related("post__unit", "person__enterprise").first()
    if held is None:
        raise NotFound("person:not-found", appointment=appointment_id)
    return held


def engagement_to_end(actor: Actor, engagement_id: int) -> Engagement:
    """Return an engagement on a site whose enterprise the actor may edit."""
    found = Engagement.objects.filter(pk=engagement_id).select_related("party", "site__enterprise").first()
    if found is None or not actor.may(OrgsPermission.EDIT_ENTERPRISE, unit_place(found.site)):
        raise NotFound("engagement:not-found", engagement=engagement_id)
    return found


def site_to_edit(actor: Actor, unit_id: int) -> Unit:
    """Return a site whose enterprise the actor may edit."""
    site = Unit.objects.filter(pk=unit_id, enterprise__isnull=False).select_related("enterprise").first()
    if site is None or not actor.may(OrgsPermission.EDIT_ENTERPRISE, unit_place(site)):
        raise NotFound("unit:not-found", unit=unit_id)
    return site


def sites_in(actor: Actor, unit: Unit, *, on: date, limit: int = PAGE) -> list[Unit]:
    """Return the sites directly below a unit that the actor may see."""
    rows = units_for(actor).filter(valid_on(on), parent=unit, enterprise__isnull=False).select_related("enterprise")
    return list(rows.order_by("name", "pk")[:limit])


def sees_all_accounts(actor: Actor) -> bool:
    """Tell whether an actor looks after accounts or roles of the whole tree."""
    everywhere = Place(NATION_PATH)
    return actor.may(OrgsPermission.VIEW_ROLE, everywhere) or actor.may(OrgsPermission.EDIT_ACCOUNT, everywhere)


def accounts_for(actor: Actor, permission: OrgsPermission = OrgsPermission.VIEW_ROLE) -> QuerySet[Account]:
    """Return the accounts an actor may see: all, or those of people and with grants inside the permission's reach."""
    if actor.is_system or sees_all_accounts(actor):
        return Account.objects.all()
    if not scope_of(actor, permission).grants:
        return Account.objects.none()
    units = units_for(actor, permission)
    people = people_for(actor, permission)
    enterprises = enterprises_for(actor, permission)
    inside = RoleGrant.objects.filter(
        Q(unit__in=units.values("pk"))
        | Q(enterprise__in=enterprises.values("pk"))
        | Q(jurisdiction__unit__in=units.values("pk"))
    )
    return Account.objects.filter(Q(person__in=people.values("pk")) | Q(pk__in=inside.values("account")))


def accounts_listed(
    actor: Actor, text: str = "", *, after: str = "", limit: int = PAGE,
    permission: OrgsPermission = OrgsPermission.VIEW_ROLE,
) -> list[Account]:  # fmt: skip
    """Return a page of accounts by user name with their people and grants; one more than `limit` tells of more."""
    rows = accounts_for(actor, permission)
    if text.strip():
        rows = rows.filter(Q(username__icontains=text.strip()) | Q(person__name__contains=text.strip()))
    if after:
        rows = rows.filter(username__gt=after)
    return list(_with_grants(rows).order_by("username")[: limit + 1])


def account_for(actor: Actor, account_id: int, *, permission: OrgsPermission = OrgsPermission.VIEW_ROLE) -> Account:
    """Return an account inside the actor's reach, with its grants."""
    account = _with_grants(accounts_for(actor, permission)).filter(pk=account_id).first()
    if account is None:
        raise NotFound("account:not-found", account=account_id)
    return account


def _with_grants(rows: QuerySet[Account]) -> QuerySet[Account]:
    grants = RoleGrant.objects.select_related("role", "unit", "enterprise", "jurisdiction").order_by("pk")
    return rows.select_related("person__enterprise", "person__department").prefetch_related(
        Prefetch("role_grants", queryset=grants)
    )


def grant_for(actor: Actor, grant_id: int) -> RoleGrant:
    """Return a grant of an account inside the actor's reach."""
    rows = RoleGrant.objects.select_related("role", "unit", "enterprise", "jurisdiction", "account")
    grant = rows.filter(pk=grant_id, account__in=accounts_for(actor).values("pk")).first()
    if grant is None:
        raise NotFound("grant:not-found", grant=grant_id)
    return grant


def jurisdictions_for(actor: Actor, text: str = "", *, limit: int = 10) -> list[Jurisdiction]:
    """Return the named sets of subtrees kept inside the actor's reach."""
    rows = Jurisdiction.objects.filter(unit__in=units_for(actor).values("pk"))
    return list(
        rows.filter(name__contains=text.strip())
        .select_related("unit")
        .prefetch_related("units")
        .order_by("name", "pk")[:limit]
    )


def jurisdiction_for(actor: Actor, zone_id: int) -> Jurisdiction:
    """Return a jurisdiction kept inside the actor's reach."""
    zone = (
        Jurisdiction.objects.filter(pk=zone_id, unit__in=units_for(actor).values("pk")).select_related("unit").first()
    )
    if zone is None:
        raise NotFound("jurisdiction:not-found", jurisdiction=zone_id)
    return zone


def department_for(actor: Actor, department_id: int) -> Department:
    """Return a department at home inside the actor's reach."""
    rows = Department.objects.filter(pk=department_id, unit__in=units_for(actor).values("pk"))
    found = rows.select_related("unit", "parent").first()
    if found is None:
        raise NotFound("department:not-found", department=department_id)
    return found


def tokens_of(actor: Actor) -> Sequence[ApiToken]:
    """Return the actor's own tokens, newest first; revoked ones too."""
    return list(ApiToken.objects.filter(account=actor.id).order_by("-made_at", "-pk")[:200])


def departments_at(unit: Unit, *, on: date) -> list[Department]:
    """Return the departments at home in a unit."""
    return list(unit.departments.filter(valid_on(on)).order_by("name", "pk"))


def people_found(text: str, *, limit: int = 20) -> list[Person]:
    """Return people without an account whose name holds a text: for who makes accounts for the whole tree."""
    if not text:
        return []
    rows = Person.objects.filter(name__contains=text, account=None).select_related("enterprise", "department")
    return list(rows.order_by("name", "pk")[:limit])


def day_typed(text: str, field: str) -> date | None:
    """Read a day typed into a form; nothing where nothing was typed."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid("day:unreadable", field=field, value=text, example="2026-01-31") from None
