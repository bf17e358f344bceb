"""What `zhiben law call` accepts, and what it refuses."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest

from zhiben.kernel.errors import Invalid, NotFound
from zhiben.kernel.quantities import Number
from zhiben.law import registry


@dataclass(frozen=True)
class Row:
    found: date
    closed: date | None = None


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch):
    monkeypatch.setattr(registry, "_FUNCTIONS", {})

    @registry.function(section="test")
    def example(
        *,
        year: int,
        kind: Literal["a", "b"] = "a",
        share: Number | None = None,
        rows: list[Row] | None = None,
        at: datetime | None = None,
        on: date | None = None,
    ) -> dict[str, object]:
        return {"year": year, "kind": kind, "share": share, "rows": [r.found for r in rows or []], "at": at, "on": on}

    @registry.function(section="test")
    def ends(day: date) -> dict[str, object]:
        return {"next": day + timedelta(days=1)}


def test_inputs_are_read_as_annotated_and_the_answer_is_plain_json():
    given = {"year": 2025, "share": Decimal("0.1"), "rows": [{"found": "2025-01-02"}], "at": "2025-01-02T03:04"}
    assert registry.call("example", given, on=date(2025, 1, 1)) == {
        "year": 2025,
        "kind": "a",
        "share": 0.1,
        "rows": ["2025-01-02"],
        "at": "2025-01-02T03:04",
        "on": "2025-01-01",
    }


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({}, "function:missing-input", "year"),
        ({"year": "2025"}, "function:wrong-input", "year"),
        ({"year": True}, "function:wrong-input", "year"),
        ({"year": 10**41}, "function:wrong-input", "year"),
        ({"year": 2025, "share": -(10**6000)}, "function:wrong-input", "share"),
        ({"year": 2025, "yaer": 1}, "function:unknown-input", "yaer"),
        ({"year": 2025, "kind": "c"}, "function:wrong-input", "kind"),
        ({"year": 2025, "share": "many"}, "function:wrong-input", "share"),
        ({"year": 2025, "share": float("nan")}, "function:wrong-input", "share"),
        ({"year": 2025, "rows": [{"found": "2025-02-30"}]}, "function:wrong-input", "rows[0].found"),
        ({"year": 2025, "rows": [{}]}, "function:missing-input", "rows[0].found"),
        ({"year": 2025, "rows": [{"found": "2025-01-01", "x": 1}]}, "function:unknown-input", "rows[0].x"),
        ({"year": 2025, "rows": 3}, "function:wrong-input", "rows"),
        ({"year": 2025, "on": "2025-01-01"}, "function:unknown-input", "on"),
        ([], "function:not-an-object", "example"),
    ],
)
def test_what_cannot_be_used_is_refused_naming_the_field(given, code, field):
    with pytest.raises(Invalid) as refused:
        registry.call("example", given)
    assert (refused.value.code, refused.value.facts["field"]) == (code, field)
    assert refused.value.facts["reason"]
    assert "example" in refused.value.facts


def test_an_unknown_function_names_near_ones():
    with pytest.raises(NotFound) as refused:
        registry.call("exmaple", {})
    assert refused.value.facts["near"] == ["example"]


def test_a_day_past_the_calendar_is_refused():
    with pytest.raises(Invalid, match="out-of-range"):
        registry.call("ends", {"day": "9999-12-31"})


def test_two_functions_of_one_name_are_a_bug():
    with pytest.raises(ValueError, match="two functions"):
        registry.function(section="test")(registry.registered()["ends"].run)


def test_exact_numbers_become_json_numbers():
    assert registry.plain({"a": Fraction(1, 2), "b": Fraction(4, 2), "c": {date(2025, 1, 1)}}) == {
        "a": 0.5,
        "b": 2,
        "c": ["2025-01-01"],
    }


@pytest.mark.parametrize(
    ("value", "hint", "read"),
    [
        ("2025-01-02T03:04:05+08:00", datetime, datetime.fromisoformat("2025-01-02T03:04:05+08:00")),
        ({"a": "2025-01-02"}, dict[str, date], {"a": date(2025, 1, 2)}),
        ({"a": 1}, dict, {"a": 1}),
        ([1, 2], tuple[int, ...], (1, 2)),
        ("x", int | str, "x"),
        (7, int | str, 7),
        (Decimal("0.25"), Fraction, Fraction(1, 4)),
        (1.5, float, 1.5),
        ([None], object, [None]),
        (None, int | None, None),
    ],
)
def test_values_are_read_as_the_annotation_says(value, hint, read):
    assert registry.convert(value, hint, "field") == read


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("2025-13-01T00:00", datetime),
        ("noon", datetime),
        ("0.5", Number),
        (True, Number),
        ([], dict),
        ({}, list[int]),
        ([1, "2"], list[int]),
        ([], int | str),
        (1, float),
        (1, Literal["1"]),
        (True, Literal[1]),
        (3, Row),
    ],
)
def test_a_value_of_another_kind_is_refused_with_reason_and_example(value, hint):
    with pytest.raises(Invalid) as refused:
        registry.convert(value, hint, "field")
    assert refused.value.facts["field"].startswith("field")
    assert refused.value.facts["reason"].startswith("needs")
    assert "example" in refused.value.facts
