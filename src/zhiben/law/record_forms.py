"""Forms on which risks are recorded (JHA, SCL, HAZOP): their columns, and what a record still lacks."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible
from zhiben.law.registry import Answer, function

Form = Literal["jha", "scl", "hazop"]
Column = Mapping[str, Any]


@function(section="A")
def record_form(*, form: Form, on: date) -> Answer:
    """Return the columns of a form: of its head and of each row, with both names and what they are chosen from."""
    held = parameter(f"cn/record/{form}").in_force(on).value
    step("表头与每行的栏目数", "columns of the head and of a row", [len(held["head"]), len(held["row"])])
    return {"head": held["head"], "row": held["row"]}


@function(section="A")
def record_missing(*, form: Form, record: dict[str, object], on: date) -> Answer:
    """Tell what a row of a record lacks: empty columns, and groups of which no column is filled."""
    columns = parameter(f"cn/record/{form}").in_force(on).value["row"]
    known = {column["name"]: column for column in columns}
    for name, value in record.items():
        _check(known, name, value, on)
    missing = [column["name"] for column in columns if not _may_be_empty(column) and _empty(record.get(column["name"]))]
    groups = {column["group"] for column in columns if "group" in column}
    for group in sorted(groups):
        if all(_empty(record.get(column["name"])) for column in columns if column.get("group") == group):
            missing.append(group)
    step("未填的栏目", "columns not filled", missing)
    for name in missing:
        if name in known:
            step(f"{known[name]['zh']}：已填", f"{known[name]['en']}: filled", value=False)
    return {"complete": not missing, "missing": missing}


@function(section="A")
def hazop_deviations(*, parameters: list[str], on: date) -> Answer:
    """Cross every guideword with every parameter of a node: the deviations to look at."""
    words = parameter("cn/record/hazop").in_force(on).value["guidewords"]
    rows = [
        {"guideword": word, "parameter": about, "zh": f"{about}{said['zh']}", "en": f"{about}: {said['en']}"}
        for about in parameters
        for word, said in words.items()
    ]
    step(
        f"{len(parameters)} 个参数 × {len(words)} 个引导词",
        f"{len(parameters)} parameters × {len(words)} guidewords",
        len(rows),
    )
    return {"deviations": rows}


def _check(known: Mapping[str, Column], name: str, value: object, on: date) -> None:
    if name not in known:
        reason = because(f"表中没有这一栏；有：{'、'.join(known)}", f"is no column; there are: {', '.join(known)}")
        raise impossible(f"record.{name}", value, reason, next(iter(known)))
    choices = known[name].get("choices")
    if isinstance(choices, str):
        choices = list(parameter(choices).in_force(on).value)
    if choices and not _empty(value) and value not in choices:
        listed = ", ".join(map(str, choices))
        raise impossible(
            f"record.{name}", value, because(f"须为其中之一：{listed}", f"must be one of {listed}"), choices[0]
        )


def _may_be_empty(column: Column) -> bool:
    return bool(column.get("optional")) or "group" in column


def _empty(value: object) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())
