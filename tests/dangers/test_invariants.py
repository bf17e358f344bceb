"""The loop under random hands: whatever people do, the record stays whole."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from depth import examples
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from make import DAY, NOW
from stories import fresh, photo, told

from zhiben.clocks.models import Deadline
from zhiben.dangers.domain.cell import Cell
from zhiben.dangers.domain.clock import MAIN, china_day
from zhiben.dangers.domain.kinds import CLOSED, OPEN, Channel, ClosureGround, Level, State
from zhiben.dangers.domain.moves import Given, Move, Plan, Proof
from zhiben.dangers.models import Danger, Extension, StopOrder
from zhiben.dangers.selectors.offers import moves_for
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.services.intake import ImportedDanger
from zhiben.dangers.services.moves import move_danger
from zhiben.dangers.services.report import report_danger
from zhiben.dangers.services.sweeping import sweep_dangers
from zhiben.journal.selectors.reading import history
from zhiben.kernel.errors import Conflict, Refusal
from zhiben.kernel.ids import uuid7

FOUND, MOVED = "danger:found", {"danger:reclassified", "danger:moved"}
PLAYERS = ("wang", "zhou", "gong", "li", "zhao")

actions = st.lists(
    st.tuples(
        st.sampled_from([*["offered"] * 60, *Move, *["wait"] * 8, "report"]),
        st.sampled_from(PLAYERS),
        st.integers(0, 7),  # which danger
        st.integers(1, 40),  # days
        st.booleans(),
    ),
    min_size=10,
    max_size=60,
)


def everything(cast, danger, days, now, *, yes):
    """Give all that any step may need."""
    today = china_day(now)
    return Given(
        reason="理由",
        level=Level.MAJOR if yes else Level.GENERAL,
        owner=cast.gong.person.pk,
        due_on=today + timedelta(days=days),
        department=cast.department.pk if danger.state == State.TRANSFERRED else cast.other_department.pk,
        report="说明",
        on_site=True,
        officers=(cast.li.person.pk, cast.zhao.person.pk),
        assessor="专家组",
        conclusion=yes,
        withdrawn=3,
        addressee="区政府",
        ground=ClosureGround.NO_PROSPECT,
        granted=yes,
        force_majeure=True,
        scope="全厂",
        outcome="again" if yes else "correct",
        plan=Plan(goal="消除", measures="更换", funds="1万元", people="龚工"),
        proofs=tuple(
            Proof(one.kind, one.file)
            for one in (photo(danger, "photo_before"), photo(danger), photo(danger, "assessment"))
        ),
    )


@pytest.mark.django_db
@settings(
    max_examples=examples(6, deep=60),
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plan=actions)
def test_whatever_people_do_the_record_stays_whole(cast, plan):
    walk(cast, plan)


def test_a_long_walk_reaches_far_into_the_loop(cast):
    dice = random.Random(5)
    plan = [
        (
            dice.choice([*["offered"] * 60, *Move, *["wait"] * 4, *["report"] * 3]),
            dice.choice(PLAYERS),
            dice.randrange(8),
            dice.randrange(1, 41),
            dice.random() < 0.5,
        )
        for _ in range(150)
    ]
    taken = walk(cast, plan)
    assert set(taken) - {"refused"} >= {
        Move.CONFIRM, Move.ASSIGN, Move.SUBMIT, Move.SIGN_OFF, Move.RETURN, Move.REOPEN, Move.VOID,
        Move.TRANSFER, Move.CHANGE_LEVEL, Move.ORDER_LIMIT,
    }  # fmt: skip


def walk(cast, plan):
    """Let people act; hold the record to its promises after every step."""
    now, dangers, tally = NOW, [], Counter()
    for n, (action, who, which, days, yes) in enumerate(plan):
        what = action
        actor = getattr(cast, who).actor
        if what == "wait":
            now += timedelta(days=days)
            sweep_dangers(now)
        elif what == "report" or not dangers:
            channel = Channel.INSPECTION if who in {"li", "zhao"} else Channel.SELF_CHECK
            new = told(cast, f"隐患{len(dangers)}-{n}-{which}-{now:%m%d}", found_on=china_day(now), channel=channel)
            dangers.append(report_danger(new, actor=actor, now=now).id)
        else:
            danger = fresh(dangers[which % len(dangers)])
            offered = {offer.move: offer for offer in moves_for(actor, danger, now=now)}
            if what == "offered":
                open_now = sorted(move for move, offer in offered.items() if offer.is_open)
                if not open_now:
                    continue
                what = open_now[days % len(open_now)]
            given_all = everything(cast, danger, days, now, yes=yes)
            try:
                move_danger(danger.pk, what, given_all, actor=actor, now=now)
            except Refusal:
                tally["refused"] += 1
                assert fresh(danger.pk).version == danger.version
            else:
                tally[what] += 1
                assert offered[what].is_open, "a step that was taken had been offered"
        check_whole(dangers[which % (len(dangers) or 1) :][:1])
    check_whole(dangers)
    check_ledger(dangers)
    return tally


def check_whole(ids):
    """One main clock for each open one, none for a closed one; the journal's last word is the state."""
    for danger in Danger.unscoped.filter(pk__in=ids):
        state = State(danger.state)
        running = set(
            Deadline.objects.filter(subject=subject_of(danger.pk), is_current=True).values_list("kind", flat=True)
        )
        if state in CLOSED:
            assert running == set()
            assert danger.next_at is None
            assert not danger.is_overdue
        else:
            assert len(running & set(MAIN[state])) == 1, (state, running)
            assert ("rectify" in running) <= (danger.due_on is not None)
        states = [entry.body["after"] for entry in history(subject_of(danger.pk)) if "after" in entry.body]
        assert states[-1] == danger.state
        assert Extension.objects.filter(danger=danger, is_granted=None, is_moot=False).count() == (
            1 if "answer" in running else 0
        )
        standing = StopOrder.objects.filter(danger=danger, status__in=["ordered", "assessed", "applied", "correct"])
        assert standing.count() == (1 if danger.is_stop_ordered else 0)


def check_ledger(ids):
    """What came in less what went out is what is open, by cell; so with the overdue."""
    stock, late = Counter(), Counter()
    for danger_id in ids:
        for entry in history(subject_of(danger_id), limit=10_000):
            body = entry.body
            if entry.code in {FOUND, "danger:reopened"}:
                stock[cell(body["cell"])] += 1
            elif entry.code == "danger:signed-off" or (entry.code == "danger:voided" and body["was_open"]):
                stock[cell(body["cell"])] -= 1
            elif entry.code in MOVED and body["is_open"]:
                stock[cell(body["before_cell"])] -= 1
                stock[cell(body["after_cell"])] += 1
                if body["overdue"]:
                    late[cell(body["before_cell"])] -= 1
                    late[cell(body["after_cell"])] += 1
            elif entry.code == "danger:overdue":
                late[cell(body["cell"])] += 1
            elif entry.code == "danger:no-longer-overdue":
                late[cell(body["cell"])] -= 1
    rows = Danger.unscoped.filter(pk__in=ids)
    assert +stock == Counter(cell_of(row) for row in rows if row.state in OPEN)
    assert +late == Counter(cell_of(row) for row in rows if row.is_overdue)
    assert not -stock
    assert not -late


def cell(body):
    return tuple(sorted(body.items()))


def cell_of(row):
    return cell(Cell.of(row).write())


def test_an_import_that_fell_overdue_meanwhile_may_still_be_withdrawn_but_not_one_that_went_on(cast):
    row = ImportedDanger(
        unit_id=cast.site.pk, description="旧账", found_on=DAY, channel=Channel.SELF_CHECK, state=State.RECTIFYING,
        due_on=DAY - timedelta(days=1), batch="b8", level=Level.GENERAL,
    )  # fmt: skip
    danger_id = report_danger(row, actor=cast.wang.actor, now=NOW).id
    sweep_dangers(NOW + timedelta(minutes=1))
    assert fresh(danger_id).is_overdue
    move_danger(danger_id, Move.WITHDRAW_IMPORT, Given(reason="导错了"), actor=cast.wang.actor, now=NOW)
    codes = [entry.code for entry in history(subject_of(danger_id))]
    assert codes[-2:] == ["danger:no-longer-overdue", "danger:voided"]
    other = report_danger(replace(row, uid=uuid7(), description="另一条"), actor=cast.wang.actor, now=NOW).id
    move_danger(other, Move.SUBMIT, Given(report="好了"), actor=cast.gong.actor, now=NOW)
    with pytest.raises(Conflict, match="moved-since-import"):
        move_danger(other, Move.WITHDRAW_IMPORT, Given(reason="导错了"), actor=cast.wang.actor, now=NOW)


def test_an_import_may_be_withdrawn_while_nobody_touched_it(cast):
    row = ImportedDanger(
        unit_id=cast.site.pk, description="旧账", found_on=DAY, channel=Channel.SELF_CHECK, state=State.SIGNED_OFF,
        closed_on=DAY, batch="b7",
    )  # fmt: skip
    danger_id = report_danger(row, actor=cast.wang.actor, now=NOW).id
    move_danger(danger_id, Move.WITHDRAW_IMPORT, Given(reason="导错了"), actor=cast.wang.actor, now=NOW)
    voided = history(subject_of(danger_id))[-1]
    assert (voided.code, voided.body["was_open"], voided.body["imported_closed"]) == ("danger:voided", False, True)
    assert fresh(danger_id).state == State.VOIDED
