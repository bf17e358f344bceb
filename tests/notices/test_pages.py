"""Messages on screen: counted in the bell, read in both languages, receipts by a press."""

import pytest
from django.urls import reverse
from make import NOW

from zhiben.kernel.bilingual import Bilingual
from zhiben.notices.domain.kinds import KINDS, NoticeKind
from zhiben.notices.models import Message, Receipt
from zhiben.notices.public import notify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kind():
    made = NoticeKind(
        "test:due", Bilingual("即将到期", "Due soon"), Bilingual("{day}前整改", "Rectify by {day}"), page="clocks:job"
    )
    KINDS[made.name] = made
    yield made
    del KINDS[made.name]


@pytest.fixture
def told(cast):
    facts = {"day": "<b>2026-03-09</b>"}
    job = "job/0193a1b2-0000-7000-8000-000000000001"
    notify([cast.wang.person.pk, cast.li.person.pk], "test:due", subject=job, key="k", facts=facts, now=NOW)
    return Message.objects.get(person=cast.wang.person)


def page(client, player, query="", language="en"):
    client.force_login(player.account)
    answer = client.get(reverse("notices:list") + query, headers={"accept-language": language})
    return answer.content.decode()


def test_a_message_is_shown_in_both_languages_and_its_facts_stay_text(client, cast, told):
    english, chinese = page(client, cast.wang), page(client, cast.wang, language="zh-hans")
    assert "Due soon" in english
    assert "&lt;b&gt;2026-03-09" in english
    assert "1 unread message" in english
    assert "即将到期" in chinese
    assert "/jobs/0193a1b2-0000-7000-8000-000000000001/" in english


def test_a_press_gives_the_receipt_and_the_bell_falls_silent(client, cast, told):
    client.force_login(cast.wang.account)
    client.post(reverse("notices:read"), {"message": [str(told.pk)]})
    assert Receipt.objects.get().person == cast.wang.person
    assert "unread message" not in page(client, cast.wang)
    assert "Due soon" not in page(client, cast.wang)
    assert "Due soon" in page(client, cast.wang, "?show=all")


@pytest.mark.parametrize("text", ["nonsense", "0193a1b2-0000-7000-8000-00000000000f"])
def test_what_is_not_ones_own_is_not_found(client, cast, told, text):
    client.force_login(cast.zhang.account)
    for message in (text, str(told.pk)):
        assert client.post(reverse("notices:read"), {"message": [message]}).status_code == 404
    assert not Receipt.objects.exists()
