"""The papers are true: generated pages are fresh, links lead somewhere, nothing is loaded from elsewhere."""

import contextlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = Path(settings.PROJECT_ROOT)
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
LINK = re.compile(r"(?<!`)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text(encoding="utf-8"))


GENERATED = [page for page in PAGES if page.is_relative_to(DOCS / "law")]
WRITTEN = [*(page for page in PAGES if page not in GENERATED), *sorted(ROOT.glob("*.md"))]


def missing_targets(page: Path) -> list[str]:
    targets = [target.partition("#")[0] for target in LINK.findall(prose(page))]
    return [t for t in targets if t and "://" not in t and not (page.parent / t).exists()]


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_that_exist(page):
    assert missing_targets(page) == []


def test_links_of_the_pages_of_the_law_lead_to_files_that_exist():
    missing = {page.name: found for page in GENERATED if (found := missing_targets(page))}
    assert missing == {}


def test_every_page_is_found_from_the_navigation():
    lists = (ROOT / "mkdocs.yml", DOCS / "adr" / "index.md", DOCS / "law" / "index.md", DOCS / "law" / "packs.md")
    listed = "".join(page.read_text(encoding="utf-8") for page in lists)
    lost = [str(page.relative_to(DOCS)) for page in PAGES if page.name not in listed]
    assert lost == [], "add it to nav in mkdocs.yml, or a decision to docs/adr/index.md"


def test_no_page_draws_with_what_is_loaded_from_elsewhere():
    theme = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "font: false" in theme
    assert "mermaid" not in theme, "the theme would load it from a network of others"
    assert [page.name for page in PAGES if "```mermaid" in page.read_text(encoding="utf-8")] == []


def test_generated_pages_are_fresh():
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "reference.py", "--check"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}: run scripts/reference.py"


def documented_keys(command: str) -> set[str]:
    page = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    whole = f"## zhiben {command}\n" in page
    named = command if whole else command.partition(" ")[0]  # `verify` may be no heading of its own
    section = page.partition(f"## zhiben {named}\n")[2].partition("\n## ")[0].partition("\n### ")[0]
    shape = section.partition("```text\n")[2].partition("\n```")[0]
    return set(re.findall(r'"(\w+)"[,:}\]]', shape))


@pytest.mark.parametrize(
    "words",
    [
        ["law", "list"],
        ["law", "check"],
        ["law", "judge", "--standard", "gongmao", "--facts", "-", "--on", "2026-01-01"],
        ["law", "ask", "--standard", "gongmao", "--facts", "-", "--on", "2026-01-01"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_json_of_the_law_has_the_documented_keys(words):
    done = subprocess.run(
        [sys.executable, "-m", "zhiben", *words, "--json"], check=True, capture_output=True, text=True, input="{}",
    )  # fmt: skip
    answer = json.loads(done.stdout)
    printed = set(answer[0] if isinstance(answer, list) else answer)
    assert printed <= documented_keys(" ".join(words[:2]))


@pytest.mark.parametrize(
    "words",
    [
        ["orgs", "list", "--limit", "1"],
        ["journal", "verify"],
        ["files", "verify"],
        ["health"],
        ["insights", "clearing", "--from", "2026-01-01", "--to", "2026-01-31"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_json_of_a_command_has_the_documented_keys(words, cast, capsys):
    with contextlib.suppress(SystemExit):  # some say by their exit that something is not in order
        call_command(*words, "--json")
    answer = json.loads(capsys.readouterr().out)
    documented = documented_keys(" ".join(word for word in words[:2] if not word.startswith("-")))
    assert keys(answer) <= documented


def keys(answer) -> set[str]:
    """All names in an answer, the inner ones too, but not what a cell of the ledger is called by."""
    if isinstance(answer, list):
        return set().union(*(keys(each) for each in answer))
    if isinstance(answer, dict):
        return set(answer).union(*(keys(value) for name, value in answer.items() if name != "cell"))
    return set()


@pytest.mark.parametrize("page", sorted((DOCS / "adr").glob("0*.md")), ids=lambda page: page.stem)
def test_every_decision_says_what_would_change_it(page):
    text = page.read_text(encoding="utf-8").lower()
    assert [
        part for part in ("context", "decision", "consequences", "what would make us change it") if part not in text
    ] == []
    assert page.name in (DOCS / "adr" / "index.md").read_text(encoding="utf-8")


def test_nothing_committed_names_a_maker_of_registries_by_address():
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert re.findall(r"https?://(?:files\.)?(?:pypi|pythonhosted|npmjs|unpkg)[^\s)]*", text) == []
