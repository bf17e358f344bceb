"""Accident types of both editions, factors, rates and losses, and the forms on which risks are recorded."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.told import call
from zhiben.kernel.errors import Refusal
from zhiben.law.explaining import explain
from zhiben.law.parameters import parameter

DAY = date(2026, 11, 22)
OLD, NEW = parameter("cn/accident-class/types").history


def test_both_editions_are_whole():
    assert len(OLD.value) == 20
    assert len(NEW.value) == 27
    assert parameter("cn/accident-class/types").in_force(date(2026, 6, 30)) == OLD
    assert parameter("cn/accident-class/types").in_force(date(2026, 7, 1)) == NEW


def test_every_type_of_1986_has_a_counterpart_that_exists():
    for code, names in OLD.value.items():
        told = call("type_carried_over", {"code": code})
        assert told["code"] in NEW.value
        assert set(told["or"]) <= set(NEW.value) - {told["code"]}
        if all(names["zh"] != new["zh"] for new in NEW.value.values()):
            assert call("code_2025", {"name": names["zh"]})["code"] == told["code"]


def test_every_type_of_2025_is_found_by_its_names_and_its_code():
    for code, names in NEW.value.items():
        for name in (code, code.lower(), names["zh"], names["zh"].replace("（", "("), f" {names['en'].upper()} "):
            assert call("code_2025", {"name": name}) == {"code": code}


@pytest.mark.parametrize(
    ("name", "code"),
    [("机械伤害", "WSA10004"), ("车辆伤害", "WSA10002"), ("中毒和窒息", "WSA10023"), ("冒顶片帮", "WSA10012"), ("中毒", "WSA10023"), ("03", "WSA10004")],
)  # fmt: skip
def test_names_of_1986_are_carried_over(name, code):
    assert call("code_2025", {"name": name}) == {"code": code}


def test_a_type_by_the_edition_of_a_day():
    assert call("accident_type", {"name": "高处坠落"}, date(2026, 6, 30))["code"] == "09"
    assert call("accident_type", {"name": "高处坠落"}, date(2026, 7, 1))["code"] == "WSA10010"


def test_the_code_of_an_industry():
    assert call("code_industry", {"gb4754_class": "G5523"}) == {"code": "WSA35523"}
    for wrong in ("552", "5599", "abc", ""):
        with pytest.raises(Refusal) as refused:
            call("code_industry", {"gb4754_class": wrong})
        assert refused.value.facts["reason"].zh


def test_a_factor_with_what_it_lies_in():
    told = call("hazard_factor", {"code": "2103"}, DAY)
    assert (told["zh"], told["above"]) == ("电危害", ["21", "2"])
    table = parameter("cn/factor/gb-t-13861").in_force(DAY).value
    assert all(code[:size] in table for code in table for size in (1, 2) if size < len(code))


@pytest.mark.parametrize(
    ("name", "field"), [("code_2025", "name"), ("type_carried_over", "code"), ("hazard_factor", "code")]
)
def test_an_unknown_name_is_refused_with_near_ones(name, field):
    with pytest.raises(Refusal) as refused:
        call(name, {field: "坠落 9"}, DAY)
    facts = refused.value.facts
    assert facts["field"] == field
    assert facts["near"]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 500), st.integers(1, 10**9), st.integers(1, 500))
def test_rates_rise_with_the_count_and_fall_with_the_base(n, base, more):
    for name, count, by, out in (
        ("rate_gdp", "deaths", "gdp_yuan", "per_yi_yuan"),
        ("rate_mt", "deaths", "tonnes", "per_million_t"),
        ("rate_thousand", "n", "employees", "per_thousand"),
    ):
        rate = call(name, {count: n, by: base}, DAY)[out]
        assert call(name, {count: n + more, by: base}, DAY)[out] >= rate
        assert call(name, {count: n, by: base + more}, DAY)[out] <= rate


@pytest.mark.parametrize(
    ("days", "grade"), [(0, None), (1, "light"), (104, "light"), ("104.5", "light"), (105, "serious"), (5999, "serious"), (6000, "death")]
)  # fmt: skip
def test_both_sides_of_the_grades_of_injury(days, grade):
    from zhiben.kernel.quantities import exact  # noqa: PLC0415 -- text of the table only

    assert call("injury_grade", {"lost_days": exact(days)}, DAY) == {"grade": grade}


def test_losses_add_up_and_estimates_end_after_a_year():
    parts = {"casualties": 100, "property": 50.5, "rescue": 10, "clearing": 5, "administrative": 1}
    assert call("direct_loss", parts, DAY) == {"Ed": 166.5}
    assert call("medical_estimate", {"Mb_wan": 3, "P": 30, "Dc": 365}, DAY) == {"M_wan": 39.5}
    assert call("medical_estimate", {"Mb_wan": 3, "P": 30, "Dc": 900}, DAY) == {"M_wan": 39.5}
    assert call("loss_thousand", {"loss_wan": 120, "people": 3000}, DAY) == {"wan_per_thousand": 40}


@pytest.mark.parametrize(
    ("name", "given_", "field"),
    [
        ("rate_gdp", {"deaths": -1, "gdp_yuan": 1}, "deaths"),
        ("rate_gdp", {"deaths": 1, "gdp_yuan": 0}, "gdp_yuan"),
        ("rate_thousand", {"n": 1.5, "employees": 1}, "n"),
        ("work_value_loss", {"DL": 1, "M_wan": 1, "S": 0, "D": 1}, "S"),
        ("work_value_loss", {"DL": -1, "M_wan": 1, "S": 1, "D": 1}, "DL"),
        ("medical_estimate", {"Mb_wan": 1, "P": 0, "Dc": 1}, "P"),
        ("injury_grade", {"lost_days": -1}, "lost_days"),
        ("direct_loss", {"casualties": -1, "property": 0, "rescue": 0, "clearing": 0, "administrative": 0}, "casualties"),
    ],
)  # fmt: skip
def test_impossible_figures_are_refused(name, given_, field):
    with pytest.raises(Refusal) as refused:
        call(name, given_, DAY)
    assert refused.value.facts["field"] == field


def test_the_formula_of_lost_work_is_cited_by_its_edition():
    given_ = {"DL": 6000, "M_wan": 2500, "S": 500, "D": 250}
    cited = [explain("work_value_loss", given_, day)["citations"][0]["instrument"] for day in (date(2026, 6, 30), DAY)]
    assert cited == ["cn/gb-6721-1986", "cn/gb-6721-2025"]


JHA = {
    "number": 1, "step": "上塔", "hazard": "未系安全带", "accident": "WSA10010", "training": "交底", "method": "ls",
    "factors": {"L": 3, "S": 5}, "level": "orange", "control_level": "department",
}  # fmt: skip


def test_a_record_tells_what_it_lacks():
    assert call("record_missing", {"form": "jha", "record": JHA}, DAY) == {"complete": True, "missing": []}
    told = call("record_missing", {"form": "jha", "record": JHA | {"training": " ", "step": ""}}, DAY)
    assert told == {"complete": False, "missing": ["step", "controls"]}
    assert call("record_missing", {"form": "scl", "record": {}}, DAY)["missing"][0] == "number"


@pytest.mark.parametrize(("field", "value"), [("accident", "09"), ("level", "green"), ("no_column", 1)])
def test_a_value_that_a_column_does_not_take_is_refused(field, value):
    with pytest.raises(Refusal) as refused:
        call("record_missing", {"form": "jha", "record": JHA | {field: value}}, DAY)
    assert refused.value.facts["field"] == f"record.{field}"


def test_old_records_are_checked_by_the_types_of_their_day():
    told = call("record_missing", {"form": "jha", "record": JHA | {"accident": "09"}}, date(2026, 6, 30))
    assert told["complete"]


@pytest.mark.parametrize("form", ["jha", "scl", "hazop"])
def test_a_form_names_its_columns_once_in_both_languages(form):
    told = call("record_form", {"form": form}, DAY)
    names = [column["name"] for column in told["row"]]
    assert len(names) == len(set(names))
    assert all(column["zh"] and column["en"] for column in (*told["head"], *told["row"]))


def test_a_node_is_crossed_with_every_guideword():
    told = call("hazop_deviations", {"parameters": ["流量", "压力"]}, DAY)["deviations"]
    assert len(told) == 22
    assert told[1] == {"guideword": "more", "parameter": "流量", "zh": "流量过多", "en": "流量: more"}
