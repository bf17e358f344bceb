"""Both languages are complete: what the program says has a settled translation, and what is compiled is what is written."""

import ast
import re

import polib
import pytest
from django.utils.translation.template import templatize
from source import SOURCE, called, calls

CATALOGUES = sorted(SOURCE.rglob("django.po"))
TELL = {"_": 1, "gettext": 1, "gettext_lazy": 1, "_lazy": 1, "ngettext": 2, "ngettext_lazy": 2, "pgettext": 1,
        "pgettext_lazy": 1, "gettext_noop": 1, "npgettext": 2, "npgettext_lazy": 2}  # fmt: skip
TRANSLATED = {
    (entry.msgctxt or "", entry.msgid)
    for file in CATALOGUES
    for entry in polib.pofile(str(file))
    if (entry.msgstr or all(entry.msgstr_plural.values())) and not entry.fuzzy and not entry.obsolete
}


def said_by(node: ast.Call):
    """The sentence that a call hands to gettext, with its context."""
    name = called(node)
    if name in TELL:
        texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        context = texts.pop(0) if "pgettext" in name and texts else ""
        if texts:
            yield context, texts[0]


def sentences():
    for file, node in calls():
        for context, text in said_by(node):
            yield file, context, text
    for file in SOURCE.rglob("templates/**/*.html"):
        for call in re.findall(r"\b(?:n?p?gettext|_)\(.*?\)(?=\s|$)", templatize(file.read_text(encoding="utf-8"))):
            try:
                nodes = [node for node in ast.walk(ast.parse(call)) if isinstance(node, ast.Call)]
            except SyntaxError:
                continue
            for node in nodes:
                for context, text in said_by(node):
                    yield file, context, text


def test_the_walk_finds_the_sentences():
    found = {text for _, _, text in sentences()}
    assert {"Sign in", "The file is empty.", "Clearing ledger"} <= found
    assert len(found) > 500


def test_every_sentence_has_a_settled_translation():
    missing = {
        f"{file.relative_to(SOURCE)}: {text}"
        for file, context, text in sentences()
        if (context, text) not in TRANSLATED
    }
    assert missing == set()


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.relative_to(SOURCE).parts[0])
def test_what_is_compiled_is_what_is_written(file):
    compiled = polib.mofile(str(file.with_suffix(".mo")))
    written = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in polib.pofile(str(file)) if not e.obsolete}
    kept = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in compiled}
    assert kept == written, "run scripts/messages.py"
