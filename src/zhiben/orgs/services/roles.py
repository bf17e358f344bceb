"""Writes of roles as data: a region makes its own; those shipped stay as they are shipped."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models.deletion import ProtectedError
from django.utils.text import slugify

from zhiben.journal.public import Event, Line, record
from zhiben.kernel.actor import Actor, Place, require
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.kernel.periods import local_day
from zhiben.orgs.domain.roles import RESERVED, known_permissions
from zhiben.orgs.events import GrantEnded, RoleEdited, RoleMade, RoleRemoved
from zhiben.orgs.models import Role, RoleGrant
from zhiben.orgs.permissions import LABELS, OrgsPermission
from zhiben.orgs.services.access import Holding, require_at
from zhiben.orgs.services.units import check_period, clean_name, iso
from zhiben.orgs.tree import NATION_PATH


@transaction.atomic
def make_role(name_zh: str, name_en: str, permissions: Sequence[str], *, actor: Actor, now: datetime) -> Role:
    """Make a role of one's own. What the three offices alone may do goes into no other role (三员分立)."""
    require(actor, OrgsPermission.GRANT_ROLE, Place(NATION_PATH))
    facts = _facts(name_zh, name_en, permissions)
    _check_names_free(facts, besides=None)
    role = Role.objects.create(slug=_free_slug(facts["name_en"]), is_builtin=False, **facts)
    _record(RoleMade(role.slug, **facts), role, actor, now)
    return role


@transaction.atomic
def edit_role(
    role_id: int, name_zh: str, name_en: str, permissions: Sequence[str], *, actor: Actor, now: datetime
) -> Role:
    """Change what an own role is called or permits, for all who hold it, from this moment."""
    role = role_to_edit(role_id, actor)
    facts = _facts(name_zh, name_en, permissions)
    _check_names_free(facts, besides=role.pk)
    after = {column: value for column, value in facts.items() if getattr(role, column) != value}
    if not after:
        return role
    before = {column: getattr(role, column) for column in after}
    if not Role.objects.filter(pk=role.pk, **before).update(**after):
        raise Conflict("unit:changed-meanwhile", unit=role.name_zh)
    _record(RoleEdited(role.slug, before, after), role, actor, now)
    return Role.objects.get(pk=role.pk)


@transaction.atomic
def remove_role(role_id: int, *, actor: Actor, now: datetime) -> None:
    """Remove an own role that nobody holds or held."""
    role = role_to_edit(role_id, actor)
    number = role.pk
    try:
        with transaction.atomic():
            role.delete()
    except ProtectedError:
        raise Conflict("role:still-held", role=role.name_zh) from None
    line = Line(RoleRemoved(role.slug), f"role/{number}", "system", local_day(now))
    record([line], actor=actor, now=now)


def role_to_edit(role_id: int, actor: Actor) -> Role:
    """Return a role of one's own; roles hold for the whole tree, so only who administers its security may."""
    require(actor, OrgsPermission.GRANT_ROLE, Place(NATION_PATH))
    role = Role.objects.filter(pk=role_id).first()
    if role is None:
        raise NotFound("role:unknown", value=role_id)
    if role.is_builtin:
        raise NotAllowed("role:shipped", role=role.name_zh)
    return role


@transaction.atomic
def end_grant(grant_id: int, *, until: date | None, actor: Actor, now: datetime) -> RoleGrant:
    """Let a role be held up to a day, or without end again; to take it away at once, revoke it."""
    grant = RoleGrant.objects.select_related("role").filter(pk=grant_id).first()
    if grant is None:
        raise NotFound("grant:not-found", grant=grant_id)
    if grant.account_id == actor.id:
        raise NotAllowed("grant:not-to-oneself")
    holding = Holding(grant.role.slug, grant.unit_id, grant.enterprise_id, grant.jurisdiction_id)
    require_at(actor, holding)
    check_period(grant.since, until)
    if until and until <= local_day(now):
        raise Invalid("grant:ends-in-the-past", field="until", until=until)
    if not RoleGrant.objects.filter(pk=grant.pk, until=grant.until).update(until=until):
        raise Conflict("grant:revoked-already", grant=grant_id)
    event = GrantEnded(grant.pk, grant.role.slug, holding.place, iso(until))
    line = Line(event, f"account/{grant.account_id}", "system", local_day(now))
    record([line], actor=actor, now=now)
    grant.until = until
    return grant


def grantable_permissions() -> list[str]:
    """Return what own roles may be made of: all that the rooms know, without what the three offices keep."""
    return sorted((known_permissions() | set(LABELS)) - RESERVED)


def _facts(name_zh: str, name_en: str, permissions: Sequence[str]) -> dict[str, Any]:
    wanted = sorted(set(permissions))
    if kept := sorted(set(wanted) & RESERVED):
        raise Invalid("role:kept-for-the-offices", field="permissions", permissions=", ".join(kept))
    if unknown := sorted(set(wanted) - set(grantable_permissions())):
        raise Invalid("role:permission-unknown", field="permissions", permissions=", ".join(unknown))
    if not wanted:
        raise Invalid("role:permits-nothing", field="permissions")
    return {"name_zh": clean_name(name_zh)[:100], "name_en": clean_name(name_en)[:100], "permissions": wanted}


def _check_names_free(facts: dict[str, Any], *, besides: int | None) -> None:
    others = Role.objects.exclude(pk=besides or 0)
    for field in ("name_zh", "name_en"):
        if others.filter(**{f"{field}__iexact": facts[field]}).exists():
            raise Conflict("role:name-taken", field=field, value=facts[field])


def _free_slug(name: str) -> str:
    base = (slugify(name) or "role")[:40]
    taken = set(Role.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if slug not in taken)


def _record(event: Event, role: Role, actor: Actor, now: datetime) -> None:
    record([Line(event, f"role/{role.pk}", "system", local_day(now))], actor=actor, now=now)
