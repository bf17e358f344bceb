"""Every function of the law has a property test of its own: one that names it and is seen to run it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.properties import FEW, answer, named, property_of
from tests.law.test_vectors import VECTORS
from zhiben.law.functions import FUNCTIONS

OWN = named()
# Only examples and what test_whatever_is_given.py holds for all. A name may leave this list; none is added.
WITHOUT = Path(__file__).with_name("functions_without_property.txt").read_text(encoding="utf-8").split()


def test_every_function_with_a_worked_example_has_a_property_of_its_own():
    worked = {vector["call"] for _, vector in VECTORS}
    assert len(worked) == 84
    assert not sorted(worked - OWN.keys()), "give it a test marked `property_of`"


def test_a_new_function_comes_with_a_property_of_its_own():
    assert not sorted(FUNCTIONS.keys() - OWN.keys() - set(WITHOUT)), "give it a test marked `property_of`"
    assert not sorted(set(WITHOUT) - FUNCTIONS.keys()), "gone: take it out of the list"
    assert not sorted(set(WITHOUT) & OWN.keys()), "has one now: take it out of the list"
    assert not sorted(OWN.keys() - FUNCTIONS.keys()), "a test names what is no function"


def test_a_property_that_never_runs_its_function_fails():
    @property_of("lec", "ls")
    @FEW
    @given(st.just(1))
    def claims_more_than_it_does(score):
        assert answer("ls", L=score, S=score)["R"] == 1 if score > 1 else True

    with pytest.raises(AssertionError, match="never ran lec, ls"):
        claims_more_than_it_does()


def test_a_test_of_examples_is_no_property():
    with pytest.raises(AttributeError, match="hypothesis"):
        property_of("ls")(lambda: answer("ls", L=1, S=1))
