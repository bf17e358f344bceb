"""The functions that `zhiben law call` offers by name, and the checking of what they are given.

A function says by its annotations what it takes: int, bool, str, date, datetime, `Number` (exact), a Literal, a
dataclass, lists and mappings of these, and `| None`. A parameter called `on` is the day given by `--on`.
An answer has the fields that its function names, and beside them says what it `rests_on`.
"""

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import wraps
from inspect import Parameter, signature
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid, NotFound, Refusal
from zhiben.kernel.quantities import LARGEST_EXPONENT, Number, exact
from zhiben.law.because import because
from zhiben.law.callers_input import farthest, of_caller
from zhiben.law.collecting import collecting

Answer = Mapping[str, object]
F = TypeVar("F", bound=Callable[..., Answer])

_CHINA = timezone(timedelta(hours=8))
_MISSING = because("没有给出", "missing")
_NO_SUCH = because("没有这个输入", "no such input")
_LARGEST = 10**LARGEST_EXPONENT
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FUNCTIONS: dict[str, "Function"] = {}


class Told(dict[str, Any]):
    """An answer: the fields a function names, and beside them law, practice or setting, the weakest of what it used."""

    def __init__(self, answer: Answer, rests_on: str) -> None:
        super().__init__(answer)
        self.rests_on = rests_on


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the law: its name, the part of the law it belongs to, what it takes."""

    name: str
    section: str
    run: Callable[..., Told]
    takes: Mapping[str, Any]  # annotation by input, `on` left out
    required: frozenset[str]
    takes_day: bool
    needs_day: bool  # it has no day of its own to fall back on


def function(section: str) -> Callable[[F], F]:
    """Offer the decorated function by its own name; it says what answers rest on, and refuses by its caller's names."""

    def offer(run: F) -> F:
        name = run.__name__
        if name in _FUNCTIONS:
            raise ValueError(f"two functions are called {name}")
        told = signature(run)
        hints = {given: hint for given, hint in get_type_hints(run).items() if given != "return"}
        required = {given for given, one in told.parameters.items() if one.default is Parameter.empty}
        takes = {given: hint for given, hint in hints.items() if given != "on"}

        @wraps(run)
        def answered(*args: Any, **given: Any) -> Told:
            with collecting() as collected:
                try:
                    answer = run(*args, **given)
                except (Refusal, OverflowError) as problem:
                    named = _named(problem, takes, told.bind_partial(*args, **given).arguments)
                    if named is problem:
                        raise
                    raise named from problem
            return Told(answer, collected.rests_on())

        _FUNCTIONS[name] = Function(
            name, section, answered, takes, frozenset(required - {"on"}), "on" in hints, "on" in required
        )
        return cast("F", answered)

    return offer


def registered() -> Mapping[str, Function]:
    """Return the functions offered so far, by name."""
    return types.MappingProxyType(_FUNCTIONS)


def sample(name: str) -> dict[str, object]:
    """Return inputs as a function takes them; none where there is no such function."""
    wanted = _FUNCTIONS.get(name)
    return _sample(wanted) if wanted else {}


def call(name: str, given: object, on: date | None = None) -> Told:
    """Run a function on JSON inputs; refuse what it does not know, misses or cannot read, naming field and example.

    `on` is the day whose law holds: today where it is not given, unless the function has a day of its own. The answer is plain JSON: dates are ISO text, exact numbers are numbers.
    """
    wanted = _FUNCTIONS.get(name)
    if wanted is None:
        close = get_close_matches(name, _FUNCTIONS, n=3)
        raise NotFound("function:unknown", function=name, near=close or sorted(_FUNCTIONS))
    if not isinstance(given, Mapping):
        raise Invalid(
            "function:not-an-object",
            field=name,
            reason=because("须为输入的 JSON 对象", "needs an object of inputs"),
            example=_sample(wanted),
        )
    read = _inputs(wanted, given)
    if wanted.takes_day and (on is not None or wanted.needs_day):
        read["on"] = on or today()
    told = wanted.run(**read)
    return Told({str(field): plain(value) for field, value in told.items()}, told.rests_on)


def _named(problem: Refusal | OverflowError, takes: Mapping[str, Any], read: Mapping[str, Any]) -> Refusal:
    """Return what a function refused, named as its caller knows it; a day past year 9999 is refused too."""
    if isinstance(problem, Refusal):
        return of_caller(problem, takes, read)
    field, reason = farthest(read), because("日期或数字太大", "a date or number is too large")
    return Invalid("function:out-of-range", field=field, reason=reason, example=_example(takes.get(field, date)))


def today() -> date:
    """Return the day it is in China."""
    return datetime.now(_CHINA).date()  # noqa: TID251 -- the edge: functions are given the day


def plain(value: object) -> object:
    """Turn an answer into plain JSON values."""
    if value is None or isinstance(value, str | int | float):  # most are
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, date):
        return _written(value)
    if isinstance(value, Fraction | Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def _written(value: date) -> str:
    """Return a moment as it is given: to the minute where it has no seconds."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="auto" if value.second or value.microsecond else "minutes")
    return value.isoformat()


def _inputs(wanted: Function, given: Mapping[str, Any]) -> dict[str, Any]:
    for field in given:
        if field not in wanted.takes:
            raise Invalid("function:unknown-input", field=field, reason=_NO_SUCH, example=_sample(wanted))
    for field in wanted.takes:
        if field in wanted.required and field not in given:
            raise Invalid("function:missing-input", field=field, reason=_MISSING, example=_example(wanted.takes[field]))
    return {field: convert(value, wanted.takes[field], field) for field, value in given.items()}


def convert(value: object, hint: Any, field: str) -> Any:
    """Read a JSON value as `hint` says; refuse it otherwise."""
    if hint in (Any, object):
        return value
    options = get_args(hint) if _is_union(hint) else (hint,)
    if type(None) in options and value is None:
        return None
    if hint == Number or hint is Fraction:
        return _number(value, field)
    chosen = [option for option in options if option is not type(None)]
    if len(chosen) == 1:
        return _one(value, chosen[0], field)
    for option in chosen:
        try:
            return _one(value, option, field)
        except Invalid:
            continue
    raise _wrong(value, hint, field)


def _one(value: object, hint: Any, field: str) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        if value in inner and type(value) in {type(choice) for choice in inner}:
            return value
    elif hint in _SCALARS:
        return _SCALARS[hint](value, field)
    elif origin in (list, tuple):
        if isinstance(value, list):
            read = [convert(part, inner[0], f"{field}[{at}]") for at, part in enumerate(value)]
            return tuple(read) if origin is tuple else read
    elif origin in (dict, Mapping) or hint is dict:
        if isinstance(value, Mapping):
            return {name: convert(part, inner[1], f"{field}.{name}") if inner else part for name, part in value.items()}
    elif is_dataclass(hint) and isinstance(hint, type):
        return _record(value, hint, field)
    elif origin is None and isinstance(hint, type) and type(value) is hint:
        return value
    raise _wrong(value, hint, field)


def _record(value: object, hint: type, field: str) -> Any:
    if not isinstance(value, Mapping):
        raise _wrong(value, hint, field)
    hints, known = get_type_hints(hint), fields(hint)
    for name in value:
        if name not in hints:
            raise Invalid("function:unknown-input", field=f"{field}.{name}", reason=_NO_SUCH, example=sorted(hints))
    for part in known:
        if part.name not in value and part.default is MISSING and part.default_factory is MISSING:
            example = _example(hints[part.name])
            raise Invalid("function:missing-input", field=f"{field}.{part.name}", reason=_MISSING, example=example)
    return hint(**{name: convert(part, hints[name], f"{field}.{name}") for name, part in value.items()})


def _whole(value: object, field: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(value, int, field)
    return int(_sized(value, field))


def _number(value: object, field: str) -> Number:
    if isinstance(value, str):  # a number is written as a number in JSON
        raise _wrong(value, Number, field)
    try:
        return _sized(exact(value), field)
    except Invalid as problem:
        raise _wrong(value, Number, field) from problem


def _sized(value: Number, field: str) -> Number:
    """Refuse a number that no quantity has; what is reckoned from such numbers could not be told."""
    if abs(value) > _LARGEST:
        reason = because("须为不大于 10 的 40 次方的数字", "needs a number of at most 10 to the power of 40")
        raise Invalid("function:wrong-input", field=field, reason=reason, value="> 1e40", example=3)
    return value


def _truth(value: object, field: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(value, bool, field)
    return value


def _text(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise _wrong(value, str, field)
    return value


def _day(value: object, field: str) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as problem:  # 2025-02-30
            raise _wrong(value, date, field) from problem
    raise _wrong(value, date, field)


def _moment(value: object, field: str) -> datetime:
    try:
        if isinstance(value, str) and _DAY.match(value):
            return datetime.fromisoformat(value)
    except ValueError as problem:
        raise _wrong(value, datetime, field) from problem
    raise _wrong(value, datetime, field)


_SCALARS: Mapping[Any, Callable[[object, str], object]] = {
    int: _whole,
    bool: _truth,
    str: _text,
    date: _day,
    datetime: _moment,
    Fraction: _number,
}
_EXAMPLES: Mapping[Any, object] = {
    int: 3,
    bool: True,
    str: "text",
    date: "2025-06-20",
    datetime: "2025-06-20T08:30:00",
    Fraction: 0.5,
}
_WORDS: Mapping[Any, Bilingual] = {
    int: Bilingual("整数", "a whole number"),
    bool: Bilingual(" true 或 false", "true or false"),
    str: Bilingual("文字", "text"),
    date: Bilingual("日期 YYYY-MM-DD", "a date YYYY-MM-DD"),
    datetime: Bilingual("时间 YYYY-MM-DDThh:mm", "a time YYYY-MM-DDThh:mm"),
    Fraction: Bilingual("数字", "a number"),
}
_LIST, _OBJECT = Bilingual("列表", "a list"), Bilingual("对象", "an object")


def _wrong(value: object, hint: Any, field: str) -> Invalid:
    if get_origin(hint) is Literal:
        choices = [str(choice) for choice in get_args(hint)]
        reason = because("须为其中之一：" + "、".join(choices), "needs one of " + ", ".join(choices))
    else:
        word = _WORDS.get(Fraction if hint == Number else hint, _LIST if get_origin(hint) in (list, tuple) else _OBJECT)
        reason = because(f"须为{word.zh}", f"needs {word.en}")
    shown = value if isinstance(value, int | str | bool | None) else str(value)
    return Invalid("function:wrong-input", field=field, reason=reason, value=shown, example=_example(hint))


def _sample(wanted: Function) -> dict[str, object]:
    return {field: _example(hint) for field, hint in wanted.takes.items()}


def _example(hint: Any) -> object:
    origin, inner = get_origin(hint), get_args(hint)
    if hint == Number:
        return 0.5
    if _is_union(hint):
        return _example(next(option for option in inner if option is not type(None)))
    if origin is Literal:
        return inner[0]
    if origin in (list, tuple):
        return [_example(inner[0])]
    if is_dataclass(hint) and isinstance(hint, type):
        return {name: _example(part) for name, part in get_type_hints(hint).items()}
    return _EXAMPLES.get(hint, {})


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, types.UnionType)
