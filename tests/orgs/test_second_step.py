"""What a device answers is not to be trusted; whose passkeys they are; the address they belong to."""

import json

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.test import RequestFactory

from zhiben.config.env import BadSetting, read
from zhiben.orgs.second_step import Steps

ODD = [
    "", "null", "1", '"x"', "[]", "{}", "not json", '{"id": "x"}',
    '{"id": "x", "rawId": "x", "type": "public-key", "response": []}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": null}}',
    json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": {
        "clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AA", "userHandle": "OTk5OTk5"}}),
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}',
    json.dumps({"id": "😀" * 50, "rawId": {"a": [1]}, "type": 7, "response": {"userHandle": "//8"}}),
]  # fmt: skip


def sign_in_and_prove_it(client):
    client.post("/accounts/login/", {"login": "li", "password": "secret"})
    client.post("/accounts/reauthenticate/", {"password": "secret"})


@pytest.mark.parametrize("answer", ODD)
def test_a_made_up_answer_signs_nobody_in(client, cast, answer):
    client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    said = client.post("/accounts/2fa/webauthn/login/", {"credential": answer})
    assert said.status_code == 302
    assert said.url == "/accounts/login/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("answer", ODD)
def test_a_made_up_answer_adds_no_passkey(client, cast, answer):
    sign_in_and_prove_it(client)
    client.get("/accounts/2fa/webauthn/add/")
    said = client.post("/accounts/2fa/webauthn/add/", {"name": "x" * 500, "credential": answer, "passwordless": "on"})
    assert said.status_code == 200
    assert not Authenticator.objects.exists()


def test_the_passkeys_of_others_are_not_there(client, cast):
    theirs = Authenticator.objects.create(user=cast.wang.account, type="webauthn", data={"name": "x", "credential": {}})
    sign_in_and_prove_it(client)
    for address in ("edit", "remove"):
        assert client.get(f"/accounts/2fa/webauthn/keys/{theirs.pk}/{address}/").status_code == 404
        assert client.post(f"/accounts/2fa/webauthn/keys/{theirs.pk}/{address}/", {"name": "y"}).status_code == 404


def test_a_change_asks_once_more_who_it_is(client, cast):
    client.force_login(cast.li.account)
    assert client.get("/accounts/2fa/webauthn/add/").url.startswith("/accounts/reauthenticate/")


def test_passkeys_belong_to_the_address_that_is_set_else_to_the_one_open(settings, cast):
    request = RequestFactory().get("/", headers={"host": "a.safety.example:8443"})
    with context.request_context(request):
        settings.ALLOWED_HOSTS = ["*"]
        assert Steps().get_public_key_credential_rp_entity()["id"] == "a.safety.example"
        settings.PASSKEY_DOMAIN = "safety.example"
        assert Steps().get_public_key_credential_rp_entity()["id"] == "safety.example"


@pytest.mark.parametrize("value", ["https://a.example", "a.example:8443", "10.0.0.7", "a..b", "a b"])
def test_an_address_that_browsers_would_refuse_stops_the_start(tmp_path, value):
    with pytest.raises(BadSetting, match="ZHIBEN_PASSKEY_DOMAIN"):
        read({"ZHIBEN_PASSKEY_DOMAIN": value, "ZHIBEN_VAR": str(tmp_path)})
