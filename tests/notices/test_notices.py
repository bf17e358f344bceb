"""Notices: told once, sent at least once, read in the reader's language, received."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from zhiben.clocks.public import health
from zhiben.kernel.actor import SYSTEM, Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Conflict, NotFound
from zhiben.kernel.ids import uuid7
from zhiben.notices.channels import CHANNELS
from zhiben.notices.channels.letter import Delayed
from zhiben.notices.domain.kinds import KINDS, WAITS, NoticeKind, register_notice
from zhiben.notices.models import Delivery, Message, Receipt
from zhiben.notices.public import (
    deliveries_of,
    forget_person,
    mark_read,
    notices_for,
    notify,
    receipts_of,
    retry_delivery,
    take_receipt,
    unread_for,
)
from zhiben.notices.services.receiving import Reader
from zhiben.notices.services.sending import LEASE, deliver_due
from zhiben.orgs.models import Account, Person

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
FACTS = {"site": {"zh": "一号仓库", "en": "Warehouse 1"}, "day": "2026-12-01"}


@pytest.fixture(autouse=True)
def kind():
    made = NoticeKind(
        "test:due",
        Bilingual("隐患即将到期", "A danger is due soon"),
        Bilingual("{site}的隐患须于{day}前整改。", "The danger at {site} must be rectified by {day}."),
    )
    KINDS.pop(made.name, None)
    yield register_notice(made)
    del KINDS[made.name]


def make_person(name, email="", language="zh-hans"):
    person = Person.objects.create(name=name, email=email)
    account = Account.objects.create(username=name, person=person, language=language)
    return Actor(id=account.pk, label=name, person=person.pk)


def tell(*actors, key="danger/1:due", now=NOW):
    return notify([a.person for a in actors], "test:due", subject="danger/1", key=key, facts=FACTS, now=now)


def test_the_same_key_tells_each_person_once():
    wang, li = make_person("wang"), make_person("li")
    assert tell(wang) == 1
    assert tell(wang, li) == 1
    assert tell(wang, li) == 0
    assert (unread_for(wang), unread_for(li)) == (1, 1)


def test_a_notice_is_read_in_the_readers_language():
    wang = make_person("wang")
    tell(wang)
    (chinese,) = notices_for(wang, language="zh-hans")
    (english,) = notices_for(wang, language="en")
    assert (chinese.title, chinese.body) == ("隐患即将到期", "一号仓库的隐患须于2026-12-01前整改。")
    assert english.body == "The danger at Warehouse 1 must be rectified by 2026-12-01."


def test_mail_goes_out_once_in_the_receivers_language_with_its_key():
    tell(make_person("smith", "smith@example.org", "en"))
    assert deliver_due(NOW) == 1
    assert deliver_due(NOW + timedelta(days=1)) == 0
    (sent,) = mail.outbox
    assert sent.subject == "A danger is due soon"
    assert sent.to == ["smith <smith@example.org>"]
    row = Delivery.objects.get(channel="email")
    assert (row.state, row.provider_id) == ("sent", sent.extra_headers["Message-ID"])
    assert str(row.message_id) in row.provider_id


def test_who_has_no_address_is_skipped_with_the_reason():
    tell(make_person("wang"))
    assert deliver_due(NOW) == 0
    assert [(d.channel, d.state, d.error) for d in deliveries_of("danger/1")] == [
        ("program", "sent", ""),
        ("email", "skipped", "notice:no-address"),
    ]


def test_a_killed_worker_leaves_a_letter_that_is_sent_again_under_the_same_key(monkeypatch):
    tell(make_person("wang", "wang@example.org"))
    number = {}

    def killed(letter):
        number["first"] = letter.key
        raise KeyboardInterrupt

    monkeypatch.setattr(CHANNELS["email"], "send", killed)
    with pytest.raises(KeyboardInterrupt):
        deliver_due(NOW)
    monkeypatch.undo()
    assert deliver_due(NOW + timedelta(seconds=1)) == 0  # the lease holds
    assert deliver_due(NOW + LEASE) == 1
    assert number["first"] in mail.outbox[0].extra_headers["Message-ID"]


def test_a_mail_server_that_is_down_is_tried_again_and_given_up_visibly(monkeypatch):
    tell(make_person("wang", "wang@example.org"))

    def down(letter):
        raise Delayed("ConnectionRefusedError: no answer")

    monkeypatch.setattr(CHANNELS["email"], "send", down)
    at = NOW
    for pause in WAITS:
        assert deliver_due(at) == 0
        assert Delivery.objects.get(channel="email").next_at == at + pause
        at += pause
    deliver_due(at)
    row = Delivery.objects.get(channel="email")
    assert (row.state, row.next_at, row.error) == ("failed", None, "ConnectionRefusedError: no answer")
    assert [(t.code, t.error) for t in health(at).troubles if t.code.startswith("notice:")] == [
        ("notice:not-sent", "ConnectionRefusedError: no answer")
    ]
    monkeypatch.undo()
    retry_delivery(row.pk, actor=SYSTEM, now=at)
    assert deliver_due(at) == 1
    with pytest.raises(Conflict, match="notice:not-given-up"):
        retry_delivery(row.pk, actor=SYSTEM, now=at)


def test_reading_gives_one_receipt():
    wang = make_person("wang")
    tell(wang)
    (notice,) = notices_for(wang, language="en", unread=True)
    assert mark_read([notice.id], actor=wang, now=NOW) == 1
    assert mark_read([notice.id], actor=wang, now=NOW + timedelta(hours=1)) == 0
    (receipt,) = receipts_of("danger/1")
    assert (receipt.person_id, receipt.channel, receipt.at, receipt.proxy_by) == (wang.person, "program", NOW, None)
    assert unread_for(wang) == 0


def test_nobody_reads_the_notices_of_others():
    wang, zhang = make_person("wang"), make_person("zhang")
    tell(wang)
    message = Message.objects.get()
    for stranger in (zhang, Actor(id=None, label="")):
        with pytest.raises(NotFound, match="notice:not-found"):
            mark_read([message.pk], actor=stranger, now=NOW)
    assert not Receipt.objects.exists()


def test_a_proxy_who_takes_a_notice_on_paper_is_named():
    wang, li = make_person("wang"), make_person("li")
    tell(wang)
    message = Message.objects.get()
    take_receipt(message.pk, channel="paper", actor=li, now=NOW, reader=Reader(person=li.person), note="at the gate")
    (receipt,) = receipts_of("danger/1")
    assert (receipt.channel, receipt.proxy_by_id, receipt.note) == ("paper", li.person, "at the gate")
    with pytest.raises(Conflict, match="notice:already-received"):
        take_receipt(message.pk, channel="paper", actor=li, now=NOW)


def test_a_person_whose_data_are_shredded_is_told_no_more_and_the_words_are_gone():
    wang = make_person("wang", "wang@example.org")
    tell(wang)
    assert forget_person(wang.person) == 1
    assert deliver_due(NOW) == 0
    assert mail.outbox == []
    (left,) = notices_for(wang, language="en")
    assert left.body == "The danger at — must be rectified by —."


def test_both_languages_of_a_kind_must_name_the_same_facts():
    with pytest.raises(TypeError):
        register_notice(NoticeKind("test:odd", Bilingual("{a}", "{b}"), Bilingual("", "")))
    KINDS.pop("test:odd", None)


def test_an_unknown_kind_or_channel_is_our_mistake():
    wang = make_person("wang")
    for kind, channels in (("test:unknown", ("program",)), ("test:due", ("pigeon",))):
        with pytest.raises(TypeError):
            notify([wang.person], kind, subject="x/1", key="k", facts={}, now=NOW, channels=channels)


def test_a_receipt_of_no_message_is_not_found():
    with pytest.raises(NotFound, match="notice:not-found"):
        take_receipt(uuid7(), channel="paper", actor=make_person("wang"), now=NOW)
