"""One step for many dangers: chosen, looked at before, taken row by row, told row by row, gone on with."""

import re
from datetime import timedelta

import pytest
from callers import Caller
from django.urls import reverse
from django.utils import timezone
from make import NOW, make_person
from stories import DUE, codes, confirmed, fresh, rectifying, reported
from test_two_at_once import at_once, crowd  # noqa: F401 -- a fixture

from zhiben.clocks.models import Job
from zhiben.clocks.running import run_step, take_job
from zhiben.dangers.domain.bulk import BulkState, Outcome
from zhiben.dangers.domain.filters import Filters
from zhiben.dangers.domain.kinds import Level, State
from zhiben.dangers.domain.moves import Given, Move
from zhiben.dangers.models import BulkRow, BulkRun, Danger
from zhiben.dangers.selectors.bulk import outcomes_of, prospects_of
from zhiben.dangers.services import bulk
from zhiben.dangers.services.bulk import (
    choose_dangers,
    choose_matching,
    finish_bulk,
    retry_bulk,
    start_bulk,
    stop_bulk,
    take_rows,
    undo_bulk,
)
from zhiben.kernel.errors import Conflict, Invalid, NotFound
from zhiben.notices.models import Message

pytestmark = pytest.mark.django_db


def chosen(by, *dangers):
    return choose_dangers([danger.pk for danger in dangers], actor=by.actor, now=NOW)


def taken(by, run, move, now=NOW, **given):
    """Set a step going and take all rows; return what became of each, by danger."""
    run = start_bulk(run.pk, Move(move), Given(**given), actor=by.actor, now=now)
    take_rows(run, actor=by.actor, now=now)
    finish_bulk(run, now=now)
    return told(run)


def told(run):
    return {row.danger_id: row.code or row.outcome for row in run.rows.all()}


def work(clock):
    """What a worker does until the job rests."""
    held = take_job(clock())
    while held and run_step(held, clock):
        pass


def three(cast):
    """One that can be assigned, one that is registered yet, one that stands as asked."""
    first = confirmed(cast, description="护栏缺失")
    second = reported(cast, description="配电箱无门")
    third = rectifying(cast, description="灭火器过期")
    return first, second, third


def test_each_row_gets_its_own_answer_and_none_holds_up_the_others(cast):
    first, second, third = three(cast)
    answers = taken(cast.wang, chosen(cast.wang, first, second, third), "assign", owner=cast.gong.person.pk, due_on=DUE)
    assert answers == {first.pk: "done", second.pk: "danger:no-such-move", third.pk: "unchanged"}
    assert fresh(first.pk).state == State.RECTIFYING
    assert fresh(second.pk).state == State.REGISTERED
    assert fresh(third.pk).version == third.version
    assert codes(first).count("danger:stepped") == 2  # confirmed before, assigned now


def test_an_owner_of_another_enterprise_is_refused_for_that_row_only(cast):
    ours = confirmed(cast)
    theirs = confirmed(cast, description="油桶泄漏", unit_id=cast.second_site.pk, party_id=None)
    stranger = make_person("外人", enterprise=cast.other_enterprise)
    answers = taken(cast.wang, chosen(cast.wang, ours, theirs), "assign", owner=stranger.pk, due_on=DUE)
    assert set(answers.values()) == {"danger:owner-not-of-the-enterprise"}
    assert fresh(ours.pk).state == State.CONFIRMED


def test_whoever_was_faster_wins_and_a_retry_takes_it_as_it_stands_now(cast):
    danger, other = confirmed(cast), confirmed(cast, description="护栏")
    run = chosen(cast.wang, danger, other)
    Danger.unscoped.filter(pk=danger.pk).update(version=danger.version + 1)
    given = {"owner": cast.gong.person.pk, "due_on": DUE}
    assert taken(cast.wang, run, "assign", **given) == {danger.pk: "danger:already-moved", other.pk: "done"}
    again = retry_bulk(run.pk, actor=cast.wang.actor, now=NOW)
    take_rows(again, actor=cast.wang.actor, now=NOW)
    assert finish_bulk(again, now=NOW)
    assert set(told(run).values()) == {"done"}
    with pytest.raises(Conflict, match="bulk:nothing-to-retry"):
        retry_bulk(run.pk, actor=cast.wang.actor, now=NOW)


def test_a_run_is_set_going_once(cast):
    run = chosen(cast.wang, confirmed(cast))
    start_bulk(run.pk, Move.ASSIGN, Given(), actor=cast.wang.actor, now=NOW)
    with pytest.raises(Conflict, match="bulk:already-started"):
        start_bulk(run.pk, Move.VOID, Given(reason="x"), actor=cast.wang.actor, now=NOW)


@pytest.mark.parametrize("move", [Move.ACCEPT, Move.SIGN_OFF, Move.STOP_ORDER, Move.FILL_PLAN])
def test_what_must_be_looked_at_one_by_one_is_no_step_for_many(cast, move):
    run = chosen(cast.wang, confirmed(cast))
    with pytest.raises(Invalid, match="bulk:one-by-one"):
        start_bulk(run.pk, move, Given(), actor=cast.wang.actor, now=NOW)


def test_a_stranger_chooses_nothing_and_sees_no_run(cast):
    danger = confirmed(cast)
    with pytest.raises(NotFound, match="danger:not-found"):
        chosen(cast.zhang, danger)
    run = chosen(cast.wang, danger)
    for see in (cast.zhang, cast.zhou):
        with pytest.raises(NotFound, match="bulk:not-found"):
            start_bulk(run.pk, Move.ASSIGN, Given(), actor=see.actor, now=NOW)
    with pytest.raises(Invalid, match="bulk:nothing-chosen"):
        chosen(cast.wang)


def test_what_is_not_there_is_counted_and_the_rest_is_taken(cast):
    danger = confirmed(cast)
    run = choose_dangers([danger.pk, danger.pk, 987_654], actor=cast.wang.actor, now=NOW)
    assert (run.rows.count(), run.left_out) == (1, 1)


def test_all_that_match_up_to_the_most_and_the_rest_is_told(cast, monkeypatch):
    for at in range(4):
        reported(cast, description=f"护栏缺失{at}")
    confirmed(cast, description="配电箱")
    monkeypatch.setattr(bulk, "MOST", 3)
    run = choose_matching(Filters(states=frozenset({State.REGISTERED})), actor=cast.wang.actor, now=NOW)
    assert (run.rows.count(), run.left_out) == (3, 1)


def test_who_may_no_longer_act_is_refused_row_by_row(cast):
    danger = confirmed(cast)
    run = chosen(cast.gong, danger)
    answers = taken(cast.gong, run, "assign", owner=cast.gong.person.pk, due_on=DUE)
    assert answers == {danger.pk: "access:missing-permission"}


def test_transfer_and_receive_for_many_across_departments(cast):
    dangers = [reported(cast, description=f"燃气{at}") for at in range(3)]
    run = chosen(cast.zhao, *dangers)
    given = {"department": cast.other_department.pk, "reason": "属对方职责"}
    assert set(taken(cast.zhao, run, "transfer", **given).values()) == {"done"}
    run = chosen(cast.zhao, *[fresh(danger.pk) for danger in dangers])
    assert set(taken(cast.zhao, run, "transfer", **given).values()) == {"unchanged"}


def test_a_long_run_is_a_job_that_goes_on_where_it_was_cut_short(cast, monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    dangers = [confirmed(cast, description=f"护栏缺失{at}") for at in range(5)]
    run = chosen(cast.wang, *dangers)
    given = Given(owner=cast.gong.person.pk, due_on=DUE)
    run = start_bulk(run.pk, Move.ASSIGN, given, actor=cast.wang.actor, now=NOW)
    job = Job.objects.get(pk=run.job)
    take = bulk.take_steps

    def breaks(ids, *told, **more):
        if ids == [dangers[2].pk]:
            raise RuntimeError("killed")
        return take(ids, *told, **more)

    monkeypatch.setattr(bulk, "take_steps", breaks)
    later = iter(NOW + timedelta(minutes=at) for at in range(100))
    work(lambda: next(later))
    assert outcomes_of(run)[Outcome.DONE] == 2
    monkeypatch.setattr(bulk, "take_steps", take)
    work(lambda: next(later))
    run.refresh_from_db()
    assert (run.state, outcomes_of(run)[Outcome.DONE]) == (BulkState.DONE, 5)
    assert [codes(danger).count("danger:stepped") for danger in dangers] == [2] * 5
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 5)


def test_stopped_by_hand_it_takes_no_more_and_can_be_gone_on_with(cast):
    run = chosen(cast.wang, confirmed(cast), confirmed(cast, description="护栏"))
    given = Given(owner=cast.gong.person.pk, due_on=DUE)
    run = start_bulk(run.pk, Move.ASSIGN, given, actor=cast.wang.actor, now=NOW)
    take_rows(run, actor=cast.wang.actor, now=NOW, limit=1)
    stop_bulk(run.pk, actor=cast.wang.actor)
    assert take_rows(run, actor=cast.wang.actor, now=NOW) == 0
    with pytest.raises(Conflict, match="bulk:not-running"):
        stop_bulk(run.pk, actor=cast.wang.actor)
    run = retry_bulk(run.pk, actor=cast.wang.actor, now=NOW)
    assert take_rows(run, actor=cast.wang.actor, now=NOW) == 1


def test_before_it_is_done_each_row_says_what_stands_against_it(cast):
    first, second, third = three(cast)
    prospects = prospects_of(chosen(cast.wang, first, second, third), cast.wang.actor, now=NOW)
    told_before = {one.row.danger_id: one.reasons for one in prospects.of(Move.ASSIGN)}
    assert told_before == {first.pk: (), second.pk: ("bulk:step-not-there",), third.pk: ("bulk:step-not-there",)}
    assert prospects.opens()[Move.ASSIGN] == 1


def test_what_was_done_is_undone_each_by_itself_and_what_was_read_stays_done(cast):
    dangers = [confirmed(cast, description=f"护栏{at}") for at in range(3)]
    run = chosen(cast.wang, *dangers)
    taken(cast.wang, run, "assign", owner=cast.gong.person.pk, due_on=DUE)
    Message.objects.filter(subject=f"danger/{dangers[0].pk}", kind="danger:assigned").update(read_at=NOW)
    undo_bulk(run.pk, actor=cast.wang.actor, now=NOW + timedelta(minutes=1))
    assert told(run) == {
        dangers[0].pk: "undo:somebody-was-told", dangers[1].pk: "undone", dangers[2].pk: "undone",
    }  # fmt: skip
    assert [fresh(danger.pk).state for danger in dangers] == ["rectifying", "confirmed", "confirmed"]
    with pytest.raises(NotFound, match="bulk:not-found"):
        undo_bulk(run.pk, actor=cast.zhou.actor, now=NOW)
    with pytest.raises(Conflict, match="bulk:nothing-to-undo"):
        undo_bulk(run.pk, actor=cast.wang.actor, now=NOW + timedelta(minutes=10))


@pytest.fixture
def ask(client):
    def asked(player, address, language="en", data=None):
        client.force_login(player.account)
        send = client.get if data is None else client.post
        return send(address, data, headers={"accept-language": language}, follow=True)

    return asked


def test_from_the_list_to_the_results_on_the_pages(cast, ask):
    first, second, third = three(cast)
    Danger.unscoped.filter(pk=first.pk).update(description="<script>alert(1)</script>")
    page = ask(cast.wang, reverse("dangers:list"))
    assert page.content.decode().count("data-pick ") == 3
    data = {"danger": [first.pk, second.pk, third.pk], "query": "state=open"}
    before = ask(cast.wang, reverse("dangers:bulk"), data=data)
    assert [(step["move"], step["count"]) for step in before.context["steps"]][:1] == [("propose_void", 3)]
    run = BulkRun.objects.get()
    form = ask(cast.wang, reverse("dangers:bulk-run", args=[run.pk]) + "?move=assign", "zh-hans")
    assert form.content.decode().count("在它目前的状态没有这一步") == 2
    start = reverse("dangers:bulk-start", args=[run.pk])
    refused = ask(cast.wang, start, data={"move": "assign", "owner": "", "due_on": "x"})
    assert refused.status_code == 422
    future = "2099-01-01"
    done = ask(cast.wang, start, data={"move": "assign", "owner": cast.gong.person.pk, "due_on": future})
    text = done.content.decode()
    assert "<script>alert(1)" not in text
    assert "<b>1</b> of 3 done." in re.sub(r"\s+", " ", text)
    assert done.context["refused"] == 2  # third stands under another day
    assert "Where the danger stands now, this step does not exist" in text
    undone = ask(cast.wang, reverse("dangers:bulk-undo", args=[run.pk]), data={})
    assert undone.context["undone"] == 1
    assert fresh(first.pk).state == State.CONFIRMED
    assert ask(cast.wang, reverse("dangers:bulk-undo", args=[run.pk]), data={}).status_code == 409
    again = ask(cast.wang, reverse("dangers:bulk-again", args=[run.pk]), data={})
    assert again.context["chosen"] == 2
    assert ask(cast.zhang, reverse("dangers:bulk-run", args=[run.pk])).status_code == 404
    Danger.unscoped.filter(pk=second.pk).update(enterprise=cast.other_enterprise, path=cast.tree.other_county.path)
    gone = ask(cast.wang, reverse("dangers:bulk-run", args=[run.pk])).content.decode()
    assert gone.count("No longer there for you") == 1
    gone = ask(cast.wang, again.request["PATH_INFO"] + "?move=transfer").content.decode()
    assert gone.count("No longer there for you") == 1
    assert len(ask(cast.wang, reverse("dangers:bulk")).context["runs"]) == 1


def test_who_may_move_nothing_is_offered_no_boxes(cast, ask):
    reported(cast)
    assert "data-pick" not in ask(cast.su, reverse("dangers:list")).content.decode()


def test_all_that_match_from_the_list(cast, ask):
    three(cast)
    ask(cast.wang, reverse("dangers:bulk"), data={"matching": "1", "query": "state=registered&after=2026-01-01.1"})
    assert BulkRun.objects.get().rows.count() == 1


def test_the_api_takes_many_by_a_worker_and_tells_row_by_row(cast):
    first, second, _third = three(cast)
    caller = Caller(cast.wang)
    told_in = {"dangers": [first.pk, second.pk], "move": "assign", "owner": cast.gong.person.pk, "due_on": "2099-01-01"}
    made = caller.post("/bulk", told_in, Idempotency_Key="bulk-1")
    assert made.status_code == 202, made.content
    assert caller.post("/bulk", told_in, Idempotency_Key="bulk-1").json()["id"] == made.json()["id"]
    run = BulkRun.objects.get()
    work(timezone.now)
    answer = caller.get(f"/bulk/{run.pk}").json()
    assert (answer["state"], answer["done"], answer["refused"]) == ("done", 1, 1)
    row = next(row for row in answer["rows"] if row["danger"] == second.pk)
    assert (row["code"], row["outcome"]) == ("danger:no-such-move", "refused")
    assert row["facts"]["state"] == "registered"
    said = {
        language: Caller(cast.wang, language=language).get(f"/bulk/{run.pk}").json()["rows"]
        for language in ("zh-hans", "en")
    }
    texts = {language: [one["message"] for one in rows if one["code"]] for language, rows in said.items()}
    assert "隐患目前所处的环节" in texts["zh-hans"][0]
    assert "step" in texts["en"][0]
    assert [one["message"] for one in said["en"] if not one["code"]] == [""]
    assert caller.post(f"/bulk/{run.pk}/retry").status_code == 202
    assert Caller(cast.zhang).get(f"/bulk/{run.pk}").status_code == 404
    assert Caller(cast.zhang).post("/bulk", told_in).status_code == 404
    assert caller.post("/bulk", told_in | {"move": "sign_off"}).json()["code"] == "bulk:one-by-one"
    assert caller.post("/bulk", {"dangers": [], "move": "assign"}).status_code == 422


def test_a_run_whose_steps_cannot_be_taken_back_offers_no_undoing(cast):
    dangers = [confirmed(cast), confirmed(cast, description="护栏")]
    caller = Caller(cast.wang)
    told_in = {"dangers": [one.pk for one in dangers], "move": "change_level", "level": "major", "reason": "复核"}
    number = caller.post("/bulk", told_in).json()["id"]
    work(timezone.now)
    run = caller.get(f"/bulk/{number}").json()
    assert {fresh(one.pk).level for one in dangers} == {"major"}
    assert (run["done"], run["may_undo"]) == (2, False)


def test_the_api_takes_back_what_a_run_did_while_nobody_was_told(cast):
    dangers = [confirmed(cast), confirmed(cast, description="护栏")]
    caller = Caller(cast.wang)
    told_in = {
        "dangers": [one.pk for one in dangers],
        "move": "assign",
        "owner": cast.gong.person.pk,
        "due_on": "2099-01-01",
    }
    number = caller.post("/bulk", told_in).json()["id"]
    assert caller.post(f"/bulk/{number}/undo").json()["code"] == "bulk:nothing-to-undo"
    work(timezone.now)
    assert caller.get(f"/bulk/{number}").json()["may_undo"]
    assert Caller(cast.zhang).post(f"/bulk/{number}/undo").status_code == 404
    answer = caller.post(f"/bulk/{number}/undo")
    assert answer.status_code == 200, answer.content
    assert (answer.json()["undone"], answer.json()["may_undo"]) == (2, False)
    assert {fresh(one.pk).state for one in dangers} == {"confirmed"}
    assert caller.post(f"/bulk/{number}/undo").status_code == 409


def test_two_who_take_the_same_rows_at_once_take_each_once(crowd):  # noqa: F811 -- the fixture
    dangers = [confirmed(crowd, description=f"护栏{at}") for at in range(4)]
    run = chosen(crowd.wang, *dangers)
    given = Given(owner=crowd.gong.person.pk, due_on=DUE)
    run = start_bulk(run.pk, Move.ASSIGN, given, actor=crowd.wang.actor, now=NOW)
    actor = crowd.wang.actor
    answers = at_once(*[lambda: take_rows(run, actor=actor, now=NOW)] * 3)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert set(told(run).values()) == {"done"}
    assert [codes(danger).count("danger:stepped") for danger in dangers] == [2] * 4


def test_two_runs_over_the_same_dangers_take_each_danger_once(crowd):  # noqa: F811 -- the fixture
    dangers = [confirmed(crowd, description=f"护栏{at}") for at in range(4)]
    runs = [chosen(who, *dangers) for who in (crowd.wang, crowd.zhou)]
    given = Given(owner=crowd.gong.person.pk, due_on=DUE)
    actors = [crowd.wang.actor, crowd.zhou.actor]
    runs = [start_bulk(run.pk, Move.ASSIGN, given, actor=a, now=NOW) for run, a in zip(runs, actors, strict=True)]
    at_once(*[lambda run=run, a=a: take_rows(run, actor=a, now=NOW) for run, a in zip(runs, actors, strict=True)])
    outcomes = list(BulkRow.objects.values_list("outcome", flat=True))
    assert outcomes.count("done") == 4
    assert outcomes.count("waiting") == 0
    assert [codes(danger).count("danger:stepped") for danger in dangers] == [2] * 4


def test_levels_are_kept_with_the_step(cast):
    dangers = [reported(cast, description=f"护栏{at}") for at in range(2)]
    taken(cast.wang, chosen(cast.wang, *dangers), "confirm", level=Level.GENERAL)
    assert {fresh(danger.pk).level for danger in dangers} == {"general"}
