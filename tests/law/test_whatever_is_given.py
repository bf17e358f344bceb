"""Whatever is given to a function of the law is answered or refused, and exactly."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhiben.kernel.errors import Refusal
from zhiben.kernel.quantities import Number
from zhiben.law.collecting import collecting
from zhiben.law.functions import FUNCTIONS
from zhiben.law.registry import call, convert, plain

MINE = sorted(FUNCTIONS)
DAYS = st.sampled_from(["0001-01-01", "2015-07-01", "2024-02-29", "2026-06-01", "2026-11-22", "9999-12-31"])
MOMENTS = st.sampled_from(["0001-01-01T00:00", "2024-02-29T23:59:59", "2026-10-02T05:30+08:00", "9999-12-31T23:59"])
WORDS = ["", " ", "动火-二级", "受限空间", "动火", "采煤工作面", "H2S", "CO", "苯", "储罐", "light", "special_operation", "钎焊",
         "coal_mine", "metallurgy", "law_changed", "二级", "pit_depth", "٣", "x" * 3000, "\x00", "'; drop table"]  # fmt: skip
NUMBERS = st.sampled_from([0, 1, -1, 2, 5, 19.5, 0.1, 100, 10**30, -(10**30), 1e-30]) | st.integers(-50, 400)


def _given(hint):
    """Return what may be written as JSON for an annotation, within its type and sometimes beside it."""
    if hint == Number or hint is Fraction:
        return NUMBERS
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in (list, tuple):
        return st.lists(_given(inner[0]), max_size=6)
    if origin in (dict, Mapping):
        return st.dictionaries(st.sampled_from(WORDS), _given(inner[1]), max_size=3)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.fixed_dictionaries({part.name: _given(hints[part.name]) for part in fields(hint)})
    plain_ones = {int: st.integers(-5, 400) | st.just(10**12), bool: st.booleans(), str: st.sampled_from(WORDS)}
    known = {**plain_ones, date: DAYS, datetime: MOMENTS}
    return known[hint] if hint in known else _either(inner)


def _either(inner):
    return st.one_of([_given(each) if each is not type(None) else st.none() for each in inner]) if inner else st.none()


def _numbers(value):
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from _numbers(each)
    else:
        yield value


@pytest.mark.parametrize("name", MINE)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_given_is_answered_or_refused(name, data):
    known = FUNCTIONS[name]
    inputs = {field: data.draw(_given(hint)) for field, hint in known.takes.items()}
    on = data.draw(st.sampled_from([None, date(2000, 1, 1), date(2026, 11, 22), date(9999, 12, 31)]))
    try:
        answer = call(name, inputs, on)
    except Refusal as refused:
        assert refused.facts.get("reason") or refused.code.endswith((":not-in-force", ":unknown")), refused  # noqa: PT017
        return
    assert isinstance(answer, dict)
    assert call(name, inputs, on) == answer


@pytest.mark.parametrize("name", MINE)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_number_of_an_answer_was_ever_a_float(name, data):
    known = FUNCTIONS[name]
    read = {field: convert(data.draw(_given(hint)), hint, field) for field, hint in known.takes.items()}
    on = {"on": date(2026, 11, 22)} if known.takes_day else {}
    with collecting() as collected:
        try:
            answer = known.run(**read, **on)
        except (Refusal, OverflowError):
            return
    held = {str(number) for _, dated in collected.used.values() for number in _numbers(dated.value)}
    for number in _numbers([answer, [step.value for step in collected.steps]]):
        if isinstance(number, float | Decimal):
            assert str(number) in held, (number, "neither exact nor told as the pack writes it")
    assert isinstance(plain(answer), dict)
