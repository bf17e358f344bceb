"""Which of the caller's own inputs a refusal is about, where the function that refused knew it by another name."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from zhiben.kernel.errors import Refusal

_WITHOUT_LAW = "parameter:not-in-force"  # who refuses knows the day, not whose it was
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST, _LAST = 100, 9900  # years beyond which a day can only be what made a reckoning fail

Read = Mapping[str, object]


def of_caller(refused: Refusal, takes: Mapping[str, object], read: Read) -> Refusal:
    """Return the refusal under the name of an input of the caller; itself where it names one already."""
    field, day = str(refused.facts.get("field", "")), str(refused.facts.get("day", refused.facts.get("value", "")))
    if refused.code != _WITHOUT_LAW and re.split(r"[.\[]", field)[0] in takes:
        return refused
    field = _with_day(read, day) if _DAY.match(day) else farthest(read)
    return type(refused)(refused.code, **{**refused.facts, "field": field})


def farthest(read: Read) -> str:
    """Return the input that lies farthest out: a day at either end of the calendar, else the largest number."""
    days = {name: day for name, value in read.items() for day in _days(value)}
    numbers = {name: abs(value) for name, value in read.items() if hasattr(value, "__abs__") and value is not True}
    at_an_end = [name for name, day in days.items() if not _FIRST < day.year < _LAST]
    return next(iter([*at_an_end, *sorted(numbers, key=lambda name: -numbers[name]), *days, *read]), "on")


def _with_day(read: Read, day: str) -> str:
    """Return the input whose day it was: `on` where it was given, else one of that day, else the first that has one."""
    if str(read.get("on", "")) == day:
        return "on"
    days = [(name, each) for name, value in read.items() for each in _days(value)]
    same = [name for name, each in days if each.isoformat() == day]
    return next(iter([*same, *(name for name, _ in days), *read]), "on")


def _days(value: object) -> Iterator[date]:
    if isinstance(value, datetime):
        yield value.date()
    elif isinstance(value, date):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _days(part)
