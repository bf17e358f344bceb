"""Pages on which people choose how notices come, and administrators channels, routes, and another try."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from make import NOW, grant, make_account, make_person
from notices.telling import GRAVE, PLAIN, kinds_known, tell

from zhiben.journal.models import Entry
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.kernel.periods import CHINA
from zhiben.notices.domain.choices import Choice, When
from zhiben.notices.domain.quiet import Quiet
from zhiben.notices.domain.route import Leg
from zhiben.notices.models import ChannelSetting, Delivery, Preference, RouteSetting
from zhiben.notices.public import notify
from zhiben.notices.selectors.deliveries import costs_for, deliveries_for
from zhiben.notices.selectors.settings import channels, route_of
from zhiben.notices.services.choosing import choose
from zhiben.notices.services.governing import send_test, set_channel, set_route
from zhiben.notices.services.sending import deliver_due, retry_delivery
from zhiben.orgs.public import actor_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds():
    with kinds_known():
        yield


def page(client, player, name, *args, **query):
    client.force_login(player.account)
    return client.get(reverse(name, args=args), query, headers={"accept-language": "en"})


# --- what one chooses


def test_a_person_chooses_on_a_page_and_sees_it_again(cast, client):
    client.force_login(cast.wang.account)
    form = {
        "quiet": "1", "quiet_since": "21:30", "quiet_until": "06:15", "digest_at": "17:00",
        f"when:{PLAIN.name}": "digest", f"email:{PLAIN.name}": "1",
    }  # fmt: skip
    answer = client.post(reverse("notices:preferences"), form)
    assert answer.status_code == 302
    row = Preference.objects.get(person=cast.wang.person)
    assert (row.quiet_since, row.quiet_until, row.digest_time) == (time(21, 30), time(6, 15), time(17, 0))
    assert row.kinds[PLAIN.name] == {"when": "digest", "channels": ["email"]}
    assert row.kinds["danger:assigned"] == {"when": "at_once", "channels": []}  # left without a tick
    text = page(client, cast.wang, "notices:preferences").content.decode()
    assert 'value="21:30"' in text
    assert text.count("selected") == 1
    assert "Notice of a major hidden danger" in text
    assert f"when:{GRAVE.name}" not in text
    assert Entry.objects.filter(code="notice:preferences-set").count() == 1


def test_a_time_that_is_none_brings_the_form_back_with_what_was_ticked(cast, client):
    client.force_login(cast.wang.account)
    form = {"quiet": "1", "quiet_since": "late", "quiet_until": "06:15", "digest_at": "8"}
    form |= {f"when:{PLAIN.name}": "digest", f"email:{PLAIN.name}": "1"}
    answer = client.post(reverse("notices:preferences"), form, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "Enter it like 22:00." in answer.content.decode()
    assert answer.content.decode().count("selected") == 1
    assert not Preference.objects.exists()


def chosen(player, **more):
    given = {"quiet": Quiet(), "digest_at": time(8), "kinds": {}} | more
    choose(**given, actor=player.actor, now=NOW)


@pytest.mark.parametrize("kinds", [{GRAVE.name: Choice()}, {PLAIN.name: Choice(channels=("sms",))}, {"x:y": Choice()}])
def test_what_needs_a_receipt_or_is_not_in_use_cannot_be_chosen(cast, kinds):
    with pytest.raises(Invalid, match="notice:cannot-choose"):
        chosen(cast.wang, kinds=kinds)


def test_whoever_gives_up_the_digest_gets_what_waited_for_it_at_once(cast):
    cast.wang.person.email = "wang@example.org"
    cast.wang.person.save()
    chosen(cast.wang, kinds={PLAIN.name: Choice(When.DIGEST)})
    tell(cast.wang.actor, now=NOW)
    assert Preference.objects.get().digest_at is not None
    chosen(cast.wang, kinds={PLAIN.name: Choice(When.DIGEST)}, digest_at=time(17))
    assert Preference.objects.get().digest_at == datetime(2026, 3, 2, 17, tzinfo=CHINA)
    assert deliver_due(NOW) == 0
    chosen(cast.wang)
    assert Preference.objects.get().digest_at is None
    assert deliver_due(NOW) == 1


def test_who_is_no_person_has_nothing_to_choose(cast, client):
    client.force_login(make_account("machine"))
    assert client.get(reverse("notices:preferences")).status_code == 404


# --- channels and routes


def setting(cast, name="sms", by=None, **more):
    given = {"is_on": True, "price": 45, "version": 0} | more
    set_channel(name, **given, actor=(by or cast.admin).actor, now=NOW)


def test_a_channel_is_switched_on_when_its_setting_is_there(cast, gateways):
    setting(cast)
    assert channels()["sms"].is_used
    setting(cast, is_on=False, version=1)
    assert not channels()["sms"].is_used
    assert [entry.code for entry in Entry.objects.filter(code="channel:set")] == ["channel:set"] * 2


@pytest.mark.parametrize(
    ("name", "more", "refusal"),
    [
        ("pigeon", {}, NotFound("channel:not-found")),
        ("program", {"is_on": False}, Conflict("channel:always-on")),
        ("email", {"price": -1}, Invalid("channel:bad-price")),
        ("email", {"price": 100_001}, Invalid("channel:bad-price")),
        ("email", {"version": 7}, Conflict("channel:already-changed")),
    ],
)
def test_a_setting_that_cannot_be_is_refused(cast, name, more, refusal):
    with pytest.raises(type(refusal), match=refusal.code):
        setting(cast, name, **more)


def test_a_channel_without_its_setting_stays_off(cast):
    with pytest.raises(Conflict, match="channel:not-ready"):
        setting(cast)
    assert not ChannelSetting.objects.exists()


def test_of_two_who_set_the_same_at_once_one_is_told(cast, gateways):
    setting(cast)
    with pytest.raises(Conflict, match="channel:already-changed"):
        setting(cast, price=50)
    with pytest.raises(Conflict, match="channel:already-changed"):
        setting(cast, price=50, version=2)
    assert channels()["sms"].price == 45


def test_only_who_manages_the_whole_installation_sets_channels_and_routes(cast):
    county = make_account("county-admin")
    grant(county, "system_admin", cast.tree.county)
    for player in (cast.zhao, cast.wang, cast.security):
        with pytest.raises(NotAllowed):
            setting(cast, by=player)
        with pytest.raises(NotAllowed):
            set_route(GRAVE.name, [Leg("email")], version=0, actor=player.actor, now=NOW)
        with pytest.raises(NotAllowed):
            send_test("email", actor=player.actor, now=NOW)


def test_a_route_is_set_on_the_page_and_refused_with_what_was_typed(cast, client):
    client.force_login(cast.admin.account)
    address = reverse("notices:route-set", args=["danger:major"])
    legs = {"use:email": "1", "after:email": "0", "use:by_hand": "1", "after:by_hand": "12", "version": "0"}
    assert client.post(address, legs).status_code == 302
    assert route_of("danger:major") == (Leg("email"), Leg("by_hand", 12))
    late = legs | {"after:email": "5", "version": "1"}
    answer = client.post(address, late, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "Nothing would be sent at first" in answer.content.decode()
    assert 'name="after:email" value="5"' in answer.content.decode()
    assert client.post(address, legs | {"after:email": "soon", "version": "1"}).status_code == 422
    assert RouteSetting.objects.get().version == 1
    with pytest.raises(NotFound, match="notice:no-such-kind"):
        set_route(PLAIN.name, [Leg("email")], version=0, actor=cast.admin.actor, now=NOW)


def test_channels_are_set_priced_and_tested_on_their_page(cast, client, gateways):
    text = page(client, cast.admin, "notices:channels").content.decode()
    assert "switched off" in text
    assert "ZHIBEN_SMS_URL" not in text
    assert "sms.example" not in text
    address = reverse("notices:channel-set", args=["sms"])
    assert client.post(address, {"is_on": "1", "price": "0.045", "version": "0"}).status_code == 302
    for price in ("much", "0.0451", "NaN", "-1"):
        assert client.post(address, {"is_on": "1", "price": price, "version": "1"}).status_code == 422
    cast.admin.person.phone = "13800000009"
    cast.admin.person.save()
    assert client.post(reverse("notices:channel-test", args=["sms"])).status_code == 302
    row = Delivery.objects.get(channel="sms")
    assert deliver_due(row.message.made_at + timedelta(seconds=1)) == 1
    assert gateways.sms.taken[0]["phone"] == "13800000009"
    assert client.post(reverse("notices:channel-test", args=["pigeon"])).status_code == 404


def test_a_test_needs_somebody_to_send_it_to(cast):
    account = make_account("root-admin")
    grant(account, "system_admin", cast.tree.nation)
    with pytest.raises(Conflict, match="channel:no-person"):
        send_test("email", actor=actor_of(account, now=NOW), now=NOW)


@pytest.mark.parametrize("door", ["channel-set", "channel-test", "route-set", "retry"])
def test_who_may_not_manage_cannot_tell_the_doors_exist(cast, client, door):
    client.force_login(cast.zhao.account)
    assert client.post(reverse(f"notices:{door}", args=[1])).status_code == 404


# --- deliveries


@pytest.fixture
def failed(cast, gateways):
    """A text message that a dead gateway never took, and one that was paid for."""
    cast.wang.person.phone, cast.zhou.person.phone = "138", "139"
    cast.wang.person.save()
    cast.zhou.person.save()
    setting(cast)
    gateways.sms.mood = "dead"
    tell(cast.wang.actor, channels=("sms",), now=NOW, key="a")
    at = NOW
    for _ in range(9):
        deliver_due(at)
        at += timedelta(days=1)  # by day: nothing plain goes out at night
    gateways.sms.mood = "well"
    tell(cast.zhou.actor, channels=("sms",), now=NOW, key="b")
    deliver_due(NOW)
    return Delivery.objects.get(state="failed")


def test_failures_show_with_tries_and_error_and_are_tried_again_from_the_page(cast, client, failed, gateways):
    text = page(client, cast.admin, "notices:deliveries", state="failed").content.decode()
    assert "王安全" in text
    assert "周总" not in text
    assert "ConnectionRefusedError" in text
    assert f'<td role="cell" class="num fit" data-label="Tries">{failed.tries}</td>' in text
    assert client.post(reverse("notices:retry", args=[failed.pk])).status_code == 302
    row = Delivery.objects.get(pk=failed.pk)
    assert (row.state, row.tries) == ("waiting", 0)
    noon = (row.next_at + timedelta(days=1)).replace(hour=4)  # in Shanghai; at night nothing leaves
    assert deliver_due(noon) == 1
    assert "1 delivery given up" not in page(client, cast.admin, "notices:channels").content.decode()
    with pytest.raises(Conflict, match="notice:not-given-up"):
        retry_delivery(failed.pk, actor=cast.admin.actor, now=NOW)


def test_costs_are_counted_by_channel_and_month_at_the_price_of_the_day(cast, failed, client, gateways):
    setting(cast, price=60, version=1)
    tell(cast.zhou.actor, channels=("sms",), now=NOW, key="c")
    deliver_due(NOW)
    april = datetime(2026, 3, 31, 17, tzinfo=CHINA) + timedelta(hours=8)  # 01:00 on April the 1st in Shanghai
    tell(cast.zhou.actor, kind=GRAVE, channels=("sms",), now=april, key="d")
    deliver_due(april)
    rows = [(f"{one.month:%Y-%m}", one.channel, one.sent, one.cost) for one in costs_for(cast.admin.actor, now=april)]
    assert rows == [("2026-04", "sms", 1, 60), ("2026-03", "sms", 2, 105)]
    setting(cast, "email", price=0)


def test_an_officer_sees_deliveries_within_reach_and_tries_nothing_again(cast, client, failed):
    assert {row.message.person.name for row in deliveries_for(cast.zhao.actor)} == {"王安全", "周总"}
    assert deliveries_for(cast.zhang.actor) == []
    assert deliveries_for(cast.gong.actor) == []
    text = page(client, cast.zhao, "notices:deliveries").content.decode()
    assert "王安全" in text
    assert "/retry/" not in text
    with pytest.raises(NotFound, match="notice:not-found"):
        retry_delivery(failed.pk, actor=cast.zhao.actor, now=NOW)


def test_many_deliveries_come_page_by_page(cast, client):
    people = [make_person(f"人{n}", enterprise=cast.enterprise) for n in range(60)]
    for person in people:
        person.email = "x@example.org"
        person.save()
    notify([p.pk for p in people], PLAIN.name, subject="danger/1", key="k", facts={}, now=NOW, channels=("email",))
    first = page(client, cast.admin, "notices:deliveries").content.decode()
    assert first.count("cell-main") == 50
    older = page(client, cast.admin, "notices:deliveries", before=Delivery.objects.order_by("-pk")[49].pk)
    assert older.content.decode().count("cell-main") == 10
    assert mail.outbox == []


def test_a_switched_off_channel_sends_nothing_and_says_why(cast, gateways, client):
    setting(cast)
    cast.wang.person.phone = "138"
    cast.wang.person.save()
    tell(cast.wang.actor, channels=("sms",), now=NOW)
    setting(cast, is_on=False, version=1)
    assert deliver_due(NOW) == 0
    assert gateways.sms.taken == []
    assert "The channel is not used here." in page(client, cast.admin, "notices:deliveries").content.decode()
