"""Whatever is refused is refused in sentences, on pages, in the API and on the command line."""

import ast
import re
from functools import cache

import pytest
from django.utils.translation import override
from source import SOURCE, called, calls

from zhiben.config import command
from zhiben.config.refusals import problem_of
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law.sentences import SENTENCES
from zhiben.shell.refusals import BY_CODE

KINDS = {"Refusal", "Conflict", "Invalid", "NotAllowed", "NotFound", "NotSignedIn", "PasswordMustChange"}


@cache
def raised() -> dict[str, set[str]]:
    """Every code that is refused with, and where."""
    found: dict[str, set[str]] = {}
    for file, node in calls():
        code = node.args[0] if node.args and called(node) in KINDS else None
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            found.setdefault(code.value, set()).add(str(file.relative_to(SOURCE)))
    return found


def test_every_refusal_has_its_sentences():
    untold = {code: where for code, where in raised().items() if code not in BY_CODE and code not in SENTENCES}
    assert untold == {}, "say it in shell/sentences/, orgs/refusals/ or law/sentences.py"


def test_every_refusal_is_named_thing_and_problem():
    assert [code for code in raised() if not re.fullmatch(r"[^\W\d_]+(-[^\W\d_]+)*:[^\W_]+(-[^\W_]+)*", code)] == []


@pytest.mark.parametrize(("language", "end"), [("zh-hans", "=3。请"), ("en", "=3. Go")])
def test_a_sentence_of_the_law_ends_before_the_next_begins(language, end):
    refused = Invalid("trial:unreadable", field="set", value="xx", example="gongmao-2023/3(2)/count=3")
    with override(language):
        assert end in problem_of(refused)["message"]


def test_the_message_says_what_why_and_what_to_do_whoever_wrote_the_sentence():
    with override("en"):
        messages = [problem_of(each)["message"] for each in (NotFound("unit:not-found"), Invalid("share:impossible"))]
    assert [message.count(". ") + message.count(": ") >= 2 for message in messages] == [True, True]


@pytest.mark.parametrize(("language", "word"), [("en_US.UTF-8", "small letters"), ("zh_CN.UTF-8", "小写字母")])
def test_a_command_refuses_in_sentences_of_the_terminals_language(language, word, monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", language)
    assert command.run(["zhiben", "journal", "roles", "--app", "not; a name"]) == 2
    told = capsys.readouterr().err
    assert "(role:bad-name)" in told
    assert word in told


@pytest.mark.parametrize(("language", "told"), [("en", "these parameters: foo, bar."), ("zh-hans", "foo、bar。")])
def test_a_list_in_a_sentence_is_written_as_people_write_lists(language, told):
    refused = Invalid("request:unknown-parameter", unknown=["foo", "bar"], known=["q"])
    with override(language):
        assert told in problem_of(refused)["message"]
