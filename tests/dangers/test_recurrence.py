"""What was signed off and is found again at the same place is linked: by rule, or proposed to a person."""

from datetime import timedelta

import pytest
from make import DAY, NOW
from stage import world
from stories import awaiting, codes, reported, signed_off, step, told

from zhiben.dangers.domain.recurrence import RecurrenceState, Tie, Trace, said, spot, ties
from zhiben.dangers.models import Recurrence
from zhiben.dangers.selectors.recurrences import recurrence_for, recurrences_of, repeats_in, repeats_of
from zhiben.dangers.services.beside import answer_clause
from zhiben.dangers.services.recurring import answer_recurrence
from zhiben.dangers.services.report import report_danger
from zhiben.journal.public import run_consumers
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound

PLACE = "1号车间 东侧"
LATER = NOW + timedelta(days=40)
STANDARD, CLAUSE = "gongmao-2023", "11(1)"


def trace(number=1, closed=True, **facts):
    told = {"unit": 7, "place": PLACE, "words": "除尘失效", "found_on": DAY, "clauses": frozenset(), "measure": ""}
    closed_on = DAY - timedelta(9) if closed else None
    return Trace(id=number, closed_on=closed_on, **{**told, **facts})


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"clauses": frozenset({"a/1"}), "words": "别的"}, RecurrenceState.LINKED),
        ({}, RecurrenceState.PROPOSED),  # the same words
        ({"words": "别的", "measure": "更换滤袋"}, RecurrenceState.PROPOSED),
        ({"words": "别的"}, None),
        ({"place": "2号车间"}, None),
        ({"place": ""}, None),
        ({"unit": 8}, None),
    ],
)
def test_the_rule_row_by_row(facts, state):
    earlier = trace(1, clauses=frozenset({"a/1", "a/2"}), measure="更换滤袋。")
    assert said(ties(trace(2, closed=False, **facts), earlier)) is state


def test_what_was_still_open_or_is_itself_is_no_repeat():
    assert ties(trace(2, closed=False), trace(1, closed=False)) == frozenset()
    assert ties(trace(2, closed=False), trace(1, found_on=DAY).__class__(
        id=1, unit=7, place=PLACE, words="除尘失效", found_on=DAY, closed_on=DAY + timedelta(1)
    )) == frozenset()  # fmt: skip
    assert ties(trace(1), trace(1)) == frozenset()
    assert spot(7, " · ") is None


def again(cast, words="又有粉尘堆积", place=PLACE, days=40):
    """The same place, found anew after the sign-off."""
    on = DAY + timedelta(days)
    new = told(cast, words, place_text=place, found_on=on)
    done = report_danger(new, actor=cast.gong.actor, now=NOW + timedelta(days))
    run_consumers(now=LATER)
    return done.id


@world
def earlier(cast):
    return signed_off(cast, description="粉尘未清扫", place_text=PLACE)


def choose(cast, danger, answer="chosen"):
    answer_clause(danger, STANDARD, CLAUSE, answer, actor=cast.zhao.actor, now=LATER)
    run_consumers(now=LATER)


def test_the_same_words_at_the_same_place_are_proposed_and_a_person_answers(cast, earlier):
    new = again(cast, "粉尘 未清扫。", "１号车间东侧")
    link = Recurrence.unscoped.get()
    assert (link.danger_id, link.earlier_id, link.state) == (new, earlier.pk, "proposed")
    assert link.ties == [Tie.PLACE, Tie.WORDS]
    with pytest.raises(NotAllowed):
        answer_recurrence(link.pk, yes=True, actor=cast.gong.actor, now=LATER)
    with pytest.raises(Invalid, match="needs-reason"):
        answer_recurrence(link.pk, yes=False, actor=cast.zhao.actor, now=LATER)
    answer_recurrence(link.pk, yes=True, actor=cast.zhao.actor, now=LATER)
    link.refresh_from_db()
    assert link.state == "confirmed"
    with pytest.raises(Conflict, match="already-answered"):
        answer_recurrence(link.pk, yes=True, actor=cast.zhao.actor, now=LATER)
    assert codes(link.danger)[-2:] == ["recurrence:found", "recurrence:answered"]


def test_the_same_clause_chosen_by_people_links_by_itself_and_falls_when_taken_back(cast, earlier):
    choose(cast, earlier.pk)
    new = again(cast)
    assert Recurrence.unscoped.count() == 0
    choose(cast, new)
    assert Recurrence.unscoped.get().state == "linked"
    choose(cast, new, "offered")
    assert Recurrence.unscoped.get().state == "dropped"
    assert recurrences_of(earlier) == []


def test_what_a_person_said_stands_whatever_the_rule_says_later(cast, earlier):
    new = again(cast, "粉尘未清扫")
    link = Recurrence.unscoped.get()
    answer_recurrence(link.pk, yes=False, reason="另一台设备", actor=cast.zhao.actor, now=LATER)
    choose(cast, earlier.pk)
    choose(cast, new)
    link.refresh_from_db()
    assert link.state == "dismissed"


def test_the_same_measure_told_at_submission_is_proposed(cast):
    earlier = signed_off(cast, description="粉尘未清扫", place_text=PLACE)
    danger = awaiting(cast, description="积尘严重", place_text=PLACE, found_on=DAY)
    run_consumers(now=LATER)
    link = Recurrence.unscoped.get(danger=danger)
    assert (link.earlier, set(link.ties)) == (earlier, {"place", "measure"})


def test_other_places_and_open_ones_link_nothing(cast, earlier):
    reported(cast, description="粉尘未清扫", place_text="2号车间")
    step(earlier, "reopen", cast.zhao)
    again(cast, "粉尘未清扫")
    assert Recurrence.unscoped.count() == 0


def test_the_rate_counts_repeats_among_all_that_was_found(cast, earlier):
    again(cast, "粉尘未清扫")
    again(cast, "护栏缺失", "3号车间")
    today = DAY + timedelta(41)
    before = repeats_of(cast.zhao.actor, cast.enterprise.pk, today)
    assert (before.share.hits, before.share.of, before.proposed) == (0, 3, 1)
    link = Recurrence.unscoped.get()
    answer_recurrence(link.pk, yes=True, actor=cast.zhao.actor, now=LATER)
    after = repeats_of(cast.zhao.actor, cast.enterprise.pk, today)
    assert (after.share.hits, after.share.of, after.proposed) == (1, 3, 0)
    assert repeats_in(cast.su.actor, DAY, path=cast.tree.county.path) == 1
    assert repeats_in(cast.zhang.actor, DAY, path=cast.tree.county.path) == 0


def test_strangers_find_no_link_and_telling_twice_links_once(cast, earlier):
    again(cast, "粉尘未清扫")
    run_consumers(now=LATER)
    link = Recurrence.unscoped.get()
    with pytest.raises(NotFound):
        recurrence_for(cast.zhang.actor, link.pk)
