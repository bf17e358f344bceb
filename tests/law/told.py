"""What a function of the law tells besides what it rests on, for tests that look at the rest of the answer."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhiben.law import registry


def call(name: str, given: object, on: date | None = None) -> dict[str, Any]:
    """Return the answer without the field that says what it rests on; every answer has it."""
    return bare(registry.call(name, given, on))


def bare(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer without the field that says what it rests on."""
    assert answer["rests_on"] in {"law", "practice", "setting"}
    return {field: value for field, value in answer.items() if field != "rests_on"}
