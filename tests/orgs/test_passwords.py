"""An administrator sets a forgotten password anew: shown once, replaced at the next sign-in, nobody beyond their reach."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from make import DAY, NOW, grant, make_account, make_jurisdiction, make_person

from zhiben.journal.models import Entry
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.errors import Conflict, NotAllowed, NotFound
from zhiben.orgs.models import Account
from zhiben.orgs.public import actor_of, close_account
from zhiben.orgs.services.passwords import reset_password

pytestmark = pytest.mark.django_db
TEMPORARY = re.compile(r"<code>((?:[a-z2-9]{4}-){3}[a-z2-9]{4})</code>")


def at(name, *args):
    return reverse(f"orgs:{name}", args=args)


@pytest.fixture
def county_admin(cast):
    account = make_account("county-admin")
    grant(account, "system_admin", cast.tree.county)
    return account


def reset(account, actor):
    return reset_password(account.pk, actor=actor, now=NOW)[1]


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "临时密码"), ("en", "temporary password")])
def test_it_is_shown_once_ends_sessions_and_is_replaced_at_the_next_sign_in(client, cast, language, words):
    elsewhere = Client()
    elsewhere.force_login(cast.li.account)
    Authenticator.objects.create(user=cast.li.account, type="totp", data={"secret": "x"})
    client.force_login(cast.admin.account)
    headers, address = {"accept-language": language}, at("account-password", cast.li.account.pk)
    assert TEMPORARY.search(client.get(address, headers=headers).text) is None
    answer = client.post(address, headers=headers)
    assert words in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    text = TEMPORARY.search(answer.text)[1]
    assert text not in client.get(address, headers=headers).text
    assert elsewhere.get("/").url.startswith("/accounts/login/")
    account = Account.objects.get(pk=cast.li.account.pk)
    assert account.check_password(text)
    assert account.must_change_password
    assert Authenticator.objects.filter(user=account).count() == 1, "the second step stays"
    entry = Entry.objects.get()
    assert (entry.code, entry.subject) == ("account:password-reset", f"account/{account.pk}")
    assert text not in str(Entry.objects.values().get())


def test_with_it_one_comes_no_further_than_to_ones_own_password(client, cast):
    text = reset(cast.wang.account, cast.admin.actor)
    client.post("/accounts/login/", {"login": "wang", "password": text})
    assert client.get("/").url.startswith(reverse("account_change_password"))
    new = "mein-eigenes-Wort-7"
    client.post(reverse("account_change_password"), {"oldpassword": text, "password1": new, "password2": new})
    assert client.get("/").status_code == 200
    assert not Account.objects.get(username="wang").must_change_password


def test_an_administrator_of_a_county_resets_whoever_reaches_no_further(cast, county_admin):
    actor = actor_of(county_admin, now=NOW)
    for player in (cast.li, cast.wang, cast.gong):
        text = reset(player.account, actor)
        assert Account.objects.get(pk=player.account.pk).check_password(text)
    with pytest.raises(NotFound):
        reset(cast.zhang.account, actor)
    grant(cast.li.account, "viewer", cast.tree.other_county)
    with pytest.raises(NotAllowed, match="reaches-further"):
        reset(cast.li.account, actor)
    zone = make_jurisdiction(cast.tree.county, cast.tree.township, cast.tree.other_county)
    grant(cast.wang.account, "viewer", zone)
    with pytest.raises(NotAllowed, match="reaches-further"):
        reset(cast.wang.account, actor)


def test_a_role_that_is_over_reaches_no_further_and_one_to_come_does(cast, county_admin):
    actor = actor_of(county_admin, now=NOW)
    grant(cast.li.account, "viewer", cast.tree.other_county, until=DAY)
    reset(cast.li.account, actor)
    grant(cast.zhao.account, "viewer", cast.tree.other_county, since=DAY + timedelta(days=9))
    with pytest.raises(NotAllowed, match="reaches-further"):
        reset(cast.zhao.account, actor)


def test_an_account_without_roles_belongs_where_its_person_does(cast, county_admin):
    actor = actor_of(county_admin, now=NOW)
    reset(make_account("idle", make_person("闲人", enterprise=cast.enterprise)), actor)
    reset(make_account("clerk", make_person("文员", department=cast.department)), actor)
    with pytest.raises(NotFound):
        reset(make_account("device"), actor)
    reset(make_account("other"), cast.admin.actor)


def test_refusals_say_why(client, cast):
    client.force_login(cast.admin.account)
    for account, status in ((cast.admin, 403), (cast.security, 403), (cast.auditor, 403)):
        address = at("account-password", account.account.pk)
        assert client.get(address).status_code == status
        assert client.post(address).status_code == status
    close_account(cast.he.account.pk, actor=cast.admin.actor, now=NOW)
    with pytest.raises(Conflict, match="account:closed"):
        reset(cast.he.account, cast.admin.actor)
    assert client.post(at("account-password", 10**6)).status_code == 404
    said = client.post(at("account-password", cast.security.account.pk), headers={"accept-language": "en"}).text
    assert "zhiben orgs password security" in said


def test_who_administers_no_accounts_finds_nothing(client, cast):
    for player in (cast.security, cast.li, cast.wang):
        client.force_login(player.account)
        assert client.post(at("account-password", cast.gong.account.pk)).status_code == 404
    with pytest.raises(NotFound):
        reset(cast.gong.account, cast.li.actor)
    assert not Entry.objects.exists()


def test_an_administrator_of_a_county_finds_its_accounts_and_the_button(client, cast, county_admin):
    client.force_login(county_admin)
    answer = client.get(at("accounts"))
    assert {row.username for row in answer.context["rows"]} >= {"li", "wang"}
    assert "zhang" not in {row.username for row in answer.context["rows"]}
    assert at("account-password", cast.li.account.pk) in answer.text


def test_at_the_command_line_an_office_is_reset_too(cast):
    printed = StringIO()
    call_command("orgs", "password", "auditor", stdout=printed, stderr=StringIO())
    assert Account.objects.get(username="auditor").check_password(printed.getvalue().strip())
    with pytest.raises(NotFound):
        reset_password(10**6, actor=SYSTEM, now=NOW)
