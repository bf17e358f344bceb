"""Who acts, and with which grants."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from zhiben.kernel.actor import Actor, Grant
from zhiben.kernel.periods import Period
from zhiben.orgs.models import Account, ApiToken, RoleGrant, Unit

ANONYMOUS = Actor(id=None, label="")


def actor_of(account: Account, *, now: datetime) -> Actor:
    """Return the account as an actor, with the grants that hold today: one query, one more where a zone is granted."""
    today = timezone.localtime(now).date()
    grants = [grant for row in grant_rows().filter(account=account) for grant in grants_of(row, today)]
    return Actor(id=account.pk, label=account.get_username(), grants=tuple(grants), person=account.person_id)


def actor_of_token(text: str, *, now: datetime) -> Actor | None:
    """Return who acts with an API token; None for one that is unknown, expired or revoked, or of a closed account."""
    tokens = ApiToken.objects.filter(hash=token_hash(text), revoked_at=None, account__is_active=True)
    token = tokens.filter(Q(expires_at=None) | Q(expires_at__gt=now)).select_related("account").first()
    return actor_of(token.account, now=now) if token else None


def token_hash(text: str) -> str:
    """Return what is kept of a token: it is random and long, so one plain hash will do."""
    return hashlib.sha256(text.encode()).hexdigest()


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
