"""Issued documents taken back: numbers stay given, the page and the register say why; templates retired."""

from datetime import timedelta

import pytest
from callers import Caller
from letters import draft, issue, stored
from make import DAY, NOW

from zhiben.documents.domain.kinds import DocumentState
from zhiben.documents.domain.shipped import shipped_source
from zhiben.documents.models import Register
from zhiben.documents.public import documents_of, record_service, render, withdraw_document
from zhiben.documents.selectors.filling import flow_for
from zhiben.documents.selectors.registers import numbers_of, register_for, registers_for
from zhiben.documents.selectors.templates import template_in_force
from zhiben.documents.services.templates import retire_template, save_template, start_template
from zhiben.journal.selectors.reading import history
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
KIND = "order:rectify"
OURS = shipped_source("dangers/rectify")


def withdraw(cast, document, by=None, reason="适用条款有误"):
    withdraw_document(document, reason=reason, actor=(by or cast.zhao).actor, now=NOW)


def out(cast):
    document = draft(cast)
    issue(cast, document)
    return document


def test_a_withdrawn_document_keeps_its_number_and_nobody_else_gets_it(cast):
    one = out(cast)
    withdraw(cast, one)
    assert stored(one).number.endswith("〔2026〕1号")
    assert issue(cast, draft(cast)).endswith("〔2026〕2号")
    assert stored(one).state == DocumentState.WITHDRAWN


def test_it_stays_to_be_read_by_whom_it_reached_marked_on_every_page(cast):
    one = out(cast)
    signed = stored(one).text
    withdraw(cast, one)
    assert [row.state for row in documents_of("danger/1", cast.zhou.actor)] == [DocumentState.WITHDRAWN]
    assert flow_for(stored(one), "zh")["draft"] == "已撤回"
    assert stored(one).text == signed  # what was signed never changes
    assert render(one, form="pdf", language="en").startswith(b"%PDF")


def test_a_withdrawal_needs_a_reason_and_the_issuing_office(cast):
    one = out(cast)
    with pytest.raises(Invalid, match="document:withdrawal-needs-reason"):
        withdraw(cast, one, reason=" ")
    with pytest.raises(NotAllowed):
        withdraw(cast, one, by=cast.zhou)
    with pytest.raises(NotFound):
        withdraw(cast, one, by=cast.zhang)
    cast.li.person.department = cast.other_department
    cast.li.person.save()
    with pytest.raises(NotAllowed, match="document:withdrawn-by-its-office"):
        withdraw(cast, one, by=cast.li)


def test_only_what_is_out_is_withdrawn_and_only_once(cast):
    with pytest.raises(Conflict, match="document:not-out"):
        withdraw(cast, draft(cast))
    one = out(cast)
    withdraw(cast, one)
    with pytest.raises(Conflict, match="document:not-out"):
        withdraw(cast, one)
    with pytest.raises(Conflict, match="document:not-issued"):
        record_service(one, person="周总", channel="hand", day=DAY, note="", actor=cast.zhao.actor, now=NOW)
    assert [entry.code for entry in history(f"document/{one}")][-1] == "document:withdrawn"


def test_the_register_shows_every_number_and_what_was_withdrawn(cast):
    first, second = out(cast), out(cast)
    withdraw(cast, first)
    (row,) = registers_for(cast.zhao.actor)
    assert (row.last, row.seen, row.withdrawn) == (2, 2, 1)
    assert [one.pk for one in numbers_of(cast.zhao.actor, row)] == [second, first]
    assert registers_for(cast.zhang.actor) == []
    with pytest.raises(NotFound, match="register:not-found"):
        register_for(cast.zhang.actor, row.id)


def test_the_pages_withdraw_and_show_it_in_the_register(client, cast):
    one = out(cast)
    client.force_login(cast.zhao.account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "Withdraw the document" in client.get(f"/documents/{one}/").text
    assert client.post(f"/documents/{one}/withdraw/", {"reason": ""}).status_code == 422
    client.post(f"/documents/{one}/withdraw/", {"reason": "收件人有误<b>"})
    page = client.get(f"/documents/{one}/").text
    assert "it holds no more" in page
    assert "收件人有误&lt;b&gt;" in page
    register = f"/documents/registers/{Register.objects.get().pk}/"
    assert register in client.get("/documents/registers/").text
    assert "收件人有误&lt;b&gt;" in client.get(register).text
    assert str(one) in client.get("/documents/?state=withdrawn").text
    client.force_login(cast.zhang.account)
    assert client.get(register).status_code == 404
    assert client.post(f"/documents/{one}/withdraw/", {"reason": "x"}).status_code == 404


def test_the_api_withdraws(cast):
    one = out(cast)
    told = Caller(cast.zhao).post(f"/documents/{one}/withdraw", {"reason": "误"}).json()
    assert (told["state"], told["reason"], told["withdrawn_on"] is not None) == ("withdrawn", "误", True)
    assert Caller(cast.zhang).post(f"/documents/{one}/withdraw", {"reason": "误"}).status_code == 404


def begun(cast, unit, since=DAY):
    row = save_template(unit.pk, KIND, OURS, actor=cast.zhao.actor, now=NOW)
    start_template(row.pk, since, actor=cast.zhao.actor, now=NOW)
    return row


def retire(cast, row, until=DAY, by=None):
    retire_template(row.pk, until, actor=(by or cast.zhao).actor, now=NOW)


def test_a_retired_template_leaves_what_stands_above_and_never_an_older_one(cast):
    first, second = begun(cast, cast.tree.county), begun(cast, cast.tree.county)
    path = cast.tree.county.path
    retire(cast, second, DAY + timedelta(2))
    assert template_in_force(path, KIND, DAY + timedelta(1)) == second
    assert template_in_force(path, KIND, DAY + timedelta(2)) is None
    third = begun(cast, cast.tree.county, DAY + timedelta(3))
    assert template_in_force(path, KIND, DAY + timedelta(3)) == third
    assert first.version == 1


def test_a_version_called_off_before_its_day_leaves_the_one_before(cast):
    first, second = begun(cast, cast.tree.county), begun(cast, cast.tree.county, DAY + timedelta(5))
    retire(cast, second)
    assert template_in_force(cast.tree.county.path, KIND, DAY + timedelta(6)) == first


def test_retiring_is_refused_in_the_past_twice_for_drafts_and_for_strangers(cast):
    row = begun(cast, cast.tree.county)
    with pytest.raises(Invalid, match="template:retired-in-the-past"):
        retire(cast, row, DAY - timedelta(1))
    with pytest.raises(NotFound):
        retire(cast, row, by=cast.zhang)
    newer = save_template(cast.tree.county.pk, KIND, OURS, actor=cast.zhao.actor, now=NOW)
    with pytest.raises(Conflict, match="template:never-in-force"):
        retire(cast, newer)
    start_template(newer.pk, DAY, actor=cast.zhao.actor, now=NOW)
    with pytest.raises(Conflict, match="template:superseded"):
        retire(cast, row)
    retire(cast, newer)
    with pytest.raises(Conflict, match="template:retired-already"):
        retire(cast, newer)


def test_the_page_retires_a_template_and_says_what_holds_then(client, cast):
    row = begun(cast, cast.tree.county)
    client.force_login(cast.zhao.account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    address = f"/documents/templates/{cast.tree.county.pk}/{KIND}/"
    assert client.post(f"/documents/templates/versions/{row.pk}/retire/", {"until": "soon"}).status_code == 422
    client.post(f"/documents/templates/versions/{row.pk}/retire/", {"until": "2126-01-01"})
    assert "retired from 2126-01-01" in client.get(address).text
