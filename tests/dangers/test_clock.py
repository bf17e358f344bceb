"""What happens by itself: reminders once, limits that pass told once, whoever looks and however late."""

from datetime import date, timedelta

import pytest
from make import DAY, NOW
from stories import DUE, awaiting, codes, fresh, ordered, rectifying, reported, step, told

from zhiben.clocks.models import Deadline
from zhiben.clocks.public import deadlines_of
from zhiben.dangers.domain.clock import Clock, Promise, Ring, calls_due, calls_of, following, moment, next_at
from zhiben.dangers.domain.kinds import Channel, Level, SetBy, State
from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.page import deadline_view
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.services.intake import ImportedDanger
from zhiben.dangers.services.report import report_danger
from zhiben.dangers.services.sweeping import sweep_dangers
from zhiben.journal.selectors.reading import history
from zhiben.notices.models import Message

REMINDERS = (7, 3, 1)
PROMISE = Promise(Clock.RECTIFY, date(2026, 5, 20), SetBy.SELF)


def test_a_promise_rings_before_its_day_on_it_and_when_it_has_passed():
    days = [(call.ring, call.at) for call in calls_of(PROMISE, REMINDERS)]
    assert [ring for ring, _ in days] == [Ring.REMIND] * 3 + [Ring.DUE, Ring.LAPSED]
    assert days[-1][1] == moment(date(2026, 5, 21))


def test_after_a_standstill_only_the_newest_reminder_rings_and_a_lapse_always():
    since = moment(date(2026, 5, 1))
    calls = calls_due([PROMISE], REMINDERS, since, moment(date(2026, 5, 19)) + timedelta(hours=9))
    assert [(call.ring, call.at) for call in calls] == [(Ring.REMIND, moment(date(2026, 5, 19)) + timedelta(hours=8))]
    late = calls_due([PROMISE], REMINDERS, since, moment(date(2026, 6, 1)))
    assert [call.ring for call in late] == [Ring.LAPSED]


def test_a_day_set_in_the_past_rings_at_once_and_then_no_more():
    now = moment(date(2026, 6, 1))
    assert next_at([PROMISE], REMINDERS, now) == now
    assert following([PROMISE], REMINDERS, now) is None


def at(day, hour=9):
    return moment(day) + timedelta(hours=hour)


def run_until(day):
    """The worker wakes every morning."""
    now = NOW
    while now <= at(day):
        sweep_dangers(now)
        now += timedelta(days=1)


def test_a_limit_that_passes_is_journalled_once_on_the_day_after_and_told_upwards(cast):
    danger = rectifying(cast)
    run_until(DUE + timedelta(5))
    danger = fresh(danger.pk)
    assert (danger.is_overdue, danger.overdue_since) == (True, DUE + timedelta(1))
    overdue = [entry for entry in history(subject_of(danger.pk)) if entry.code == "danger:overdue"]
    assert [(entry.on, entry.body["due_on"]) for entry in overdue] == [(DUE + timedelta(1), DUE.isoformat())]
    lapsed = set(Message.objects.filter(kind="danger:lapsed").values_list("person_id", flat=True))
    assert lapsed == {cast.gong.person.pk, cast.zhou.person.pk}
    reminded = Message.objects.filter(kind="danger:reminded", person=cast.gong.person.pk)
    assert reminded.count() == 4  # seven, three, one day before and on the day
    assert danger.next_at is None


def test_a_sweep_that_comes_weeks_late_keeps_the_day_of_the_promise(cast):
    danger = rectifying(cast)
    assert sweep_dangers(at(DUE + timedelta(40))) == 1
    assert fresh(danger.pk).overdue_since == DUE + timedelta(1)
    assert sweep_dangers(at(DUE + timedelta(41))) == 0
    assert Message.objects.filter(kind="danger:reminded").count() == 0


def test_nothing_rings_before_its_time(cast):
    danger = rectifying(cast)
    before = fresh(danger.pk)
    assert sweep_dangers(at(DUE - timedelta(8))) == 0
    assert fresh(danger.pk).version == before.version


def test_what_was_submitted_in_time_does_not_become_overdue(cast):
    danger = awaiting(cast)
    run_until(DUE + timedelta(3))
    assert not fresh(danger.pk).is_overdue
    assert Message.objects.filter(kind="danger:lapsed").exists()  # the acceptance itself is late


def test_an_overdue_one_that_closes_leaves_the_late_ones_in_its_journal(cast):
    danger = rectifying(cast)
    run_until(DUE + timedelta(1))
    later = at(DUE + timedelta(2))
    danger = step(danger, "submit", cast.gong, later, report="补上了")
    assert danger.is_overdue
    danger = step(danger, "accept", cast.wang, later)
    assert (danger.is_overdue, danger.overdue_since) == (False, None)
    assert codes(danger).count("danger:no-longer-overdue") == 1


def test_a_limit_moved_ahead_ends_being_overdue_and_may_pass_again(cast):
    danger = ordered(cast)
    run_until(DUE + timedelta(1))
    later = at(DUE + timedelta(2))
    danger = step(danger, "order_limit", cast.li, later, due_on=DUE + timedelta(9))
    assert not danger.is_overdue
    sweep_dangers(at(DUE + timedelta(30)))
    told_codes = codes(fresh(danger.pk))
    assert (told_codes.count("danger:overdue"), told_codes.count("danger:no-longer-overdue")) == (2, 1)


def test_returned_after_its_limit_it_is_late_from_the_day_it_came_back(cast):
    danger = awaiting(cast)
    back = at(DUE + timedelta(6))
    danger = step(danger, "return", cast.wang, back)
    sweep_dangers(back + timedelta(minutes=1))
    assert fresh(danger.pk).overdue_since == DUE + timedelta(6)


def test_a_row_of_a_ledger_is_late_from_the_day_after_its_limit_however_long_ago(cast):
    row = ImportedDanger(
        unit_id=cast.site.pk, description="旧账", found_on=DAY - timedelta(90), channel=Channel.SELF_CHECK,
        state=State.RECTIFYING, level=Level.GENERAL, due_on=DAY - timedelta(60),
    )  # fmt: skip
    danger_id = report_danger(row, actor=cast.wang.actor, now=NOW).id
    assert sweep_dangers(NOW + timedelta(seconds=1)) == 1
    assert fresh(danger_id).overdue_since == DAY - timedelta(59)


def test_whoever_takes_a_step_while_the_sweep_was_at_it_looks_again(cast):
    danger = rectifying(cast)
    seen = danger.version
    sweep_dangers(at(DUE + timedelta(1)))
    assert fresh(danger.pk).version == seen + 1


def test_an_unconfirmed_report_is_asked_after(cast):
    danger = reported(cast)
    sweep_dangers(at(DAY + timedelta(2)))
    told_people = set(Message.objects.filter(kind="danger:reminded").values_list("person_id", flat=True))
    assert told_people == {cast.wang.person.pk}
    assert fresh(danger.pk).state == State.REGISTERED


def test_every_deadline_names_its_clause_or_says_who_set_it(cast):
    danger = ordered(cast, "major")
    near = at(DUE - timedelta(3))
    step(danger, "ask_extension", cast.wang, near, due_on=DUE + timedelta(9), force_majeure=True)
    reported(cast, description="另一处")
    views = [deadline_view(row) for row in Deadline.objects.all()]
    assert {view.clock for view in views} >= {Clock.CONFIRM, Clock.ASSIGN, Clock.RECTIFY, Clock.REPORT, Clock.ANSWER}
    for view in views:
        if view.set_by is SetBy.LAW:
            assert "第17条" in view.basis.zh or "第23条" in view.basis.zh
        else:
            assert view.set_by in {SetBy.SETTING, SetBy.ORDER, SetBy.SELF}
        assert view.basis.zh
        assert view.basis.en


@pytest.mark.parametrize("matter", ["fire", "work_safety", "coal_mines"])
def test_each_matter_has_its_own_review_and_reinspection(cast, matter):
    danger = awaiting(cast, is_ordered=True, matter=matter, description=f"{matter}隐患")
    row = next(row for row in deadlines_of(subject_of(danger.pk)) if row.kind == "accept" and row.is_current)
    assert row.order == ("cn/fire-supervision-rules" if matter == "fire" else "cn/saws-order-15")


def test_a_danger_told_twice_waits_once(cast):
    report_danger(told(cast), actor=cast.gong.actor, now=NOW)
    report_danger(told(cast), actor=cast.gong.actor, now=NOW)
    assert Deadline.objects.count() == 1
    assert Danger.unscoped.get().next_at is not None
