"""Roles, grants, the three administrators, accounts and tokens."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from make import DAY, NOW, grant, make_account, make_jurisdiction

from zhiben.journal.models import Entry
from zhiben.kernel.actor import SYSTEM, Permission, Place
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.orgs.domain.roles import BUILTIN_ROLES, THREE_ADMINISTRATORS
from zhiben.orgs.models import Account, ApiToken, Role, RoleGrant
from zhiben.orgs.permissions import LABELS, label_of, register_permissions
from zhiben.orgs.public import (
    Holding,
    actor_of,
    actor_of_token,
    close_account,
    ensure_builtin_roles,
    grant_role,
    make_token,
    revoke_role,
    revoke_token,
)
from zhiben.orgs.public import make_account as open_account


def test_only_the_security_administrator_grants(cast):
    account = make_account("neu")
    holding = Holding("officer", unit=cast.tree.county.pk)
    for player in (cast.admin, cast.zhao, cast.auditor, cast.zhou):
        with pytest.raises(NotAllowed, match="missing-permission"):
            grant_role(account.pk, holding, actor=player.actor, now=NOW)
    grant_role(account.pk, holding, actor=cast.security.actor, now=NOW)
    assert actor_of(account, now=NOW).may("danger:confirm", Place(cast.site.path))
    entry = Entry.objects.get()
    assert (entry.code, entry.subject) == ("role:granted", f"account/{account.pk}")
    with pytest.raises(Conflict, match="held-already"):
        grant_role(account.pk, holding, actor=cast.security.actor, now=NOW)


def test_nobody_grants_to_or_takes_from_themselves(cast):
    security = cast.security
    with pytest.raises(NotAllowed, match="not-to-oneself"):
        grant_role(security.actor.id, Holding("viewer", unit=1), actor=security.actor, now=NOW)
    with pytest.raises(NotAllowed, match="not-to-oneself"):
        revoke_role(security.account.role_grants.get().pk, actor=security.actor, now=NOW)


def test_a_security_administrator_of_a_county_grants_inside_it_only(cast):
    local = make_account("local")
    grant(local, "security_admin", cast.tree.county)
    actor, account = actor_of(local, now=NOW), make_account("neu")
    grant_role(account.pk, Holding("safety_manager", enterprise=cast.enterprise.pk), actor=actor, now=NOW)
    zone = make_jurisdiction(cast.tree.city, cast.tree.village, cast.tree.other_county)
    for holding in (
        Holding("officer", unit=cast.tree.other_county.pk),
        Holding("officer", unit=cast.tree.city.pk),
        Holding("safety_manager", enterprise=cast.other_enterprise.pk),
        Holding("officer", jurisdiction=zone.pk),
    ):
        with pytest.raises(NotAllowed):
            grant_role(account.pk, holding, actor=actor, now=NOW)


@pytest.mark.parametrize("first", sorted(THREE_ADMINISTRATORS))
@pytest.mark.parametrize("second", [*sorted(THREE_ADMINISTRATORS), "officer"])
def test_the_three_offices_are_in_three_hands(cast, first, second):
    account = make_account("neu")
    grant_role(account.pk, Holding(first, unit=1), actor=cast.security.actor, now=NOW)
    code = "held-already" if first == second else "offices-apart"
    with pytest.raises(Conflict, match=code):
        grant_role(account.pk, Holding(second, unit=1), actor=cast.security.actor, now=NOW)
    other = make_account("other")
    grant_role(other.pk, Holding("viewer", unit=1), actor=cast.security.actor, now=NOW)
    with pytest.raises(Conflict, match="offices-apart"):
        grant_role(other.pk, Holding(first, unit=1), actor=cast.security.actor, now=NOW)


def test_an_office_that_has_ended_stands_in_nobodys_way(cast):
    account = make_account("neu")
    grant(account, "auditor", cast.tree.nation, until=DAY)
    grant_role(account.pk, Holding("system_admin", unit=1), actor=cast.security.actor, now=NOW)


def test_the_offices_cannot_do_each_others_work(cast):
    everywhere = Place("/1/")
    powers = {
        player: {p for grant in player.actor.grants for p in grant.permissions}
        for player in (cast.admin, cast.security, cast.auditor)
    }
    assert "role:grant" not in powers[cast.admin]
    assert not any(p.startswith("danger:") for p in powers[cast.security] | powers[cast.admin])
    assert powers[cast.auditor] == {"journal:view", "journal:verify"}
    assert not cast.auditor.actor.may("danger:view", everywhere)


@pytest.mark.parametrize(
    ("holding", "code"),
    [
        (Holding("officer"), "one-place"),
        (Holding("officer", unit=1, enterprise=1), "one-place"),
        (Holding("czar", unit=1), "role:unknown"),
        (Holding("officer", unit=1, industries=("alchemy",)), "industry-unknown"),
        (Holding("officer", unit=1, since=DAY, until=DAY), "ends-before"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(cast, holding, code):
    with pytest.raises(Invalid, match=code):
        grant_role(make_account("neu").pk, holding, actor=cast.security.actor, now=NOW)


def test_a_grant_holds_from_and_until(cast):
    account = make_account("neu")
    holding = Holding("officer", unit=cast.tree.county.pk, since=DAY, until=DAY + timedelta(days=1))
    grant_role(account.pk, holding, actor=cast.security.actor, now=NOW)
    held = [bool(actor_of(account, now=NOW + timedelta(days=days)).grants) for days in (-1, 0, 1)]
    assert held == [False, True, False]


def test_a_revoked_role_is_gone_at_once_and_stays_in_the_journal(cast):
    given = cast.zhao.account.role_grants.get()
    with pytest.raises(NotAllowed):
        revoke_role(given.pk, actor=cast.zhou.actor, now=NOW)
    revoke_role(given.pk, actor=cast.security.actor, now=NOW)
    assert actor_of(cast.zhao.account, now=NOW).grants == ()
    assert Entry.objects.get().code == "role:revoked"
    with pytest.raises(NotFound):
        revoke_role(given.pk, actor=cast.security.actor, now=NOW)


def test_shipped_roles_follow_the_release(db):
    role = Role.objects.get(slug="viewer")
    Role.objects.filter(pk=role.pk).update(permissions=[])
    ensure_builtin_roles()
    assert Role.objects.get(slug="viewer").permissions == sorted(
        next(shipped.permissions for shipped in BUILTIN_ROLES if shipped.slug == "viewer")
    )
    assert Role.objects.filter(is_builtin=True).count() == len(BUILTIN_ROLES)


def test_the_system_administrator_opens_and_closes_accounts(cast):
    account = open_account("neu.konto", "Qs8-langes-Wort", actor=cast.admin.actor, now=NOW)
    assert account.check_password("Qs8-langes-Wort")
    assert account.must_change_password
    with pytest.raises(Conflict, match="name-taken"):
        open_account("NEU.konto", "Qs8-langes-Wort", actor=cast.admin.actor, now=NOW)
    with pytest.raises(NotAllowed):
        open_account("anders", "Qs8-langes-Wort", actor=cast.security.actor, now=NOW)
    for username, password in (("kurz", "kurz"), ("a b", "Qs8-langes-Wort"), ("x" * 200, "Qs8-langes-Wort")):
        with pytest.raises(Invalid, match="account:unusable"):
            open_account(username, password, actor=cast.admin.actor, now=NOW)
    with pytest.raises(Conflict, match="person-has-one"):
        open_account("zweit", "Qs8-langes-Wort", person_id=cast.li.person.pk, actor=cast.admin.actor, now=NOW)
    close_account(account.pk, actor=cast.admin.actor, now=NOW)
    assert not Account.objects.get(pk=account.pk).is_active


def test_a_token_acts_for_its_account_until_it_expires_or_is_revoked(cast):
    token, text = make_token("脚本", expires_at=NOW + timedelta(days=1), actor=cast.li.actor, now=NOW)
    assert text not in str(ApiToken.objects.values().get())
    assert actor_of_token(text, now=NOW) == cast.li.actor
    assert actor_of_token(text + "x", now=NOW) is None
    assert actor_of_token("", now=NOW) is None
    assert actor_of_token(text, now=NOW + timedelta(days=1)) is None
    with pytest.raises(NotFound):
        revoke_token(token.pk, actor=cast.wang.actor, now=NOW)
    revoke_token(token.pk, actor=cast.li.actor, now=NOW)
    assert actor_of_token(text, now=NOW) is None
    with pytest.raises(NotFound):
        revoke_token(token.pk, actor=cast.li.actor, now=NOW)


def test_a_closed_account_has_no_tokens_and_nobody_has_none(cast):
    _, text = make_token("脚本", actor=cast.li.actor, now=NOW)
    close_account(cast.li.account.pk, actor=cast.admin.actor, now=NOW)
    assert actor_of_token(text, now=NOW) is None
    for actor in (cast.anon, SYSTEM):
        with pytest.raises(NotAllowed):
            make_token("x", actor=actor, now=NOW)
    with pytest.raises(Invalid, match="expired-already"):
        make_token("x", expires_at=NOW, actor=cast.wang.actor, now=NOW)


def test_a_token_costs_one_query(cast, django_assert_num_queries):
    _, text = make_token("脚本", actor=cast.li.actor, now=NOW)
    with django_assert_num_queries(1):
        actor_of_token(text, now=NOW)


def test_a_grant_names_exactly_one_place_in_the_database_too(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(account=cast.li.account, role=Role.objects.first())


def test_what_is_not_there_cannot_be_granted_to_or_at(cast):
    security = cast.security.actor
    for account, holding in (
        (10**6, Holding("viewer", unit=1)),
        (cast.li.account.pk, Holding("viewer", unit=10**6)),
        (cast.li.account.pk, Holding("viewer", enterprise=10**6)),
        (cast.li.account.pk, Holding("viewer", jurisdiction=10**6)),
    ):
        with pytest.raises(NotFound):
            grant_role(account, holding, actor=security, now=NOW)
    with pytest.raises(NotFound):
        close_account(10**6, actor=cast.admin.actor, now=NOW)
    with pytest.raises(Invalid, match="person:not-found"):
        open_account("ohne", "Qs8-langes-Wort", person_id=10**6, actor=cast.admin.actor, now=NOW)


def test_a_system_administrator_revokes_anybodys_token(cast):
    token, text = make_token("脚本", actor=cast.li.actor, now=NOW)
    revoke_token(token.pk, actor=cast.admin.actor, now=NOW)
    assert actor_of_token(text, now=NOW) is None


def test_a_region_names_its_own_permissions_whole_or_not_at_all():
    class Extra(Permission):
        ONE = "extra:one"

    with pytest.raises(TypeError):
        register_permissions(Extra, {})
    register_permissions(Extra, {Extra.ONE: Bilingual("其一", "One")})
    assert label_of("extra:one").en == "One"
    assert label_of("nobody:knows").zh == "nobody:knows"
    LABELS.pop("extra:one")
