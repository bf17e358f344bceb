"""A request sent twice under one key is done once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from callers import Caller
from django.db import connection

from zhiben.shell.idempotency import KEPT, forget_answers
from zhiben.shell.models import FirstAnswer
from zhiben.standards.models import Fact

KEY = "3f1c0a52-0000-7000-8000-000000000001"


def facts(cast, value=12):
    body = {"facts": [{"name": "airlock_discharge_missing_count", "value": value, "day": "2026-03-01"}]}
    return f"/enterprises/{cast.enterprise.pk}/facts", body


def test_the_second_time_gets_the_first_answer(cast):
    caller = Caller(cast.li)
    first = caller.post(*facts(cast), Idempotency_Key=KEY)
    second = caller.post(*facts(cast), Idempotency_Key=KEY)
    assert first.status_code == second.status_code == 201, first.json()
    assert first.content == second.content
    assert "Idempotent-Replay" not in first
    assert second["Idempotent-Replay"] == "true"
    assert Fact.unscoped.count() == 1


def test_another_body_under_the_same_key_is_refused(cast):
    caller = Caller(cast.li)
    caller.post(*facts(cast), Idempotency_Key=KEY)
    answer = caller.post(*facts(cast, 13), Idempotency_Key=KEY)
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency:key-used-otherwise")
    assert Fact.unscoped.get().value == 12


def test_a_refusal_is_not_kept(cast):
    caller = Caller(cast.li)
    assert caller.post(*facts(cast, "many"), Idempotency_Key=KEY).status_code == 422
    assert not FirstAnswer.objects.exists()
    assert caller.post(*facts(cast), Idempotency_Key=KEY).status_code == 201


def test_a_fault_of_ours_is_not_kept(cast, monkeypatch):
    caller = Caller(cast.li)
    with monkeypatch.context() as broken:
        broken.setattr("zhiben.standards.rest.facts.facts_of", lambda *_a, **_k: 1 // 0)
        assert caller.post(*facts(cast), Idempotency_Key=KEY).status_code == 500
    assert not Fact.unscoped.exists()
    assert caller.post(*facts(cast), Idempotency_Key=KEY).status_code == 201


def test_a_key_is_the_accounts_own(cast):
    Caller(cast.li).post(*facts(cast), Idempotency_Key=KEY)
    answer = Caller(cast.wang).post(*facts(cast, 13), Idempotency_Key=KEY)
    assert answer.status_code == 201
    assert Fact.unscoped.count() == 2


def test_a_session_may_bring_a_key_too(cast, client):
    client.force_login(cast.li.account)
    path, body = facts(cast)
    for _ in range(2):
        answer = client.post(f"/api/v1{path}", body, content_type="application/json", headers={"Idempotency-Key": KEY})
    assert answer["Idempotent-Replay"] == "true"


@pytest.mark.parametrize("key", ["", "x" * 81, "a\tb"])
def test_a_key_that_cannot_be_kept_is_refused(cast, key):
    answer = Caller(cast.li).post(*facts(cast), Idempotency_Key=key)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency:unusable-key")


def test_a_form_without_its_border_is_refused_whether_or_not_it_has_a_key(cast):
    caller = Caller(cast.li)
    for key in ({}, {"Idempotency-Key": KEY}):
        answer = caller.client.post(
            "/api/v1/dangers/1/files", b"x", content_type="multipart/form-data", headers=caller.headers | key
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "request:unreadable")


def test_nobody_keeps_nothing(cast):
    assert Caller().post(*facts(cast), Idempotency_Key=KEY).status_code == 401
    assert not FirstAnswer.objects.exists()


def test_answers_are_forgotten_after_a_while(cast):
    Caller(cast.li).post(*facts(cast), Idempotency_Key=KEY)
    at = FirstAnswer.objects.get().made_at
    assert forget_answers(at + KEPT) == 0
    assert forget_answers(at + KEPT + timedelta(seconds=1)) == 1
    assert not FirstAnswer.objects.exists()


def test_two_at_once_do_it_once(transactional_db, cast):
    path, body = facts(cast)
    start = Barrier(6)

    def send(caller):
        start.wait()
        try:
            return caller.post(path, body, Idempotency_Key=KEY)
        finally:
            connection.close()  # each thread has its own

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, [Caller(cast.li) for _ in range(6)]))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotent-Replay" not in answer for answer in answers) == 1
    assert Fact.unscoped.count() == 1
