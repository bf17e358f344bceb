"""Answers about training, emergencies, permits and monitoring explain themselves: steps, citations, both languages."""

import re
from pathlib import Path

import pytest
import yaml

from zhiben.law.explaining import explain
from zhiben.law.functions import FUNCTIONS
from zhiben.law.instruments import instruments
from zhiben.law.naming import examples
from zhiben.law.parameters import parameters

CHINESE, LATIN = re.compile("[一-鿿]"), re.compile("[a-z]")
SECTIONS = {"E", "F", "G", "H"}
FOLDERS = ("training/", "certificate/", "special-operation/", "emergency/", "high-risk/", "permit/", "power-line/",
           "pipeline/", "construction/", "gas-alarm/", "coal/", "alarm/", "tailings/", "site/", "power/")  # fmt: skip
VECTORS = [
    each
    for path in sorted(Path(__file__).with_name("vectors").glob("[EFGH].yaml"))
    for each in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_a_worked_example_can_be_redone_by_hand(vector):
    told = explain(vector["call"], vector["given"])
    assert told["answer"] == vector["answer"]
    assert told["steps"]
    assert all(CHINESE.search(step["zh"]) and LATIN.search(step["en"]) for step in told["steps"])
    assert told["citations"] or vector["call"] == "add_workdays"


@pytest.mark.parametrize(
    "name", sorted(set(examples()) & {name for name, each in FUNCTIONS.items() if each.section in SECTIONS})
)
def test_every_example_tells_its_steps_and_what_it_rests_on(name):
    told = explain(name, examples()[name])
    assert told["citations"]
    assert told["steps"]
    assert all(CHINESE.search(step["zh"]) and LATIN.search(step["en"]) for step in told["steps"])


def test_every_value_used_by_these_sections_cites_a_known_instrument():
    mine = [each for each in parameters().values() if each.id.removeprefix("cn/").startswith(FOLDERS)]
    assert len(mine) > 20
    for each in mine:
        for dated in each.history:
            assert dated.source.instrument in instruments(), each.id
            assert (dated.source.instrument == "zhiben/settings") == (each.basis == "setting") or dated.verify, each.id


def test_every_function_of_these_sections_says_what_it_does():
    for each in FUNCTIONS.values():
        if each.section in SECTIONS:
            assert each.run.__doc__.startswith(("Return", "Tell", "Find", "Say")), each.name
