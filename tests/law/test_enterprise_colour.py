"""The colour of an enterprise: what makes it red, what lifts and lowers it, and that it rests on a setting only."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.told import call
from zhiben.kernel.errors import Invalid
from zhiben.law.assessment import RANKED
from zhiben.law.explaining import explain

DAY = date(2026, 11, 22)


def _colour(counts, level=None, majors=0, **more):
    given_ = {"counts": counts, "hazard_source_level": level, "open_major_hazards": majors, **more}
    return call("enterprise_colour", given_, DAY)["colour"]


@pytest.mark.parametrize(
    ("counts", "level", "majors", "more", "colour"),
    [
        ({"blue": 1}, None, 0, {}, "blue"),
        ({"blue": 1, "yellow": 1}, 3, 0, {}, "yellow"),
        ({"blue": 1}, 2, 0, {}, "red"),
        ({"blue": 1}, 1, 0, {}, "red"),
        ({"blue": 1}, None, 1, {}, "red"),
        ({}, None, 0, {}, None),
        ({}, 1, 0, {}, "red"),
        ({"blue": 1}, None, 0, {"months_since_death": 11}, "yellow"),
        ({"blue": 1}, None, 0, {"months_since_death": 12}, "blue"),
        ({"red": 1}, None, 0, {"months_since_death": 0}, "red"),
        ({"blue": 1}, None, 0, {"seriously_dishonest": True, "months_since_death": 1}, "yellow"),
        ({"orange": 1}, None, 0, {"standardisation_grade": 1}, "yellow"),
        ({"orange": 1}, None, 0, {"standardisation_grade": 2}, "yellow"),
        ({"orange": 1}, None, 0, {"standardisation_grade": 3}, "orange"),
        ({"blue": 1}, None, 0, {"standardisation_grade": 1}, "blue"),
        ({"yellow": 1}, None, 0, {"standardisation_grade": 1, "seriously_dishonest": True}, "yellow"),
        ({"yellow": 1}, None, 1, {"standardisation_grade": 1}, "red"),
    ],
)
def test_the_colour(counts, level, majors, more, colour):
    assert _colour(counts, level, majors, **more) == colour


COUNTS = st.fixed_dictionaries({colour: st.integers(0, 3) for colour in RANKED})


@settings(max_examples=60, deadline=None)
@given(COUNTS, st.sampled_from(RANKED), st.sampled_from([None, 1, 2, 3]))
def test_one_more_risk_point_never_makes_it_safer(counts, more, grade):
    def rank(counted):
        colour = _colour(counted, standardisation_grade=grade)
        return len(RANKED) if colour is None else RANKED.index(colour)

    assert rank(counts | {more: counts[more] + 1}) <= rank(counts)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"counts": {"blue": -1}}, "counts.blue"),
        ({"counts": {"green": 1}}, "counts.green"),
        ({"hazard_source_level": 0}, "hazard_source_level"),
        ({"open_major_hazards": -1}, "open_major_hazards"),
        ({"months_since_death": -1}, "months_since_death"),
        ({"standardisation_grade": 4}, "standardisation_grade"),
    ],
)
def test_what_cannot_be_is_refused(change, field):
    given_ = {"counts": {"blue": 1}, "hazard_source_level": None, "open_major_hazards": 0} | change
    with pytest.raises(Invalid) as refused:
        call("enterprise_colour", given_, DAY)
    assert refused.value.facts["field"] == field


def test_it_rests_on_a_setting_and_says_so():
    told = explain(
        "enterprise_colour", {"counts": {"blue": 1}, "hazard_source_level": None, "open_major_hazards": 0}, DAY
    )
    assert told["rests_on"] == "setting"
