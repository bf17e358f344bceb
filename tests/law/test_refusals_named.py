"""A refusal names an input of the function that was called, says why in both languages, and gives an example."""

import re
from datetime import date

import pytest

from tests.law.test_vectors import VECTORS
from zhiben.kernel.errors import Refusal
from zhiben.law.because import Because
from zhiben.law.deadlines import hazard_rates, recheck_due
from zhiben.law.functions import FUNCTIONS
from zhiben.law.naming import examples
from zhiben.law.rating import std_expiry
from zhiben.law.registry import call
from zhiben.law.sentences import sentence

CHINESE = re.compile("[一-鿿]")
DAYS = [None, date(1980, 1, 1), date(9999, 12, 31)]
HOSTILE = [
    "", "zzz?", "甲", "9999-12-31", "0001-01-01", "9999-12-31T23:59", "1980-01-01T08:00+08:00", "1980-02-29", -1, 0, 97, 2.5,
    -0.5, 10**7, 10**39, True, None, [], [""], ["zzz?"], [-1], [[]], [1, "a"], ["9999-12-31"], {}, {"zzz?": 1},
]  # fmt: skip


def _examples():
    found = {}
    for _, vector in VECTORS:
        found.setdefault(vector["call"], vector["given"])
    return {**found, **{name: given for name, given in examples().items() if name in FUNCTIONS}}


EXAMPLES = _examples()


def _spoilt(given, takes):
    """Yield the worked example with one input, or one part of one, made impossible."""
    for field in takes:
        for bad in HOSTILE:
            yield {**given, field: bad}
        rows = given.get(field)
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            for part in rows[0]:
                for bad in HOSTILE:
                    yield {**given, field: [{**rows[0], part: bad}, *rows[1:]]}
        if isinstance(rows, list) and rows:
            yield {**given, field: [*rows, *rows]}


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_whatever_is_refused_is_an_input_of_the_function(name):
    takes = FUNCTIONS[name].takes
    tries = [(given, None) for given in _spoilt(EXAMPLES[name], takes)] + [(EXAMPLES[name], day) for day in DAYS]
    for given, day in tries:
        try:
            call(name, given, day)
        except Refusal as refused:
            _check(refused, {*takes, "on"}, f"{name}({given}) on {day}")


def _check(refused, inputs, told):
    field, reason = refused.facts.get("field"), refused.facts.get("reason")
    assert isinstance(field, str), (refused, told)
    assert re.split(r"[.\[]", field)[0] in inputs, (refused, told)
    assert isinstance(reason, Because), (refused, told)
    assert CHINESE.search(reason.zh), (refused, told)
    assert "example" in refused.facts, (refused, told)
    for language in ("zh", "en"):
        assert field in sentence(refused, language), (refused, told)
    assert CHINESE.search(sentence(refused, "zh")), (refused, told)


@pytest.mark.parametrize(
    ("name", "given", "field"),
    [
        (
            "hazard_rates",
            {"found_general": 1, "closed_general": 2, "found_major": 0, "closed_major": 0, "overdue_open_major": 0},
            "closed_general",
        ),
        (
            "hazard_rates",
            {"found_general": 1, "closed_general": 1, "found_major": -1, "closed_major": 0, "overdue_open_major": 0},
            "found_major",
        ),
        ("code_industry", {"gb4754_class": "zz"}, "gb4754_class"),
        ("industry_letter", {"division": "98"}, "division"),
        ("not_reporting_crime", {"added_deaths": -1}, "added_deaths"),
        ("special_operation", {"name": "zzz?"}, "name"),
        ("plan_complete", {"fields": {"责任": "甲", "funds": 1}}, "fields.funds"),
        ("training_file", {"fields": {"时间": "2026-03-01", "地点": "厂"}}, "fields.地点"),
        ("drill_file", {"papers": {"演练方案": "有"}}, "papers.演练方案"),
        ("permits_needed", {"kinds": ["动火-一级", "zzz?"]}, "kinds[1]"),
        (
            "stock_increment",
            {"asof": "2026-01-01", "rows": [{"found": "2024-05-01", "closed": "2024-04-01"}]},
            "rows[0].closed",
        ),
        ("accident_grade", {"deaths": 10**41, "heavy": 0, "loss_wan": 0}, "deaths"),
        ("recheck_due", {"trigger": "9999-12-31"}, "trigger"),
        ("std_expiry", {"announced": "9999-12-31"}, "announced"),
        ("cert_dates", {"kind": "special_operation", "issued": "1980-01-01"}, "issued"),
        ("quarter_report_due", {"year": 2001, "quarter": 1}, "year"),
        ("uscc_check", {"code17": "x"}, "code17"),
        ("lec", {"L": 4, "E": 6, "C": 15}, "L"),
    ],
)
def test_the_field_named_is_the_one_that_is_wrong(name, given, field):
    with pytest.raises(Refusal) as refused:
        call(name, given)
    assert refused.value.facts["field"] == field
    _check(refused.value, {*FUNCTIONS[name].takes, "on"}, name)


def test_a_day_without_law_is_refused_as_the_day_asked_for():
    with pytest.raises(Refusal) as refused:
        call("unit_fine", {"deaths": 1, "heavy": 0, "loss_wan": 0}, date(1980, 1, 1))
    assert refused.value.facts["field"] == "on"
    assert "1980-01-01" in sentence(refused.value, "en")
    assert refused.value.facts["example"] >= "2007-06-01"


def test_a_function_imported_by_itself_names_its_inputs_too():
    for run, given, field in (
        (std_expiry, {"announced": date(9999, 12, 31)}, "announced"),
        (std_expiry, {"announced": date(1980, 1, 1)}, "announced"),
        (recheck_due, {"trigger": date(9999, 12, 31)}, "trigger"),
        (hazard_rates, dict.fromkeys(FUNCTIONS["hazard_rates"].takes, 1) | {"closed_major": 2}, "closed_major"),
    ):
        with pytest.raises(Refusal) as refused:
            run(**given)
        assert refused.value.facts["field"] == field
        assert refused.value.__cause__ is not refused.value


def test_names_that_may_be_given_are_told_with_their_english():
    with pytest.raises(Refusal) as refused:
        call("special_operation", {"name": "high voltage electrician"}, date(2026, 11, 22))
    assert refused.value.facts["near"][0] == "高压电工"
    assert "高压电工 (high voltage" in sentence(refused.value, "en")
    for name, given, told in (
        ("plan_complete", {"fields": {"funds": 1}}, "资金 (funds)"),
        ("fund_unit", {"key": "原油", "qty": 3}, "原油(元/t) (crude oil (yuan/t))"),
        ("approver", {"kind": "hot"}, "受限空间 (confined space)"),
    ):
        with pytest.raises(Refusal) as refused:
            call(name, given, date(2026, 11, 22))
        assert told in sentence(refused.value, "en")
        assert "(" not in sentence(refused.value, "zh").replace("(元/t)", "")
