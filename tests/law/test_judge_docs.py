"""The worked examples of docs/algorithms/judging.md are true."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from zhiben.law.judge import judge

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "judging.md"
ROWS = re.findall(
    r"^\| (\S+) \| (\d{4}-\d{2}-\d{2}) \| `(\{.*\})` \| (\S+) \| (\w+) \|$", PAGE.read_text("utf-8"), re.MULTILINE
)


def test_the_page_works_through_the_editions_and_the_composites():
    assert len(ROWS) >= 20
    assert {row[4] for row in ROWS} == {"present", "absent", "unknown"}


@pytest.mark.parametrize(("standard", "day", "facts", "ref", "verdict"), ROWS)
def test_a_worked_example_holds(standard, day, facts, ref, verdict):
    found = judge(standard, json.loads(facts), date.fromisoformat(day))
    assert {each.clause: each.verdict for each in found.clauses}[ref] == verdict
