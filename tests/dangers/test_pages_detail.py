"""The page of a danger: its next steps as buttons, its forms, what it tells and to whom."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from make import NOW
from PIL import Image
from stories import awaiting, confirmed, fresh, ordered, rectifying, reported, step

from zhiben.dangers.domain.kinds import EvidenceKind, Level
from zhiben.dangers.models import CandidateClause, Evidence
from zhiben.files.public import files_of
from zhiben.orgs.scope import Scope, scoped

pytestmark = pytest.mark.django_db


def picture(name="照片.jpg"):
    stream = BytesIO()
    Image.new("RGB", (8, 6), (200, 30, 30)).save(stream, "JPEG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/jpeg")


@pytest.fixture
def look(client):
    def looked(player, danger, language="en"):
        client.force_login(player.account)
        return client.get(reverse("dangers:detail", args=[danger.pk]), headers={"accept-language": language})

    return looked


@pytest.fixture
def send(client):
    def sent(player, danger, move, htmx=False, **given):
        client.force_login(player.account)
        headers = {"accept-language": "en", **({"hx-request": "true"} if htmx else {})}
        data = {"version": danger.version, **given}
        return client.post(reverse("dangers:move", args=[danger.pk, move]), data, headers=headers)

    return sent


def test_the_open_steps_are_buttons_and_the_others_say_why_not(cast, look):
    danger = awaiting(cast, "major")
    page = look(cast.wang, danger).content.decode()
    assert 'data-dialog="do-return"' in page
    assert 'data-dialog="do-accept"' not in page
    assert "The danger is major; this way is open only to general ones." in page


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 10**30])
@pytest.mark.parametrize("page", ["detail", "measures", "compare"])
def test_a_number_that_no_row_can_have_is_not_there(cast, client, number, page):
    client.force_login(cast.wang.account)
    assert client.get(reverse(f"dangers:{page}", args=[number])).status_code == 404


def test_a_viewer_sees_everything_and_no_button(cast, look):
    danger = reported(cast, description="配电箱无门")
    page = look(cast.su, danger, "zh-hans").content.decode()
    assert "配电箱无门" in page
    assert "do-confirm" not in page
    assert "没有需要您办理的步骤" in page


def test_a_stranger_is_told_that_there_is_none(cast, look, send):
    danger = reported(cast)
    assert look(cast.zhang, danger).status_code == 404
    assert look(cast.he, danger).status_code == 404
    assert send(cast.zhang, danger, "confirm", level="general").status_code == 404
    assert fresh(danger.pk).state == "registered"


def test_who_may_only_look_may_not_send_either(cast, send):
    danger = reported(cast)
    assert send(cast.su, danger, "confirm", level="general").status_code == 404
    assert fresh(danger.pk).state == "registered"


def test_a_step_is_taken_and_leads_back_to_the_page(cast, send):
    danger = reported(cast)
    answer = send(cast.wang, danger, "confirm", level="general")
    assert (answer.status_code, answer.url) == (302, f"/dangers/{danger.pk}/")
    assert (fresh(danger.pk).state, fresh(danger.pk).level) == ("confirmed", "general")
    answer = send(cast.wang, fresh(danger.pk), "change_level", htmx=True, level="major", reason="面积大")
    assert answer.headers["HX-Redirect"] == f"/dangers/{danger.pk}/"


def test_a_refused_form_comes_back_open_with_what_was_typed(cast, send):
    danger = rectifying(cast)
    answer = send(cast.wang, danger, "change_due", due_on="2020-01-01", reason="厂家发货晚")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The time limit lies in the past." in page
    assert "厂家发货晚" in page
    assert re.search(r'<dialog class="box" id="do-change_due"[^>]* data-open', page)


def test_htmx_gets_only_what_is_wrong_so_that_the_form_keeps_its_files(cast, send):
    danger = rectifying(cast)
    answer = send(cast.wang, danger, "change_due", htmx=True, due_on="", reason="")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<form" not in page
    assert "Last day to rectify" in page
    assert "Reason" in page


def test_whoever_was_slower_is_told_so(cast, send):
    danger = reported(cast)
    step(danger, "confirm", cast.wang, level=Level.GENERAL)
    for htmx in (True, False):
        answer = send(cast.wang, danger, "confirm", htmx=htmx, level="major")
        assert answer.status_code == 409
        assert "Somebody moved the danger after you opened it" in answer.content.decode()
    danger = fresh(danger.pk)
    newer = step(danger, "change_level", cast.wang, level=Level.MAJOR)
    answer = send(cast.wang, danger, "change_level", level="major", reason="x")
    assert answer.status_code in {409, 422}
    assert fresh(danger.pk).version == newer.version


def test_photos_come_with_a_step_and_are_kept_on_the_danger(cast, send, look):
    danger = rectifying(cast)
    answer = send(cast.gong, danger, "submit", report="已更换", photo_after=[picture(), picture("b.jpg")])
    assert answer.status_code == 302
    with scoped(Scope(everything=True)):
        files = files_of(f"danger/{danger.pk}")
    assert [file.purpose for file in files] == ["photo_after", "photo_after"]
    assert set(Evidence.objects.filter(danger=danger).values_list("kind", flat=True)) == {"photo_after"}
    assert str(files[0].id) in look(cast.wang, danger).content.decode()


def test_a_refused_step_keeps_no_file(cast, send):
    danger = rectifying(cast)
    answer = send(cast.gong, danger, "submit", htmx=True, photo_after=[picture()], report="")
    assert answer.status_code == 422
    bad = SimpleUploadedFile("x.jpg", b"<html>", "image/jpeg")
    assert send(cast.gong, danger, "submit", htmx=True, photo_after=[bad], report="好了").status_code == 422
    with scoped(Scope(everything=True)):
        assert files_of(f"danger/{danger.pk}") == []


def test_only_people_of_the_parties_are_offered_as_owner(cast, look):
    page = look(cast.wang, confirmed(cast)).content.decode()
    owners = re.search(r'<select name="owner".*?</select>', page, re.DOTALL)[0]
    assert "龚工" in owners
    assert "何安全" not in owners
    assert "李检查" not in owners


def test_another_person_of_another_enterprise_cannot_be_made_owner(cast, send):
    danger = confirmed(cast)
    due = (timezone.localdate() + timedelta(9)).isoformat()
    answer = send(cast.wang, danger, "assign", htmx=True, owner=cast.he.person.pk, due_on=due)
    assert answer.status_code == 422
    assert fresh(danger.pk).state == "confirmed"


def test_the_plan_is_filled_in_parts_and_its_gap_is_shown(cast, send, look):
    danger = confirmed(cast, "major")
    plan = {"goal": "消除", "measures": "加装", "people": "设备科"}
    assert send(cast.wang, danger, "fill_plan", part_funds=[picture()], **plan).status_code == 302
    page = look(cast.zhao, danger).content.decode()
    assert "0 / 5" in page
    assert "filled, no proof yet" in page
    assert "Funds and goods" in page
    part = Evidence.objects.get(danger=danger)
    assert (part.kind, part.part) == (EvidenceKind.PART, "funds")


def test_a_major_one_shows_who_was_told_and_whether_they_said_so(cast, look):
    danger = confirmed(cast, "major")
    assert "周总" in look(cast.zhao, danger).content.decode()
    assert "none yet" in look(cast.zhao, danger).content.decode()
    assert "Notices with receipts" not in look(cast.gong, danger).content.decode()


def test_each_deadline_names_its_clause_or_says_that_it_is_a_setting(cast, look):
    page = look(cast.wang, ordered(cast), "zh-hans").content.decode()
    assert "责改〔2026〕1号" in page
    assert "系统设置" in look(cast.wang, reported(cast, description="乙"), "zh-hans").content.decode()


def test_a_clause_is_chosen_and_taken_back_by_people_only(cast, client, look):
    danger = reported(cast, description="除尘系统未设置锁气卸灰装置")
    row = CandidateClause.objects.filter(danger=danger).first()
    url = reverse("dangers:clause", args=[danger.pk])
    data = {"standard": row.standard, "clause": row.clause}
    client.force_login(cast.wang.account)
    assert client.post(url, {**data, "answer": "chosen"}).status_code == 302
    row.refresh_from_db()
    assert (row.answer, fresh(danger.pk).level) == ("chosen", "unset")
    assert client.post(url, {**data, "answer": "hm"}).status_code == 404
    assert client.post(url, {"standard": "x", "clause": "y", "answer": "chosen"}).status_code == 404
    assert "chosen" in look(cast.zhao, danger).content.decode()
    for stranger in (cast.zhang, cast.gong):  # another county's; without the permission
        client.force_login(stranger.account)
        assert client.post(url, {**data, "answer": "rejected"}).status_code == 404


def test_the_story_names_people_and_what_they_decided(cast, look):
    danger = rectifying(cast)
    page = look(cast.wang, danger, "zh-hans").content.decode()
    assert re.search(r"指定责任人和期限</b>.*责任人：龚工", page, re.DOTALL)
    assert "王安全" in page


def test_it_reads_in_both_languages(cast, look):
    danger = ordered(cast, "major")
    english, chinese = look(cast.zhao, danger).content.decode(), look(cast.zhao, danger, "zh-hans").content.decode()
    for words in ("Next step", "Five implementations", "What happened", "Deadlines"):
        assert words in english
        assert words not in chinese


def test_the_way_shows_when_each_state_was_reached(cast, look):
    danger = reported(cast)
    step(danger, "confirm", cast.wang, NOW + timedelta(days=3), level=Level.GENERAL)
    page = look(cast.wang, danger).content.decode()
    assert re.search(r"Registered <small>03-02</small>.*Confirmed <small>03-05</small>", page, re.DOTALL)


def test_a_step_that_nothing_can_open_is_not_worth_a_reason(cast, look):
    assert "Withdraw the import" not in look(cast.wang, reported(cast)).content.decode()
