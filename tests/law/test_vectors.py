"""Worked examples of the callable functions: exact names of inputs and outputs."""

import json
from pathlib import Path

import pytest
import yaml

from zhiben.law.functions import FUNCTIONS
from zhiben.law.registry import call

# The examples that each section must hold; a section that is still being written stands in WAITING.
HELD = {
    "A": "DIRECT-1 DIRECT-2 GB6441-1 GB6441-2 GB6441-4 LEC-1 LEC-2 LEC-3 LEC-4 LEC-6 LOPA-2 LOPA-3 LOSS-1 LS-10 LS-2 LS-3 LS-6 LS-7 LS-8 LS-9 MES-2 MES-3 MES-4 REGION-1 STAT-1 STAT-2 STAT-3",
    "B": "1 10 11 13 3 4 6 7 9",
    "C": "DUE-1 DUE-2 DUE-3 DUE-4 DUE-5 DUE-6 PLAN-1 PLAN-2 PRIN-1 PRIN-2 RATE-1 STOCK-1",
    "D": "1 3",
    "E": "1 2 3 5 6 7 9",
    "F": "1 2 3 4 5 6",
    "G": "10 11 12 14 15 16 17 19 2 21 22 23 24 26 27 28 29 3 4 5 6 9",
    "H": "10 11 12 13 15 16 17 18 19 2 20 21 22 23 24 25 26 27 3 4 5 6 7 9",
    "I": "1 11 12 13 14 15 16 17 19 2 20 21 22 23 24 25 26 27 28 29 3 30 5 8 9",
    "J": "1 4 5 6 7 8",
    "K": "1 10 11 12 13 2 3 4 5 7 8 9",
    "L": "1 2 3 5 6 7 8",
    "N": "1 11 12 13 15 17 18 2 3 5 6 7 8 9",
    "O": "1 3 4 5 7",
}
WAITING = set("")


def _vectors():
    for path in sorted(Path(__file__).with_name("vectors").glob("?.yaml")):
        for vector in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield path.stem, vector


VECTORS = list(_vectors())


@pytest.mark.parametrize("vector", [each for _, each in VECTORS], ids=lambda vector: vector["id"])
def test_a_worked_example_comes_out(vector):
    assert vector["call"] in FUNCTIONS
    answer = call(vector["call"], vector["given"])
    assert answer.rests_on in {"law", "practice", "setting"}
    assert json.loads(json.dumps(answer)) == vector["answer"]


@pytest.mark.parametrize("section", sorted(HELD))
def test_no_worked_example_of_a_section_is_missing(section):
    there = [vector["id"] for stem, vector in VECTORS if stem == section]
    missing = {f"{section}-{number}" for number in HELD[section].split()} - set(there)
    assert bool(missing) == (section in WAITING), missing
    assert len(there) == len(set(there))
    assert all(known.startswith(f"{section}-") for known in there)
