"""Templates: read with every mistake named by its place; filled as data, never as code."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.conf import settings
from letters import HOSTILE
from PIL import Image

from zhiben.documents.domain.flow import Head, flow_of
from zhiben.documents.domain.kinds import KINDS
from zhiben.documents.domain.reading import read_template
from zhiben.documents.domain.shipped import shipped_source, template_of
from zhiben.documents.domain.values import kept
from zhiben.documents.domain.xml import without_controls
from zhiben.documents.pdf import draw_pages, draw_pdf
from zhiben.documents.word import write_word
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid

KNOWN = frozenset({"danger", "due_on", "rows", "rows.what"})
HEAD = Head(
    Bilingual("锦江区应急管理局", "Bureau"),
    Bilingual("锦江区应急管理局", "Bureau"),
    "锦〔2026〕1号",
    "甲",
    None,
    is_draft=False,
)
SOURCE = """
layout: official
series: 函
title: {zh: "关于{danger}的函", en: "About {danger}"}
blocks:
  - text: {zh: "请于{due_on}前整改：{danger}", en: "By {due_on}: {danger}"}
  - table: rows
    columns:
      - {head: {zh: 序号, en: No.}, cell: "{row}"}
      - {head: {zh: 内容, en: What}, cell: "{what}", width: 4}
  - text: {zh: 有行, en: Has rows}
    when: rows
"""


def test_what_was_filled_in_is_never_read_again():
    flow = flow_of(read_template(SOURCE, KNOWN), HEAD, {"danger": "{due_on} {danger}", "due_on": "明天"}, "zh")
    assert flow["title"] == "关于{due_on} {danger}的函"
    assert flow["blocks"][0]["text"] == "请于明天前整改：{due_on} {danger}"


def test_a_block_stands_only_where_its_field_says_something():
    template = read_template(SOURCE, KNOWN)
    without = flow_of(template, HEAD, {"rows": []}, "en")
    with_rows = flow_of(template, HEAD, {"rows": [{"what": "a"}, {"what": None}]}, "en")
    assert [block["part"] for block in without["blocks"]] == ["text", "table"]
    assert with_rows["blocks"][1]["rows"] == [["1", "a"], ["2", ""]]
    assert with_rows["blocks"][2]["text"] == "Has rows"


def test_days_and_texts_are_said_in_the_documents_language():
    template = read_template(SOURCE, KNOWN)
    facts = {"danger": kept(Bilingual("粉尘", "dust")), "due_on": {"day": "2026-03-09"}}
    assert flow_of(template, HEAD, facts, "zh")["blocks"][0]["text"] == "请于2026年3月9日前整改：粉尘"
    assert flow_of(template, HEAD, facts, "en")["blocks"][0]["text"] == "By 9 March 2026: dust"


@pytest.mark.parametrize(
    ("before", "after", "code", "place"),
    [
        ("By {due_on}", "By {due}", "template:unknown-field", "blocks 1 › text › en"),
        ("{what}", "{danger}", "template:unknown-field", "blocks 2 › columns 2 › cell › zh"),
        ("when: rows", "when: row", "template:unknown-field", "blocks 3 › when"),
        ("table: rows", "table: danger", "template:wrong-part", "blocks 2 › table"),
        ('"About {danger}"', "About {danger}}", "template:unreadable", None),
        ("Has rows", "'Has } rows'", "template:stray-bracket", "blocks 3 › text › en"),
        ("layout: official", "layout: poster", "template:wrong-part", "layout"),
        ("width: 4", "widht: 4", "template:unknown-part", "blocks 2 › columns 2"),
        ("series: 函", "series: '函 〔'", "template:wrong-part", "series"),
        ("{zh: 有行, en: Has rows}", "{zh: 有行}", "template:wrong-part", "blocks 3 › text"),
    ],
)
def test_a_mistake_is_refused_with_its_place(before, after, code, place):
    with pytest.raises(Invalid, match=code) as refused:
        read_template(SOURCE.replace(before, after), KNOWN)
    assert refused.value.facts.get("place") == place


@pytest.mark.parametrize(
    "source", ["", "[", "a: &a [*a]", "!!python/object/apply:os.system ['x']", "- 1\n" * 9, "\x00"]
)
def test_what_is_no_template_is_refused(source):
    with pytest.raises(Invalid):
        read_template(source, KNOWN)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_shipped_template_reads_and_prints_in_both_languages(kind):
    template = template_of(shipped_source(KINDS[kind].template), KINDS[kind])
    facts = dict.fromkeys(KINDS[kind].given, HOSTILE)
    facts |= {name.partition(".")[0]: [] for name in KINDS[kind].fields if "." in name}
    flows = [flow_of(template, HEAD, facts, language) for language in ("zh", "en")]
    assert draw_pdf(flows).startswith(b"%PDF")


def test_hostile_words_are_printed_as_they_are():
    template = read_template(SOURCE, KNOWN)
    flow = flow_of(template, HEAD, {"danger": kept(HOSTILE)}, "zh")
    assert HOSTILE.replace("\x00", "") in flow["title"]
    assert draw_pages(flow)[0].startswith(b"\x89PNG")


def test_a_word_longer_than_a_line_breaks_inside_the_margin():
    flow = flow_of(read_template(SOURCE, KNOWN), HEAD, {"danger": kept("A1" * 100)}, "zh")
    page = Image.open(BytesIO(draw_pages(flow)[0])).convert("L")
    margin = page.crop((page.width - 90, 0, page.width, page.height))  # 26 mm at 96 dots an inch are 98
    assert margin.getextrema()[0] > 200


def test_word_says_the_same_as_pdf_and_carries_hostile_words():
    template = read_template(SOURCE, KNOWN)
    flow = flow_of(template, HEAD, {"danger": kept(HOSTILE), "rows": [{"what": "甲"}]}, "zh")
    word = docx.Document(BytesIO(write_word(flow)))
    said = [paragraph.text for paragraph in word.paragraphs]
    assert "锦江区应急管理局" in said[0]
    assert without_controls(flow["title"]) in said
    assert without_controls(flow["blocks"][0]["text"]) in said
    assert [cell.text for cell in word.tables[0].rows[1].cells] == ["1", "甲"]


def test_a_draft_says_so_and_a_translation_too():
    template = read_template(SOURCE, KNOWN)
    flow = flow_of(template, replace(HEAD, number="", is_draft=True), {}, "en")
    word = docx.Document(BytesIO(write_word(flow)))
    said = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "DRAFT" in said
    assert "The Chinese text is authoritative" in said


@pytest.mark.parametrize("page", ["user", "zh"])
def test_the_guides_example_of_a_template_is_one(page):
    guide = (Path(settings.PROJECT_ROOT) / "docs" / page / "documents.md").read_text(encoding="utf-8")
    example = guide.partition("```yaml\n")[2].partition("```")[0]
    known = frozenset({"responsible", "due_on", "place", "rows", "rows.what", "photos", "signer"})
    assert len(read_template(example, known).blocks) == 6
