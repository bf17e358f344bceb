"""The worked examples of the pages on how the law is worked out are true, in both languages."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from tests.law.told import call
from zhiben.law.functions import FUNCTIONS

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [
    folder / name
    for folder in (DOCS / "algorithms", DOCS / "zh")
    for name in (
        "assessing.md",
        "penalties.md",
        "rewards-funds-ratings.md",
        "training.md",
        "permits.md",
        "monitoring.md",
    )
]
ROWS = [
    (page.parent.name, name, *re.findall(r"`([^`]+)`", rest))
    for page in PAGES
    for name, rest in re.findall(r"^\| `(\w+)` (\| `\{.*) \|$", page.read_text("utf-8"), re.MULTILINE)
]
FIELDS = {"fine_range": ("unit_wan", "persons_wan"), "discretion_range": ("tier", "lo", "hi")}


def test_every_page_works_examples():
    assert len(ROWS) > 215
    assert {row[1] for row in ROWS} <= set(FUNCTIONS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_a_worked_example_holds(row):
    _, name, given, *told = row
    answer = call(name, json.loads(given), date(2026, 11, 22))
    found = [answer[field] for field in FIELDS[name]] if name in FIELDS else [answer]
    assert found == [json.loads(each) for each in told]
