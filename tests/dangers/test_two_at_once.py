"""Two people, one danger: one wins, the other is told, nothing happens twice."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from make import NOW
from stories import DUE, codes, confirmed, fresh, reported, told

from zhiben.dangers.domain.kinds import Level, State
from zhiben.dangers.domain.moves import Given, Move
from zhiben.dangers.models import Danger
from zhiben.dangers.services import moves
from zhiben.dangers.services.merging import merge_danger
from zhiben.dangers.services.moves import move_danger
from zhiben.dangers.services.report import report_danger
from zhiben.dangers.services.sweeping import sweep_dangers
from zhiben.kernel.errors import Conflict

CONFIRM = Given(level=Level.GENERAL)


def test_whoever_read_before_another_wrote_is_told_and_writes_nothing(cast, monkeypatch):
    danger = reported(cast)
    check, rivals = moves._check, [cast.zhou.actor]

    def slow_check(case):
        check(case)
        if rivals:  # between reading and writing somebody else comes through
            move_danger(danger.pk, Move.CONFIRM, Given(level=Level.MAJOR), actor=rivals.pop(), now=NOW)

    monkeypatch.setattr(moves, "_check", slow_check)
    monkeypatch.setattr(moves.journal, "record", lambda lines, **told: None)  # twice in this one test transaction
    with pytest.raises(Conflict, match="danger:already-moved"):
        move_danger(danger.pk, Move.CONFIRM, CONFIRM, actor=cast.wang.actor, now=NOW)


def test_the_sweep_makes_a_slow_mover_look_again(cast, monkeypatch):
    danger = confirmed(cast)
    check, due = moves._check, [danger.next_at]

    def slow_check(case):
        check(case)
        if due:
            due.pop()
            Danger.unscoped.filter(pk=danger.pk).update(version=danger.version + 1)  # what the sweep's claim does

    monkeypatch.setattr(moves, "_check", slow_check)
    given = Given(owner=cast.gong.person.pk, due_on=DUE)
    with pytest.raises(Conflict, match="danger:already-moved"):
        move_danger(danger.pk, Move.ASSIGN, given, actor=cast.wang.actor, now=NOW)
    assert fresh(danger.pk).state == State.CONFIRMED


@pytest.fixture
def crowd(transactional_db, cast):
    """The cast, committed: threads have connections of their own."""
    return cast


def at_once(*calls):
    """Let all calls run together; return what each answered or raised."""
    barrier, answers = Barrier(len(calls)), [None] * len(calls)

    def run(at, call):
        barrier.wait()
        try:
            answers[at] = call()
        except Exception as problem:  # noqa: BLE001 -- the test looks at it
            answers[at] = problem
        finally:
            connection.close()

    threads = [Thread(target=run, args=(at, call)) for at, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_eight_who_confirm_at_once_one_does(crowd):
    danger = reported(crowd)
    actors = [crowd.wang.actor, crowd.zhou.actor] * 4
    answers = at_once(
        *[lambda actor=actor: move_danger(danger.pk, Move.CONFIRM, CONFIRM, actor=actor, now=NOW) for actor in actors]
    )
    assert sum(not isinstance(answer, Exception) for answer in answers) == 1
    assert all(isinstance(answer, Conflict) for answer in answers if isinstance(answer, Exception))
    assert codes(danger).count("danger:stepped") == 1


def test_of_eight_who_report_the_same_at_once_one_makes_it(crowd):
    new = told(crowd)
    answers = at_once(*[lambda: report_danger(new, actor=crowd.gong.actor, now=NOW)] * 8)
    assert [isinstance(answer, Exception) for answer in answers] == [False] * 8
    assert sum(answer.is_new for answer in answers) == 1
    assert Danger.unscoped.count() == 1


def test_two_workers_ring_once(crowd):
    danger = confirmed(crowd)
    later = danger.next_at
    answers = at_once(*[lambda: sweep_dangers(later)] * 4)
    assert sorted(answers) == [0, 0, 0, 1]


def test_of_eight_who_merge_two_crosswise_one_does(crowd):
    one, other = reported(crowd, description="甲"), reported(crowd, description="乙")
    pairs = [(one.pk, other.pk), (other.pk, one.pk)] * 4
    actor = crowd.wang.actor
    answers = at_once(*[lambda pair=pair: merge_danger(*pair, "同一处", actor=actor, now=NOW) for pair in pairs])
    assert sum(not isinstance(answer, Exception) for answer in answers) == 1
    assert all(isinstance(answer, Conflict) for answer in answers if isinstance(answer, Exception)), answers
    assert sorted([fresh(one.pk).state, fresh(other.pk).state]) == [State.REGISTERED, State.VOIDED]
