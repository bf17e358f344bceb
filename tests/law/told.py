"""What a function of the law tells, and that it says what that rests on."""

from datetime import date
from typing import Any

from zhiben.law import registry


def call(name: str, given: object, on: date | None = None) -> dict[str, Any]:
    """Return the answer as plain JSON; every answer says what it rests on."""
    return bare(registry.call(name, given, on))


def bare(answer: registry.Told) -> dict[str, Any]:
    """Return an answer as a plain dictionary."""
    assert answer.rests_on in {"law", "practice", "setting"}
    return dict(answer)
