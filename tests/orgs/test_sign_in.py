"""Signing in: by name, with a second factor, demo logins on this machine only; what anonymous requests meet."""

from datetime import timedelta

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.test import Client, RequestFactory
from django.urls import Resolver404, path, resolve
from django.utils import timezone
from make import NOW, make_account

from zhiben.config.urls import urlpatterns as real
from zhiben.kernel.errors import NotFound
from zhiben.orgs.doors import door
from zhiben.orgs.permissions import OrgsPermission
from zhiben.orgs.public import ANONYMOUS, actor_of_request, make_token


@door(OrgsPermission.GRANT_ROLE)
def guarded(request):
    return JsonResponse({"actor": request.actor.label})


@door(open_because="a page of one's own")
def own(request):
    return HttpResponse("own")


@door(public_because="tells nothing")
def public(request):
    return HttpResponse("public")


urlpatterns = [
    path("guarded/", guarded),
    path("own/", own),
    path("public/", public),
    path("api/guarded/", guarded),
    path("api/own/", own),
    *real,  # last: it answers every address below /api/
]


@pytest.fixture(autouse=True)
def _here(settings, db):
    settings.ROOT_URLCONF = __name__
    cache.clear()  # attempts are counted there


def sign_in(client, username, password="", **extra):
    password = password or "secret"
    return client.post("/accounts/login/", {"login": username, "password": password}, **extra)


def test_an_account_signs_in_by_name(client, cast):
    assert sign_in(client, "li").status_code == 302
    assert client.get("/own/").content == b"own"
    client.post("/accounts/logout/")
    assert client.get("/own/").status_code == 302
    assert Session.objects.count() == 0


def test_a_wrong_password_does_not_and_too_many_lock_the_name_for_a_while(client, cast):
    for _ in range(5):
        assert "_auth_user_id" not in sign_in(client, "li", "wrong").client.session
    assert sign_in(client, "li").status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["signup/", "email/", "password/reset/", "password/set/", "confirm-email/"])
def test_what_this_site_does_not_offer_is_not_there(address):
    with pytest.raises(Resolver404):
        resolve(f"/accounts/{address}")


@pytest.mark.parametrize("address", ["password/change/", "2fa/", "2fa/totp/activate/", "2fa/recovery-codes/"])
def test_ones_own_account_asks_for_a_sign_in(client, address):
    answer = client.get(f"/accounts/{address}")
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")


def test_demo_logins_answer_on_this_machine_only(client, db):
    make_account("demo", is_demo=True)
    for extra in (
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
    ):
        sign_in(client, "demo", **extra)
        assert "_auth_user_id" not in client.session
    sign_in(client, "demo", REMOTE_ADDR="::1")
    assert "_auth_user_id" in client.session
    assert client.get("/own/").status_code == 200
    assert client.get("/own/", REMOTE_ADDR="192.0.2.7").status_code == 302  # the cookie does not travel either


def test_a_second_factor_is_asked_for_where_one_is_set(client, cast):
    secret = generate_totp_secret()
    TOTP.activate(cast.li.account, secret)
    answer = sign_in(client, "li")
    assert answer.url == "/accounts/2fa/authenticate/"
    assert client.get("/own/").status_code == 302
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    wrong = "000000" if code != "000000" else "111111"
    client.post("/accounts/2fa/authenticate/", {"code": wrong})
    assert client.get("/own/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.get("/own/").status_code == 200
    assert Authenticator.objects.filter(user=cast.li.account).exists()
    assert get_adapter().is_mfa_enabled(cast.li.account)


def test_nobody_is_led_to_the_sign_in_and_back(client):
    answer = client.get("/guarded/?a=1")
    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=%2Fguarded%2F%3Fa%3D1")
    assert client.post("/guarded/").url == "/accounts/login/"
    fragment = client.get("/guarded/", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment["HX-Redirect"]) == (401, "/accounts/login/")
    api = client.get("/api/guarded/")
    assert (api.status_code, api.json()["code"]) == (401, "access:sign-in-first")
    assert client.get("/public/").status_code == 200


def test_who_lacks_the_permission_altogether_gets_what_a_stranger_gets(client, cast):
    client.force_login(cast.li.account)
    assert client.get("/guarded/").status_code == 404
    assert client.get("/api/guarded/").json()["code"] == "page:not-found"
    client.force_login(cast.security.account)
    assert client.get("/guarded/").json() == {"actor": "security"}


def test_a_password_set_by_another_is_replaced_first(client, db):
    account = make_account("neu", must_change_password=True)
    sign_in(client, "neu")
    assert client.get("/own/").url == "/accounts/password/change/?next=%2Fown%2F"
    assert client.get("/api/own/").status_code == 403
    new = {"oldpassword": "secret", "password1": "Qs8-langes-Wort", "password2": "Qs8-langes-Wort"}
    client.post("/accounts/password/change/", new)
    account.refresh_from_db()
    assert not account.must_change_password
    assert client.get("/own/").status_code == 200


def test_a_token_opens_the_api_and_nothing_else(client, cast):
    _, text = make_token("脚本", actor=cast.security.actor, now=timezone.now())
    bearer = {"Authorization": f"Bearer {text}"}
    assert client.get("/api/guarded/", headers=bearer).json() == {"actor": "security"}
    assert client.post("/api/own/", headers=bearer).status_code == 200
    assert client.get("/guarded/", headers=bearer).status_code == 302
    assert client.get("/api/guarded/", headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_a_bad_token_is_not_replaced_by_the_session(client, cast):
    client.force_login(cast.security.account)
    assert client.get("/api/guarded/", headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_a_session_writes_through_the_api_only_from_our_own_pages(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.li.account)
    assert client.get("/api/own/").status_code == 200
    forged = resolve("/api/own/").func
    forged.csrf_exempt = True  # as ninja marks its views
    try:
        assert client.post("/api/own/").status_code == 401
        client.cookies["csrftoken"] = "a" * 32
        assert client.post("/api/own/", headers={"X-CSRFToken": "a" * 32}).status_code == 200
    finally:
        del forged.csrf_exempt


def test_the_idle_time_begins_anew_at_most_once_a_minute(client, cast, django_assert_num_queries):
    client.force_login(cast.li.account)
    client.get("/own/")
    with django_assert_num_queries(3):  # session, account, grants
        client.get("/own/")
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/own/").status_code == 302


def test_a_door_names_one_thing():
    with pytest.raises(TypeError):
        door()
    with pytest.raises(TypeError):
        door(OrgsPermission.EDIT_UNIT, open_because="both")


def test_a_closed_account_is_nobody(cast, client):
    client.force_login(cast.li.account)
    cast.li.account.is_active = False
    cast.li.account.save()
    assert client.get("/own/").status_code == 302


def test_a_request_without_an_account_is_nobodys(db):
    request = RequestFactory().get("/own/")
    request.user = None
    assert actor_of_request(request, now=NOW) is ANONYMOUS
    assert not issubclass(NotFound, type(None))
