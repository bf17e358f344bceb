"""A region's packs as files: what goes out comes in the same, and what is wrong comes back in its cell."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from make import NOW
from stage import world

from zhiben.exchange.services.packs import _written, pack_workbook, read_pack_workbook
from zhiben.files.models import StoredFile
from zhiben.kernel.errors import NotFound
from zhiben.law import store
from zhiben.law.pack_texts import check
from zhiben.standards.domain.pack_sheets import from_sheets, to_sheets
from zhiben.standards.models import PackVersion
from zhiben.standards.pack_starts import STARTS
from zhiben.standards.services.packs import start_pack

SLUG = "county-extra"
TEXT = STARTS["standards"].replace("{slug}", SLUG)
FULL = ("gongmao-2023", "fire-2017", "noncoal-2022")  # with groups, composites, examples, tables


@pytest.fixture(autouse=True)
def now(monkeypatch, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@world
def draft(cast):
    return start_pack(cast.tree.county, "standards", SLUG, TEXT, actor=cast.zhao.actor, now=NOW)


def at(name, *args):
    return reverse(f"exchange:{name}", args=args)


@pytest.mark.parametrize("name", list(store.documents("standards")))
def test_every_pack_shipped_is_the_same_as_sheets(name):
    document = store.documents("standards")[name]
    sheets = [
        (one.name, [(1, one.headings), *((line, row) for line, row in enumerate(one.rows, start=2))])
        for one in to_sheets("standards", document)
    ]
    taken = from_sheets("standards", sheets)
    assert taken.wrong == []
    assert taken.document == document


@pytest.mark.parametrize("name", FULL)
def test_a_workbook_comes_in_as_it_went_out(name, tmp_path):
    document = store.documents("standards")[name]
    path = tmp_path / "pack.xlsx"
    path.write_bytes(_written(to_sheets("standards", document)))
    read = read_pack_workbook(path, name, "standards")
    assert check("standards", read.text).document == document


def test_key_items_too(tmp_path):
    document = check("key_items", STARTS["key_items"].replace("{slug}", "looks")).document
    path = tmp_path / "pack.xlsx"
    path.write_bytes(_written(to_sheets("key_items", document)))
    read = read_pack_workbook(path, "looks", "key_items")
    assert (read.problems, check("key_items", read.text).document) == ((), document)


def uploaded(content, name="pack.xlsx"):
    return SimpleUploadedFile(name, content)


def changed(content, sheet, cell, value):
    book = openpyxl.load_workbook(BytesIO(content))
    book[sheet][cell] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.django_db
def test_yaml_comes_in_byte_by_byte(client, cast, draft):
    text = TEXT.replace("\n", "\r\n") + "# 尾\r\n"
    client.force_login(cast.zhao.account)
    answer = client.post(at("pack-upload", SLUG), {"file": uploaded(text.encode(), "a.yaml"), "seen": 1})
    assert answer.url == reverse("standards:pack-edit", args=[SLUG])
    out = client.get(reverse("standards:pack-text", args=[SLUG, 1])).content
    assert out == text.encode()
    client.post(at("pack-upload", SLUG), {"file": uploaded(out, "a.yaml"), "seen": 2})
    assert client.get(reverse("standards:pack-text", args=[SLUG, 1])).content == out


@pytest.mark.django_db
def test_a_workbook_goes_out_and_in_on_pages(client, cast, draft):
    client.force_login(cast.zhao.account)
    content = client.get(at("pack-file", SLUG, 1)).content
    assert client.post(at("pack-upload", SLUG), {"file": uploaded(content), "seen": 1}).status_code == 302
    row = PackVersion.objects.get()
    assert (row.changes, check("standards", row.text).document) == (2, check("standards", TEXT).document)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("条款 clauses", "H2"), "special_ops_uncertified_count >", "cannot be read"),
        (("条款 clauses", "F2"), "maybe", "needs one of facts"),
        (("示例 examples", "E3"), 0, "absent found"),
        (("条款 clauses", "B1"), "颜色 colour", "no column colour"),
        (("标准包 pack", "B10"), "moon", "no industry moon"),
    ],
)
def test_what_is_wrong_comes_back_in_its_cell(client, cast, draft, place, value, said):  # noqa: PLR0917
    sheet, cell = place
    content = changed(pack_workbook(cast.zhao.actor, SLUG, 1), sheet, cell, value)
    client.force_login(cast.zhao.account)
    english = {"accept-language": "en"}
    page = client.post(at("pack-upload", SLUG), {"file": uploaded(content), "seen": 1}, follow=True, headers=english)
    problems = page.context["problems"]
    assert any(said in one.why.en for one in problems), [one.why.en for one in problems]
    assert PackVersion.objects.get().text == TEXT
    file = StoredFile.unscoped.get()
    back = b"".join(client.get(at("pack-marked", SLUG, file.pk), headers=english).streaming_content)
    book = openpyxl.load_workbook(BytesIO(back))
    marked = {
        (one.title, spot.coordinate): spot.comment.text for one in book for row in one for spot in row if spot.comment
    }
    assert marked.keys() == {(one.at.sheet, f"{one.at.letter}{one.at.row}") for one in problems}
    (found,) = [where for where, text in marked.items() if said in text][:1]
    assert sheet == found[0]
    assert found == place or sheet == "示例 examples"  # an example's problem stands in its first row
    assert book[sheet][cell].value == value  # the user's own workbook


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 torn", b"\xff\xfe\x00", b"\x00" * 50, b"%PDF-1.4"],
    ids=["empty", "torn", "utf16", "zeros", "pdf"],
)
def test_hostile_files_change_nothing(client, cast, draft, content):
    client.force_login(cast.zhao.account)
    answer = client.post(at("pack-upload", SLUG), {"file": uploaded(content, "x.xlsx"), "seen": 1})
    assert answer.status_code in {302, 422}
    assert PackVersion.objects.get().state == "draft"
    assert check("standards", PackVersion.objects.get().text).standard is None or PackVersion.objects.get().text == TEXT


@pytest.mark.django_db
def test_a_file_taken_on_top_of_another_change_is_refused(client, cast, draft):
    client.force_login(cast.zhao.account)
    answer = client.post(at("pack-upload", SLUG), {"file": uploaded(b"id: x", "a.yaml"), "seen": 9})
    assert answer.status_code == 422
    assert client.post(at("pack-upload", SLUG), {"seen": 1}).status_code == 422
    assert PackVersion.objects.get().text == TEXT


@pytest.mark.django_db
def test_a_text_with_problems_is_no_workbook(client, cast, draft):
    PackVersion.objects.update(text="id: [")
    client.force_login(cast.zhao.account)
    assert client.get(at("pack-file", SLUG, 1)).status_code == 409


@pytest.mark.django_db
def test_strangers_get_404(client, cast, draft):
    content = changed(pack_workbook(cast.zhao.actor, SLUG, 1), "条款 clauses", "F2", "maybe")
    client.force_login(cast.zhao.account)
    client.post(at("pack-upload", SLUG), {"file": uploaded(content), "seen": 1})
    file = StoredFile.unscoped.get()
    client.force_login(cast.zhang.account)
    for name, more in (("pack-file", 1), ("pack-problems", file.pk), ("pack-marked", file.pk)):
        assert client.get(at(name, SLUG, more)).status_code == 404
    assert client.post(at("pack-upload", SLUG), {"file": uploaded(b"x"), "seen": 1}).status_code == 404
    with pytest.raises(NotFound):
        pack_workbook(cast.zhang.actor, SLUG, 1)


def test_days_typed_as_days_are_days():
    rows = [
        (1, ("序号 number", "日期 day", "部分 part", "名称 name", "内容 value")),
        (2, (1, date(2026, 1, 1), "facts", None, None)),
    ]
    taken = from_sheets(
        "standards", [("示例 examples", rows), ("标准包 pack", [(1, ("键 key", "内容 value")), (2, ("id", "x"))])]
    )
    assert taken.document["examples"] == [{"day": "2026-01-01", "facts": {}, "verdicts": {}}]
