"""Judging one's part of the tree on screen and over the wire; each suspicion with its facts; one thing to do an enterprise."""

from datetime import timedelta
from uuid import UUID

import pytest
from clocks.test_jobs import clock_from, run_all
from dangers.test_populations import COUNT, judge, tell
from django.urls import reverse
from make import NOW

from zhiben.clocks.models import Job
from zhiben.dangers.models import JudgingPlan, Suspicion
from zhiben.standards.public import NewFact, own_requests, record_facts

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def at(client, cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)

    def enter(player):
        client.force_login(player.account)
        return client

    return enter


def test_one_starts_a_run_sees_how_far_it_is_and_what_it_brought(at, cast):
    tell(cast.enterprise, **{COUNT: 2})
    page = at(cast.zhao).get(reverse("dangers:judging"), headers=ENGLISH).text
    assert "锦江区: <b>1</b>." in page
    at(cast.zhao).post(reverse("dangers:judging-start"), {"unit": cast.tree.county.path, "asks": "1"})
    assert "Enterprises judged" in at(cast.zhao).get(reverse("dangers:judging"), headers=ENGLISH).text
    run_all(clock_from(NOW))
    page = at(cast.zhao).get(reverse("dangers:judging"), headers=ENGLISH).text
    assert "Open suspicions: <b>1</b>, at 1 of them. Asked for facts: <b>1</b>." in page
    assert "Enterprises judged" not in page
    assert Suspicion.unscoped.get().answer == "open"


def test_it_is_judged_by_itself_when_wished_and_nonsense_changes_nothing(at, cast):
    plan = reverse("dangers:judging-plan")
    at(cast.zhao).post(plan, {"unit": cast.tree.county.path, "days": "7", "asks": "1"})
    kept = JudgingPlan.unscoped.get()
    assert (kept.days, kept.asks, kept.unit_id) == (7, True, cast.tree.county.pk)
    assert at(cast.zhao).post(plan, {"unit": cast.tree.county.path, "days": "0"}).status_code == 422
    assert "every 7 nights" in at(cast.zhao).get(reverse("dangers:judging"), headers=ENGLISH).text
    at(cast.zhao).post(plan, {"unit": cast.tree.county.path, "days": ""})
    assert not JudgingPlan.unscoped.exists()


def test_a_unit_out_of_reach_is_not_there_and_onlookers_may_not(at, cast):
    start = reverse("dangers:judging-start")
    assert at(cast.zhang).post(start, {"unit": cast.tree.county.path}).status_code == 404
    assert at(cast.zhang).get(reverse("dangers:judging"), {"unit": cast.tree.county.path}).status_code == 404
    assert at(cast.zhao).get(reverse("dangers:judging"), {"unit": "nonsense'--"}).status_code == 404
    assert at(cast.su).post(start, {"unit": cast.tree.county.path}).status_code in (403, 404)
    assert not Job.objects.filter(kind="population:judge").exists()


def test_a_suspicion_shows_what_it_rests_on_and_what_moved_since(at, cast):
    tell(cast.enterprise, **{COUNT: 2})
    judge(cast)
    row = Suspicion.unscoped.get()
    url = reverse("dangers:suspicion", args=[row.pk])
    page = at(cast.zhao).get(url, headers=ENGLISH).text
    assert ": 2" in page
    assert "2026-03-02" in page
    assert "entered by a person" in page
    assert "Facts have changed since" not in page
    tell(cast.enterprise, **{COUNT: 3})
    assert "Facts have changed since" in at(cast.zhao).get(url, headers=ENGLISH).text
    assert at(cast.zhang).get(url).status_code == 404


def test_an_enterprise_has_one_thing_to_do_not_three_hundred(at, cast):
    judge(cast, asks=True)
    asked = own_requests(cast.wang.actor)
    assert [(one.enterprise, one.facts) for one in asked] == [(cast.enterprise.pk, 10)]
    page = at(cast.wang).get("/", headers=ENGLISH).text
    assert page.count("Tell what is missing") >= 1
    assert page.count(reverse("standards:facts", args=[cast.enterprise.pk])) == 2  # the row and its link
    assert own_requests(cast.zhao.actor) == []
    assert "Tell what is missing" not in at(cast.zhao).get("/", headers=ENGLISH).text


def test_over_the_wire_it_is_the_same(at, cast):
    tell(cast.enterprise, **{COUNT: 2})
    web = at(cast.zhao)
    fresh = {"content_type": "application/json", "headers": {"x-requested-with": "test"}}
    made = web.post("/api/v1/judging-runs", {"unit": cast.tree.county.path, "ask": True}, **fresh)
    assert made.status_code == 202, made.content
    run_all(clock_from(NOW))
    run = web.get(f"/api/v1/judging-runs/{made.json()['id']}").json()
    assert (run["state"], run["raised"], run["asked"]) == ("done", 1, 1)
    assert at(cast.zhang).get(f"/api/v1/judging-runs/{made.json()['id']}").status_code == 404
    assert at(cast.zhao).get(f"/api/v1/judging-runs/{UUID(int=0)}").status_code == 404
    (one,) = web.get("/api/v1/suspicions", {"unit": cast.tree.county.path}).json()["items"]
    assert one["facts"] == [{"name": COUNT, "value": 2, "day": "2026-03-02", "source": "person"}]
    assert web.get("/api/v1/fact-requests").json()["items"][0]["facts"] == 10
    assert web.get(f"/api/v1/enterprises/{cast.enterprise.pk}/fact-requests").json()[0]["rank"] == 1
    at_it = f"/api/v1/suspicions/{one['id']}"
    assert at(cast.zhang).get(at_it).status_code == 404
    assert at(cast.zhang).post(f"{at_it}/confirm", {}, **fresh).status_code == 404
    web = at(cast.zhao)
    assert web.post(f"{at_it}/dismiss", {"reason": ""}, **fresh).status_code == 422
    assert web.post(f"{at_it}/confirm", {}, **fresh).json()["answer"] == "confirmed"
    assert web.post(f"{at_it}/dismiss", {"reason": "看错了"}, **fresh).status_code == 409


def test_the_list_is_dense_and_quick(at, cast, django_assert_max_num_queries):
    facts = {COUNT: 1, "safety_device_failed_count": 1}
    record_facts(
        cast.enterprise.pk, [NewFact(n, v, NOW.date()) for n, v in facts.items()], actor=cast.wang.actor, now=NOW
    )
    judge(cast)
    with django_assert_max_num_queries(40):
        page = at(cast.zhao).get(reverse("dangers:suspicions"), headers=ENGLISH).text
    assert page.count('data-href="/dangers/suspicions/') == Suspicion.unscoped.filter(answer="open").count() > 0
    assert "They are not counted as open hidden dangers." in page
