"""Worked examples of the callable functions: exact names of inputs and outputs."""

import json
from pathlib import Path

import pytest
import yaml

from zhiben.law.functions import FUNCTIONS
from zhiben.law.registry import call

VECTORS = yaml.safe_load(Path(__file__).with_name("vectors.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_a_worked_example_comes_out(vector):
    assert vector["call"] in FUNCTIONS
    answer = json.loads(json.dumps(call(vector["call"], vector["given"])))
    assert answer == vector["answer"]
