"""Values of law over time: which one holds on a day, and that every pack's own examples hold."""

from datetime import date

import pytest

from zhiben.kernel.errors import NotFound
from zhiben.law import store
from zhiben.law.parameters import parameter, parameter_of
from zhiben.law.sentences import sentence
from zhiben.law.tables import part_of

WRITTEN = {
    "id": "cn/example/days",
    "title": {"zh": "示例", "en": "Example"},
    "unit": "day",
    "values": [
        {
            "since": "2016-01-01",
            "until": "2020-01-01",
            "value": 30,
            "source": {"instrument": "Order X", "clause": "15"},
            "confidence": "high",
        },
        {
            "since": "2026-01-01",
            "value": 15,
            "verify": True,
            "source": {"instrument": "Order Y", "clause": "12"},
            "confidence": "low",
        },
    ],
}


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2015-12-31", None),
        ("2016-01-01", 30),
        ("2019-12-31", 30),
        ("2020-01-01", None),
        ("2025-12-31", None),
        ("2026-01-01", 15),
        ("2099-01-01", 15),
    ],
)
def test_the_value_in_force_on_a_day(day, value):
    found = parameter_of(WRITTEN).on(date.fromisoformat(day))
    assert (found and found.value) == value


def test_a_value_carries_its_source_and_whether_it_must_be_checked():
    found = parameter_of(WRITTEN).in_force(date(2026, 5, 1))
    assert (found.source.instrument, found.source.clause, found.verify) == ("Order Y", "12", True)


def test_where_nothing_is_in_force_it_is_refused():
    with pytest.raises(NotFound, match="parameter:not-in-force"):
        parameter_of(WRITTEN).in_force(date(2021, 1, 1))


def test_the_refusal_names_the_value_and_the_days_it_is_held_for():
    with pytest.raises(NotFound) as refused:
        parameter("cn/permit/kinds").in_force(date(2021, 1, 1))
    assert sentence(refused.value, "zh") == (
        "特殊作业票种类与级别（cn/permit/kinds）在 2021-01-01 没有收录有效的值；收录的期间：2022-10-01 –；on 例：2022-10-01"
    )
    assert "Kinds and grades of work permits" in sentence(refused.value, "en")


def test_an_unknown_parameter_is_refused():
    with pytest.raises(NotFound, match="parameter:unknown"):
        parameter("cn/no/such")


def _examples():
    for name, written in store.documents("parameters").items():
        for example in written["examples"]:
            yield pytest.param(written, example, id=f"{name}@{example['day']}{example.get('at', '')}")


@pytest.mark.parametrize(("written", "example"), list(_examples()))
def test_the_examples_of_a_parameter_hold(written, example):
    found = parameter_of(written).on(date.fromisoformat(example["day"]))
    assert part_of(None if found is None else found.value, example.get("at", "")) == example["value"]
