"""Roles, grants, accounts and tokens on screen."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from make import grant, make_account, make_enterprise, make_person

from zhiben.orgs.models import Account, ApiToken, RoleGrant
from zhiben.orgs.selectors.access import actor_of_token

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"orgs:{name}", args=args)


@pytest.fixture
def keys(cast):
    """Somebody who administers security in the county only."""
    account = make_account("keys")
    grant(account, "security_admin", cast.tree.county)
    return account


def usernames(answer):
    return {row["account"].username for row in answer.context["rows"]}


def form(cast, **changes):
    return {"place": f"unit:{cast.tree.county.pk}", "role": "viewer"} | changes


def test_who_is_not_signed_in_is_led_to_the_sign_in(client, cast):
    for address in (at("grants"), at("roles"), at("account", 1), at("accounts"), at("account-new"), at("tokens")):
        assert client.get(address).url.startswith("/accounts/login/")


def test_who_administers_nothing_gets_404(client, cast):
    client.force_login(cast.li.account)
    for address in (at("grants"), at("roles"), at("account", cast.li.account.pk), at("accounts"), at("account-new")):
        assert client.get(address).status_code == 404
    assert client.post(at("revoke", RoleGrant.objects.first().pk)).status_code == 404


def test_the_three_offices_have_each_their_own_pages(client, cast):
    client.force_login(cast.security.account)
    assert client.get(at("grants")).status_code == 200
    assert client.get(at("accounts")).status_code == 404
    client.force_login(cast.admin.account)
    assert client.get(at("accounts")).status_code == 200
    assert client.get(at("grants")).status_code == 404


def test_who_administers_a_county_sees_its_people_and_grants_only(client, cast, keys):
    client.force_login(keys)
    seen = usernames(client.get(at("grants")))
    assert {"li", "zhao", "wang", "zhou", "gong"} <= seen
    assert not seen & {"zhang", "he", "su", "admin", "auditor"}
    assert client.get(at("account", cast.zhang.account.pk)).status_code == 404
    assert client.get(at("grant", cast.zhang.account.pk)).status_code == 404


def test_accounts_are_found_by_name_and_paged(client, cast, django_assert_max_num_queries):
    for number in range(70):
        make_account(f"many{number:02}", make_person(f"多{number}", enterprise=cast.enterprise))
    client.force_login(cast.security.account)
    with django_assert_max_num_queries(15):
        answer = client.get(at("grants"), {"q": "many"})
    assert len(usernames(answer)) == 50
    rest = usernames(client.get(at("grants") + answer.context["older"]))
    assert len(rest) == 20
    assert usernames(client.get(at("grants"), {"q": "王安全"})) == {"wang"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_role_is_granted_at_a_place_for_matters_and_taken_away_again(client, cast, keys, language):
    client.force_login(keys)
    answer = client.get(at("grant", cast.gong.account.pk), {"q": "锦江"}, headers={"accept-language": language})
    assert f"unit:{cast.tree.county.pk}" in [place["key"] for place in answer.context["places"]]
    posted = form(cast, matter=["fire", "nonsense"], industry=["machinery"], until="2030-01-01")
    assert client.post(at("grant", cast.gong.account.pk), posted).url == at("account", cast.gong.account.pk)
    made = RoleGrant.objects.get(account=cast.gong.account, role__slug="viewer")
    assert (made.unit, made.matters, made.industries) == (cast.tree.county, ["fire"], ["machinery"])
    shown = client.get(at("account", cast.gong.account.pk), headers={"accept-language": language})
    assert len(shown.context["grants"]) == 2
    assert client.post(at("revoke", made.pk)).status_code == 302
    assert not RoleGrant.objects.filter(pk=made.pk).exists()


def test_a_role_for_an_enterprise_found_by_name(client, cast, keys):
    client.force_login(keys)
    places = client.get(at("grant", cast.gong.account.pk), {"q": "示例机械"}).context["places"]
    assert f"enterprise:{cast.enterprise.pk}" in [place["key"] for place in places]
    client.post(at("grant", cast.gong.account.pk), form(cast, place=f"enterprise:{cast.enterprise.pk}"))
    assert RoleGrant.objects.filter(account=cast.gong.account, enterprise=cast.enterprise).count() == 2


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"place": ""}, 422),
        ({"place": "unit:x"}, 422),
        ({"place": "planet:1"}, 422),
        ({"role": "nonsense"}, 422),
        ({"since": "morgen"}, 422),
        ({"since": "2026-05-01", "until": "2026-05-01"}, 422),
        ({"industry": ["nonsense"]}, 422),
        ({"role": "auditor"}, 409),
    ],
)
def test_a_grant_that_cannot_be_is_refused(client, cast, keys, changes, status):
    client.force_login(keys)
    before = RoleGrant.objects.count()
    assert client.post(at("grant", cast.gong.account.pk), form(cast, **changes)).status_code == status
    assert RoleGrant.objects.count() == before


def test_offices_are_kept_apart_and_the_refusal_says_so(client, cast):
    client.force_login(cast.security.account)
    place = f"unit:{cast.tree.nation.pk}"
    for account, role in ((cast.auditor.account, "system_admin"), (cast.li.account, "auditor")):
        answer = client.post(
            at("grant", account.pk), form(cast, role=role, place=place), headers={"HX-Request": "true"}
        )
        assert answer.status_code == 409
        assert "data-refusal" in answer.content.decode()


def test_nobody_grants_to_themselves_nor_outside_their_reach(client, cast, keys):
    client.force_login(keys)
    assert client.post(at("grant", keys.pk), form(cast)).status_code == 403
    outside = form(cast, place=f"unit:{cast.tree.other_county.pk}")
    assert client.post(at("grant", cast.gong.account.pk), outside).status_code in {403, 404}


def test_the_roles_tell_what_they_permit(client, cast):
    client.force_login(cast.security.account)
    answer = client.get(at("roles"), headers={"accept-language": "en"})
    assert "Grant and revoke roles" in answer.content.decode()


def test_an_account_is_made_for_a_person_and_closed(client, cast):
    person = make_person("钱新人", enterprise=make_enterprise(cast.tree.township))
    client.force_login(cast.admin.account)
    assert client.get(at("account-new"), {"q": "钱"}).context["people"] == [person]
    posted = {"username": "qian", "password": "correct horse battery", "person": person.pk, "language": "en"}
    assert client.post(at("account-new"), posted).url == at("accounts")
    made = Account.objects.get(username="qian")
    assert (made.person, made.must_change_password, made.language) == (person, True, "en")
    assert client.get(at("account-new"), {"q": "钱"}).context["people"] == []
    client.post(at("account-close", made.pk))
    assert not Account.objects.get(pk=made.pk).is_active


@pytest.mark.parametrize(("username", "password"), [("wang", "correct horse battery"), ("neu", "1234"), ("", "x" * 20)])
def test_an_account_that_cannot_be_is_refused(client, cast, username, password):
    client.force_login(cast.admin.account)
    answer = client.post(at("account-new"), {"username": username, "password": password})
    assert answer.status_code in {409, 422}


def test_a_token_is_shown_once_and_revoked(client, cast):
    client.force_login(cast.wang.account)
    answer = client.post(at("tokens"), {"name": "台账同步", "days": "90"})
    text = re.search(r"zhiben_[\w-]+", answer.content.decode())[0]
    assert "no-store" in answer.headers["Cache-Control"]
    assert actor_of_token(text, now=timezone.now()).id == cast.wang.account.pk
    again = client.get(at("tokens")).content.decode()
    assert text not in again
    assert "台账同步" in again
    client.post(at("token-revoke", ApiToken.objects.get().pk))
    assert actor_of_token(text, now=timezone.now()) is None


def test_nobody_revokes_another_ones_token(client, cast):
    client.force_login(cast.wang.account)
    client.post(at("tokens"), {"name": "a"})
    client.force_login(cast.li.account)
    assert client.post(at("token-revoke", ApiToken.objects.get().pk)).status_code == 404
    assert client.get(at("tokens")).context["tokens"] == []
