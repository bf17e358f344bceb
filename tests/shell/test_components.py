"""Components keep what they are given, escape it, and say in words what they show in colour."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from zhiben.kernel.bilingual import Bilingual


def draw(source, language="en", query="", **context):
    request = RequestFactory().get(f"/{query}")
    with translation.override(language):
        template = engines["django"].from_string(CottonCompiler().process("{% load pages %}" + source))
        return template.render({"request": request, **context}, request)


def test_a_component_does_not_borrow_words_from_the_page_around_it():
    drawn = draw(
        '<c-deadline :due="due" :today="today" />', due=date(2026, 11, 20), today=date(2026, 11, 22), clause="x"
    )
    assert "Set by" not in drawn
    assert "2 days overdue" in drawn


def test_what_people_typed_is_escaped_once():
    drawn = draw('<c-field label="{{ label }}" name="note" :value="typed" />', label="a & b", typed='<b>"x"</b>')
    assert "a &amp; b" in drawn
    assert "&lt;b&gt;&quot;x&quot;&lt;/b&gt;" in drawn
    assert "&amp;amp;" not in drawn


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [(-1, "1 day overdue", "late"), (0, "due today", "soon"), (3, "3 days left", "soon"), (4, "4 days left", "calm")],
)
def test_a_deadline_says_how_many_days_are_left(days, words, tone):
    today = date(2026, 11, 22)
    drawn = draw('<c-deadline :due="due" :today="today" />', due=today + timedelta(days), today=today)
    assert words in drawn
    assert f"deadline-{tone}" in drawn


def test_a_deadline_late_in_the_utc_day_falls_on_the_next_day_in_shanghai():
    due = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    assert "2026-11-23" in draw('<c-deadline :due="due" :today="today" />', due=due, today=date(2026, 11, 22))


def test_a_closed_deadline_counts_no_days():
    drawn = draw('<c-deadline :due="due" :closed="True" />', due=date(2020, 1, 1))
    assert "2020-01-01" in drawn
    assert "overdue" not in drawn


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_grade_and_level_carries_its_word(language):
    for grade in ("major", "larger", "general", "low", ""):
        drawn = draw('<c-badge-grade :value="grade" />', language, grade=grade)
        words = drawn.split(">")[1].split("<")[0].strip()
        assert words
        assert words != grade


def test_words_follow_the_language():
    assert "待验收" in draw('<c-badge-state value="awaiting_acceptance" />', "zh-hans")
    assert "Awaiting acceptance" in draw('<c-badge-state value="awaiting_acceptance" />')
    assert draw("{{ text|told }}", "zh-hans", text=Bilingual("隐患", "danger")) == "隐患"
    assert draw("{{ text|told }}", text=Bilingual("隐患", "danger")) == "danger"


def test_a_heading_sorts_turns_round_and_starts_at_the_first_page():
    fresh = draw('<c-th sort="due_on">Deadline</c-th>', query="?level=major&after=9")
    assert 'href="?level=major&amp;sort=due_on"' in fresh
    turned = draw('<c-th sort="due_on">Deadline</c-th>', query="?sort=due_on")
    assert 'href="?sort=-due_on"' in turned
    assert 'aria-sort="ascending"' in turned


def test_a_figure_opens_its_records_and_shows_what_changed():
    drawn = draw('<c-stat label="Overdue" :value="1284" :delta="3" href="/dangers/?overdue=1" />')
    assert 'href="/dangers/?overdue=1"' in drawn
    assert "1,284" in drawn
    assert "+3" in drawn
    assert "delta-worse" in drawn
    assert "–" in draw('<c-stat label="Overdue" />')


def test_a_form_field_keeps_what_was_typed_beside_its_error():
    class Form(forms.Form):
        code = forms.CharField(label="Credit code", max_length=4, help_text="18 characters")

    drawn = draw('<c-field :field="form.code" />', form=Form({"code": "abcdef"}))
    assert 'value="abcdef"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_code_error id_code_help"' in drawn
    assert 'id="id_code_error"' in drawn


def test_a_tile_is_a_link_with_name_grade_and_number():
    tiles = [{"name": "青石镇", "grade": "major", "count": 214, "url": "/dangers/?unit=1"}]
    drawn = draw('<c-tile-map :tiles="tiles" label="Map" measure="open" />', tiles=tiles)
    assert 'href="/dangers/?unit=1"' in drawn
    assert "青石镇 · Major · 214 open" in drawn


def test_a_chart_stands_beside_its_table():
    chart = {"title": "Found", "labels": ["11-15", "11-22"], "series": [{"name": "Found", "values": [3, 1204]}]}
    drawn = draw('<c-trend id="t" :chart="chart" />', chart=chart)
    assert '<script id="t" type="application/json">' in drawn
    assert "1,204" in drawn


def test_a_confirming_form_carries_the_token():
    drawn = draw('<c-confirm id="x" title="Void" action="/void/">Sure?</c-confirm>', csrf_token="t0ken")
    assert "csrfmiddlewaretoken" in drawn
    assert 'action="/void/"' in drawn


def test_a_list_too_short_for_more_pages_offers_none():
    drawn = draw('<c-pager :shown="3" />')
    assert "3 rows" in drawn
    assert "Older" not in drawn


def test_lists_and_components_draw_the_same_badge():
    for kind in ("level", "grade", "state", "verdict"):
        component = draw(f'<c-badge-{kind} :value="value" />', value="major").strip()
        assert component == draw("{% load badges %}{{ value|" + kind + "_badge }}", value="major").strip()
    assert draw("{% load badges %}{{ value|level_badge:words }}", value="major", words="<i>").count("&lt;i&gt;") == 1


def test_the_sign_in_page_keeps_the_name_and_not_the_password(client, db):
    answer = client.post("/accounts/login/", {"login": "li.jiancha", "password": "wrong-secret"})
    page = answer.content.decode()
    assert 'value="li.jiancha"' in page
    assert "wrong-secret" not in page


def test_a_forged_form_is_told_what_to_do(db):
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {}, headers={"accept-language": "en"})
    assert answer.status_code == 403
    assert "Load the page again" in answer.content.decode()


def test_an_unknown_address_gets_our_page(client, db):
    answer = client.get("/no/such/page/", headers={"accept-language": "zh-CN"})
    assert answer.status_code == 404
    assert "没有您可以查看的这个页面" in answer.content.decode()


def test_a_page_can_say_why_a_step_is_not_open():
    assert draw("{{ code|refusal_why }}", code="danger:level-unset") == "The level is not confirmed yet."
