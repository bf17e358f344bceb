"""Who acts, and with which grants."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from zhiben.kernel.actor import Actor, Grant
from zhiben.kernel.errors import NotFound
from zhiben.kernel.periods import Period
from zhiben.orgs.models import Account, RoleGrant, Unit

ANONYMOUS = Actor(id=None, label="")


def actor_of(account: Account, *, now: datetime) -> Actor:
    """Return the account as an actor, with the grants that hold today: one query, one more where a zone is granted."""
    today = timezone.localtime(now).date()
    grants = [grant for row in grant_rows().filter(account=account) for grant in grants_of(row, today)]
    return Actor(id=account.pk, label=account.get_username(), grants=tuple(grants), person=account.person_id)


def actor_named(username: str, *, now: datetime) -> Actor:
    """Return who works at the command line under an account, with what it may do today."""
    return actor_of(account_named(username), now=now)


def account_named(username: str) -> Account:
    """Return the account of this name that may sign in."""
    account = Account.objects.filter(username=username, is_active=True).select_related("person").first()
    if account is None:
        raise NotFound("account:not-found", username=username)
    return account


def actor_of_token(text: str, *, now: datetime, demo: bool = True) -> Actor | None:
    """Return who acts with an API token; None for one that is unknown, expired or revoked, or of a closed account.

    Account and grants in one query, because it stands before every request; equal to `actor_of`, which a test holds.
    `demo`: whether logins of the demonstration may act here.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ACTOR_SQL, [token_hash(text), cursor.db.ops.adapt_datetimefield_value(now)])
        rows = cursor.fetchall()
    if not rows or (rows[0][3] and not demo):
        return None
    account, username, person = rows[0][:3]
    today = timezone.localtime(now).date()
    grants = [grant for row in rows for grant in _granted(row[4:], today)]
    return Actor(id=account, label=username, grants=tuple(grants), person=person)


_ACTOR_SQL = """
select a.id, a.username, a.person_id, a.is_demo,
  r.permissions, g.enterprise_id, g.industries, g.matters, g.since, g.until, j.since, j.until,
  coalesce(u.path, z.path), coalesce(u.old_path, z.old_path), coalesce(u.id, z.id), coalesce(u.kind, z.kind)
from orgs_apitoken t
join orgs_account a on a.id = t.account_id
left join orgs_rolegrant g on g.account_id = a.id
left join orgs_role r on r.id = g.role_id
left join orgs_unit u on u.id = g.unit_id
left join orgs_jurisdiction j on j.id = g.jurisdiction_id
left join orgs_jurisdiction_units ju on ju.jurisdiction_id = j.id
left join orgs_unit z on z.id = ju.unit_id
where t.hash = %s and t.revoked_at is null and (t.expires_at is null or t.expires_at > %s) and a.is_active
order by g.id
"""


def _granted(row: tuple[Any, ...], today: date) -> list[Grant]:
    """Return what one row of the query above grants today."""
    permissions, enterprise, industries, matters, since, until, zone_since, zone_until, path, old_path, *node = row
    since, until = _day(since), _day(until)
    if (
        permissions is None
        or today not in Period(since, until)
        or today not in Period(_day(zone_since), _day(zone_until))
    ):
        return []
    if not path and enterprise is None:
        return []
    return [
        Grant(_words(permissions), one, enterprise, _words(industries), _words(matters), since, until, at)
        for one, at in [(p, at) for p, at in ((path, tuple(node)), (old_path, None)) if p] or [(None, None)]
    ]


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    return frozenset(orjson.loads(text))


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


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
    paths: list[tuple[str | None, tuple[int, str] | None]] = [
        (path, at) for unit in units for path, at in ((unit.path, (unit.pk, unit.kind)), (unit.old_path, None)) if path
    ]
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
            node=at,
        )
        for path, at in paths or [(None, None)]
    ]
