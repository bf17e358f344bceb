"""Why a field does not fit is said in the reader's language."""

import re
from datetime import date
from enum import Enum
from typing import Annotated, Literal
from uuid import UUID

import pytest
from callers import Caller
from django.utils.translation import override
from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from zhiben.orgs.api import Day, In
from zhiben.shell.sentences.shapes import REASONS, reason_of


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Lamp(In):
    name: str


CASES = [
    (Lamp, {}, "missing"),
    (Lamp, {"name": "a", "size": 1}, "extra_forbidden"),
    (Lamp, 3, "model_attributes_type"),
    (dict, 3, "dict_type"),
    (str, 3, "string_type"),
    (Annotated[str, Field(min_length=2)], "a", "string_too_short"),
    (Annotated[str, Field(max_length=2)], "abc", "string_too_long"),
    (Annotated[str, Field(pattern="^a+$")], "b", "string_pattern_mismatch"),
    (int, [], "int_type"),
    (int, "a", "int_parsing"),
    (int, "9" * 5000, "int_parsing_size"),
    (int, 1.5, "int_from_float"),
    (float, [], "float_type"),
    (float, "a", "float_parsing"),
    (Annotated[float, Field(allow_inf_nan=False)], float("nan"), "finite_number"),
    (bool, [], "bool_type"),
    (bool, "a", "bool_parsing"),
    (Annotated[int, Field(ge=1)], 0, "greater_than_equal"),
    (Annotated[int, Field(gt=1)], 0, "greater_than"),
    (Annotated[int, Field(le=1)], 2, "less_than_equal"),
    (Annotated[int, Field(lt=1)], 2, "less_than"),
    (date, [], "date_type"),
    (date, "2026-13-01", "date_from_datetime_parsing"),
    (date, "2026-01-01T08:00", "date_from_datetime_inexact"),
    (Day, "1066-10-14", "day_implausible"),
    (AwareDatetime, [], "datetime_type"),
    (AwareDatetime, "2026-13", "datetime_from_date_parsing"),
    (AwareDatetime, "2026-01-01T08:00", "timezone_aware"),
    (UUID, 3, "uuid_type"),
    (UUID, "a", "uuid_parsing"),
    (Colour, "green", "enum"),
    (Literal["red", "blue"], "green", "literal_error"),
    (list, 3, "list_type"),
    (Annotated[list, Field(min_length=1)], [], "too_short"),
    (Annotated[list, Field(max_length=1)], [1, 2], "too_long"),
]


@pytest.mark.parametrize(("shape", "value", "kind"), CASES, ids=[kind for *_, kind in CASES])
def test_every_reason_is_said_in_both_languages(shape, value, kind):
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(shape).validate_python(value)
    problem = caught.value.errors(include_url=False)[0]
    assert problem["type"] == kind
    with override("zh-hans"):
        chinese = reason_of(problem)
    with override("en"):
        english = reason_of(problem)
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert not re.search(r"[\u4e00-\u9fff]", english)
    assert "%(" not in chinese + english
    assert " or " not in chinese


def test_the_cases_leave_out_no_reason_but_ways_of_reading_text():
    assert set(REASONS) - {kind for *_, kind in CASES} <= {
        "date_parsing", "datetime_parsing", "json_invalid", "model_type", "uuid_version"
    }  # fmt: skip


def test_what_is_not_foreseen_keeps_the_words_it_came_with():
    assert reason_of({"type": "moon", "msg": "Not the moon"}) == "Not the moon"


@pytest.mark.parametrize(("language", "reason"), [("zh-Hans", "必须不小于1。"), ("en", "It must be at least 1.")])
def test_the_api_says_it_in_the_readers_language(cast, language, reason):
    answer = Caller(cast.li, language=language).get("/dangers", limit=0)
    assert [one["reason"] for one in answer.json()["facts"]["errors"]] == [reason]
