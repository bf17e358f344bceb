"""One word a concept: the glossary names what the code has, and no catalogue uses a word it forbids."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from source import SOURCE, classes

ROOT = Path(settings.PROJECT_ROOT)
TEXT = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
LEDGERS = ("exchange/domain", "exchange/child", "law/")  # read the words of other people's ledgers and of the law


def rows(heading: str) -> list[list[str]]:
    """The rows of one table, by its heading."""
    section = TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("| ")
    ][1:]


BUILT, LATER, NOT_THESE = rows("Built"), rows("Later"), rows("Not these")
FORBIDDEN = sorted({found[0] for row in NOT_THESE if (found := re.match(r"[\u4e00-\u9fff]+", row[0]))})


def names_set() -> dict[str, set[str]]:
    """Every class of the program with the names its body sets."""
    found: dict[str, set[str]] = {}
    for _, node in classes():
        found.setdefault(node.name, set()).update(_set_in(node))
    return found


def _set_in(node: ast.ClassDef):
    for line in node.body:
        targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


CLASSES = names_set()
WORDS = {
    word
    for pattern in ("*.py", "*.yaml")
    for file in SOURCE.rglob(pattern)
    for word in re.findall(r"\w+", file.read_text(encoding="utf-8"))
}


def names_in(code: str) -> list[str]:
    return re.findall(r"`([^`]+)`", code)


@pytest.mark.parametrize("row", BUILT, ids=lambda row: row[0])
def test_what_the_glossary_names_is_in_the_code(row):
    for name in names_in(row[1]):
        thing, _, members = name.partition(".")
        if thing in CLASSES:
            assert set(filter(None, members.split("/"))) <= CLASSES[thing], name
        else:
            assert thing in WORDS, f"{name} is not in the code: correct the row, or move it to Later"


def test_what_is_built_does_not_stand_under_later():
    models = {model.__name__ for model in apps.get_models() if model.__module__.startswith("zhiben.")}
    assert [row[0] for row in LATER if models & set(names_in(row[1]))] == []


def test_one_chinese_word_has_one_row():
    words = [row[0] for row in [*BUILT, *LATER]]
    assert len(words) == len(set(words))


def test_there_are_words_to_forbid():
    assert {"危险源", "逾期"} <= set(FORBIDDEN)


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("django.po")), ids=lambda file: str(file.relative_to(SOURCE)))
def test_no_catalogue_uses_a_forbidden_word(file):
    said = [text for entry in polib.pofile(str(file)) for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in said if any(word in text for word in FORBIDDEN)] == []


def test_no_label_uses_a_forbidden_word():
    used = []
    for file in SOURCE.rglob("*.py"):
        name = str(file.relative_to(SOURCE))
        if not name.startswith(LEDGERS):
            labels = re.findall(r"Bilingual\(\s*\"([^\"]*)\"", file.read_text(encoding="utf-8"))
            used += [f"{name}: {label}" for label in labels if any(word in label for word in FORBIDDEN)]
    assert used == []


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("django.po")), ids=lambda file: str(file.relative_to(SOURCE)))
def test_english_of_the_pages_keeps_to_the_glossary(file):
    said = " ".join(entry.msgid.lower() for entry in polib.pofile(str(file)))
    assert [word for word in ("audit log", "resolved", "hidden hazard") if word in said] == []
