"""Ten questions on a phone: answers become facts with their source, and each settles what it promised."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from make import DAY, NOW
from PIL import Image

from zhiben.files.public import files_of
from zhiben.journal.public import history
from zhiben.kernel.errors import Invalid, NotAllowed, NotFound
from zhiben.orgs.scope import Scope, scoped
from zhiben.standards.domain.freshness import FactSource, fresh_until
from zhiben.standards.models import Fact
from zhiben.standards.selectors import questions_for
from zhiben.standards.services.recording import NewFact, Photo, record_with_photos

pytestmark = pytest.mark.django_db
COUNT = "special_ops_uncertified_count"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def picture():
    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    made.seek(0)
    return made


def address(cast):
    return reverse("standards:next", args=[cast.enterprise.pk])


def question(answer):
    return answer.context["question"]


def reply(client, cast, shown, **said):
    return client.post(address(cast), {"name": shown["name"], **said})


def answer_for(shown):
    if shown["options"]:
        return {"value": shown["options"][-1][0]}
    return {"zero": "1"} if shown["is_count"] else {"value": "1"}


def test_a_round_of_ten_settles_what_it_says(client, cast):
    client.force_login(cast.wang.account)
    before = questions_for(cast.wang.actor, cast.enterprise, day=DAY).open
    shown = client.get(address(cast))
    asked = []
    for _ in range(10):
        asked.append(question(shown)["name"])
        shown = reply(client, cast, question(shown), **answer_for(question(shown)))
    assert question(shown) is None
    assert len(set(asked)) == 10
    after = questions_for(cast.wang.actor, cast.enterprise, day=DAY).open
    assert shown.context["settled"] == before - after > 0
    rows = Fact.unscoped.filter(enterprise=cast.enterprise)
    assert sorted(row.name for row in rows) == sorted(asked)
    for row in rows:
        source = FactSource.LOOK if row.name.startswith("seen:") else FactSource.PERSON
        assert (row.source, row.recorded_by, row.day) == (source, cast.wang.account.pk, DAY)
        assert row.fresh_until == fresh_until(DAY, source)


def test_dont_know_is_not_asked_again_in_the_round_nor_in_the_next(client, cast):
    client.force_login(cast.wang.account)
    first = question(client.get(address(cast)))
    shown = reply(client, cast, first, unknown="1")
    assert question(shown)["name"] != first["name"]
    assert Fact.unscoped.count() == 0
    again = client.post(address(cast), {"again": "1"})
    assert question(again)["name"] != first["name"]
    assert again.context["round"].number == 1


def test_back_shows_the_answer_and_a_new_one_counts(client, cast):
    client.force_login(cast.wang.account)
    first = question(client.get(address(cast)))
    second = question(reply(client, cast, first, **answer_for(first)))
    back = reply(client, cast, second, back="1")
    assert question(back)["name"] == first["name"]
    assert question(back)["held"]
    other = {"value": "3"} if first["is_count"] else {"value": first["options"][0][0]}
    onward = reply(client, cast, question(back), **other)
    assert question(onward)["name"] == second["name"]
    values = [row.value for row in Fact.unscoped.filter(name=first["name"]).order_by("pk")]
    assert len(values) == 2
    assert values[0] != values[1]


def test_a_number_that_is_none_is_refused_and_stays(client, cast):
    client.force_login(cast.wang.account)
    shown = client.get(address(cast))
    while question(shown)["options"]:
        shown = reply(client, cast, question(shown), unknown="1")
    for wrong in ("many", "", "-1"):
        refused = reply(client, cast, question(shown), value=wrong)
        assert refused.status_code == 422
        assert question(refused)["name"] == question(shown)["name"]
    assert Fact.unscoped.count() == 0


def test_htmx_gets_the_question_alone(client, cast):
    client.force_login(cast.wang.account)
    whole = client.get(address(cast))
    part = client.post(address(cast), {"name": question(whole)["name"], "unknown": "1"}, headers={"HX-Request": "true"})
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert b"hx-post" in part.content


def test_a_photo_proves_the_fact(client, cast):
    client.force_login(cast.wang.account)
    first = question(client.get(address(cast)))
    photo = SimpleUploadedFile("a.jpg", picture().getvalue(), "image/jpeg")
    reply(client, cast, first, **answer_for(first), photos=[photo])
    row = Fact.unscoped.get()
    with scoped(Scope(everything=True)):
        (kept,) = files_of(f"fact/{row.pk}")
    assert row.evidence == [str(kept.id)]
    codes = [entry.code for entry in history(f"enterprise/{cast.enterprise.pk}")]
    assert {"fact:recorded", "file:kept"} <= set(codes)
    page = client.get(reverse("standards:record", args=[cast.enterprise.pk]), {"name": row.name})
    assert reverse("files:download", args=[kept.id]) in page.content.decode()


def test_what_is_no_picture_leaves_no_fact(cast):
    with pytest.raises(Invalid):
        record_with_photos(
            cast.enterprise.pk, NewFact(COUNT, 0, DAY), [Photo(BytesIO(b"#!/bin/sh"), "a.jpg")],
            actor=cast.wang.actor, now=NOW,
        )  # fmt: skip
    assert Fact.unscoped.count() == 0


def test_a_stranger_cannot_tell_it_exists_and_a_viewer_may_not_answer(client, cast):
    client.force_login(cast.zhang.account)
    assert client.get(address(cast)).status_code == 404
    with pytest.raises(NotFound):
        record_with_photos(cast.enterprise.pk, NewFact(COUNT, 0, DAY), [], actor=cast.zhang.actor, now=NOW)
    with pytest.raises(NotAllowed):
        record_with_photos(cast.enterprise.pk, NewFact(COUNT, 0, DAY), [], actor=cast.gong.actor, now=NOW)


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "第 1 问，最多 10 问"), ("en", "Question 1, at most 10")])
def test_the_page_speaks_both_languages(client, cast, language, said):
    client.force_login(cast.wang.account)
    assert said in client.get(address(cast), headers={"accept-language": language}).content.decode()


def test_the_api_answers_what_to_ask_first(client, cast):
    client.force_login(cast.wang.account)
    told = client.get(f"/api/v1/enterprises/{cast.enterprise.pk}/questions", {"limit": 3}).json()
    asked = questions_for(cast.wang.actor, cast.enterprise, day=DAY, limit=3)
    assert [each["fact"] for each in told["questions"]] == [each.fact for each in asked.questions]
    assert (told["open"], told["clauses"]) == (asked.open, len(asked.verdicts))
    assert told["questions"][0]["expected"] >= told["questions"][-1]["expected"]
    client.force_login(cast.zhang.account)
    assert client.get(f"/api/v1/enterprises/{cast.enterprise.pk}/questions").status_code == 404
