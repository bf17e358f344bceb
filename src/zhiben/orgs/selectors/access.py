"""Who acts, and with which grants."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from zhiben.kernel.actor import Actor, Grant
from zhiben.kernel.periods import Period
from zhiben.orgs.models import Account, RoleGrant, Unit

ANONYMOUS = Actor(id=None, label="")


def actor_of(account: Account, *, now: datetime) -> Actor:
    """Return the account as an actor, with the grants that hold today: one query, one more where a zone is granted."""
    today = timezone.localtime(now).date()
    grants = [grant for row in grant_rows().filter(account=account) for grant in grants_of(row, today)]
    return Actor(id=account.pk, label=account.get_username(), grants=tuple(grants), person=account.person_id)


def grant_rows() -> QuerySet[RoleGrant]:
    """Return grants with all that `grants_of` needs."""
    return RoleGrant.objects.select_related("role", "unit", "jurisdiction").prefetch_related("jurisdiction__units")


def grants_of(row: RoleGrant, today: date) -> list[Grant]:
    """Return what a row grants today: a unit's path, or the paths of a jurisdiction's units, or an enterprise.

    While a unit is being moved both its paths count.
    """
    zone = row.jurisdiction
    if today not in Period(row.since, row.until) or (zone and today not in Period(zone.since, zone.until)):
        return []
    units: Iterable[Unit] = zone.units.all() if zone else [row.unit] if row.unit else []
    paths: list[str | None] = [path for unit in units for path in (unit.path, unit.old_path) if path]
    if not paths and row.enterprise_id is None:
        return []
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
