"""Whatever is refused is refused in sentences, on pages, in the API and on the command line."""

import ast
import subprocess
import sys

import pytest
from django.utils.translation import override
from source import SOURCE, called, calls

from zhiben.config.refusals import problem_of
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law.sentences import SENTENCES
from zhiben.shell.refusals import BY_CODE

KINDS = {"Refusal", "Conflict", "Invalid", "NotAllowed", "NotFound", "NotSignedIn", "PasswordMustChange"}


def raised() -> dict[str, set[str]]:
    """Every code that is refused with, and where."""
    found: dict[str, set[str]] = {}
    for file, node in calls():
        code = node.args[0] if node.args and called(node) in KINDS else None
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            found.setdefault(code.value, set()).add(str(file.relative_to(SOURCE)))
    return found


RAISED = raised()


@pytest.mark.parametrize("code", sorted(RAISED))
def test_every_refusal_has_its_sentences(code):
    said = "say it in shell/sentences/, orgs/refusals/ or law/sentences.py"
    assert code in BY_CODE or code in SENTENCES, f"{code} in {RAISED[code]}: {said}"


@pytest.mark.parametrize("code", sorted(RAISED))
def test_every_refusal_is_named_thing_and_problem(code):
    thing, colon, problem = code.partition(":")
    assert colon
    assert thing.replace("-", "").isalpha()
    assert problem.replace("-", "").isalnum()


def test_the_message_says_what_why_and_what_to_do_whoever_wrote_the_sentence():
    with override("en"):
        messages = [problem_of(each)["message"] for each in (NotFound("unit:not-found"), Invalid("share:impossible"))]
    assert [message.count(". ") + message.count(": ") >= 2 for message in messages] == [True, True]


@pytest.mark.parametrize(("language", "word"), [("en_US.UTF-8", "small letters"), ("zh_CN.UTF-8", "小写字母")])
def test_a_command_refuses_in_sentences_of_the_terminals_language(language, word, tmp_path):
    env = {"ZHIBEN_VAR": str(tmp_path), "LC_ALL": language, "PYTHONPATH": str(SOURCE.parent)}
    done = subprocess.run(
        [sys.executable, "-m", "zhiben", "journal", "roles", "--app", "not; a name"],
        env=env, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2
    assert "(role:bad-name)" in done.stderr
    assert word in done.stderr
