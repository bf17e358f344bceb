"""The notice of a major danger as a numbered document: signed with the print, served by the receipt."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from letters import stored
from make import NOW, make_person
from stories import confirmed, fresh, step

from zhiben.dangers.models import NoticePaper
from zhiben.dangers.selectors.notice_papers import paper_of_notice
from zhiben.dangers.services.notice_papers import issue_notice
from zhiben.dangers.services.receipts import note_receipt, print_notice
from zhiben.documents import pdf
from zhiben.documents.domain.kinds import DocumentState
from zhiben.documents.models import Document, ServiceRecord
from zhiben.documents.public import withdraw_document
from zhiben.journal.public import run_consumers
from zhiben.kernel.errors import Conflict, NotAllowed, NotFound
from zhiben.notices.models import Message, Slip
from zhiben.notices.public import confirm_slip

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def major(cast):
    cache.clear()
    cast.enterprise.controller = make_person("钱实控", enterprise=cast.enterprise)
    cast.enterprise.save()
    return confirmed(cast, "major")


@pytest.fixture
def message(major):
    return Message.objects.get(person__name="钱实控", kind="danger:major")


def issued(cast, danger, message, by=None, now=NOW):
    return stored(issue_notice(danger.pk, message.pk, actor=(by or cast.zhao).actor, now=now))


def test_it_is_signed_numbered_and_names_whom_it_is_for_in_which_role(cast, major, message):
    document = issued(cast, major, message)
    assert document.number.endswith("告〔2026〕1号")
    assert (document.recipient, document.kind) == ("钱实控", "notice:major")
    assert "告知你（实际控制人）" in document.text["zh"]["blocks"][0]["text"]
    assert "actual controller" in document.text["en"]["blocks"][0]["text"]


def test_printed_again_it_is_the_same_document_with_another_code(cast, major, message, client):
    client.force_login(cast.zhao.account)
    address = reverse("dangers:told-print", args=[major.pk, message.pk])
    first, again = client.post(address), client.post(address)
    assert first.content.startswith(b"%PDF")
    assert again["Content-Disposition"].startswith("attachment")
    assert "no-store" in again["Cache-Control"]
    assert (Document.unscoped.count(), Slip.objects.count()) == (1, 2)


def test_the_code_stands_below_and_is_no_part_of_what_was_signed(cast, major, message, client, monkeypatch):
    drawn = []
    monkeypatch.setattr("zhiben.documents.selectors.rendering.draw_pdf", lambda flows: drawn.extend(flows) or b"%PDF")
    client.force_login(cast.zhao.account)
    client.post(reverse("dangers:told-print", args=[major.pk, message.pk]))
    (flow,) = drawn
    assert flow["slip"]["code"].startswith("<svg")
    assert "/r/" in flow["slip"]["address"]
    assert "slip" not in json.dumps(stored(Document.unscoped.get().pk).text)
    assert pdf.draw_pdf([flow]).startswith(b"%PDF")


def test_a_receipt_is_recorded_as_service(cast, major, message):
    document = issued(cast, major, message)
    given = {"channel": "by_hand", "name": "孙门卫", "relation": "colleague", "note": "门卫室"}
    note_receipt(major.pk, message.pk, **given, actor=cast.zhao.actor, now=NOW + HOUR)
    run_consumers(now=NOW + HOUR)
    (record,) = ServiceRecord.objects.all()
    assert (record.person, record.proxy_for, record.channel) == ("孙门卫", "钱实控", "hand")
    assert stored(document.pk).state == DocumentState.SERVED


def test_a_receipt_by_the_code_is_service_by_the_code(cast, major, message):
    document = issued(cast, major, message)
    token = print_notice(major.pk, message.pk, actor=cast.zhao.actor, now=NOW).token
    confirm_slip(token, name="钱实控", relation="self", now=NOW + HOUR)
    run_consumers(now=NOW + HOUR)
    assert (ServiceRecord.objects.get().channel, stored(document.pk).state) == ("qr", DocumentState.SERVED)


def test_a_withdrawn_notice_gives_way_to_a_new_one(cast, major, message):
    first = issued(cast, major, message)
    withdraw_document(first.pk, reason="姓名有误", actor=cast.zhao.actor, now=NOW)
    assert paper_of_notice(major, message) is None
    second = issued(cast, major, message)
    assert second.number.endswith("2号")
    assert NoticePaper.objects.get().document == second.pk


def test_an_enterprise_signs_no_notice_and_prints_a_slip(cast, major, message, client):
    with pytest.raises(NotAllowed, match="danger:notice-by-department"):
        issued(cast, major, message, by=cast.wang)
    with pytest.raises(NotFound):
        issued(cast, major, message, by=cast.zhang)
    client.force_login(cast.wang.account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = client.get(reverse("dangers:told", args=[major.pk, message.pk])).text
    assert "Print a slip with a code" in page
    assert "<svg" in client.post(reverse("dangers:told-print", args=[major.pk, message.pk])).text
    issued(cast, major, message)
    assert "告〔2026〕1号" in client.get(reverse("dangers:told", args=[major.pk, message.pk])).text
    assert client.post(reverse("dangers:told-print", args=[major.pk, message.pk])).content.startswith(b"%PDF")


def test_of_a_danger_that_is_closed_no_notice_is_signed(cast, major, message):
    step(major, "propose_void", cast.wang)
    step(fresh(major.pk), "void", cast.zhao)
    with pytest.raises(Conflict, match="danger:notice-of-closed"):
        issued(cast, fresh(major.pk), message)


def test_the_notice_of_a_stop_says_that_production_is_stopped(cast, major):
    danger = step(
        major, "stop_order", cast.zhao, owner=cast.gong.person.pk, due_on=NOW.date() + timedelta(20),
        order="停〔2026〕2号", scope="1号线",
    )  # fmt: skip
    message = Message.objects.get(person__name="钱实控", kind="danger:stop-ordered")
    document = issued(cast, fresh(danger.pk), message)
    assert any("停产整治" in block.get("text", "") for block in document.text["zh"]["blocks"])
