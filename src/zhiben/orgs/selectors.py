"""Reads of orgs."""

from datetime import datetime

from django.utils import timezone

from zhiben.kernel.actor import Actor, Grant
from zhiben.orgs.models import Account, RoleGrant


def actor_of(account: Account, *, now: datetime) -> Actor:
    """Return the account as an actor, with the grants that hold today. A jurisdiction becomes a grant per subtree."""
    today = timezone.localtime(now).date()
    rows = RoleGrant.objects.filter(account=account).select_related("role", "unit", "jurisdiction")
    grants = [grant for row in rows for grant in _grants_of(row) if grant.holds_on(today)]
    return Actor(id=account.pk, label=account.get_username(), grants=tuple(grants), person=account.person_id)


def _grants_of(row: RoleGrant) -> list[Grant]:
    """Return what one row grants: a path for a unit (both while it is being moved), one per subtree of a jurisdiction."""
    units = [row.unit] if row.unit else list(row.jurisdiction.units.all()) if row.jurisdiction else []
    paths: list[str | None] = [p for unit in units for p in (unit.path, unit.old_path) if p]
    return [
        Grant(
            permissions=frozenset(row.role.permissions),
            path=path,
            enterprise=row.enterprise_id,
            industries=frozenset(row.industries),
            matters=frozenset(row.matters),
            since=row.since,
            until=row.until,
        )
        for path in paths or [None]
    ]
