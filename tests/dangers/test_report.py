"""Reporting: once is once, whoever tells it and however often."""

from datetime import timedelta

import pytest
from make import DAY, NOW
from stories import codes, fresh, told

from zhiben.dangers.domain.kinds import Channel, Level, SetBy, State
from zhiben.dangers.models import Danger
from zhiben.dangers.services import report
from zhiben.dangers.services.intake import ImportedDanger
from zhiben.dangers.services.report import report_danger, report_dangers
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.notices.models import Message
from zhiben.orgs.models import Unit


def row(cast, description, **facts):
    facts = {"unit_id": cast.site.pk, "found_on": DAY, "channel": Channel.SELF_CHECK, "batch": "b1"} | facts
    return ImportedDanger(description=description, **facts)


def test_a_report_is_registered_with_number_clock_department_and_candidates(cast):
    reported = report_danger(told(cast), actor=cast.gong.actor, now=NOW)
    danger = fresh(reported.id)
    assert reported.is_new
    assert danger.number == "510104-20260302-0001"
    assert (danger.state, danger.level) == (State.REGISTERED, Level.UNSET)
    assert danger.matter == "fire"
    assert danger.department_id == cast.department.pk
    assert (danger.county_id, danger.township_id) == (cast.tree.county.pk, cast.tree.township.pk)
    assert danger.next_at is not None
    assert {candidate.answer for candidate in danger.candidates.all()} == {"offered"}
    assert [p.role for p in danger.participants.all()] == ["finder"]
    assert codes(danger) == ["danger:found"]


def test_the_safety_manager_is_told_and_the_reporter_is_not(cast):
    report_danger(told(cast), actor=cast.gong.actor, now=NOW)
    assert set(Message.objects.values_list("person_id", flat=True)) == {cast.wang.person.pk}


def test_the_same_uid_twice_is_one_danger(cast):
    new = told(cast)
    first = report_danger(new, actor=cast.gong.actor, now=NOW)
    again = report_danger(new, actor=cast.gong.actor, now=NOW + timedelta(hours=1))
    assert (again.id, again.number, again.is_new) == (first.id, first.number, False)
    assert Danger.unscoped.count() == 1
    assert codes(fresh(first.id)) == ["danger:found"]


def test_the_same_words_of_the_same_place_and_day_are_one_danger_however_written(cast):
    first = report_danger(told(cast, "１号车间，灭火器过期。"), actor=cast.gong.actor, now=NOW)
    again = report_danger(told(cast, "1号车间灭火器过期"), actor=cast.wang.actor, now=NOW)
    other_day = report_danger(
        told(cast, "1号车间灭火器过期", found_on=DAY - timedelta(1)), actor=cast.wang.actor, now=NOW
    )
    assert (again.id, again.is_new) == (first.id, False)
    assert other_day.is_new


def test_within_a_batch_the_first_of_equal_rows_is_new(cast):
    rows = [told(cast, "护栏缺失"), told(cast, "护栏 缺失"), told(cast, "护栏缺失", copy=1)]
    found = report_dangers(rows, actor=cast.gong.actor, now=NOW)
    assert [one.is_new for one in found] == [True, False, True]
    assert found[0].id == found[1].id != found[2].id


def test_numbers_run_on_within_division_and_day(cast):
    numbers = [
        report_danger(told(cast, f"隐患{n}号"), actor=cast.gong.actor, now=NOW).number.rsplit("-", 1)[1]
        for n in range(3)
    ]
    assert numbers == ["0001", "0002", "0003"]


def test_a_stranger_cannot_tell_that_the_place_exists(cast):
    with pytest.raises(NotFound, match="unit:not-found"):
        report_danger(told(cast), actor=cast.he.actor, now=NOW)
    with pytest.raises(NotAllowed):
        report_danger(told(cast), actor=cast.su.actor, now=NOW)


def test_a_uid_used_for_another_place_is_refused(cast):
    new = told(cast)
    report_danger(new, actor=cast.gong.actor, now=NOW)
    with pytest.raises(Conflict, match="danger:uid-taken"):
        report_danger(told(cast, uid=new.uid, unit_id=cast.second_site.pk), actor=cast.gong.actor, now=NOW)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"description": "  "}, "danger:needs-description"),
        ({"found_on": DAY + timedelta(1)}, "danger:found-in-the-future"),
        ({"industries": frozenset({"no_such"})}, "danger:no-such-industry"),
    ],
)
def test_what_cannot_be_a_danger_is_refused(cast, facts, code):
    with pytest.raises(Invalid, match=code):
        report_danger(told(cast, **facts), actor=cast.gong.actor, now=NOW)


def test_what_is_found_with_a_contractor_names_it_and_the_contractor_sees_it(cast):
    reported = report_danger(told(cast, party_id=cast.contractor.pk), actor=cast.wang.actor, now=NOW)
    danger = fresh(reported.id)
    assert (danger.enterprise_id, danger.party_id) == (cast.enterprise.pk, cast.contractor.pk)
    assert cast.chen.actor.may("danger:view", danger.place)
    assert not cast.he.actor.may("danger:view", danger.place)
    with pytest.raises(Invalid, match="danger:party-not-engaged"):
        report_danger(told(cast, "另一处", party_id=cast.other_enterprise.pk), actor=cast.wang.actor, now=NOW)


def test_rows_of_a_ledger_come_in_as_far_as_they_are(cast):
    rows = [
        row(cast, "已闭环的", state=State.SIGNED_OFF, closed_on=DAY, level=Level.GENERAL, found_on=DAY - timedelta(9)),
        row(cast, "整改中的", state=State.RECTIFYING, due_on=DAY + timedelta(5), owner_name="龚工"),
        row(cast, "没有期限的", state=State.RECTIFYING),
        row(cast, "刚发现的", owner_name="查无此人"),
    ]
    dangers = [fresh(one.id) for one in report_dangers(rows, actor=cast.wang.actor, now=NOW)]
    closed, working, unlimited, new = dangers
    assert [codes(danger) for danger in dangers] == [["danger:imported"], *[["danger:found"]] * 3]
    assert (closed.closed_on, closed.next_at) == (DAY, None)
    assert working.owner_person_id == cast.gong.person.pk
    assert working.due_set_by == SetBy.SELF
    assert (unlimited.due_on, unlimited.due_set_by) == (DAY + timedelta(15), SetBy.SETTING)
    assert unlimited.owner_person_id == cast.zhou.person.pk
    assert new.owner_text == "查无此人"
    assert not Message.objects.exists()


def test_a_ledger_brought_in_twice_writes_nothing_the_second_time(cast):
    rows = [row(cast, f"第{n}条隐患") for n in range(5)]
    report_dangers(rows, actor=cast.wang.actor, now=NOW)
    again = [row(cast, f"第{n}条隐患") for n in range(5)]
    assert not any(one.is_new for one in report_dangers(again, actor=cast.wang.actor, now=NOW))
    assert Danger.unscoped.count() == 5


def test_a_place_that_moves_while_it_is_told_of_is_looked_at_again(cast, monkeypatch):
    look, moved = report.spots_of, cast.site.path.removesuffix("/") + "z/"

    def look_then_it_moves(told, *, on):
        found = look(told, on=on)
        Unit.objects.filter(pk=cast.site.pk).update(path=moved)
        return found

    monkeypatch.setattr(report, "spots_of", look_then_it_moves)
    assert fresh(report_danger(told(cast), actor=cast.gong.actor, now=NOW).id).path == moved
