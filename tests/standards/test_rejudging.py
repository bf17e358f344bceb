"""Judging again when facts or law change: old, new and why in the journal, once, whoever is at work."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from make import DAY, NOW

from zhiben.clocks.domain.kinds import JobView
from zhiben.clocks.models import Job
from zhiben.journal.public import history, run_consumers
from zhiben.kernel.actor import SYSTEM
from zhiben.orgs.domain.industries import mask_of
from zhiben.orgs.scope import Scope, scoped
from zhiben.standards.models import Determination, EditionSeen, Rejudging
from zhiben.standards.public import NewFact, determinations_of, judge_enterprise, record_facts
from zhiben.standards.selectors import changes_told, standing_of
from zhiben.standards.services.rejudging import note_editions, rejudge, rejudge_part, sweep_due

COUNT = "special_ops_uncertified_count"
FREEZER = {"quick_freezer_separate_room": True, "quick_freezer_room_workers_count": 10}
BEFORE = datetime(2023, 5, 14, 4, tzinfo=UTC)  # the old edition's last day
AFTER = BEFORE + timedelta(days=1)


@pytest.fixture
def cast(cast):
    with scoped(Scope(everything=True)):
        yield cast


def know(enterprise, now=NOW, **facts):
    day = now.date()
    record_facts(enterprise.pk, [NewFact(n, v, day) for n, v in facts.items()], actor=SYSTEM, now=now)


def judge(enterprise, now=NOW):
    return judge_enterprise(enterprise.pk, day=now.date(), actor=SYSTEM, now=now)


def told(enterprise):
    return [entry.body for entry in history(f"verdicts/{enterprise.pk}")]


def standing(enterprise):
    return {row.standard for row in standing_of(enterprise.pk)}


def settle(now=NOW):
    while run_consumers(now=now):
        pass
    return sweep_due(now)


def test_a_new_fact_turns_a_kept_verdict_and_says_why(cast):
    know(cast.enterprise, **{COUNT: 0})
    judge(cast.enterprise)
    settle()
    know(cast.enterprise, **{COUNT: 2})
    later = NOW + timedelta(minutes=1)
    assert settle(later) == 1
    (event,) = told(cast.enterprise)
    (change,) = event["changes"]
    assert (change["clause"], change["before"], change["after"]) == ("3(2)", "absent", "present")
    assert (change["by_law"], change["facts"]) == (False, [COUNT])
    assert (event["verdict_before"], event["verdict"]) == ("unknown", "present")
    (row,) = standing_of(cast.enterprise.pk)
    assert (row.pk, row.judged_by) == (event["determination"], None)
    assert Determination.unscoped.get(pk=event["replaced"]).until == DAY
    assert changes_told(cast.wang.actor, cast.enterprise)[0]["changes"] == [change]


def test_nothing_changed_keeps_and_journals_nothing(cast):
    judge(cast.enterprise)
    settle()
    know(cast.enterprise, power_circuits_count=2)  # of mines
    assert settle(NOW + timedelta(minutes=1)) == 1
    assert (told(cast.enterprise), Determination.unscoped.count()) == ([], 1)
    assert sweep_due(NOW + timedelta(minutes=2)) == 0


def test_a_fact_that_grows_stale_is_noticed_on_its_day(cast):
    know(cast.enterprise, **{COUNT: 0})
    judge(cast.enterprise)
    settle()
    moment = Rejudging.objects.get().next_at
    assert moment.astimezone(UTC) == datetime(DAY.year + 1, DAY.month, DAY.day, tzinfo=UTC) - timedelta(hours=8)
    assert sweep_due(moment - timedelta(seconds=1)) == 0
    assert sweep_due(moment) == 1
    (change,) = told(cast.enterprise)[0]["changes"]
    assert (change["before"], change["after"], change["facts"]) == ("absent", "unknown", [COUNT])
    assert Rejudging.objects.get().next_at is None


def test_two_workers_judge_once(cast):
    know(cast.enterprise, **{COUNT: 0})
    judge(cast.enterprise)
    settle()
    know(cast.enterprise, **{COUNT: 2})
    rejudge([cast.enterprise.pk], now=NOW)
    rejudge([cast.enterprise.pk], now=NOW)
    settle(NOW + timedelta(minutes=1))
    assert len(told(cast.enterprise)) == 1
    assert len(standing_of(cast.enterprise.pk)) == 1


def test_who_was_never_judged_is_left_alone(cast):
    know(cast.enterprise, **{COUNT: 2})
    assert settle() == 0
    assert Determination.unscoped.count() == 0


def test_judging_by_hand_tells_what_changed_too(cast):
    know(cast.enterprise, **{COUNT: 0})
    judge(cast.enterprise)
    know(cast.enterprise, **{COUNT: 1})
    judge(cast.enterprise)
    assert [c["after"] for c in told(cast.enterprise)[0]["changes"]] == ["present"]
    assert len(standing_of(cast.enterprise.pk)) == 1


def test_a_past_day_asked_for_replaces_nothing(cast):
    judge(cast.enterprise)
    judge_enterprise(cast.enterprise.pk, day=date(2022, 3, 1), actor=SYSTEM, now=NOW)
    assert standing(cast.enterprise) == {"gongmao-2023"}
    shown = {row.standard for row in determinations_of(cast.wang.actor, cast.enterprise.pk)}
    assert shown == {"gongmao-2017", "gongmao-2023"}


def job(now, **result):
    return JobView(uuid4(), "determination:rejudge-all", {}, 0, None, result, SYSTEM, now)


def test_an_edition_that_takes_effect_turns_verdicts_by_law(cast):
    cast.other_enterprise.industries_mask = mask_of(["light_industry", "ammonia_refrigeration"])
    cast.other_enterprise.save()
    know(cast.other_enterprise, BEFORE, **FREEZER)
    judge(cast.other_enterprise, BEFORE)
    settle(BEFORE)
    assert standing(cast.other_enterprise) == {"gongmao-2017"}
    note_editions(BEFORE)
    before = Job.objects.count()
    assert note_editions(AFTER) == 1
    assert note_editions(AFTER) == 0, "it was seen"
    assert Job.objects.count() == before + 1
    step = rejudge_part(job(AFTER))
    assert (step.finished, step.advance) == (True, 1)
    assert standing(cast.other_enterprise) == {"gongmao-2023"}
    change = next(c for c in told(cast.other_enterprise)[0]["changes"] if c["clause"] == "12(2)")
    assert (change["clause_before"], change["before"], change["after"]) == ("A2(2)", "absent", "present")
    assert (change["by_law"], change["facts"]) == (True, [])


def test_the_job_goes_on_where_it_stood(cast, monkeypatch):
    monkeypatch.setattr("zhiben.standards.services.rejudging.PART", 1)
    for enterprise in (cast.enterprise, cast.other_enterprise):
        judge(enterprise, BEFORE)
    settle(BEFORE)
    first = rejudge_part(job(AFTER))
    assert not first.finished
    assert standing(cast.other_enterprise) == {"gongmao-2017"}
    second = rejudge_part(job(AFTER, **first.result))
    last = rejudge_part(job(AFTER, **second.result))
    assert (second.finished, last.finished) == (False, True)
    assert standing(cast.enterprise) == standing(cast.other_enterprise) == {"gongmao-2023"}


def test_a_corrected_text_of_the_law_is_seen_and_judged_by(cast):
    judge(cast.enterprise)
    settle()
    note_editions(NOW)
    Determination.unscoped.update(law_digest="0" * 64)
    EditionSeen.objects.filter(standard="gongmao-2023").update(digest="0" * 64)
    assert note_editions(NOW) == 1
    rejudge_part(job(NOW))
    (row,) = standing_of(cast.enterprise.pk)
    assert row.law_digest != "0" * 64


def test_a_standard_that_ends_without_another_is_not_silent(cast):
    know(cast.enterprise, **{COUNT: 2})
    judge(cast.enterprise)
    settle()
    cast.enterprise.industries_mask = 0
    cast.enterprise.save()
    rejudge([cast.enterprise.pk], now=NOW)
    event = told(cast.enterprise)[-1]
    assert (event["determination"], event["standard"]) == (None, "")
    assert [(c["clause_before"], c["after"]) for c in event["changes"]] == [("3(2)", None)]
    assert standing_of(cast.enterprise.pk) == []
