"""Every refusal says what happened, why, what to do now; fragments leave the screen as it is."""

import inspect
import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from zhiben.dangers.domain import guards
from zhiben.dangers.domain.moves import Need
from zhiben.kernel.errors import Conflict, Refusal
from zhiben.shell import refusals
from zhiben.shell.web import errors


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("status", sorted(refusals.BY_STATUS))
def test_each_status_has_its_three_sentences(status, language):
    with translation.override(language):
        said = refusals.sentences_for(None, status)
        page = render_to_string("shell/_refusal_page.html", {"status": status}, RequestFactory().get("/x"))
        sentences = [str(text) for text in (said.what, said.why, said.do)]
    assert all(sentences)
    assert all(sentence in page for sentence in sentences)


def test_an_unknown_code_falls_back_on_its_status():
    assert refusals.sentences_for(Conflict("thing:unheard-of"), 409) is refusals.BY_STATUS[409]


def test_facts_are_told_in_the_sentences():
    told = refusals.Sentences("%(name)s is closed", "b", "c").told({"name": "A"})
    assert told.what == "A is closed"
    assert refusals.Sentences("%(name)s is closed", "b", "c").told({}).what == "– is closed"


def test_htmx_gets_words_to_show_not_a_page_to_swap():
    request = RequestFactory().get("/")
    request.htmx = SimpleNamespace()
    drawn = render_to_string(
        "shell/refusal.html", {"refusal": Refusal("x:y"), "status": 409, "request": request}, request
    )
    assert "data-refusal=" in drawn
    assert "<html" not in drawn


def test_what_a_toast_says_has_the_marks_of_its_language():
    with translation.override("zh-hans"):
        drawn = render_to_string("shell/_refusal_fragment.html", {"refusal": None, "status": 409})
    said = re.search('data-refusal="([^"]*)"', drawn)[1]
    assert "：" in said
    assert not re.search(r"[.:] ", said)


def test_the_page_for_our_own_fault_needs_neither_session_nor_database():
    answer = errors.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "<html" in answer.content.decode()


@pytest.mark.parametrize(
    ("view", "status"), [("bad_request", 400), ("forbidden", 403), ("not_found", 404), ("forged", 403)]
)
def test_the_handlers_answer_with_their_status(view, status):
    assert getattr(errors, view)(RequestFactory().get("/"), "reason").status_code == status


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_each_code_is_told_without_its_facts_too(language):
    with translation.override(language):
        for code in refusals.BY_CODE:
            said = refusals.sentences_for(Refusal(code), 422)
            texts = [str(text) for text in (said.what, said.why, said.do)]
            assert all(texts), code
            assert not any("%(" in text for text in texts), code
            assert language == "en" or all(re.search(r"[\u4e00-\u9fff]|^–$", text) for text in texts), code


def test_every_objection_of_the_loop_has_its_sentences():
    names = {f"danger:needs-{need.replace('_', '-')}" for need in Need}
    source = inspect.getsource(guards)
    names |= set(re.findall(r'"(danger:[a-z-]+)"', source))
    assert names - set(refusals.BY_CODE) == set()
