"""Undoing one's own last step: everything stands as before, the journal tells both, and nobody who was told is passed over."""

from datetime import timedelta

import pytest
from callers import Caller
from django.urls import reverse
from django.utils import timezone
from make import DAY, NOW
from stories import DUE, awaiting, codes, confirmed, fresh, rectifying, reported, step
from test_two_at_once import at_once, crowd  # noqa: F401 -- a fixture

from zhiben.clocks.public import Deadline
from zhiben.dangers.domain.cell import Cell
from zhiben.dangers.domain.kinds import Level, Role, State
from zhiben.dangers.domain.moves import Given, Move
from zhiben.dangers.models import Danger, FlagHistory, OverdueSpan, Participant
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.services.moves import Moved, move_danger
from zhiben.dangers.services.sweeping import sweep_dangers
from zhiben.dangers.services.undoing import undo_step
from zhiben.insights.ledger import clearing
from zhiben.journal.public import run_consumers
from zhiben.journal.selectors.reading import history
from zhiben.kernel.errors import Conflict
from zhiben.notices.models import Delivery, Message

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=1)
STILL = ("version", "steps", "next_at")  # these move on, whatever comes back


def columns(danger):
    return {name: value for name, value in vars(fresh(danger.pk)).items() if name not in {"_state", *STILL}}


def deadlines(danger):
    rows = Deadline.objects.filter(subject=subject_of(danger.pk), is_current=True)
    return {(row.kind, row.day, row.set_by, row.order, row.clause) for row in rows}


def people(danger):
    return set(Participant.objects.filter(danger=danger).values_list("role", "person", "is_current"))


def whole(danger):
    return columns(danger), deadlines(danger), people(danger)


def undone(danger, by, now=SOON, **told):
    return undo_step(danger.pk, actor=by.actor, now=now, **told)


STEPS = {
    "confirm": (reported, "wang", {"level": Level.GENERAL}),
    "assign": (confirmed, "wang", {"owner": "gong", "due_on": DUE}),
    "reassign": (rectifying, "wang", {"owner": "zhou"}),
    "change_due": (rectifying, "wang", {"due_on": DUE + timedelta(9)}),
    "order_limit": (rectifying, "zhao", {"due_on": DUE + timedelta(9), "order": "责改1号"}),
    "transfer": (reported, "zhao", {"department": "other_department"}),
    "propose_void": (reported, "wang", {}),
    "void": (reported, "wang", {}),
    "submit": (rectifying, "gong", {"report": "已换"}),
    "return": (awaiting, "wang", {}),
}


@pytest.mark.parametrize("move", STEPS)
def test_undone_everything_stands_as_it_stood(cast, move):
    make, who, given = STEPS[move]
    danger = make(cast)
    before = whole(danger)
    told = {"owner": getattr(cast, given["owner"]).person.pk} if "owner" in given else {}
    told |= {"department": getattr(cast, given["department"]).pk} if "department" in given else {}
    moved = step(danger, move, getattr(cast, who), **(given | told))
    assert whole(danger) != before
    answer = undone(danger, getattr(cast, who))
    assert whole(danger) == before
    assert answer == Moved(danger.pk, State(danger.state), moved.version + 1)
    entry = next(entry for entry in reversed(history(subject_of(danger.pk))) if entry.body.get("move"))
    assert (entry.body["move"], entry.body["facts"]) == ("undo", {"undone": move})
    assert not Message.objects.filter(subject=subject_of(danger.pk), key__endswith=f":{move}:{moved.version}").exists()


def test_it_can_go_on_as_if_nothing_had_been(cast):
    danger = confirmed(cast)
    step(danger, "assign", cast.wang, owner=cast.gong.person.pk, due_on=DUE)
    undone(danger, cast.wang)
    danger = step(danger, "assign", cast.wang, owner=cast.zhou.person.pk, due_on=DUE)
    assert (danger.state, danger.owner_person_id) == ("rectifying", cast.zhou.person.pk)
    owners = Participant.objects.filter(danger=danger, role=Role.OWNER, is_current=True)
    assert [row.person_id for row in owners] == [cast.zhou.person.pk]


def test_a_void_undone_is_counted_as_voided_and_reopened_so_that_the_ledger_stays_true(cast):
    danger = reported(cast)
    step(danger, "void", cast.wang)
    undone(danger, cast.wang)
    run_consumers(now=SOON)
    ((_, row),) = clearing(cast.tree.county, DAY, DAY)
    assert (row.found, row.voided, row.reopened, row.open_after) == (1, 1, 1, 1)
    assert row.balances()
    back = next(entry for entry in history(subject_of(danger.pk)) if entry.code == "danger:reopened")
    assert back.body["cell"] == Cell.of(fresh(danger.pk)).write()


def test_an_overdue_one_is_overdue_again_and_its_stretch_goes_on(cast):
    danger = rectifying(cast, due_on=DAY)
    late = NOW + timedelta(days=3)
    sweep_dangers(late)
    run_consumers(now=late)
    since = OverdueSpan.objects.get(danger=danger).since
    step(danger, "change_due", cast.wang, now=late, due_on=DUE)
    undone(danger, cast.wang, now=late + timedelta(minutes=1))
    run_consumers(now=late + timedelta(minutes=2))
    ((_, row),) = clearing(cast.tree.county, DAY, DAY + timedelta(3))
    assert (row.overdue, row.open_after) == (1, 1)
    assert fresh(danger.pk).is_overdue
    assert codes(danger)[-2:] != ["danger:no-longer-overdue"]
    span = OverdueSpan.objects.get(danger=danger)
    assert (span.since, span.until) == (since, None)


def test_a_flag_raised_comes_down_in_its_history_too(cast):
    danger = reported(cast)
    step(danger, "propose_void", cast.wang)
    undone(danger, cast.wang)
    assert list(FlagHistory.objects.filter(danger=danger).order_by("pk").values_list("flag", "is_up")) == [
        ("void_proposed", True),
        ("void_proposed", False),
    ]


def test_only_ones_own_step_and_only_the_last_one(cast):
    danger = confirmed(cast)
    with pytest.raises(Conflict, match="undo:nothing-to-undo"):
        undone(danger, cast.zhou)
    step(danger, "assign", cast.wang, owner=cast.gong.person.pk, due_on=DUE)
    step(danger, "submit", cast.gong, report="已改")
    with pytest.raises(Conflict, match="undo:nothing-to-undo"):
        undone(danger, cast.wang)
    with pytest.raises(Conflict, match="undo:moved-since"):
        undone(danger, cast.gong, version=1)
    Danger.unscoped.filter(pk=danger.pk).update(state_since=SOON)
    with pytest.raises(Conflict, match="undo:moved-since"):
        undone(danger, cast.gong)


def test_the_sweep_that_looks_meanwhile_hinders_nobody(cast):
    danger = reported(cast)
    late = NOW + timedelta(days=9)  # its confirmation is overdue, so the sweep comes at once
    step(danger, "propose_void", cast.wang, now=late)
    before = fresh(danger.pk).version
    Danger.unscoped.filter(pk=danger.pk).update(next_at=late)
    assert sweep_dangers(late + timedelta(seconds=1)) == 1
    assert fresh(danger.pk).version > before
    undone(danger, cast.wang, now=late + timedelta(minutes=1), version=before)
    assert not fresh(danger.pk).is_void_proposed


def test_once_undone_it_is_not_undone_again(cast):
    danger = confirmed(cast)
    undone(danger, cast.wang)
    with pytest.raises(Conflict, match="undo:nothing-to-undo"):
        undone(danger, cast.wang)


@pytest.mark.parametrize("later", [timedelta(minutes=10), timedelta(days=1)])
def test_too_late_is_too_late(cast, later):
    danger = confirmed(cast)
    with pytest.raises(Conflict, match="undo:too-late"):
        undone(danger, cast.wang, now=NOW + later)


def test_the_figures_of_a_day_that_is_over_stand(cast):
    midnight = NOW.replace(hour=15, minute=59)  # 23:59 in Shanghai
    danger = reported(cast)
    step(danger, "confirm", cast.wang, now=midnight, level=Level.GENERAL)
    with pytest.raises(Conflict, match="undo:too-late"):
        undone(danger, cast.wang, now=midnight + timedelta(minutes=2))


@pytest.mark.parametrize("how", ["read", "sent", "failed once", "held"])
def test_what_somebody_got_is_not_undone_and_what_rests_is_withdrawn(cast, how):
    cast.gong.person.email = "gong@example.test"
    cast.gong.person.save()
    danger = rectifying(cast)
    letters = Delivery.objects.filter(message__person=cast.gong.person, channel="email")
    if how == "read":
        Message.objects.filter(person=cast.gong.person).update(read_at=NOW)
    elif how == "sent":
        letters.update(state="sent", next_at=None, sent_at=NOW, tries=1)
    elif how == "failed once":
        letters.update(tries=1)
    else:
        letters.update(state="held", next_at=None)
    if how == "held":
        undone(danger, cast.wang)
        assert not Message.objects.filter(person=cast.gong.person).exists()
        return
    with pytest.raises(Conflict, match="undo:somebody-was-told"):
        undone(danger, cast.wang)
    assert fresh(danger.pk).state == State.RECTIFYING
    assert letters.exists()


def test_what_tells_people_by_law_at_once_is_not_undone(cast):
    danger = reported(cast)
    step(danger, "confirm", cast.wang, level=Level.MAJOR)
    with pytest.raises(Conflict, match="undo:nothing-to-undo"):
        undone(danger, cast.wang)


def test_letters_of_a_step_rest_for_a_moment_before_they_go(cast):
    cast.gong.person.email = "gong@example.test"
    cast.gong.person.save()
    rectifying(cast)
    assert set(
        Delivery.objects.filter(channel="email", message__kind="danger:assigned").values_list("next_at", flat=True)
    ) == {NOW + timedelta(seconds=30)}


def test_on_the_page_it_is_offered_taken_and_refused_with_the_reason(cast, client):
    danger = confirmed(cast)
    page = reverse("dangers:detail", args=[danger.pk])
    send = reverse("dangers:move", args=[danger.pk, "assign"])
    client.force_login(cast.wang.account)
    future = "2099-01-01"
    given = {"owner": cast.gong.person.pk, "due_on": future, "version": danger.version}
    text = client.post(send, given, headers={"accept-language": "en"}, follow=True).content.decode()
    undo = reverse("dangers:undo", args=[danger.pk])
    assert text.count(f'action="{undo}"') == 2  # in the message, and beside the next step
    answer = client.post(undo, {}, headers={"accept-language": "zh-hans"}, follow=True)
    assert "已撤销，恢复原来的状态。" in answer.content.decode()
    assert "撤销：指定责任人和期限" in answer.content.decode()
    again = client.post(undo, {}, headers={"accept-language": "en"})
    assert again.status_code == 409
    assert "The last step was not yours" in again.content.decode()
    client.force_login(cast.zhou.account)
    assert undo not in client.get(page).content.decode()
    client.force_login(cast.zhang.account)
    assert client.post(undo, {}).status_code == 404


def test_the_api_undoes_too(cast):
    danger = confirmed(cast)
    step(danger, "assign", cast.wang, now=timezone.now(), owner=cast.gong.person.pk, due_on=timezone.localdate() + timedelta(9))  # fmt: skip
    answer = Caller(cast.wang).post(f"/dangers/{danger.pk}/undo", {})
    assert answer.json()["state"] == "confirmed", answer.content
    assert Caller(cast.zhang).post(f"/dangers/{danger.pk}/undo", {}).status_code == 404


def test_undo_and_the_next_step_at_once_one_of_them_wins(crowd):  # noqa: F811 -- the fixture
    danger = confirmed(crowd)
    given = Given(owner=crowd.gong.person.pk, due_on=DUE)
    wang, zhou = crowd.wang.actor, crowd.zhou.actor
    answers = at_once(
        lambda: undo_step(danger.pk, actor=wang, now=SOON),
        lambda: undo_step(danger.pk, actor=wang, now=SOON),
        lambda: move_danger(danger.pk, Move.ASSIGN, given, actor=zhou, now=SOON),
    )
    assert sum(isinstance(answer, Moved) for answer in answers) == 1
    assert all(isinstance(answer, Conflict) for answer in answers if not isinstance(answer, Moved))
    assert fresh(danger.pk).state in {State.REGISTERED, State.RECTIFYING}
