"""Pages and API of documents: what is shown to whom, what the buttons do."""

from io import BytesIO

import docx
import pytest
from callers import Caller
from letters import draft, issue, stored
from make import DAY

from zhiben.documents.models import ServiceRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def zhao(client, cast):
    client.force_login(cast.zhao.account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_the_list_shows_drafts_to_the_office_and_issued_ones_to_the_enterprise(zhao, cast, client):
    one = draft(cast)
    assert str(one) in zhao.get("/documents/").text
    client.force_login(cast.zhou.account)
    assert str(one) not in client.get("/documents/").text
    issue(cast, one)
    assert str(one) in client.get("/documents/").text


@pytest.mark.parametrize(
    ("query", "found"), [("state=draft", True), ("state=issued", False), ("q=限期", True), ("q=x", False)]
)
def test_the_list_filters(zhao, cast, query, found):
    one = draft(cast)
    assert (str(one) in zhao.get(f"/documents/?{query}").text) is found


def test_the_page_shows_what_it_says_and_how_it_looks(zhao, cast):
    one = draft(cast)
    page = zhao.get(f"/documents/{one}/?language=en").text
    assert "ordered to rectify it by 2 March 2026" in page
    assert zhao.get(f"/documents/{one}/page/1/").content.startswith(b"\x89PNG")
    assert zhao.get(f"/documents/{one}/page/99/").status_code == 404


def test_it_is_downloaded_as_pdf_and_word_never_shown_inline(zhao, cast):
    one = draft(cast)
    pdf, word = (zhao.get(f"/documents/{one}/file/{form}/") for form in ("pdf", "docx"))
    assert pdf.content.startswith(b"%PDF")
    assert docx.Document(BytesIO(word.content)).tables
    assert all(answer.headers["Content-Disposition"].startswith("attachment") for answer in (pdf, word))
    assert zhao.get(f"/documents/{one}/file/exe/").status_code == 404


def test_it_is_signed_and_served_on_its_page(zhao, cast):
    one = draft(cast)
    assert "Sign and issue" in zhao.get(f"/documents/{one}/").text
    zhao.post(f"/documents/{one}/issue/")
    number = stored(one).number
    assert number.endswith("1号")
    day = stored(one).issued_on
    told = {"person": "周总", "proxy_for": "", "channel": "hand", "day": day.isoformat(), "note": ""}
    assert zhao.post(f"/documents/{one}/serve/", told | {"day": "soon"}).status_code == 422
    zhao.post(f"/documents/{one}/serve/", told)
    assert ServiceRecord.objects.get().person == "周总"
    assert "周总" in zhao.get(f"/documents/{one}/").text


@pytest.mark.parametrize("door", ["issue", "discard", "serve"])
def test_a_stranger_does_nothing_with_it(client, cast, door):
    one, two = draft(cast), draft(cast)
    issue(cast, two)
    told = {"person": "甲", "channel": "hand", "day": DAY.isoformat(), "reason": "重复"}
    client.force_login(cast.zhang.account)
    assert [client.post(f"/documents/{each}/{door}/", told).status_code for each in (one, two)] == [404, 404]


def test_a_draft_is_discarded_on_its_page(zhao, cast):
    one = draft(cast)
    assert zhao.post(f"/documents/{one}/discard/", {"reason": ""}).status_code == 422
    zhao.post(f"/documents/{one}/discard/", {"reason": "重复拟稿"})
    assert "重复拟稿" in zhao.get(f"/documents/{one}/").text


def test_several_drafts_are_signed_or_printed_together(zhao, cast):
    drafts = [str(draft(cast)) for _ in range(3)]
    assert zhao.post("/documents/batch/", {"do": "pdf", "document": drafts}).content.startswith(b"%PDF")
    zhao.post("/documents/batch/", {"do": "issue", "document": drafts})
    assert sorted(stored(one).number[-2:] for one in drafts) == ["1号", "2号", "3号"]
    assert zhao.post("/documents/batch/", {"do": "pdf"}).status_code == 422
    assert zhao.post("/documents/batch/", {"do": "pdf", "document": drafts * 20}).status_code == 422


def test_the_api_lists_reads_and_downloads(cast):
    one, two = draft(cast), draft(cast)
    issue(cast, two)
    api = Caller(cast.zhao)
    first = api.get("/documents", limit=1).json()
    assert [row["id"] for row in first["items"]] == [str(two)]
    assert [row["id"] for row in api.get("/documents", after=first["next"]).json()["items"]] == [str(one)]
    assert [row["id"] for row in api.get("/documents", state="issued").json()["items"]] == [str(two)]
    assert len(api.get(f"/documents/{two}").json()["signature"]["digest"]) == 64
    assert api.get(f"/documents/{one}").json()["signature"] is None
    assert api.get(f"/documents/{one}/file", form="docx").content.startswith(b"PK")
    assert api.get("/documents", after="x").status_code == 422
    assert Caller(cast.zhou).get(f"/documents/{one}").status_code == 404


def test_chosen_drafts_are_signed_only_after_being_asked(zhao, cast):
    draft(cast)
    page = zhao.get("/documents/").text
    assert 'data-dialog="sign"' in page
    assert "All of them are signed, or none." in page


def test_the_api_signs_serves_and_discards(cast):
    one, two = draft(cast), draft(cast)
    api = Caller(cast.zhao)
    issued = api.post(f"/documents/{one}/issue").json()
    assert issued["number"].endswith("1号")
    told = {"person": "周总", "channel": "hand", "day": issued["issued_on"]}
    served = api.post(f"/documents/{one}/services", told)
    assert served.status_code == 201
    assert (served.json()["state"], served.json()["services"][0]["person"]) == ("served", "周总")
    assert api.post(f"/documents/{one}/services", told | {"channel": "pigeon"}).status_code == 422
    assert api.post(f"/documents/{one}/discard", {"reason": "误"}).status_code == 409
    assert api.post(f"/documents/{two}/discard", {"reason": "误"}).json()["state"] == "discarded"
    stranger = Caller(cast.zhang)
    assert stranger.post(f"/documents/{one}/services", told).status_code == 404
