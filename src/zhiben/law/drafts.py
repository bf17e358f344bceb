"""A pack that somebody wrote, read to be tried: an edition as in packs/standards/, refused with place and reason.

read_draft(text)       -> Standard; its days may be open, it may bear the id of an edition held
"""

import importlib
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from zhiben.kernel.errors import Invalid
from zhiben.law import store
from zhiben.law.because import because
from zhiben.law.checking import edition_problems_of
from zhiben.law.standards import Standard, edition_of

LONGEST = 500_000  # characters; the longest pack shipped has 70,000
MOST = 20  # problems told at once
DEEPEST = 30
Path = tuple[str | int, ...]
Problem = tuple[Path, str]  # where, and the reason


def read_draft(text: str) -> Standard:
    """Read a pack; refuse it with every problem in its line."""
    document, places = _read(text)
    found = list(_form(document))
    if not found:
        known = edition_of(document)
        found = [(_way(at, document), reason) for at, reason in edition_problems_of(known, document)]
        if not found:
            return known
    problems = sorted((_line(way, places), "/".join(map(str, way)), reason) for way, reason in found)[:MOST]
    line, field, reason = problems[0]
    raise Invalid(
        "draft:unusable",
        field=field or "pack",
        line=line,
        reason=because(f"第 {line} 行：{reason}", f"line {line}: {reason}"),
        problems=[{"line": line, "field": field, "reason": reason} for line, field, reason in problems],
        count=len(found),
    )


def _read(text: str) -> tuple[Any, dict[Path, int]]:
    """Return the document and the line of each of its parts. Aliases are refused: a few lines could stand for millions."""
    yaml = importlib.import_module("yaml")
    if len(text) > LONGEST:
        raise _unreadable(1, f"longer than {LONGEST} characters", f"超过 {LONGEST} 个字符")
    places: dict[Path, int] = {}
    try:
        _check(yaml, text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        document = None if node is None else _value(yaml, node, (), places)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        told = str(getattr(error, "problem", None) or "no YAML")
        raise _unreadable(mark.line + 1 if mark else 1, told, told) from None
    except (UnicodeError, ValueError) as error:  # half of a sign; a day that does not exist
        raise _unreadable(1, str(error)[:100], str(error)[:100]) from None
    if not isinstance(document, dict):
        raise _unreadable(1, "holds no fields", "没有字段")
    return document, places


def _check(yaml: Any, text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise _unreadable(line, "references by * are not used", "不能使用 * 引用")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _unreadable(line, f"nested deeper than {DEEPEST}", f"嵌套超过 {DEEPEST} 层")


def _value(yaml: Any, node: Any, way: Path, places: dict[Path, int]) -> Any:
    places.setdefault(way, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_value(yaml, part, (*way, at), places) for at, part in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        value = yaml.constructor.SafeConstructor().construct_object(node)
        return value.isoformat() if hasattr(value, "isoformat") else value
    made: dict[str, Any] = {}
    for key, part in node.value:
        name = str(getattr(key, "value", ""))
        if name in made:
            raise _unreadable(key.start_mark.line + 1, f"the field {name} stands twice", f"字段 {name} 重复")
        places[*way, name] = key.start_mark.line + 1
        made[name] = _value(yaml, part, (*way, name), places)
    return made


def _form(document: Any) -> Iterator[Problem]:
    jsonschema = importlib.import_module("jsonschema")  # takes as long to import as everything else
    for broken in jsonschema.Draft202012Validator(_schema()).iter_errors(document):
        yield tuple(broken.absolute_path), broken.message[:200]


@cache
def _schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((store.PACKS / "schema" / "standards.json").read_text("utf-8"))
    return found


def _way(at: str, document: dict[str, Any]) -> Path:
    """Return the way to what a problem names: a clause by its reference, else a field at the top."""
    for number, each in enumerate(document["clauses"]):
        if each["ref"] == at:
            return ("clauses", number, "rule") if "rule" in each else ("clauses", number)
    return (at,)


def _line(way: Path, places: dict[Path, int]) -> int:
    while way and way not in places:
        way = way[:-1]
    return places.get(way, 1)


def _unreadable(line: int, en: str, zh: str) -> Invalid:
    reason = because(f"第 {line} 行：{zh}", f"line {line}: {en}")
    problems = [{"line": line, "field": "", "reason": en}]
    return Invalid("draft:unusable", field="pack", line=line, reason=reason, problems=problems, count=1)
