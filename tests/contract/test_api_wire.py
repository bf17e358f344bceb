"""Who gets in to the API, and how it says no."""

from datetime import timedelta

import pytest
from callers import Caller, token_for
from dangers.stories import reported
from django.test import Client
from django.utils import timezone
from make import DAY, grant, make_account, make_jurisdiction

from zhiben.config import wire
from zhiben.orgs.models import ApiToken
from zhiben.orgs.selectors.access import actor_of, actor_of_token
from zhiben.shell.pace import Pace

LIST = "/dangers"


def test_a_token_opens_the_api(cast):
    answer = Caller(cast.li).get(LIST)
    assert answer.status_code == 200
    assert answer.json() == {"items": [], "next": None}


def test_nobody_is_told_to_bring_a_token(db):
    answer = Caller().get(LIST)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "access:not-signed-in"


@pytest.mark.parametrize("facts", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now()}])
def test_a_token_that_opens_nothing_is_not_simply_nobody(cast, facts):
    token = token_for(cast.li.account, "old", **facts)
    answer = Caller(token=token).get(LIST)
    assert (answer.status_code, answer.json()["code"]) == (401, "access:no-valid-token")


def test_a_bad_token_is_not_forgiven_for_a_good_session(cast):
    client = Client()
    client.force_login(cast.li.account)
    assert client.get("/api/v1/dangers", headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_a_token_of_a_closed_account_opens_nothing(cast):
    caller = Caller(cast.li)
    cast.li.account.is_active = False
    cast.li.account.save()
    assert caller.get(LIST).status_code == 401


def test_a_demo_account_acts_on_this_machine_only(cast):
    cast.li.account.is_demo = True
    cast.li.account.save()
    caller = Caller(cast.li)
    assert caller.get(LIST).status_code == 200
    assert caller.client.get("/api/v1/dangers", headers=caller.headers, REMOTE_ADDR="10.0.0.7").status_code == 401


def test_the_word_bearer_may_be_written_anyhow(cast):
    answer = Client().get("/api/v1/dangers", headers={"Authorization": f"BEARER {token_for(cast.li.account)}"})
    assert answer.status_code == 200


def test_tokens_do_not_open_pages(cast):
    answer = Client().get("/files/00000000-0000-0000-0000-000000000000/", headers=Caller(cast.li).headers)
    assert answer.status_code == 302


def test_a_session_reads(cast):
    client = Client()
    client.force_login(cast.li.account)
    assert client.get("/api/v1/dangers").status_code == 200


def test_a_session_writes_only_from_a_page_of_ours(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.li.account)
    answer = client.post("/api/v1/enterprises/1/facts", {"facts": []}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "access:not-from-our-page")


def test_a_session_writes_with_the_pages_token(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.li.account)
    client.cookies["csrftoken"] = "a" * 32
    answer = client.post(
        "/api/v1/enterprises/1/facts", {"facts": []}, content_type="application/json",
        headers={"X-CSRFToken": "a" * 32},
    )  # fmt: skip
    assert answer.status_code == 422


def test_who_may_not_look_at_dangers_at_all_finds_nothing(cast):
    answer = Caller(cast.auditor).get(LIST)
    assert (answer.status_code, answer.json()["code"]) == (404, "page:not-found")


@pytest.mark.parametrize("path", ["/nothing", "/dangers/x", "/", ""])
def test_an_address_that_is_none_answers_in_json(cast, path):
    for caller in (Caller(), Caller(cast.li)):
        answer = caller.get(path)
        assert answer.status_code == 404
        assert answer.json()["code"] == "page:not-found"


def test_a_method_that_is_none_answers_in_json(cast):
    caller = Caller(cast.li)
    answer = caller.client.delete("/api/v1/enterprises/1/facts", headers=caller.headers)
    assert (answer.status_code, answer.json()["code"]) == (405, "request:wrong-method")
    assert answer["Allow"] == "GET, POST"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The token opens nothing: It is"), ("zh-CN,zh;q=0.9", "该令牌无效：令牌"), ("fr", "该令牌无效：令牌")],
)
def test_refusals_speak_the_readers_language(cast, language, said):
    answer = Caller(token="nonsense", language=language).get(LIST)
    assert answer.json()["message"].startswith(said)


def test_a_field_that_does_not_fit_is_named(cast):
    answer = Caller(cast.li).get(LIST, limit=500)
    assert answer.status_code == 422
    body = answer.json()
    assert body["code"] == "request:wrong-shape"
    assert body["facts"]["errors"][0]["field"] == "limit"


def test_a_filter_that_is_none_is_refused_rather_than_ignored(cast):
    answer = Caller(cast.li).get(LIST, overdu="true")
    assert answer.status_code == 422
    assert answer.json()["facts"]["unknown"] == ["overdu"]


def test_a_body_that_is_no_json_is_refused(cast):
    caller = Caller(cast.li)
    answer = caller.client.post(
        "/api/v1/enterprises/1/facts", "{", content_type="application/json", headers=caller.headers
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "request:unreadable")


@pytest.mark.parametrize("by", ["token", "session"])
def test_a_body_without_end_is_refused_before_it_is_read(cast, settings, by):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    caller = Caller(cast.li)
    if by == "session":
        del caller.headers["Authorization"]
        caller.client.force_login(cast.li.account)
    answer = caller.post("/enterprises/1/facts", {"facts": ["x" * 200]})
    assert (answer.status_code, answer.json()["code"]) == (413, "request:too-large")
    assert answer.json()["facts"]["limit"] == 100


@pytest.mark.parametrize("query", ["q=%00", "matter=a%00b", "%00=1"])
def test_the_character_that_no_database_keeps_is_refused(cast, query):
    caller = Caller(cast.li)
    assert caller.client.get(f"/api/v1/dangers?{query}", headers=caller.headers).status_code == 422


def test_a_fault_of_ours_is_told_without_its_inside(cast, monkeypatch, caplog):
    def broken(*_args, **_more):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("zhiben.dangers.rest.lists.dangers_for", broken)
    answer = Caller(cast.li).get(LIST)
    assert (answer.status_code, answer.json()["code"]) == (500, "server:broken")
    assert "secret" not in answer.content.decode()
    assert "ZeroDivisionError: secret" in caplog.text


def test_answers_are_not_kept_by_anybody_between(cast):
    answer = Caller(cast.li).get(LIST)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_request_with_a_token_asks_the_database_twice(cast, django_assert_num_queries):
    reported(cast)
    caller = Caller(cast.li)
    caller.get(LIST)
    with django_assert_num_queries(2):  # who and what was granted where, the page
        assert len(caller.get(LIST).json()["items"]) == 1


def test_who_asks_too_fast_is_told_when_to_go_on(cast, settings, monkeypatch):
    settings.API_PER_MINUTE = 2
    monkeypatch.setattr(wire, "PACE", Pace())
    caller = Caller(cast.li)
    assert [caller.get(LIST).status_code for _ in range(3)] == [200, 200, 429]
    answer = caller.get(LIST)
    assert answer.json()["code"] == "request:too-many"
    assert 1 <= int(answer["Retry-After"]) <= 30
    assert Caller(cast.wang).get(LIST).status_code == 200


def same(one, other):
    return (one.id, one.label, one.person, set(one.grants)) == (other.id, other.label, other.person, set(other.grants))


def test_a_token_acts_with_the_same_grants_as_a_sign_in(cast):
    everybody = [cast.li, cast.zhao, cast.su, cast.wang, cast.chen, cast.admin]
    tree, day = cast.tree, timedelta(days=1)
    zone = make_jurisdiction(tree.county, tree.township, tree.other_township)
    ended = make_jurisdiction(tree.county, tree.township, until=DAY)
    empty = make_jurisdiction(tree.county)
    grant(cast.li.account, "viewer", zone, industries=["machinery"], matters=["fire"])
    grant(cast.li.account, "viewer", ended)
    grant(cast.li.account, "viewer", empty)
    grant(cast.su.account, "viewer", tree.county, until=DAY)
    grant(cast.su.account, "viewer", tree.other_county, since=DAY + day)
    grant(cast.zhao.account, "viewer", cast.enterprise, since=DAY - day, until=DAY + day)
    tree.county.old_path = "/1/zz/"
    tree.county.save()
    now = timezone.make_aware(timezone.datetime(DAY.year, DAY.month, DAY.day, 12))
    nobody = make_account("without-grants")
    for account in [*(player.account for player in everybody), nobody]:
        assert same(actor_of_token(token_for(account), now=now), actor_of(account, now=now))


def test_only_the_hash_of_a_token_is_kept(cast):
    text = token_for(cast.li.account)
    assert not any(text in str(value) for row in ApiToken.objects.values() for value in row.values())
