"""Every refusal of orgs says what happened, why and what to do now, in both languages, with facts it really has."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.utils.translation import override
from source import SOURCE, calls

from zhiben.orgs.refusals import REFUSALS

KINDS = {"Invalid", "Conflict", "NotFound", "NotAllowed", "NotSignedIn", "PasswordMustChange"}


def raised(folder: Path):
    """Each refusal raised below a folder: its code and the names of its facts."""
    for file, node in calls():
        if file.is_relative_to(folder) and isinstance(node.func, ast.Name) and node.func.id in KINDS and node.args:
            code = node.args[0]
            if isinstance(code, ast.Constant):
                yield code.value, {keyword.arg for keyword in node.keywords}


@cache
def everywhere():
    found = {}
    for code, facts in raised(SOURCE):
        found.setdefault(code, []).append(facts)
    return found


def test_every_refusal_of_orgs_has_sentences():
    shared = {"access:missing-permission", "page:not-found", "page:unknown-cursor"}
    assert {code for code, _ in raised(SOURCE / "orgs")} - shared <= set(REFUSALS)


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_a_refusal_reads_in_both_languages_with_facts_that_are_there(code):
    for english in REFUSALS[code]:
        with override("en"):
            plain = str(english)
        with override("zh-hans"):
            chinese = str(english)
        assert re.search(r"[\u4e00-\u9fff]", chinese)
        assert not re.search(r"[\u4e00-\u9fff]", plain)
        named = set(re.findall(r"%\((\w+)\)s", plain))
        assert named == set(re.findall(r"%\((\w+)\)s", chinese))
        for facts in everywhere().get(code, []):
            assert named <= facts


def test_no_translation_is_fuzzy_or_left_out():
    catalogue = (SOURCE / "orgs" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    assert "fuzzy" not in catalogue
    assert len(re.findall(r'^msgstr ""$', catalogue, re.MULTILINE)) == 1  # the heading
