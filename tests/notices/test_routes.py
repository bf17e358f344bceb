"""A notice that needs a receipt goes on over the next channel until it is read, and at last a person goes there."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from make import make_department, make_tree
from notices.telling import NOW, kinds_known, make_reader, tell, tell_gravely

from zhiben.journal.selectors.reading import history
from zhiben.kernel.errors import Invalid
from zhiben.notices.channels import CHANNELS
from zhiben.notices.domain.route import BY_HAND, USUAL, Leg, check_route, climb
from zhiben.notices.models import ChannelSetting, Delivery, HandOver, Message, RouteSetting
from zhiben.notices.public import Couriers, let_rest, mark_read, notices_for
from zhiben.notices.services import routing, sending
from zhiben.notices.services.routing import go_on
from zhiben.notices.services.sending import LEASE, deliver_due

HOUR = timedelta(hours=1)
legs = st.lists(st.integers(0, 100), min_size=1, max_size=6).map(
    lambda hours: tuple(Leg(f"c{at}", after) for at, after in enumerate(sorted(hours)))
)


@given(legs, st.lists(st.integers(0, 200), max_size=12))
def test_however_often_one_looks_every_leg_is_gone_once_and_in_order(route, looks):
    gone, used = 0, []
    for hour in [0, *sorted(looks), 200]:
        step = climb(route, NOW, gone, NOW + hour * HOUR)
        used += step.channels
        assert step.next_at is None or step.next_at > NOW + hour * HOUR or step.gone < len(route)
        gone = step.gone
        if gone == len(route):
            break
    assert used == [leg.channel for leg in route][: len(used)]
    assert climb(route, NOW, len(route), NOW + 999 * HOUR) == climb(route, NOW, len(route), NOW)


@given(legs, st.integers(0, 5), st.integers(0, 50))
def test_whoever_cannot_wait_gets_the_next_leg_now(route, gone, hour):
    gone = min(gone, len(route))
    step = climb(route, NOW, gone, NOW + hour * HOUR)
    assert step.gone > gone or gone == len(route)


@pytest.mark.parametrize(
    ("route", "code"),
    [
        ([], "notice:bad-route"),
        ([Leg("pigeon")], "notice:bad-route"),
        ([Leg("email"), Leg("email", 3)], "notice:bad-route"),
        ([Leg("email"), Leg("sms", -1)], "notice:bad-hours"),
        ([Leg("email"), Leg("sms", 10_000)], "notice:bad-hours"),
        ([Leg("email", 2)], "notice:route-starts-late"),
        ([Leg(BY_HAND)], "notice:route-starts-late"),
        ([Leg("email"), Leg(BY_HAND, 2), Leg("sms", 3)], "notice:by-hand-not-last"),
    ],
)
def test_a_route_that_would_not_reach_anybody_is_refused(route, code):
    with pytest.raises(Invalid, match=code):
        check_route(route, frozenset({"email", "sms"}))


def test_a_route_is_kept_in_the_order_of_its_hours():
    route = [Leg(BY_HAND, 24), Leg("sms", 4), Leg("email")]
    assert [leg.channel for leg in check_route(route, frozenset({"email", "sms"}))] == ["email", "sms", BY_HAND]


@pytest.fixture
def office(db, gateways):
    """Text messages are on, a department stands by to go there."""
    with kinds_known():
        ChannelSetting.objects.create(name="sms", is_on=True, price=45)
        yield make_department(make_tree().county)


def used():
    return list(Delivery.objects.order_by("pk").values_list("channel", "state", "error"))


def test_unread_it_goes_over_email_then_a_text_message_then_somebody_goes_there(office, gateways):
    zhou = make_reader("周总", email="zhou@example.org", phone="138")
    tell_gravely(zhou, couriers=Couriers(office.pk))
    assert deliver_due(NOW) == 1
    assert go_on(NOW + 4 * HOUR - timedelta(seconds=1)) == 0
    assert go_on(NOW + 4 * HOUR) == 1
    assert deliver_due(NOW + 4 * HOUR) == 1
    assert go_on(NOW + 8 * HOUR) == 1  # groups are off: their rows say so, and the clock goes on
    deliver_due(NOW + 8 * HOUR)
    assert not HandOver.objects.exists()
    assert go_on(NOW + 24 * HOUR) == 1
    assert used() == [
        ("program", "sent", ""),
        ("email", "sent", ""),
        ("sms", "sent", ""),
        ("wecom", "skipped", "notice:channel-off"),
        ("dingtalk", "skipped", "notice:channel-off"),
    ]
    task = HandOver.objects.get()
    assert (task.department, task.message.person_id, task.closed_at) == (office, zhou.person, None)
    assert go_on(NOW + 999 * HOUR) == 0
    assert len(gateways.sms.taken) == 1
    codes = [entry.code for entry in history("danger/1")]
    assert codes == ["notice:went-on", "notice:went-on", "hand-over:asked"]
    assert Delivery.objects.get(channel="sms").cost == 45


def test_read_it_goes_no_further_and_what_waited_is_not_sent(office):
    zhou = make_reader("周总", email="zhou@example.org", phone="138")
    tell_gravely(zhou, couriers=Couriers(office.pk))
    (notice,) = notices_for(zhou, language="en")
    mark_read([notice.id], actor=zhou, now=NOW)
    assert deliver_due(NOW) == 0
    assert go_on(NOW + 99 * HOUR) == 0
    assert used() == [("program", "sent", ""), ("email", "skipped", "notice:read-before")]


def test_where_nothing_can_reach_somebody_the_next_leg_does_not_wait(office, gateways):
    chen = make_reader("陈无号", account=False)
    tell_gravely(chen, couriers=Couriers(office.pk))
    for minute in range(6):
        deliver_due(NOW + timedelta(minutes=minute))
        go_on(NOW + timedelta(minutes=minute))
    assert used() == [
        ("program", "skipped", "notice:no-account"),
        ("email", "skipped", "notice:no-address"),
        ("sms", "skipped", "notice:no-phone"),
        ("wecom", "skipped", "notice:channel-off"),
        ("dingtalk", "skipped", "notice:channel-off"),
    ]
    assert HandOver.objects.get().message.person_id == chen.person


def test_a_dead_gateway_does_not_hold_up_the_route(office, gateways):
    gateways.sms.mood = "dead"
    zhou = make_reader("周总", account=False, phone="138")
    tell_gravely(zhou, couriers=Couriers(office.pk))
    deliver_due(NOW)  # no address: the text message is next at once
    at = NOW
    for _ in range(60):
        at += HOUR / 2
        go_on(at)
        deliver_due(at)
    sms = Delivery.objects.get(channel="sms")
    assert (sms.state, sms.cost) == ("failed", 0)
    assert sms.error.startswith("ConnectionRefusedError")
    assert HandOver.objects.get().opened_at == NOW + 24 * HOUR


def test_a_dead_channel_is_left_alone_for_the_turn_and_holds_up_no_other(office, gateways, monkeypatch):
    asked = []

    def dead(url, body, headers):
        asked.append(url)
        raise TimeoutError("timed out")

    monkeypatch.setattr(CHANNELS["sms"], "_send", dead)
    people = [make_reader(f"r{n}", email=f"r{n}@example.org", phone="138") for n in range(5)]
    tell(*people, channels=("sms", "email"))
    assert deliver_due(NOW, limit=2) == 5
    assert len(asked) == 1
    deliver_due(NOW + timedelta(seconds=1))
    assert len(asked) == 2
    assert sorted(Delivery.objects.filter(channel="sms").values_list("tries", flat=True)) == [0, 0, 0, 1, 1]


def test_a_turn_ends_before_the_first_lease_does(office, monkeypatch):
    tell(*(make_reader(f"r{n}", email=f"r{n}@example.org") for n in range(3)), channels=("email",))
    clock = iter(range(0, 1000, 20))
    monkeypatch.setattr(sending.time, "monotonic", lambda: float(next(clock)))
    assert deliver_due(NOW) == 1
    assert timedelta(seconds=sending.TURN_SECONDS) < LEASE


def test_where_no_department_is_known_the_route_ends_without_a_task(office):
    zhou = make_reader("周总")
    tell_gravely(zhou)
    go_on(NOW + 99 * HOUR)
    assert Message.objects.get().next_at is None
    assert not HandOver.objects.exists()


def test_one_of_a_circle_reads_for_all_and_each_of_no_circle_for_themselves(office):
    li, zhao = make_reader("li", department=office), make_reader("zhao", department=office)
    zhou, he = make_reader("zhou"), make_reader("he")
    tell_gravely(li, zhao, circle="department:1", key="a")
    tell_gravely(zhou, he, key="b")
    for reader in (li, zhou):
        mark_read([notices_for(reader, language="en")[0].id], actor=reader, now=NOW)
    waiting = Message.objects.filter(next_at__isnull=False)
    assert set(waiting.values_list("person_id", flat=True)) == {he.person}
    assert notices_for(zhao, language="en", unread=True)


def test_when_the_thing_is_settled_nobody_is_sent_after_it_any_more(office):
    zhou = make_reader("周总", account=False)
    tell_gravely(zhou, couriers=Couriers(office.pk))
    go_on(NOW + 24 * HOUR)
    go_on(NOW + 24 * HOUR)
    let_rest("danger/1", now=NOW + 30 * HOUR)
    assert [(v.closed_at, v.result) for v in HandOver.objects.all()] == [(NOW + 30 * HOUR, "unneeded")]
    assert Message.objects.get().next_at is None


def test_a_region_has_its_own_route(office):
    RouteSetting.objects.create(kind="test:grave", legs=[["program", 0], ["by_hand", 2], ["pigeon", 3]])
    tell_gravely(make_reader("周总", email="zhou@example.org"), couriers=Couriers(office.pk))
    go_on(NOW + 2 * HOUR)
    assert [channel for channel, *_ in used()] == ["program"]
    assert HandOver.objects.exists()
    assert Message.objects.get().next_at is None


def test_a_leg_over_a_channel_already_used_sends_nothing_twice(office):
    tell_gravely(make_reader("周总"), couriers=Couriers(office.pk))
    RouteSetting.objects.create(kind="test:grave", legs=[["program", 0], ["sms", 0], ["email", 1]])
    go_on(NOW + 4 * HOUR)
    assert sorted(channel for channel, *_ in used()) == ["email", "program"]


def test_a_worker_killed_while_going_on_has_done_nothing(office, monkeypatch):
    tell_gravely(make_reader("周总"), couriers=Couriers(office.pk))

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(routing.journal, "record", killed)
    with pytest.raises(KeyboardInterrupt):
        go_on(NOW + 24 * HOUR)
    monkeypatch.undo()
    assert not HandOver.objects.exists()
    assert go_on(NOW + 24 * HOUR) == 1
    assert HandOver.objects.count() == 1


@pytest.mark.parametrize("hour", [4, 24])
def test_of_two_workers_who_read_the_same_row_one_goes_on(office, monkeypatch, hour):
    tell_gravely(make_reader("周总"), couriers=Couriers(office.pk))
    claim, rival = routing._Turn.claim, [True]

    def slow_claim(turn, row):
        columns = claim(turn, row)
        if rival and rival.pop():  # between reading and claiming, the other worker does it all
            Message.objects.filter(pk=row.pk).update(**columns)
        return columns

    monkeypatch.setattr(routing._Turn, "claim", slow_claim)
    assert go_on(NOW + hour * HOUR) == 0
    assert Delivery.objects.count() == 2


def test_four_workers_at_once_go_on_once(transactional_db, gateways):
    with kinds_known():
        department = make_department(make_tree().county)
        tell_gravely(*(make_reader(f"reader {n}") for n in range(5)), couriers=Couriers(department.pk))
        barrier, moved = Barrier(4), []

        def work():
            barrier.wait()
            moved.append(go_on(NOW + 24 * HOUR))
            connection.close()

        threads = [Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(moved) == 5
        assert HandOver.objects.count() == 5


def test_the_usual_route_is_a_valid_one():
    assert check_route(USUAL, frozenset({"program", "email", "sms", "wecom", "dingtalk"})) == USUAL
    assert climb(USUAL, datetime(2026, 1, 1, tzinfo=UTC), 0, datetime(2026, 1, 1, tzinfo=UTC)).gone == 2
