"""The pages of the statutory form: unknown stays unknown, numbers open their records, locking and restating by hand."""

import re

import pytest
from dangers.stories import awaiting, confirmed, step
from make import NOW
from stage import world

from zhiben.insights.models import FormAnswer, LockedForm
from zhiben.journal.public import run_consumers

pytestmark = pytest.mark.django_db
OVER = NOW.replace(month=4, day=10)
QUARTER = "2026-Q1"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: OVER)


@world
def reported_on(cast):
    confirmed(cast, description="配电箱未关门")
    step(awaiting(cast, description="疏散标志脱落"), "accept", cast.zhou)
    confirmed(cast, "major", by=cast.li, description="可燃气体报警器失效", channel="inspection")
    run_consumers(now=NOW)


@pytest.fixture
def quarter(cast, reported_on, client):
    client.force_login(cast.zhao.account)
    return cast


def place(cast, **more):
    return {"unit": cast.tree.county.path, "period": QUARTER, **more}


def test_the_last_quarter_is_shown_with_what_is_unknown(quarter, client):
    page = client.get("/forms/")
    lines = {line["cell"]: line for line in page.context["lines"]}
    assert page.context["cycle"].name == QUARTER
    assert (lines["general_found"]["n"], lines["should_check"]["n"]) == (2, None)
    assert page.context["self_checked"] == 1
    assert page.context["dues"][0].due.day.isoformat() == "2026-04-15"


def test_every_number_opens_as_many_records(quarter, client):
    client.post("/forms/lock/", place(quarter))
    for version in ("now", "1"):
        page = client.get("/forms/", place(quarter, version=version)).content.decode()
        links = re.findall(r'href="(/forms/records/[^"]+)"[^>]*>(\d+)', page)
        assert len(links) > 4
        for url, number in links:
            answer = client.get(url.replace("&amp;", "&"))
            assert (answer.context["counted"], len(answer.context["rows"])) == (int(number), int(number)), url


def test_it_is_filled_in_locked_and_restated(quarter, client, monkeypatch):
    answered = client.post("/forms/answer/", place(quarter, cell="should_check", value="12", source="年度计划"))
    assert answered.status_code == 302
    assert FormAnswer.unscoped.get().value == 12
    assert client.post("/forms/lock/", place(quarter)).status_code == 302
    assert client.post("/forms/lock/", place(quarter)).status_code == 409
    monkeypatch.setattr("dangers.stories.NOW", OVER)
    late = confirmed(quarter, description="补录的隐患")
    run_consumers(now=OVER)
    shown = client.get("/forms/differences/", place(quarter, version=1)).content.decode()
    assert late.number in shown
    client.post("/forms/lock/", place(quarter, reason="补录"))
    assert [one.version for one in LockedForm.unscoped.order_by("version")] == [1, 2]
    assert client.get("/forms/", place(quarter)).context["locked"].version == 2
    assert client.get("/forms/", place(quarter, version=1)).context["locked"].version == 1


@pytest.mark.parametrize("value", ["-1", "1.5", "十", "9" * 30, "<b>"])
def test_a_number_that_is_none_is_refused_with_a_word(quarter, client, value):
    answer = client.post("/forms/answer/", place(quarter, cell="should_check", value=value, source="计划"))
    assert answer.status_code == 422
    assert not FormAnswer.unscoped.exists()
    assert answer.templates[0].name == "insights/form.html"  # in place, with what was typed
    assert (answer.context["typed"]["value"], answer.context["typed"]["source"]) == (value, "计划")
    assert 'value="计划"' in answer.content.decode()


def test_a_restatement_that_changes_nothing_is_refused_in_place(quarter, client):
    client.post("/forms/lock/", place(quarter))
    answer = client.post("/forms/lock/", place(quarter, reason="再报一次"), headers={"accept-language": "zh-hans"})
    said = answer.content.decode()
    assert (answer.status_code, answer.context["refusal"].code) == (409, "form:nothing-differs")
    assert answer.context["locked"].version == 1  # the form itself is still there
    assert "今天的记录与第 1 版完全一致" in said
    assert "再报一次</textarea>" in said


@pytest.mark.parametrize(
    ("address", "status"),
    [("?period=2026-W09", 422), ("?period=x", 422), ("records/?cell=nonsense", 404), ("records/?version=9", 404),
     ("records/?page=99999999999", 200), ("differences/?version=x", 404)],
)  # fmt: skip
def test_hostile_addresses_are_refused(quarter, client, address, status):
    assert client.get(f"/forms/{address}").status_code == status


@pytest.mark.parametrize("address", ["", "records/", "differences/"])
def test_a_stranger_cannot_tell_that_a_unit_exists(quarter, client, address):
    client.force_login(quarter.zhang.account)
    assert client.get(f"/forms/{address}", place(quarter)).status_code == 404
    assert client.post("/forms/lock/", place(quarter)).status_code == 404
    assert not LockedForm.unscoped.exists()


def test_who_may_not_lock_sees_no_button(quarter, client):
    client.force_login(quarter.li.account)
    page = client.get("/forms/", place(quarter))
    assert not page.context["may_lock"]
    assert 'id="lock"' not in page.content.decode()
