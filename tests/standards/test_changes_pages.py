"""What changed, on screen: between editions, and for an enterprise between two days."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from make import DAY, NOW

from zhiben.kernel.actor import SYSTEM
from zhiben.law.standards import standards
from zhiben.orgs.domain.industries import mask_of
from zhiben.standards.public import NewFact, judge_enterprise, record_facts
from zhiben.standards.selectors import changes_between

pytestmark = pytest.mark.django_db
COUNT = "special_ops_uncertified_count"
FREEZER = {"quick_freezer_separate_room": True, "quick_freezer_room_workers_count": 10}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def page(client, name, *args, language="en", **query):
    answer = client.get(reverse(f"standards:{name}", args=args), query, headers={"accept-language": language})
    return answer, answer.content.decode()


def test_an_edition_beside_the_one_before(client, cast):
    client.force_login(cast.gong.account)
    _, shown = page(client, "difference", "gongmao-2023", language="zh-hans")
    assert "<del>水</del>" in shown
    assert "条件的连接方式有变" in shown
    answer, shown = page(client, "difference", "gongmao-2023", show="removed")
    assert {row["label"] for row in answer.context["rows"]} == {"removed"}
    assert page(client, "difference", "gongmao-2017")[0].status_code == 404, "the first edition known has none before"
    assert page(client, "difference", "nothing")[0].status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("known", [s.id for s in standards().values() if s.superseded_by or s.supersedes])
def test_every_edition_with_a_kin_can_be_compared(client, cast, known, language):
    client.force_login(cast.gong.account)
    kin = [*standards()[known].supersedes, *standards()[known].superseded_by]
    for other in kin:
        assert page(client, "difference", known, language=language, **{"from": other})[0].status_code == 200


def test_the_page_of_a_standard_leads_to_its_changes(client, cast):
    client.force_login(cast.gong.account)
    assert reverse("standards:difference", args=["gongmao-2023"]) in page(client, "standard", "gongmao-2023")[1]


def test_two_days_of_an_enterprise_by_facts_and_by_law(client, cast):
    cast.enterprise.industries_mask = mask_of(["light_industry", "ammonia_refrigeration"])
    cast.enterprise.save()
    facts = [NewFact(name, value, date(2023, 5, 1), fresh_days=3650) for name, value in FREEZER.items()]
    record_facts(cast.enterprise.pk, [*facts, NewFact(COUNT, 1, DAY)], actor=cast.wang.actor, now=NOW)
    (turned,) = changes_between(cast.wang.actor, cast.enterprise, date(2023, 5, 14), DAY)
    told = {one.clause: one for one in turned.changed}
    assert told["12(2)"].by_law
    assert not told["12(2)"].facts
    assert told["3(2)"].facts == (COUNT,)
    client.force_login(cast.wang.account)
    _, shown = page(client, "changes", cast.enterprise.pk, **{"from": "2023-05-14", "to": DAY.isoformat()})
    assert "The same facts are judged otherwise by the later law." in shown
    assert "A2(2) → 12(2)" in shown
    _, shown = page(client, "changes", cast.enterprise.pk, **{"from": "2025-01-01", "to": "2025-02-01"})
    assert "No verdict differs between these days" in shown


def test_what_the_journal_told_stands_on_the_page_and_on_the_enterprise(client, cast):
    for day, value in ((DAY - timedelta(days=1), 0), (DAY, 2)):
        record_facts(cast.enterprise.pk, [NewFact(COUNT, value, day)], actor=SYSTEM, now=NOW)
        judge_enterprise(cast.enterprise.pk, day=DAY, actor=SYSTEM, now=NOW)
    client.force_login(cast.wang.account)
    assert "by facts" in page(client, "changes", cast.enterprise.pk)[1]
    shown = client.get(reverse("orgs:enterprise", args=[cast.enterprise.pk]), headers={"accept-language": "en"})
    assert "1 verdict changed" in shown.content.decode()


def test_a_day_that_cannot_be_read_is_refused_and_strangers_get_404(client, cast):
    client.force_login(cast.wang.account)
    assert page(client, "changes", cast.enterprise.pk, **{"from": "soon"})[0].status_code == 422
    client.force_login(cast.zhang.account)
    assert page(client, "changes", cast.enterprise.pk)[0].status_code == 404
