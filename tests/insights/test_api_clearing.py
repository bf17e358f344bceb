"""The clearing ledger on the API."""

from datetime import timedelta

import pytest
from callers import Caller
from dangers.stories import reported
from make import DAY, NOW, grant, make_account

from zhiben.journal.public import run_consumers

PERIOD = {"from": (DAY - timedelta(days=1)).isoformat(), "to": (DAY + timedelta(days=1)).isoformat()}


@pytest.fixture
def counted(cast):
    reported(cast)
    run_consumers(now=NOW)
    return cast


def test_it_answers_as_the_command_does(counted):
    answer = Caller(counted.zhao).get("/insights/clearing", unit="510104", by="level", **PERIOD)
    assert answer.status_code == 200, answer.content
    (row,) = answer.json()["rows"]
    assert row["cell"] == {"level": "unset"}
    assert (row["open_before"], row["found"], row["open_after"]) == (0, 1, 1)


def test_an_enterprise_reads_its_own_site(counted):
    (row,) = Caller(counted.wang).get("/insights/clearing", unit=counted.site.path, **PERIOD).json()["rows"]
    assert row["found"] == 1


@pytest.mark.parametrize("unit", ["510104", ""])
def test_a_stranger_reads_no_figures(counted, unit):
    answer = Caller(counted.zhang).get("/insights/clearing", unit=unit, **PERIOD)
    assert (answer.status_code, answer.json()["code"]) == (404, "unit:not-found")


def test_the_whole_tree_is_for_who_sees_it_whole(counted):
    account = make_account("all")
    grant(account, "all-figures", counted.tree.nation, "insight:view")
    rows = Caller(type("P", (), {"account": account})).get("/insights/clearing", **PERIOD).json()["rows"]
    assert rows[0]["found"] == 1


def test_who_sees_a_part_of_the_industries_reads_no_figures_of_the_whole(counted):
    account = make_account("part")
    grant(account, "part-figures", counted.tree.county, "insight:view", industries=["machinery"])
    caller = Caller(type("P", (), {"account": account}))
    for unit in ("510104", counted.site.path):
        assert caller.get("/insights/clearing", unit=unit, **PERIOD).status_code == 404


def test_a_question_about_too_many_years_is_refused(counted):
    asked = {"unit": "510104", "from": "1990-01-01", "to": "2026-01-01"}
    answer = Caller(counted.zhao).get("/insights/clearing", **asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "period:too-long")


def test_days_in_the_wrong_order_are_refused(counted):
    asked = {"unit": "510104", "from": "2026-02-01", "to": "2026-01-01"}
    assert Caller(counted.zhao).get("/insights/clearing", **asked).status_code == 422
