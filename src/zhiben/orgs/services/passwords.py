"""Setting somebody's password anew, because it was forgotten or may be known to others."""

import secrets
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from zhiben.journal.public import Line, record
from zhiben.kernel.actor import Actor, Place
from zhiben.kernel.errors import Conflict, NotAllowed
from zhiben.kernel.periods import local_day
from zhiben.orgs.domain.roles import SYSTEM_ADMIN, THREE_ADMINISTRATORS
from zhiben.orgs.events import PasswordReset
from zhiben.orgs.models import Account, RoleGrant
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.selectors.listing import account_for
from zhiben.orgs.selectors.parties import enterprise_place
from zhiben.orgs.selectors.units import unit_place
from zhiben.orgs.tree import NATION_PATH

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when it is read out
GROUPS = (4, 4, 4, 4)
OTHER_OFFICES = THREE_ADMINISTRATORS - {SYSTEM_ADMIN}


@transaction.atomic
def reset_password(account_id: int, *, actor: Actor, now: datetime) -> tuple[Account, str]:
    """Set a random password that must be changed at the next sign-in; return it, for it is kept nowhere.

    Sessions of the account end, for they hold on to the password they were opened with. Its second step stays.
    """
    Account.objects.select_for_update().filter(pk=account_id).first()  # who grants it a role meanwhile waits
    account = account_to_reset(account_id, actor=actor, now=now)
    text = "-".join("".join(secrets.choice(LETTERS) for _ in range(length)) for length in GROUPS)
    account.set_password(text)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    day = local_day(now)
    record([Line(PasswordReset(), f"account/{account.pk}", "system", day)], actor=actor, now=now)
    return account, text


def account_to_reset(account_id: int, *, actor: Actor, now: datetime) -> Account:
    """Return an account whose password the actor may set anew, else say why not."""
    if actor.id is not None and account_id == actor.id:
        raise NotAllowed("account:reset-own")
    account = account_for(actor, account_id, permission=OrgsPermission.EDIT_ACCOUNT)
    if not account.is_active:
        raise Conflict("account:closed", account=account.username)
    held = list(_held(account, local_day(now)))
    if not actor.is_system and OTHER_OFFICES & {grant.role.slug for grant in held}:
        raise NotAllowed("account:office-by-command", account=account.username)
    if not all(actor.may(OrgsPermission.EDIT_ACCOUNT, place) for place in _places(account, held)):
        raise NotAllowed("account:reaches-further", account=account.username)
    return account


def _held(account: Account, day: date) -> Iterator[RoleGrant]:
    """Return the grants that hold or are yet to hold."""
    rows = account.role_grants.filter(Q(until=None) | Q(until__gt=day))
    yield from rows.select_related("role", "unit__enterprise", "enterprise", "jurisdiction")


def _places(account: Account, held: list[RoleGrant]) -> Iterator[Place]:
    """Return all places an account reaches; of one that reaches none, where its person belongs."""
    for grant in held:
        if grant.unit:
            yield unit_place(grant.unit)
        elif grant.enterprise:
            yield enterprise_place(grant.enterprise)
        elif grant.jurisdiction:
            yield from (Place(unit.path) for unit in grant.jurisdiction.units.all())
    if not held:
        yield _home(account)


def _home(account: Account) -> Place:
    person = account.person
    if person and person.enterprise:
        return enterprise_place(person.enterprise)
    if person and person.department:
        return unit_place(person.department.unit)
    return Place(NATION_PATH)
