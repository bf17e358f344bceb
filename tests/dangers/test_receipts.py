"""A major danger's notice reaches heads, workers' delegates and supervisors; who read it, for whom, and what remains."""

import re
from datetime import timedelta

import pytest
from callers import Caller
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from make import NOW, appoint, make_person
from stage import world
from stories import awaiting, codes, confirmed, ordered, photo, reported, step

from zhiben.dangers.selectors.receipts import told_of
from zhiben.dangers.services.addressing import gaps_of
from zhiben.dangers.services.receipts import note_nobody_met, note_receipt, print_notice
from zhiben.journal.selectors.reading import history
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.notices.models import Delivery, HandOver, Message, Receipt, Slip
from zhiben.notices.public import confirm_slip, hand_overs_for, mark_read, notices_for
from zhiben.notices.services.routing import go_on
from zhiben.notices.web import slips

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@world
def major(cast):
    """A major danger; principal and actual controller are two, one has no account; a worker speaks for the others."""
    cast.enterprise.controller = make_person("钱实控", enterprise=cast.enterprise)
    cast.enterprise.save()
    appoint(cast.gong.person, cast.site, "worker_delegate")
    return confirmed(cast, "major")


def message_to(person):
    return Message.objects.get(person=person, kind="danger:major")


def test_heads_delegates_and_the_department_are_told_each_in_their_role(cast, major):
    told = {message.person.name: message for message in Message.objects.filter(kind="danger:major")}
    roles = {name: (message.roles, message.circle.partition(":")[0]) for name, message in told.items()}
    assert roles == {
        "周总": (["principal"], ""),
        "钱实控": (["controller"], ""),
        "龚工": (["delegate"], "congress"),
        "李检查": (["officer"], "department"),
        "赵监管": (["officer"], "department"),
    }
    visited = {name for name, message in told.items() if message.hand_department_id == cast.department.pk}
    assert visited == {"周总", "钱实控", "龚工"}  # nobody of the department goes to their own colleagues
    assert gaps_of(major, NOW) == []


def test_who_is_head_twice_is_told_once_with_both_roles(cast):
    confirmed(cast, "major")
    assert message_to(cast.zhou.person).roles == ["principal", "controller"]


def test_a_department_whose_own_officer_set_the_level_needs_no_notice(cast):
    danger = ordered(cast, "major")
    assert not Message.objects.filter(kind="danger:major", person__department=cast.department).exists()
    assert message_to(cast.zhou.person).hand_officer == cast.li.person
    assert danger.level == "major"


def test_a_missing_delegate_is_shown_as_a_gap(cast):
    danger = confirmed(cast, "major")
    assert [(gap.role, gap.enterprise) for gap in gaps_of(danger, NOW)] == [("delegate", cast.enterprise)]


def test_the_page_shows_who_was_told_by_what_and_what_remains(cast, client, major):
    (notice,) = notices_for(cast.zhao.actor, language="en")[:1]
    mark_read([notice.id], actor=cast.zhao.actor, now=NOW + HOUR)
    told = {one.people[0]: one for one in told_of(cast.wang.actor, major)}
    assert told["李检查"].is_circle
    assert [got.person for got in told["李检查"].got] == ["赵监管"]
    assert (told["钱实控"].next_channel, told["钱实控"].next_at) == ("sms", NOW + 4 * HOUR)
    client.force_login(cast.li.account)
    page = client.get(reverse("dangers:detail", args=[major.pk]), headers={"accept-language": "en"}).content.decode()
    assert "3 not confirmed" in page
    assert "Text message at" not in page
    assert "text message at 2026-03-02 13:00, if not read before" in page
    assert "The person has no account." in page
    client.force_login(cast.gong.account)
    assert "not confirmed" not in client.get(reverse("dangers:detail", args=[major.pk])).content.decode()


def test_a_danger_that_is_no_longer_major_bothers_nobody_any_more(cast, major):
    step(major, "change_level", cast.wang, level="general")
    assert go_on(NOW + 99 * HOUR) == 0
    assert told_of(cast.wang.actor, major)[0].next_at is None


def test_signed_off_the_notices_end_and_the_workers_are_told_the_result(cast):
    appoint(cast.gong.person, cast.site, "worker_delegate")
    danger = awaiting(cast, "major", is_ordered=True)
    proofs = (photo(danger, "photo_before"), photo(danger, "photo_after"))
    people = (cast.li.person.pk, cast.zhao.person.pk)
    step(danger, "sign_off", cast.zhao, on_site=True, officers=people, proofs=proofs)
    results = Message.objects.filter(kind="danger:result")
    assert {message.person.name for message in results} == {"王安全", "周总", "龚工"}
    by_mail = Delivery.objects.filter(message__in=results, channel="email")
    assert [row.message.person.name for row in by_mail] == ["龚工"]
    assert not Message.objects.filter(next_at__isnull=False).exists()
    assert "2026-03-02" in notices_for(cast.gong.actor, language="zh-hans")[0].body


def test_a_reopened_major_danger_is_told_anew(cast):
    danger = awaiting(cast, "major", is_ordered=True)
    proofs = (photo(danger, "photo_before"), photo(danger, "photo_after"))
    people = (cast.li.person.pk, cast.zhao.person.pk)
    danger = step(danger, "sign_off", cast.zhao, on_site=True, officers=people, proofs=proofs)
    step(danger, "reopen", cast.zhao, now=NOW + HOUR)
    assert Message.objects.filter(kind="danger:major", person=cast.zhou.person).count() == 2


# --- handed over


def handed(cast, danger, by=None, **given):
    given = {"channel": "by_hand", "name": "钱实控", "relation": "self"} | given
    message = Message.objects.get(person__name="钱实控", kind="danger:major")
    actor = (by or cast.zhao).actor
    note_receipt(danger.pk, message.pk, **given, actor=actor, now=NOW + 30 * HOUR)
    return Receipt.objects.get()


def to_the_end(danger):
    for hour in (4, 8, 24):
        go_on(NOW + hour * HOUR)


def test_at_last_somebody_is_asked_to_go_there_and_what_came_of_it_is_on_record(cast, major):
    to_the_end(major)
    tasks = hand_overs_for(cast.zhao.actor, language="en")
    assert {task.person for task in tasks} == {"周总", "钱实控", "龚工"}
    assert hand_overs_for(cast.zhang.actor, language="en") == []
    assert hand_overs_for(cast.wang.actor, language="en") == []
    message = Message.objects.get(person__name="钱实控")
    note_nobody_met(major.pk, message.pk, note="门锁着", actor=cast.zhao.actor, now=NOW + 25 * HOUR)
    assert HandOver.objects.get(message=message).tries == 1
    receipt = handed(cast, major, name="孙门卫", relation="colleague", note="交给门卫")
    assert (receipt.person.name, receipt.channel, receipt.proxy_name, receipt.relation) == (
        "钱实控",
        "by_hand",
        "孙门卫",
        "colleague",
    )
    assert receipt.is_by_proxy
    assert "钱实控" not in {task.person for task in hand_overs_for(cast.zhao.actor, language="en")}
    with pytest.raises(Conflict, match="notice:not-to-hand-over"):
        note_nobody_met(major.pk, message.pk, actor=cast.zhao.actor, now=NOW)
    assert codes(major)[-2:] == ["hand-over:tried", "notice:received"]
    body = history(f"danger/{major.pk}")[-1].body
    assert (body["proxy_name"], body["relation"]) == ("孙门卫", "colleague")


def test_the_danger_page_of_an_officer_who_left_goes_to_the_colleagues(cast):
    danger = ordered(cast, "major")
    to_the_end(danger)
    assert [task.person for task in hand_overs_for(cast.zhao.actor, language="en")] == []
    assert [task.person for task in hand_overs_for(cast.li.actor, language="en")] == ["周总"]
    cast.li.person.department = cast.other_department
    cast.li.person.save()
    assert [task.person for task in hand_overs_for(cast.zhao.actor, language="en")] == ["周总"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"channel": "pigeon"}, "notice:needs-channel"),
        ({"name": " "}, "notice:needs-reader"),
        ({"relation": ""}, "notice:needs-relation"),
        ({"name": "孙门卫"}, "notice:name-differs"),
        ({"relation": "family"}, "notice:relation-differs"),
    ],
)
def test_a_receipt_that_does_not_say_who_and_how_is_refused(cast, major, given, code):
    with pytest.raises(Invalid, match=code):
        handed(cast, major, **given)


def test_only_who_may_hand_over_notes_receipts_and_only_of_this_danger(cast, major):
    with pytest.raises(NotFound, match="danger:not-found"):
        handed(cast, major, by=cast.zhang)
    for player in (cast.gong, cast.zhou):
        with pytest.raises(NotAllowed):
            handed(cast, major, by=player)
    other = reported(cast, description="另一处")
    with pytest.raises(NotFound, match="notice:not-found"):
        handed(cast, other)


def test_the_page_of_a_notice_takes_the_receipt_and_keeps_what_was_typed(cast, client, major):
    message = Message.objects.get(person__name="钱实控")
    client.force_login(cast.zhao.account)
    page = reverse("dangers:told", args=[major.pk, message.pk])
    given = {"channel": "paper", "name": "孙门卫", "relation": "self", "note": "门卫室"}
    refused = client.post(f"{page}receipt/", given, headers={"accept-language": "en"})
    assert refused.status_code == 422
    assert 'value="门卫室"' in refused.content.decode()
    assert "The notice is for somebody of another name." in refused.content.decode()
    assert client.post(f"{page}receipt/", given | {"relation": "colleague"}).url == page
    assert "confirmed" in client.get(page, headers={"accept-language": "en"}).content.decode()
    to_the_end(major)
    zhou = reverse("dangers:told", args=[major.pk, message_to(cast.zhou.person).pk])
    today = client.get(reverse("shell:today"), headers={"accept-language": "en"}).content.decode()
    assert "Hand a notice over in person" in today
    assert zhou in today
    client.post(f"{zhou}missed/", {"note": "无人"})
    assert "1 time nobody met" in client.get(zhou, headers={"accept-language": "en"}).content.decode()


@pytest.mark.parametrize("door", ["told", "told-receipt", "told-missed", "told-print"])
def test_strangers_cannot_tell_a_notice_exists(cast, client, major, door):
    message = Message.objects.get(person__name="钱实控")
    address = reverse(f"dangers:{door}", args=[major.pk, message.pk])
    for player, status in ((cast.zhang, 404), (cast.gong, 404)):
        client.force_login(player.account)
        answer = client.get(address) if door == "told" else client.post(address)
        assert answer.status_code == status
    client.force_login(cast.zhao.account)
    elsewhere = address.replace(str(major.pk), str(reported(cast, description="另一处").pk), 1)
    assert (client.get(elsewhere) if door == "told" else client.post(elsewhere)).status_code == 404


def test_a_program_reads_who_was_told_and_notes_a_receipt(cast, major):
    zhao, stranger, worker = Caller(cast.zhao), Caller(cast.zhang), Caller(cast.gong)
    told = {one["people"][0]: one for one in zhao.get(f"/dangers/{major.pk}/notices").json()}
    assert told["钱实控"]["roles"] == ["controller"]
    assert (told["钱实控"]["next_channel"], told["钱实控"]["receipts"]) == ("sms", [])
    assert worker.get(f"/dangers/{major.pk}/notices").json() == []
    assert stranger.get(f"/dangers/{major.pk}/notices").status_code == 404
    path = f"/dangers/{major.pk}/notices/{told['钱实控']['id']}/receipts"
    body = {"channel": "paper", "name": "孙门卫", "relation": "colleague"}
    assert stranger.post(path, body).status_code == 404
    assert worker.post(path, body).status_code == 404
    assert zhao.post(path, body | {"relation": "self"}).json()["code"] == "notice:name-differs"
    made = zhao.post(path, body)
    assert (made.status_code, made.json()["receipts"][0]["proxy"]) == (201, "孙门卫")


# --- by the code on paper


@pytest.fixture
def printed(cast, major):
    cache.clear()
    message = Message.objects.get(person__name="钱实控")
    return message, print_notice(major.pk, message.pk, actor=cast.zhao.actor, now=NOW).token


def test_the_named_person_confirms_by_the_code_once(printed, major):
    message, token = printed
    confirm_slip(token, name="钱 实控", relation="self", now=NOW + HOUR)
    receipt = Receipt.objects.get()
    assert (receipt.message, receipt.channel, receipt.is_by_proxy, receipt.noted_by) == (message, "code", False, None)
    with pytest.raises(Conflict, match="notice:code-used"):
        confirm_slip(token, name="钱实控", relation="self", now=NOW + HOUR)
    assert Message.objects.get(pk=message.pk).next_at is None
    assert history(f"danger/{major.pk}")[-1].actor_label == "钱 实控"


def test_the_story_tells_who_got_the_notice_over_what_and_who_read_it_for_them(cast, client, printed, major):
    go_on(NOW + 4 * HOUR)
    confirm_slip(printed[1], name="孙会计", relation="colleague", now=NOW + 5 * HOUR)
    client.force_login(cast.zhao.account)
    page = client.get(reverse("dangers:detail", args=[major.pk]), headers={"accept-language": "en"}).content.decode()
    assert "钱实控 · text message" in page
    assert "钱实控 · by the code on the notice" in page
    assert page.count("read by 孙会计 for them") == 2


def test_somebody_else_is_marked_as_a_proxy(printed):
    confirm_slip(printed[1], name="孙会计", relation="colleague", now=NOW)
    receipt = Receipt.objects.get()
    assert (receipt.proxy_name, receipt.relation, receipt.is_by_proxy) == ("孙会计", "colleague", True)


def test_an_expired_a_used_and_an_unknown_code_say_so(printed, client, cast, major):
    message, token = printed
    address = reverse("slip", args=[token])
    Slip.objects.update(expires_at=NOW)
    expired = client.get(address, headers={"accept-language": "en"})
    assert (expired.status_code, "no longer valid" in expired.content.decode()) == (410, True)
    unknown = client.get(reverse("slip", args=["x" * 32]), headers={"accept-language": "en"})
    assert (unknown.status_code, "not known" in unknown.content.decode()) == (404, True)
    assert "灭火器" not in expired.content.decode()
    with pytest.raises(Conflict, match="notice:code-expired"):
        confirm_slip(token, name="钱实控", relation="self", now=NOW)
    handed(cast, major)
    used = client.get(address, headers={"accept-language": "en"})
    assert (used.status_code, "confirmed already" in used.content.decode()) == (410, True)
    with pytest.raises(Conflict, match="notice:already-received"):
        print_notice(major.pk, message.pk, actor=cast.zhao.actor, now=NOW)


def test_only_the_hash_of_a_token_is_kept(printed, major):
    token = printed[1]
    assert len(token) == 32
    kept = " ".join(str(list(table.objects.values())) for table in (Slip, Message, Delivery))
    assert token not in kept + str([entry.body for entry in history(f"danger/{major.pk}")])


def test_a_reader_without_an_account_walks_from_the_print_to_the_thanks(cast, client, major, caplog):
    cache.clear()
    message = Message.objects.get(person__name="钱实控")
    client.force_login(cast.wang.account)
    paper = client.post(reverse("dangers:told-print", args=[major.pk, message.pk]))
    body = paper.content.decode()
    assert "<svg" in body
    address = re.search(r"http://testserver(/r/[\w-]+/)", body)[1]
    reader = Client(enforce_csrf_checks=True)
    page = reader.get(address, headers={"accept-language": "en"})
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "no-referrer"
    text = page.content.decode()
    assert "钱实控" in text
    assert major.number in text
    typed = {"name": "孙会计", "relation": ""}
    refused = reader.post(address, typed)
    assert (refused.status_code, 'value="孙会计"' in refused.content.decode()) == (422, True)
    assert reader.post(address, typed | {"relation": "family"}).status_code == 200
    assert reader.get(address).status_code == 410
    assert Receipt.objects.get().proxy_name == "孙会计"
    assert address not in caplog.text
    assert "sessionid" not in reader.cookies


def test_who_asks_too_often_is_asked_to_wait(printed, client, monkeypatch):
    monkeypatch.setattr(slips, "MINUTE", 10**7)  # a minute that does not end under a busy machine
    Slip.objects.update(expires_at=NOW + timedelta(days=3650))
    address = reverse("slip", args=[printed[1]])
    answers = [client.get(address).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
    guesses = [client.get(reverse("slip", args=[f"guess-{n}"])).status_code for n in range(101)]
    assert guesses == [404] * 100 + [429]


def test_the_print_bears_nothing_of_the_danger_that_the_page_behind_the_code_adds(cast, printed, client, major):
    Slip.objects.update(expires_at=NOW + timedelta(days=3650))
    page = client.get(reverse("slip", args=[printed[1]])).content.decode()
    assert major.number in page
    assert str(cast.site.name) not in page
    assert "/dangers/" not in page


def test_readers_behind_one_proxy_are_counted_apart(cast, client, settings):
    cache.clear()
    settings.TRUSTED_PROXIES = 1
    address = reverse("slip", args=["x" * 32])
    busy = [client.get(f"{address[:-3]}{n:02}/", headers={"x-forwarded-for": "1.2.3.4"}) for n in range(100)]
    assert {answer.status_code for answer in busy} == {404}
    others = [client.get(f"{address[:-4]}{n:03}/", headers={"x-forwarded-for": "5.6.7.8"}) for n in range(100)]
    assert {answer.status_code for answer in others} == {404}
