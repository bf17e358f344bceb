"""What a schema finds wrong, in words: where, and why, in both languages."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from zhiben.law.because import Because, because

Path = tuple[str | int, ...]
_TYPES: Mapping[str, tuple[str, str]] = {
    "string": ("文字", "text"),
    "array": ("列表", "a list"),
    "object": ("键值对象", "an object of keys and values"),
    "integer": ("整数", "a whole number"),
    "number": ("数字", "a number"),
    "boolean": ("true 或 false", "true or false"),
    "null": ("null", "null"),
}


def broken(error: Any) -> Iterator[tuple[Path, Because]]:
    """Return one error of jsonschema as places with reasons; of alternatives, that which was nearest."""
    way: Path = tuple(error.absolute_path)
    if error.validator == "oneOf" and error.context:
        yield from _nearest(error, way)
        return
    if error.validator == "required":
        for name in error.validator_value:
            if name not in error.instance:
                yield way, because(f"缺少 {name}", f"{name} is missing")
        return
    if error.validator in {"additionalProperties", "unevaluatedProperties"}:
        for name in sorted(set(error.instance) - set(error.schema.get("properties", {}))):
            yield (*way, name), because(f"没有 {name} 这个键", f"there is no key {name}")
        return
    yield way, _why(error)


def _nearest(error: Any, way: Path) -> Iterator[tuple[Path, Because]]:
    """Tell of the alternative that the writer meant: a clause says by `decidable` which one it is."""
    if isinstance(error.instance, dict) and "decidable" in error.instance:
        is_look = error.instance["decidable"] == "inspection"
        if is_look:
            for name in ("rule", "whole", "facts"):
                if name in error.instance:
                    reason = because(f"现场查看的条款不能有 {name}", f"a clause for an on-site look has no {name}")
                    yield (*way, name), reason
            return
        for name in ("rule", "whole", "facts"):
            if name not in error.instance:
                yield way, because(f"由事实判定的条款缺少 {name}", f"a clause judged by facts needs {name}")
        return
    reasons = [_why(one) for one in error.context]
    zh, en = " 或 ".join(dict.fromkeys(one.zh for one in reasons)), " or ".join(dict.fromkeys(map(str, reasons)))
    yield way, because(zh, en)


def _why(error: Any) -> Because:
    wanted, value = error.validator_value, str(error.instance)[:60]
    told = _WHY.get(error.validator)
    if told is None:
        return because(f"不符合格式（{error.validator}）", f"does not fit ({error.validator})")
    zh, en = _wanted(error.validator, wanted)
    return because(told[0].format(wanted=zh, value=value), told[1].format(wanted=en, value=value))


def _wanted(validator: str, wanted: Any) -> tuple[str, str]:
    """Return what a schema wants, as it stands in the sentence."""
    if validator == "type":
        said = [_TYPES.get(each, (each, each)) for each in ([wanted] if isinstance(wanted, str) else wanted)]
        return "或".join(zh for zh, _ in said), " or ".join(en for _, en in said)
    if validator == "enum":
        return "、".join(map(str, wanted)), ", ".join(map(str, wanted))
    plain = json.dumps(wanted) if isinstance(wanted, bool | None) else str(wanted)
    return plain, plain


_WHY: Mapping[str, tuple[str, str]] = {
    "type": ("须为{wanted}", "needs {wanted}"),
    "enum": ("须为其中之一：{wanted}", "needs one of {wanted}"),
    "const": ("只能为 {wanted}，否则不写", "can only be {wanted}, else leave it out"),
    "pattern": ("写法不对：{value}（须符合 {wanted}）", "is not written as {wanted}: {value}"),
    "minLength": ("不能为空", "must not be empty"),
    "minItems": ("不能为空", "must not be empty"),
    "minProperties": ("不能为空", "must not be empty"),
    "uniqueItems": ("有重复项", "holds something twice"),
    "minimum": ("不能小于 {wanted}", "must not be less than {wanted}"),
    "dependentRequired": ("缺少须同时给出的键", "lacks the key that goes with another"),
}
