"""Why something is refused is said in both languages: no refusal of the law carries a reason in one only."""

import ast
import copy
import json
import pickle
import re
from pathlib import Path

import pytest

import zhiben.law
from zhiben.kernel.errors import Invalid
from zhiben.law.because import Because, because
from zhiben.law.functions import FUNCTIONS
from zhiben.law.registry import call
from zhiben.law.sentences import sentence

MODULES = sorted(Path(zhiben.law.__file__).parent.rglob("*.py"))
CHINESE = re.compile("[一-鿿]")


def _reasons(path):
    """Yield what each refusal of a module gives as `reason=`, with the functions around it."""
    tree = ast.parse(path.read_text("utf-8"))
    for outer in ast.walk(tree):
        if isinstance(outer, ast.FunctionDef | ast.Module):
            for node in ast.walk(outer):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Invalid", "NotFound", "Conflict"}:
                    yield from ((outer, word.value) for word in node.keywords if word.arg == "reason")


def _is_text(node):
    return isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_reason_is_written_as_text_of_one_language(path):
    for outer, value in _reasons(path):
        assert not _is_text(value), f"{path.name}:{value.lineno}: use because(zh, en)"
        if isinstance(value, ast.Name):
            for node in ast.walk(outer):
                named = isinstance(node, ast.Assign) and any(getattr(t, "id", "") == value.id for t in node.targets)
                assert not (named and _is_text(node.value)), f"{path.name}:{node.lineno}: use because(zh, en)"


def _made():
    """Yield both texts of every reason that is written out in the library."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "because":
                yield f"{path.stem}:{node.lineno}", [ast.unparse(arg) for arg in node.args]


def test_every_reason_has_chinese_and_english():
    made = dict(_made())
    assert len(made) > 30
    for where, (zh, en) in made.items():
        if zh[:1] in "\"'f" and en[:1] in "\"'f":
            assert CHINESE.search(zh), where
            assert not CHINESE.search(en), where


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_whatever_a_function_refuses_it_says_in_both_languages(name):
    """Every input of every function given wrongly, left out and misspelt."""
    wanted = FUNCTIONS[name]
    tries = [{"no_such_input": 1}, {}] + [{field: {"wrong": object}} for field in wanted.takes]
    for given in tries:
        refused = _refusal(name, given)
        if refused is not None:
            reason = refused.facts["reason"]
            assert isinstance(reason, Because)
            assert "example" in refused.facts
            assert CHINESE.search(reason("zh"))
            assert CHINESE.search(sentence(refused, "zh"))


def _refusal(name, given):
    try:
        call(name, given)
    except Invalid as refused:
        return refused
    return None


def test_a_reason_is_text_to_programs_and_speaks_to_people():
    reason = because("须为整数", "needs a whole number")
    assert reason == "needs a whole number"
    assert json.dumps({"reason": reason}) == '{"reason": "needs a whole number"}'
    assert (reason("zh-hans"), reason("en")) == ("须为整数", "needs a whole number")
    for kept in (copy.deepcopy(reason), pickle.loads(pickle.dumps(reason))):  # noqa: S301 -- our own
        assert (kept, kept.zh) == (reason, "须为整数")


def test_the_command_line_gives_the_reason_in_the_language_asked_for():
    with pytest.raises(Invalid) as refused:
        call("recheck_due", {"trigger": "2025-02-30"})
    assert "须为日期" in sentence(refused.value, "zh")
    assert "needs a date" in sentence(refused.value, "en")
