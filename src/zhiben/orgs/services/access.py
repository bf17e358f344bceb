"""Writes of accounts, roles, grants and tokens."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhiben.journal.public import Event, Line, record
from zhiben.kernel.actor import Actor, Place, require
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.orgs import events
from zhiben.orgs.domain.industries import BIT
from zhiben.orgs.domain.roles import BUILTIN_ROLES, THREE_ADMINISTRATORS
from zhiben.orgs.models import Account, ApiToken, Enterprise, Jurisdiction, Person, Role, RoleGrant, Unit
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.access import token_hash
from zhiben.orgs.selectors.parties import enterprise_place
from zhiben.orgs.selectors.units import unit_place
from zhiben.orgs.services.units import iso
from zhiben.orgs.tree import NATION_PATH

TOKEN_MARK = "zhiben_"  # noqa: S105 -- tells a leaked token for what it is


def ensure_builtin_roles() -> None:
    """Bring the shipped roles into the database as they stand in this release; called after every migrate."""
    for shipped in BUILTIN_ROLES:
        facts = {
            "name_zh": shipped.name.zh,
            "name_en": shipped.name.en,
            "permissions": sorted(shipped.permissions),
            "is_builtin": True,
        }
        Role.objects.update_or_create(slug=shipped.slug, defaults=facts)


@dataclass(frozen=True, slots=True)
class Holding:
    """A role at one place (exactly one of unit, enterprise, jurisdiction), narrowed and limited in time."""

    role: str
    unit: int | None = None
    enterprise: int | None = None
    jurisdiction: int | None = None
    industries: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def place(self) -> str:
        """Name the place for the journal."""
        named = {"unit": self.unit, "enterprise": self.enterprise, "jurisdiction": self.jurisdiction}
        places = [f"{what}/{number}" for what, number in named.items() if number is not None]
        if len(places) != 1:
            raise Invalid("grant:one-place", field="place")
        return places[0]


@transaction.atomic
def grant_role(account_id: int, holding: Holding, *, actor: Actor, now: datetime) -> RoleGrant:
    """Give an account a role. Only who administers security may, never to oneself, and no two of the three offices."""
    account, role = _other_account(account_id, actor), _role(holding.role)
    require_at(actor, holding)
    _check_holding(holding)
    _check_offices(account, role, timezone.localtime(now).date())
    if RoleGrant.objects.filter(account=account, role=role, **_row(holding)).exists():
        raise Conflict("grant:held-already", role=role.slug, account=account.pk)
    grant = RoleGrant.objects.create(account=account, role=role, **_row(holding))
    event = events.RoleGranted(
        grant.pk, role.slug, holding.place, sorted(holding.industries), sorted(holding.matters),
        iso(holding.since), iso(holding.until),
    )  # fmt: skip
    day = holding.since or timezone.localtime(now).date()
    record([Line(event, f"account/{account.pk}", "system", day)], actor=actor, now=now)
    return grant


@transaction.atomic
def revoke_role(grant_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a role away at once; the journal keeps that it was held."""
    grant = RoleGrant.objects.select_related("role").filter(pk=grant_id).first()
    if grant is None:
        raise NotFound("grant:not-found", grant=grant_id)
    account = _other_account(grant.account_id, actor)
    holding = Holding(grant.role.slug, grant.unit_id, grant.enterprise_id, grant.jurisdiction_id)
    require_at(actor, holding)
    if not RoleGrant.objects.filter(pk=grant_id).delete()[0]:
        raise Conflict("grant:revoked-already", grant=grant_id)
    event = events.RoleRevoked(grant_id, grant.role.slug, holding.place)
    line = Line(event, f"account/{account.pk}", "system", timezone.localtime(now).date())
    record([line], actor=actor, now=now)


def _other_account(account_id: int, actor: Actor) -> Account:
    if actor.id is not None and account_id == actor.id:
        raise NotAllowed("grant:not-to-oneself")
    account = Account.objects.select_for_update().filter(pk=account_id).first()  # grants to one account queue up
    if account is None:
        raise NotFound("account:not-found", account=account_id)
    return account


def _role(slug: str) -> Role:
    role = Role.objects.filter(slug=slug).first()
    if role is None:
        raise Invalid("role:unknown", field="role", value=slug)
    return role


def require_at(actor: Actor, holding: Holding) -> None:
    """Refuse where the actor does not administer security; of a jurisdiction, at every one of its units."""
    places: list[Place] = []
    if holding.place and holding.unit is not None:
        places = [unit_place(unit) for unit in Unit.objects.filter(pk=holding.unit).select_related("enterprise")]
    elif holding.enterprise is not None:
        places = [enterprise_place(found) for found in Enterprise.objects.filter(pk=holding.enterprise)]
    else:
        zones = Jurisdiction.objects.filter(pk=holding.jurisdiction or 0)
        places = [Place(unit.path) for zone in zones for unit in zone.units.all()]
    if not places:
        raise NotFound("grant:place-not-found", place=holding.place)
    for place in places:
        require(actor, OrgsPermission.GRANT_ROLE, place)


def _check_holding(holding: Holding) -> None:
    if unknown := sorted(set(holding.industries) - set(BIT)):
        raise Invalid("enterprise:industry-unknown", field="industries", value=", ".join(unknown))
    if holding.since and holding.until and holding.until <= holding.since:
        raise Invalid("period:ends-before-it-begins", field="until", since=holding.since, until=holding.until)


def _check_offices(account: Account, role: Role, day: date) -> None:
    """Keep system administration, security administration and audit in three hands (三员分立).

    An office may not go with any other role either: who grants roles must not act on dangers, who audits only reads.
    """
    others = account.role_grants.exclude(role=role).filter(Q(until=None) | Q(until__gt=day))
    held = set(others.values_list("role__slug", flat=True))
    clash = held if role.slug in THREE_ADMINISTRATORS else held & THREE_ADMINISTRATORS
    if clash:
        raise Conflict("grant:offices-apart", role=role.slug, held=", ".join(sorted(clash)))


def _row(holding: Holding) -> dict[str, object]:
    return {
        "unit_id": holding.unit,
        "enterprise_id": holding.enterprise,
        "jurisdiction_id": holding.jurisdiction,
        "industries": sorted(holding.industries),
        "matters": sorted(holding.matters),
        "since": holding.since,
        "until": holding.until,
    }


@transaction.atomic
def make_account(
    username: str, password: str, *, person_id: int | None = None, is_demo: bool = False, must_change: bool = True,
    language: str = "zh-hans", actor: Actor, now: datetime,
) -> Account:  # fmt: skip
    """Make a login; whoever makes it knows the password, so it has to be changed at the first sign-in."""
    require(actor, OrgsPermission.EDIT_ACCOUNT, Place(NATION_PATH))
    if Account.objects.filter(username__iexact=username).exists():
        raise Conflict("account:name-taken", field="username", value=username)
    if person_id is not None and Account.objects.filter(person_id=person_id).exists():
        raise Conflict("account:person-has-one", field="person", person=person_id)
    account = Account(
        username=Account.normalize_username(username), person=_person(person_id), is_demo=is_demo,
        must_change_password=must_change, language=language,
    )  # fmt: skip
    _set_password(account, password)
    account.save(force_insert=True)
    event = events.AccountMade(account.username, person_id, is_demo)
    line = Line(event, f"account/{account.pk}", "system", timezone.localtime(now).date())
    record([line], actor=actor, now=now)
    return account


def _person(person_id: int | None) -> Person | None:
    person = Person.objects.filter(pk=person_id).first() if person_id is not None else None
    if person_id is not None and person is None:
        raise Invalid("person:not-found", field="person", person=person_id)
    return person


def _set_password(account: Account, password: str) -> None:
    try:
        if not account.is_demo:  # demo logins answer on loopback only and have simple passwords
            validate_password(password, account)
        account.clean_fields(exclude=["password", "person"])
    except ValidationError as problem:
        raise Invalid("account:unusable", field="username or password", reason=" ".join(problem.messages)) from problem
    account.set_password(password)


@transaction.atomic
def close_account(account_id: int, *, actor: Actor, now: datetime) -> None:
    """Let an account no longer sign in, nor its tokens open anything."""
    require(actor, OrgsPermission.EDIT_ACCOUNT, Place(NATION_PATH))
    if not Account.objects.filter(pk=account_id, is_active=True).update(is_active=False):
        raise NotFound("account:not-found", account=account_id)
    _record(events.AccountClosed(), account_id, actor, now)


@transaction.atomic
def make_token(name: str, *, expires_at: datetime | None = None, actor: Actor, now: datetime) -> tuple[ApiToken, str]:
    """Make a token for the actor's own account; return it with its text, which is shown once and never kept."""
    if actor.id is None:
        raise NotAllowed("access:missing-permission", permission="token")
    if expires_at and expires_at <= now:
        raise Invalid("token:expired-already", field="expires_at")
    text = TOKEN_MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account_id=actor.id, name=name[:100], hash=token_hash(text), made_at=now, expires_at=expires_at
    )
    _record(events.TokenMade(token.pk, token.name, iso(expires_at)), actor.id, actor, now)
    return token, text


@transaction.atomic
def revoke_token(token_id: int, *, actor: Actor, now: datetime) -> None:
    """Make a token open nothing any more: one's own, or anybody's for who edits accounts."""
    own = ApiToken.objects.filter(pk=token_id, revoked_at=None)
    if not actor.may(OrgsPermission.EDIT_ACCOUNT, Place(NATION_PATH)):
        own = own.filter(account=actor.id)
    token = own.first()
    if token is None or not own.update(revoked_at=now):
        raise NotFound("token:not-found", token=token_id)
    _record(events.TokenRevoked(token.pk), token.account_id, actor, now)


def _record(event: Event, account_id: int, actor: Actor, now: datetime) -> None:
    day = timezone.localtime(now).date()
    record([Line(event, f"account/{account_id}", "system", day)], actor=actor, now=now)


def roles() -> Sequence[Role]:
    """Return all roles, the shipped ones first."""
    return list(Role.objects.order_by("-is_builtin", "pk"))
