"""Assessing risks: the methods' boundaries, that more of anything never means less risk, and what is refused."""

from datetime import date
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.told import bare, call
from zhiben.kernel.errors import Refusal
from zhiben.kernel.quantities import exact
from zhiben.law.bands import band_of
from zhiben.law.explaining import explain
from zhiben.law.functions import FUNCTIONS
from zhiben.law.parameters import parameter

DAY = date(2026, 11, 22)
METHODS = ("lec", "ls", "mes")
LEC = {"L": 3, "E": 6, "C": 15}


def _table(method):
    return parameter(f"cn/assessment/{method}").in_force(DAY).value


def _all(method):
    factors = _table(method)["factors"]
    for values in product(*([row["value"] for row in rows] for rows in factors.values())):
        yield dict(zip(factors, values, strict=True))


@pytest.mark.parametrize("method", METHODS)
def test_every_combination_has_a_class_and_a_higher_score_is_never_a_lower_class(method):
    answers = [call(method, given, DAY) for given in _all(method)]
    scores = sorted((answer.get("D", answer.get("R")), -answer["class"]) for answer in answers)
    assert all(one[1] <= other[1] for one, other in pairwise(scores))
    assert {answer["class"] for answer in answers} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("method", METHODS)
def test_raising_one_factor_never_lowers_the_risk(method):
    factors = _table(method)["factors"]
    for given_ in list(_all(method))[::3]:
        for name, rows in factors.items():
            before = call(method, given_, DAY)["class"]
            for row in rows:
                if exact(row["value"]) > exact(given_[name]):
                    assert call(method, given_ | {name: row["value"]}, DAY)["class"] <= before


@pytest.mark.parametrize(
    ("edges", "score", "found"),
    [
        ("usual", 320, 2), ("usual", "320.0001", 1), ("usual", 160, 2), ("usual", "159.9999", 3),
        ("usual", 70, 3), ("usual", "69.9999", 4), ("usual", 20, 4), ("usual", "19.9999", 5),
        ("inclusive", 320, 1), ("inclusive", 160, 2), ("inclusive", 20, 4),
        ("exclusive", 320, 2), ("exclusive", 160, 3), ("exclusive", 70, 4), ("exclusive", 20, 5),
    ],
)  # fmt: skip
def test_both_sides_of_the_boundaries_of_lec(edges, score, found):
    assert band_of(_table("lec")["edges"][edges], exact(score))["class"] == found


@pytest.mark.parametrize(
    ("method", "score", "found"),
    [
        ("ls", 20, 1), ("ls", 16, 2), ("ls", 15, 2), ("ls", 12, 3), ("ls", 9, 3), ("ls", 8, 4), ("ls", 4, 4), ("ls", 3, 5),
        ("mes", 180, 2), ("mes", 181, 1), ("mes", 90, 2), ("mes", 89, 3), ("mes", 50, 3), ("mes", 49, 4), ("mes", 20, 4), ("mes", 19, 5),
    ],
)  # fmt: skip
def test_both_sides_of_the_boundaries_of_ls_and_mes(method, score, found):
    assert band_of(_table(method)["edges"]["usual"], score)["class"] == found


def test_how_a_score_on_the_boundary_is_read_may_be_chosen():
    for given_ in _all("lec"):
        answer = [call("lec", given_ | {"edges": edges}, DAY) for edges in ("inclusive", "usual", "exclusive")]
        assert answer[0]["class"] <= answer[1]["class"] <= answer[2]["class"]


DIRECT = {
    "violates_mandatory": False,
    "fatal_or_serious_history_same_condition": False,
    "minor_history_count": 2,
    "hazard_source_level": 3,
    "people_in_toxic_fire_explosion_area": 9,
    "assessed_highest": False,
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"hazard_source_level": None}, None),
        ({"violates_mandatory": True}, "violates_mandatory"),
        ({"fatal_or_serious_history_same_condition": True}, "fatal_or_serious_history_same_condition"),
        ({"minor_history_count": 3}, "minor_history_count>=3"),
        ({"hazard_source_level": 2}, "hazard_source_level<=2"),
        ({"hazard_source_level": 1, "people_in_toxic_fire_explosion_area": 10}, "hazard_source_level<=2"),
        ({"people_in_toxic_fire_explosion_area": 10}, "people_in_toxic_fire_explosion_area>=10"),
        ({"assessed_highest": True}, "assessed_highest"),
    ],
)
def test_what_is_major_whatever_its_score(change, reason):
    assert call("direct_major", DIRECT | change, DAY) == {"major": reason is not None, "reason": reason}


@pytest.mark.parametrize(
    ("rrf", "sil"), [(1, 0), (10, 0), (11, 1), (100, 1), (101, 2), (1000, 2), (1001, 3), (10000, 3), (10001, None)]
)
def test_both_sides_of_the_integrity_levels(rrf, sil):
    assert call("lopa", {"f_init": rrf, "pfd": [], "target": 1}, DAY) == {"f": rrf, "rrf": rrf, "sil": sil}


def test_layers_multiply_exactly():
    given_ = {"f_init": 0.1, "pfd": [0.1, 0.01], "target": 0.000005}
    assert call("lopa", given_, DAY) == {"f": 0.0001, "rrf": 20, "sil": 1}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 100), max_size=4), st.integers(1, 100))
def test_a_further_layer_never_asks_for_more(hundredths, more):
    def asked(layers):
        answer = call("lopa", {"f_init": 1, "pfd": [exact(f"{n / 100}") for n in layers], "target": 0.001}, DAY)
        return answer["rrf"]

    assert asked([*hundredths, more]) <= asked(hundredths)


@pytest.mark.parametrize(
    ("points", "colour"),
    [
        (["blue"], "blue"), (["blue", "yellow"], "yellow"), (["orange", "yellow"], "orange"), (["blue", "red"], "red"),
    ],
)  # fmt: skip
def test_an_area_has_the_colour_of_its_highest_point(points, colour):
    assert call("area_colour", {"points": points}, DAY) == {"colour": colour}


def test_a_matrix_of_ones_own_is_looked_up_and_told_when_it_falls():
    cells = [[5, 4, 3], [4, 3, 2], [3, 2, 1]]
    assert call("matrix_class", {"cells": cells, "row": 3, "column": 2}) == {"class": 2, "monotonic": True}
    assert call("matrix_class", {"cells": [[1, 2]], "row": 1, "column": 2}) == {"class": 2, "monotonic": False}
    assert call("matrix_class", {"cells": [[1], [2]], "row": 1, "column": 1})["monotonic"] is False


@pytest.mark.parametrize(
    ("risk", "existing", "ok"),
    [("3e-7", False, True), ("3.1e-7", False, False), ("3e-6", True, True), ("3.1e-6", True, False)],
)
def test_both_sides_of_the_limits_of_individual_risk(risk, existing, ok):
    given_ = {"risk_per_year": exact(risk), "target": "high", "existing": existing}
    assert call("individual_risk", given_, DAY)["ok"] is ok


def test_when_to_assess_again():
    assert call("reassess_due", {"last": "2025-02-28"}, DAY) == {"due": "2026-02-28"}
    assert call("hazop_due", {"last": "2024-02-29", "key_device": True}, DAY) == {"due": "2027-02-28"}
    assert call("hazop_due", {"last": "2024-03-01", "key_device": False}, DAY) == {"due": "2029-03-01"}
    assert call("assessment_methods", {"about": "equipment"}, DAY) == {"methods": ["scl", "ls"]}


@pytest.mark.parametrize(
    ("name", "given_", "field"),
    [
        ("lec", LEC | {"L": 4}, "L"),
        ("lec", LEC | {"E": -6}, "E"),
        ("lec", LEC | {"C": "15"}, "C"),
        ("lec", LEC | {"edges": "any"}, "edges"),
        ("lec", {"L": 3, "E": 6}, "C"),
        ("ls", {"L": 6, "S": 1}, "L"),
        ("ls", {"L": 1.5, "S": 1}, "L"),
        ("mes", {"M": 2, "E": 6, "S": 8}, "M"),
        ("direct_major", DIRECT | {"minor_history_count": -1}, "minor_history_count"),
        ("direct_major", DIRECT | {"people_in_toxic_fire_explosion_area": -1}, "people_in_toxic_fire_explosion_area"),
        ("direct_major", DIRECT | {"hazard_source_level": 5}, "hazard_source_level"),
        ("lopa", {"f_init": 0, "pfd": [], "target": 1}, "f_init"),
        ("lopa", {"f_init": 1, "pfd": [0.1, 0], "target": 1}, "pfd[1]"),
        ("lopa", {"f_init": 1, "pfd": [1.1], "target": 1}, "pfd[0]"),
        ("lopa", {"f_init": 1, "pfd": [], "target": 0}, "target"),
        ("area_colour", {"points": []}, "points"),
        ("area_colour", {"points": ["green"]}, "points[0]"),
        ("matrix_class", {"cells": [[1, 2], [1]], "row": 1, "column": 1}, "cells"),
        ("matrix_class", {"cells": [[1]], "row": 2, "column": 1}, "row"),
        ("matrix_class", {"cells": [[1]], "row": 1, "column": 0}, "column"),
        ("individual_risk", {"risk_per_year": -1, "target": "high", "existing": True}, "risk_per_year"),
    ],
)
def test_what_cannot_be_is_refused_with_field_reason_and_example(name, given_, field):
    with pytest.raises(Refusal) as refused:
        call(name, given_, DAY)
    facts = refused.value.facts
    assert facts["field"] == field
    assert facts["reason"].zh
    assert "example" in facts


def test_the_explanation_of_lec_can_be_redone_by_hand():
    told = explain("lec", LEC, DAY)
    assert [one["value"] for one in told["steps"]] == [3, 6, 15, 270, 2, "orange"]
    assert told["steps"][3]["zh"] == "D = L × E × C = 3 × 6 × 15"
    assert (told["rests_on"], told["verify"]) == ("practice", False)


def test_every_function_of_these_sections_tells_its_steps():
    """Read from the worked examples: an answer without steps explains nothing."""
    from tests.law.test_vectors import VECTORS  # noqa: PLC0415 -- the examples of all sections

    for section, vector in VECTORS:
        if section in "ABD":
            told = explain(vector["call"], vector["given"], DAY)
            assert told["steps"], vector["id"]
            assert bare(told["answer"]) == call(vector["call"], vector["given"], DAY)
            assert all(one["zh"] and one["en"] for one in told["steps"])
    assert FUNCTIONS["lec"].section == "A"
