"""Major hazard sources: substances found under any name, S, α, β, R and the level, on both sides of every boundary."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.told import call
from zhiben.kernel.errors import Refusal
from zhiben.kernel.quantities import exact
from zhiben.law.explaining import explain
from zhiben.law.parameters import parameter

DAY = date(2026, 11, 22)
ROWS = parameter("cn/hazard-source/substances").in_force(DAY).value


def _gb(*items, people=0):
    return call("gb18218", {"items": list(items), "people_500m": people}, DAY)


def _found(text):
    return [row["row"] for row in call("find_substance", {"text": text}, DAY)["substances"]]


def test_the_table_is_whole_and_its_cas_numbers_check():
    assert [row["row"] for row in ROWS] == list(range(1, 86))
    for row in ROWS:
        for cas in row["cas"]:
            digits = cas.replace("-", "")
            assert sum(at * int(digit) for at, digit in enumerate(reversed(digits))) % 10 == int(digits[-1]), cas


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["en"])
def test_every_substance_is_found_by_each_of_its_names(row):
    for name in (row["zh"], row["en"], row["en"].upper(), *row.get("also", ())):
        assert _found(name) == [row["row"]], name
    for cas in row["cas"]:
        assert row["row"] in _found(f" {cas} ")


@pytest.mark.parametrize(
    ("text", "rows"),
    [("液氨", [1]), ("光气", [6]), ("ｎｈ３", [1]), ("电石", [83]), ("碳酰氯(光气)", [6]), ("9004-70-0", list(range(37, 43))),
     ("甲醛", []), ("水", []), ("", [])],
)  # fmt: skip
def test_names_are_compared_as_people_write_them(text, rows):
    assert _found(text) == rows


def test_a_worked_unit_by_names_alone():
    found = _gb({"name": "液氨", "q": 40}, {"cas": "7782-50-5", "q": 3}, {"name": "甲醇", "q": 1200}, people=60)
    assert found == {"S": 7, "is_major": True, "alpha": 1.5, "R": 19.2, "level": 3}
    found = _gb({"name": "光气", "q": 0.6}, {"name": "氯", "q": 2}, people=120)
    assert found == {"S": 2.4, "is_major": True, "alpha": 2, "R": 83.2, "level": 2}


@pytest.mark.parametrize(("q", "is_major"), [("9.999999", False), ("10", True), ("10.000001", True)])
def test_the_threshold_itself_is_major(q, is_major):
    assert _gb({"name": "氨", "q": exact(q)})["is_major"] is is_major


def test_shares_that_add_up_to_one_exactly_are_major():
    found = _gb(*[{"name": "x", "q": 1, "Q": 10, "beta": 1}] * 10)
    assert (found["S"], found["is_major"]) == (1, True)


@pytest.mark.parametrize(
    ("people", "factor"), [(0, 0.5), (1, 1), (29, 1), (30, 1.2), (49, 1.2), (50, 1.5), (99, 1.5), (100, 2), (5000, 2)]
)
def test_alpha_on_both_sides_of_its_steps(people, factor):
    assert call("alpha", {"people_500m": people}, DAY) == {"alpha": factor}


@pytest.mark.parametrize(
    ("graded", "level"),
    [("0.001", 4), ("9.9999", 4), (10, 3), ("49.9999", 3), (50, 2), ("99.9999", 2), (100, 1), (10**6, 1)],
)
def test_levels_on_both_sides_of_their_boundaries(graded, level):
    assert call("r_level", {"R": exact(graded)}, DAY) == {"level": level}


def test_of_several_hazard_classes_the_lowest_quantity_and_the_highest_beta_hold():
    found = _gb({"name": "某混合物", "q": 20, "hazard_classes": ["W5.3", "J3", "W2"]}, people=100)
    assert found == {"S": 2, "is_major": True, "alpha": 2, "R": 8, "level": 4}


def test_a_liquid_above_its_boiling_point_is_told_by_its_class():
    assert _gb({"name": "甲醇", "q": 500})["R"] == 0.5
    assert _gb({"name": "甲醇", "q": 500, "hazard_classes": ["W5.1"]})["R"] == 0.75


def test_beta_is_asked_for_only_where_the_level_needs_it():
    assert _gb({"name": "丙烯醛", "q": 19})["is_major"] is False
    with pytest.raises(Refusal) as refused:
        _gb({"name": "丙烯醛", "q": 20})
    assert refused.value.facts["field"] == "items[0].beta"
    assert _gb({"name": "丙烯醛", "q": 20, "beta": 1})["level"] == 4


ITEM = st.builds(
    lambda q, quantity, beta: {"q": q, "Q": quantity, "beta": beta},
    st.integers(0, 500), st.integers(1, 500), st.sampled_from([1, 2, 5, 20]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(ITEM, min_size=1, max_size=5), ITEM, st.integers(0, 150))
def test_more_on_site_or_more_people_never_means_less(items, one_more, people):
    before, after = _gb(*items, people=people), _gb(*items, one_more, people=people + 60)
    assert after["S"] >= before["S"]
    assert after["is_major"] or not before["is_major"]
    if before["is_major"]:
        assert after["R"] >= before["R"]
        assert after["level"] <= before["level"]


@settings(max_examples=30, deadline=None)
@given(st.lists(ITEM, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_substances_does_not_matter(items, random):
    mixed = list(items)
    random.shuffle(mixed)
    assert _gb(*items) == _gb(*mixed)


@pytest.mark.parametrize(
    ("item", "field"),
    [
        ({"q": 1}, "items[0]"),
        ({"q": -1, "name": "氨"}, "items[0].q"),
        ({"q": 1, "name": "氨", "Q": 0}, "items[0].Q"),
        ({"q": 1, "name": "氨", "beta": 0}, "items[0].beta"),
        ({"q": 1, "name": "甲醛"}, "items[0].name"),
        ({"q": 1, "name": "' or 1=1 --<script>"}, "items[0].name"),
        ({"q": 1, "cas": "50-00-0"}, "items[0].cas"),
        ({"q": 1, "cas": "9004-70-0"}, "items[0].cas"),
        ({"q": 1, "hazard_classes": ["W99"]}, "items[0].hazard_classes"),
        ({"q": "1", "name": "氨"}, "items[0].q"),
        ({"name": "氨"}, "items[0].q"),
        ({"q": 1, "name": "氨", "weight": 3}, "items[0].weight"),
    ],
)
def test_what_cannot_be_used_is_refused_naming_field_reason_and_example(item, field):
    with pytest.raises(Refusal) as refused:
        _gb(item)
    facts = refused.value.facts
    assert facts["field"] == field
    assert facts["reason"].zh
    assert "example" in facts


def test_no_substance_at_all_and_a_negative_crowd_are_refused():
    for given_ in ({"items": [], "people_500m": 0}, {"items": [{"name": "氨", "q": 1}], "people_500m": -1}):
        with pytest.raises(Refusal):
            call("gb18218", given_, DAY)


def test_before_the_edition_nothing_is_judged_by_it():
    with pytest.raises(Refusal, match="not-in-force"):
        call("alpha", {"people_500m": 1}, date(2019, 2, 28))


def test_every_term_is_explained_with_its_table():
    told = explain("gb18218", {"items": [{"name": "氨", "q": 40}, {"name": "甲醇", "q": 1200}], "people_500m": 60}, DAY)
    cited = {one["parameter"]: one["clause"] for one in told["citations"]}
    assert cited["cn/hazard-source/substances"] == "table 1"
    assert cited["cn/hazard-source/beta-named"] == "table 3"
    assert "表1" in told["citations"][0]["citation"]["zh"]
    assert told["verify"] is True  # the class of methanol is our reading
    assert any("1.5 ×" in one["zh"] for one in told["steps"])


def test_when_a_source_is_filed_assessed_and_drilled_again():
    assert call("hazard_source_dates", {"assessed": "2024-02-29", "reported": "2024-03-20"}, DAY) == {
        "file_until": "2024-04-04",
        "assess_again_until": "2027-02-28",
        "special_drill_until": "2025-02-28",
        "onsite_drill_until": "2024-08-29",
    }
