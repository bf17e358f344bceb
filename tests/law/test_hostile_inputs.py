"""Whatever is given, a function of the law answers in JSON or refuses with a code and a reason; it never breaks."""

import json
import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhiben.kernel.errors import Refusal
from zhiben.kernel.quantities import Number
from zhiben.law.functions import FUNCTIONS
from zhiben.law.registry import call

DAYS = st.sampled_from(["0001-01-01", "2024-02-29", "2026-10-01", "9999-12-31"]) | st.dates().map(date.isoformat)
MOMENTS = st.sampled_from(["0001-01-01T00:00", "9999-12-31T23:59", "2026-01-01T08:00+08:00", "2026-01-01T08:00Z"])
WHOLE = st.sampled_from([0, 1, -1, 10**9, 10**30]) | st.integers(-5, 200)
NUMBERS = WHOLE | st.sampled_from([0.1, -0.5, 1e-9, 1e39, float("inf"), float("nan")])
TEXTS = st.sampled_from(["", "甲", "冶金", "97", "103-2", "煤-露天(元/t)", "'; --", "\u202e", "x" * 300])
WRONG = st.sampled_from([None, True, [], {}, "甲", -3, 2.5])


def _values(hint: Any) -> st.SearchStrategy[Any]:
    origin, inner = get_origin(hint), get_args(hint)
    if hint in (Number, Fraction):
        return NUMBERS
    if origin in (Union, types.UnionType):
        return st.one_of(*(st.none() if each is type(None) else _values(each) for each in inner))
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in (list, tuple):
        return st.lists(_values(inner[0]), max_size=4)
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        return st.fixed_dictionaries({each.name: _values(hints[each.name]) for each in fields(hint)})
    plain = {int: WHOLE, bool: st.booleans(), str: TEXTS, date: DAYS, datetime: MOMENTS}
    return plain.get(hint, st.dictionaries(TEXTS, WRONG, max_size=2))


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_it_answers_in_json_or_refuses(name):
    known = FUNCTIONS[name]
    inputs = {
        field: _values(hint) | (WRONG if at == 0 else st.nothing())
        for at, (field, hint) in enumerate(known.takes.items())
    }

    @settings(max_examples=12, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.fixed_dictionaries(inputs), DAYS)
    def check(given_, day):
        try:
            answer = call(name, given_, date.fromisoformat(day))
        except Refusal:
            return
        assert isinstance(json.loads(json.dumps(answer)), dict)

    check()
