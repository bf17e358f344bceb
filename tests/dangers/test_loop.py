"""The loop walked by the people of the cast."""

from datetime import timedelta

import pytest
from make import DAY, NOW, make_person
from stories import DUE, assessed, awaiting, codes, confirmed, fresh, ordered, photo, rectifying, reported, step

from zhiben.clocks.public import deadlines_of
from zhiben.dangers.domain.kinds import Channel, Level, SetBy, State
from zhiben.dangers.domain.moves import Given, Move, Plan
from zhiben.dangers.models import Extension, StopOrder
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.services.moves import move_danger, move_dangers
from zhiben.journal.selectors.reading import history
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.notices.models import Message

LATER = NOW + timedelta(days=3)


def officers(cast):
    return (cast.li.person.pk, cast.zhao.person.pk)


def current(danger):
    return {row.kind: row for row in deadlines_of(subject_of(danger.pk)) if row.is_current}


def test_a_general_danger_goes_from_report_to_sign_off_inside_the_enterprise(cast):
    danger = awaiting(cast)
    danger = step(danger, "accept", cast.wang, now=LATER)
    assert (danger.state, danger.closed_on, danger.next_at) == (State.SIGNED_OFF, DAY + timedelta(3), None)
    told_codes = codes(danger)
    assert told_codes[0] == "danger:found"
    assert told_codes.count("danger:signed-off") == 1
    assert "danger:reclassified" in told_codes
    assert current(danger) == {}


def test_the_finder_the_owner_and_the_rectifier_do_not_accept(cast):
    danger = awaiting(cast)
    with pytest.raises(NotAllowed):  # a worker has no right to
        step(danger, "accept", cast.gong)
    own = rectifying(cast, description="皮带无护罩", due_on=DUE)
    own = step(own, "submit", cast.wang, report="好了")
    with pytest.raises(NotAllowed, match="separation-of-duties"):
        step(own, "accept", cast.wang)
    assert step(own, "accept", cast.zhou).state == State.SIGNED_OFF


def test_a_shop_of_two_may_accept_its_own_with_a_photo_and_is_counted_apart(cast):
    cast.enterprise.employees = 2
    cast.enterprise.save()
    danger = rectifying(cast)
    danger = step(danger, "submit", cast.wang, report="好了")
    with pytest.raises(Invalid, match="needs-photo-after"):
        step(danger, "self_accept", cast.wang)
    danger = step(danger, "self_accept", cast.wang, proofs=(photo(danger),))
    assert (danger.state, danger.is_self_accepted) == (State.SIGNED_OFF, True)
    big = awaiting(cast, description="另一处")
    cast.enterprise.employees = 3
    cast.enterprise.save()
    with pytest.raises(Conflict, match="not-a-small-shop"):
        step(big, "self_accept", cast.wang)


def test_fixed_on_the_spot_is_general_and_waits_for_another_to_accept(cast):
    danger = reported(cast)
    with pytest.raises(Invalid, match="needs-photo-after"):
        step(danger, "fix_on_spot", cast.gong)
    danger = step(danger, "fix_on_spot", cast.gong, proofs=(photo(danger),))
    assert (danger.state, danger.level, danger.is_on_spot) == (State.AWAITING_ACCEPTANCE, Level.GENERAL, True)
    with pytest.raises(Conflict, match="needs-owner-and-due"):
        step(danger, "return", cast.wang)
    danger = step(danger, "return", cast.wang, owner=cast.gong.person.pk, due_on=DUE)
    assert (danger.state, danger.is_on_spot) == (State.RECTIFYING, False)


def test_a_major_danger_is_signed_off_only_by_its_department_on_site_with_both_photos(cast):
    danger = awaiting(cast, "major")
    with pytest.raises(Conflict, match="is-major"):
        step(danger, "accept", cast.zhou)
    with pytest.raises(NotAllowed, match="other-department"):
        step(danger, "sign_off", cast.zhou, on_site=True, officers=officers(cast))
    with pytest.raises(Invalid, match="needs-on-site"):
        step(danger, "sign_off", cast.zhao, officers=officers(cast))
    with pytest.raises(Invalid, match="needs-officers"):
        step(danger, "sign_off", cast.zhao, on_site=True, officers=officers(cast)[:1])
    danger = step(danger, "sign_off", cast.zhao, on_site=True, officers=officers(cast))
    assert danger.state == State.SIGNED_OFF


def test_a_major_danger_without_photos_cannot_be_signed_off(cast):
    danger = rectifying(cast, "major")
    danger = step(danger, "submit", cast.gong, report="已改", proofs=(photo(danger),))
    with pytest.raises(Invalid, match="needs-photo-before"):
        step(danger, "sign_off", cast.zhao, on_site=True, officers=officers(cast))


def test_principal_and_controller_are_told_of_a_major_one_with_receipt(cast):
    other = make_person("实控人", enterprise=cast.enterprise)
    cast.enterprise.controller = other
    cast.enterprise.save()
    confirmed(cast, "major")
    told_people = set(Message.objects.filter(kind="danger:major").values_list("person_id", flat=True))
    assert {cast.zhou.person.pk, other.pk} <= told_people


def test_a_major_one_owes_report_and_plan_and_says_they_are_settings(cast):
    danger = confirmed(cast, "major")
    owed = current(danger)
    assert {"assign", "report", "plan"} == set(owed)
    assert (owed["report"].day, owed["report"].order, owed["report"].clause) == (
        DAY + timedelta(1),
        "cn/saws-order-16",
        "14",
    )
    danger = step(danger, "report_major", cast.wang, report="已书面报告应急管理局并向职代会通报")
    assert "report" not in current(danger)
    with pytest.raises(Conflict, match="already-reported"):
        step(danger, "report_major", cast.wang, report="再报")


def test_officers_who_found_it_may_reinspect_when_there_are_two_and_the_setting_allows(cast, settings):
    danger = awaiting(cast, is_ordered=True)
    with pytest.raises(Conflict, match="ordered-needs-reinspection"):
        step(danger, "accept", cast.zhou)
    settings.DANGER_HABITS = {"same_officers_reinspect": False}
    with pytest.raises(NotAllowed, match="separation-of-duties"):
        step(danger, "sign_off", cast.li, on_site=True, officers=officers(cast))
    settings.DANGER_HABITS = {}
    assert step(danger, "sign_off", cast.li, on_site=True, officers=officers(cast)).state == State.SIGNED_OFF


def test_reinspection_of_an_order_is_due_within_the_days_of_the_law(cast):
    danger = awaiting(cast, is_ordered=True, matter="work_safety")
    accept = current(danger)["accept"]
    assert (accept.day, accept.set_by, accept.order, accept.clause) == (
        DAY + timedelta(10),
        SetBy.LAW,
        "cn/saws-order-15",
        "17",
    )
    fire = awaiting(cast, is_ordered=True, matter="fire", description="消火栓无水")
    assert current(fire)["accept"].day == DAY + timedelta(3)  # three working days, from a Monday


def test_an_order_cannot_be_moved_by_the_one_it_binds(cast):
    danger = ordered(cast)
    assert danger.due_set_by == SetBy.ORDER
    with pytest.raises(Conflict, match="limit-was-ordered"):
        step(danger, "change_due", cast.wang, due_on=DUE + timedelta(9))


def test_an_extension_is_for_force_majeure_in_the_last_ten_days_and_answered_in_five(cast):
    danger = ordered(cast)
    with pytest.raises(Conflict, match="extension-too-early"):
        step(danger, "ask_extension", cast.wang, due_on=DUE + timedelta(9), force_majeure=True)
    near = NOW + timedelta(days=12)
    with pytest.raises(Invalid, match="needs-force-majeure"):
        step(danger, "ask_extension", cast.wang, near, due_on=DUE + timedelta(9))
    with pytest.raises(Invalid, match="due-not-later"):
        step(danger, "ask_extension", cast.wang, near, due_on=DUE, force_majeure=True)
    danger = step(danger, "ask_extension", cast.wang, near, due_on=DUE + timedelta(9), force_majeure=True)
    answer = current(danger)["answer"]
    assert (answer.day, answer.clause) == (DAY + timedelta(17), "17")
    with pytest.raises(Conflict, match="extension-pending"):
        step(danger, "ask_extension", cast.wang, near, due_on=DUE + timedelta(10), force_majeure=True)
    danger = step(danger, "decide_extension", cast.zhao, near, granted=True)
    assert (danger.due_on, danger.is_extended) == (DUE + timedelta(9), True)
    assert "answer" not in current(danger)
    assert [row.day for row in deadlines_of(subject_of(danger.pk), kind="rectify")] == [DUE, DUE + timedelta(9)]


def test_a_refused_extension_leaves_the_limit(cast):
    danger = ordered(cast)
    near = NOW + timedelta(days=12)
    danger = step(danger, "ask_extension", cast.wang, near, due_on=DUE + timedelta(9), force_majeure=True)
    danger = step(danger, "decide_extension", cast.zhao, near, granted=False)
    assert (danger.due_on, danger.is_extended) == (DUE, False)
    assert Extension.objects.get().is_granted is False


def test_an_extension_that_nobody_answered_in_time_is_moot_once_submitted(cast):
    danger = ordered(cast)
    near = NOW + timedelta(days=12)
    danger = step(danger, "ask_extension", cast.wang, near, due_on=DUE + timedelta(9), force_majeure=True)
    step(danger, "submit", cast.gong, near, report="已改")
    assert Extension.objects.get().is_moot


def test_a_self_set_limit_moves_with_a_reason_that_stays_visible(cast):
    danger = rectifying(cast)
    with pytest.raises(Invalid, match="needs-reason"):
        step(danger, "change_due", cast.wang, due_on=DUE + timedelta(5), reason="")
    danger = step(danger, "change_due", cast.wang, due_on=DUE + timedelta(5), reason="配件缺货")
    assert danger.is_extended
    assert [row.reason for row in deadlines_of(subject_of(danger.pk), kind="rectify")][-1] == "配件缺货"


def test_stopped_treated_assessed_applied_and_passed_in_one_act(cast):
    danger = confirmed(cast, "major", by=None)
    danger = step(
        danger, "stop_order", cast.zhao, owner=cast.gong.person.pk, scope="1号生产线", due_on=DUE, order="停〔2026〕2号"
    )
    assert danger.is_stop_ordered
    danger = step(danger, "submit", cast.gong, report="已改", proofs=(photo(danger, "photo_before"), photo(danger)))
    with pytest.raises(Conflict, match="stop-order-stands"):
        step(danger, "sign_off", cast.zhao, on_site=True, officers=officers(cast))
    with pytest.raises(Conflict, match="stop-not-assessed"):
        step(danger, "apply_to_resume", cast.wang, report="申请")
    danger = assessed(danger, cast.wang, assessor="某某检测公司", by_agency=True)
    danger = step(danger, "apply_to_resume", cast.wang, report="申请恢复生产")
    review = current(danger)["review"]
    assert (review.day, review.order, review.clause) == (DAY + timedelta(10), "cn/saws-order-16", "23")
    danger = step(danger, "pass_review", cast.zhao, on_site=True, officers=officers(cast))
    assert (danger.state, danger.is_stop_ordered) == (State.SIGNED_OFF, False)
    assert StopOrder.objects.get().status == "resumed"


@pytest.mark.parametrize(("outcome", "standing"), [("correct", ["correct"]), ("again", ["again", "ordered"])])
def test_a_failed_review_orders_to_correct_or_stops_again(cast, outcome, standing):
    danger = confirmed(cast, "major")
    danger = step(danger, "stop_order", cast.zhao, owner=cast.gong.person.pk, scope="全厂", due_on=DUE)
    for _ in range(2):
        danger = step(danger, "submit", cast.gong, report="已改", proofs=(photo(danger, "photo_before"), photo(danger)))
        danger = assessed(danger, cast.wang)
        danger = step(danger, "apply_to_resume", cast.wang, report="申请")
        danger = step(
            danger, "fail_review", cast.zhao, on_site=True, officers=officers(cast), outcome=outcome, due_on=DUE
        )
        assert (danger.state, danger.is_stop_ordered) == (State.RECTIFYING, True)
    statuses = [stop.status for stop in StopOrder.objects.order_by("pk")]
    assert statuses[-len(standing) :] == standing


def test_a_transfer_stays_open_until_received_and_the_receiver_confirms_anew(cast):
    danger = confirmed(cast)
    danger = step(danger, "transfer", cast.zhao, department=cast.other_department.pk)
    assert danger.state == State.TRANSFERRED
    assert "receive" in current(danger)
    with pytest.raises(NotAllowed, match="other-department"):
        step(danger, "receive", cast.zhao)
    danger = step(danger, "transfer", cast.zhao, department=cast.department.pk)
    danger = step(danger, "receive", cast.zhao)
    assert (danger.state, danger.department_id, danger.transferred_to_id) == (
        State.REGISTERED,
        cast.department.pk,
        None,
    )


def test_voiding_a_major_one_takes_two(cast):
    danger = ordered(cast, "major")
    with pytest.raises(Conflict, match="needs-second-person"):
        step(danger, "void", cast.zhao)
    danger = step(danger, "propose_void", cast.zhao)
    with pytest.raises(Conflict, match="needs-second-person"):
        step(danger, "void", cast.zhao)
    danger = step(danger, "void", cast.li)
    assert (danger.state, danger.next_at) == (State.VOIDED, None)


def test_what_a_supervisor_found_is_not_the_enterprises_to_judge_away(cast):
    danger = reported(cast, by=cast.li, channel=Channel.INSPECTION)
    with pytest.raises(NotAllowed, match="found-by-supervisor"):
        step(danger, "confirm", cast.wang, level=Level.GENERAL)


def test_what_was_closed_opens_again_with_a_reason_and_starts_over(cast):
    danger = step(awaiting(cast), "accept", cast.wang)
    with pytest.raises(Invalid, match="needs-reason"):
        step(danger, "reopen", cast.wang, reason="")
    danger = step(danger, "reopen", cast.wang, reason="又坏了")
    assert (danger.state, danger.closed_on, danger.due_on) == (State.CONFIRMED, None, None)
    assert set(current(danger)) == {"assign"}
    assert codes(danger).count("danger:reopened") == 1


def test_a_change_of_level_moves_it_from_cell_to_cell(cast):
    danger = rectifying(cast)
    danger = step(danger, "change_level", cast.wang, level=Level.MAJOR, reason="对照判定标准")
    last = [entry for entry in history(subject_of(danger.pk)) if entry.code == "danger:reclassified"][-1]
    assert (last.body["before_cell"]["level"], last.body["after_cell"]["level"]) == ("general", "major")
    assert {"report", "plan"} < set(current(danger))
    danger = step(danger, "change_level", cast.wang, level=Level.GENERAL, reason="复核")
    assert not {"report", "plan"} & set(current(danger))


def test_five_parts_filled_and_proved_open_rectifying_as_planned(cast):
    danger = rectifying(cast, "major")
    plan = Plan(goal="消除", measures="更换联锁", funds="5万元", people="龚工", time_limit="3月22日", safety="暂停使用")
    danger = step(danger, "fill_plan", cast.wang, plan=plan)
    assert (danger.parts_filled, danger.parts_evidenced, danger.is_as_planned) == (5, 0, False)
    assert "plan" not in current(danger)
    parts = ("responsibility", "measures", "funds", "time_limit", "plan")
    proof = Plan(evidence=tuple((part, photo(danger).file) for part in parts))
    danger = step(danger, "fill_plan", cast.wang, plan=proof)
    assert (danger.parts_filled, danger.parts_evidenced, danger.is_as_planned) == (5, 5, True)
    danger = step(danger, "fill_plan", cast.wang, plan=Plan(funds="无"))
    assert (danger.parts_filled, danger.is_as_planned) == (4, False)


def test_a_file_of_another_danger_proves_nothing(cast):
    danger, other = reported(cast), reported(cast, description="另一处")
    with pytest.raises(Invalid, match="file-not-on-danger"):
        step(danger, "fix_on_spot", cast.gong, proofs=(photo(other),))


def test_the_owner_belongs_to_the_enterprise(cast):
    danger = confirmed(cast)
    with pytest.raises(Invalid, match="owner-not-of-the-enterprise"):
        step(danger, "assign", cast.wang, owner=cast.he.person.pk, due_on=DUE)


def test_a_stranger_cannot_tell_it_exists(cast):
    danger = reported(cast)
    for stranger in (cast.he, cast.zhang, cast.chen):
        with pytest.raises(NotFound, match="danger:not-found"):
            step(danger, "confirm", stranger, level=Level.GENERAL)


def test_who_looked_at_an_older_version_was_slower(cast):
    danger = reported(cast)
    seen = danger.version
    step(danger, "confirm", cast.wang, level=Level.GENERAL)
    given = Given(owner=cast.gong.person.pk, due_on=DUE)
    with pytest.raises(Conflict, match="already-moved"):
        move_danger(danger.pk, Move.ASSIGN, given, actor=cast.wang.actor, now=NOW, version=seen)


def test_a_batch_moves_all_or_none(cast):
    one, two = reported(cast), confirmed(cast, description="另一处")
    with pytest.raises(Conflict, match="no-such-move"):
        move_dangers([one.pk, two.pk], Move.CONFIRM, Given(level=Level.GENERAL), actor=cast.wang.actor, now=NOW)
    assert fresh(one.pk).state == State.REGISTERED
    three = reported(cast, description="第三处")
    moved = move_dangers([three.pk, one.pk], Move.CONFIRM, Given(level=Level.GENERAL), actor=cast.wang.actor, now=NOW)
    assert {one.state for one in moved} == {State.CONFIRMED}


def test_a_closure_is_asked_for_once(cast):
    danger = rectifying(cast, "major")
    danger = step(danger, "request_closure", cast.zhao, ground="unsafe")
    assert danger.is_closure_requested
    with pytest.raises(Conflict, match="closure-already-requested"):
        step(danger, "request_closure", cast.zhao, ground="unsafe")
