"""A pack as somebody writes it: read with every problem in its place, line and field, before it may hold for anybody.

    checked = check("standards", text)
    checked.problems     -> each with line, column, field and the reason in both languages
    checked.standard     -> the edition, where there are none

YAML is read without its tricks: an alias, a key that stands twice or a tag of one's own is a problem.
"""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from zhiben.law import key_items, store
from zhiben.law.because import Because, because
from zhiben.law.checking import edition_problems, example_problems, schema_of
from zhiben.law.facts import industries
from zhiben.law.judge import by_edition
from zhiben.law.key_items import KeyList
from zhiben.law.schema_words import broken
from zhiben.law.standards import Standard, of_region, read, trying
from zhiben.law.subject import subject_of

PackKind = Literal["standards", "key_items"]
KINDS: tuple[PackKind, ...] = ("standards", "key_items")
LONGEST = 500_000  # characters; the longest pack shipped has 70,000
DEEPEST = 30
MOST = 50  # problems told at once
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class TextProblem:
    """What is wrong, and where: line and column count from 1, `field` is the way to it such as `clauses/3/rule`."""

    line: int
    column: int
    field: str
    reason: Because


@dataclass(frozen=True, slots=True)
class Checked:
    """A text as it was read. Where there are problems there is neither standard nor list."""

    problems: tuple[TextProblem, ...]
    document: store.Document | None = None
    standard: Standard | None = None
    key_list: KeyList | None = None
    places: Mapping[Path, tuple[int, int]] = field(default_factory=dict)

    def at(self, name: str, reason: Because) -> TextProblem:
        """Return a problem with one of the fields at the top."""
        line, column = self.places.get((name,), (1, 1))
        return TextProblem(line, column, name, reason)


@dataclass(frozen=True, slots=True)
class Adopted:
    """A region's adopted text as plain values, so that it can travel to where no database is."""

    text: str
    number: int
    since: date
    until: date | None
    region: str
    digest: str

    def edition(self) -> Standard | None:
        """Return the edition that it makes; None where the text no longer reads as one."""
        known = _standard_of(self.text)
        return known and of_region(
            known, number=self.number, since=self.since, until=self.until, region=self.region, digest=self.digest
        )


@lru_cache(maxsize=256)
def _standard_of(text: str) -> Standard | None:
    return check("standards", text).standard


def check(kind: PackKind, text: str, *, to_adopt: bool = True) -> Checked:
    """Read a text as a pack of a kind and check all that can be checked; what is broken at one stage hides the next.

    One that is only tried, not to be adopted, may name its days and needs no examples.
    """
    if len(text) > LONGEST:
        reason = because(f"超过 {LONGEST} 个字符", f"longer than {LONGEST} characters")
        return Checked((TextProblem(1, 1, "", reason),))
    try:
        placed = _Placed.of(text)
    except _Unreadable as unreadable:
        return Checked((unreadable.problem,))
    found = [placed.problem(path, reason) for path, reason in _broken(kind, placed.document)]
    if found or not isinstance(placed.document, dict):
        document = placed.document if isinstance(placed.document, dict) else None
        return Checked(tuple(_in_order(found)), document, places=placed.places)
    if kind == "key_items":
        listed = key_items.read(placed.document)
        found = [placed.problem(path, reason) for path, reason in _list_problems(listed)]
        return Checked(
            tuple(_in_order(found)), placed.document, key_list=None if found else listed, places=placed.places
        )
    known = read(placed.document)
    found = [
        placed.problem(path, reason) for path, reason in _edition_problems(known, placed.document, to_adopt=to_adopt)
    ]
    return Checked(tuple(_in_order(found)), placed.document, None if found else known, places=placed.places)


def _in_order(found: Sequence[TextProblem]) -> list[TextProblem]:
    return sorted(found, key=lambda one: (one.line, one.column, one.field))[:MOST]


def _broken(kind: PackKind, document: object) -> Iterator[tuple[Path, Because]]:
    jsonschema = importlib.import_module("jsonschema")  # takes as long to import as everything else
    errors = jsonschema.Draft202012Validator(schema_of(kind)).iter_errors(document)
    yield from dict.fromkeys(found for one in errors for found in broken(one))


def _edition_problems(known: Standard, written: store.Document, *, to_adopt: bool) -> Iterator[tuple[Path, Because]]:
    refs = [each.ref for each in known.clauses]
    for name in ("effective", "repealed") if to_adopt else ():
        if written[name] is not None:
            yield (name,), because("须为 null：施行和废止的日期由采用时确定", "must be null: adoption sets the days")
    found = [((_way_to(at, refs, written)), reason) for at, reason in edition_problems(known, written)]
    yield from found
    if to_adopt and known.clauses and not written.get("examples"):
        yield ("clauses",), because("至少要有一个 examples 示例", "needs at least one entry of `examples`")
    if to_adopt and not found:
        with trying(known):
            for at, reason in example_problems(written, lambda facts, day: by_edition(known, subject_of(facts), day)):
                yield tuple(int(step) if step.isdigit() else step for step in at.split("/", 2)), reason


def _way_to(at: str, refs: Sequence[str], written: store.Document) -> Path:
    if at in refs:
        each = len(refs) - 1 - refs[::-1].index(at)
        return ("clauses", each, "rule") if "rule" in written["clauses"][each] else ("clauses", each, "ref")
    if at.startswith("composite:"):
        places = [f"composite:{one['place']}" for one in written.get("composite_rules", ())]
        return ("composite_rules", places.index(at)) if at in places else ("composite_rules",)
    return (at,)


def _list_problems(listed: KeyList) -> Iterator[tuple[Path, Because]]:
    refs = [each.ref for each in listed.items]
    for at, ref in enumerate(refs):
        if ref in refs[:at]:
            yield ("items", at, "ref"), because("编号重复", "stands twice")
    for slug in sorted(listed.industries - set(industries())):
        yield ("industries",), because(f"没有行业 {slug}", f"no industry {slug}")


class _Unreadable(Exception):  # noqa: N818 -- an answer on its way out
    def __init__(self, line: int, column: int, reason: Because, way: str = "") -> None:
        super().__init__(reason)
        self.problem = TextProblem(line, column, way, reason)


@dataclass(slots=True)
class _Placed:
    """A document with the place of each of its parts."""

    document: Any = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "_Placed":
        """Read YAML; refuse what cannot be read."""
        yaml = importlib.import_module("yaml")
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            _check_events(yaml, text, loader)
            node = yaml.compose(text, Loader=loader)
        except UnicodeEncodeError:  # half of a sign
            raise _Unreadable(1, 1, because("含有不完整的字符", "holds half of a sign")) from None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            told = getattr(error, "problem", "") or "?"
            raise _Unreadable(line, column, because(f"不是可读的 YAML：{told}", f"no readable YAML: {told}")) from None
        placed = cls()
        if node is None:
            raise _Unreadable(1, 1, because("没有内容", "is empty"))
        placed.document = placed._value(yaml, node, ())
        return placed

    def problem(self, way: Path, reason: Because) -> TextProblem:
        """Return a problem at the place of the nearest part there is."""
        at = way
        while at and at not in self.places:
            at = at[:-1]
        line, column = self.places.get(at, (1, 1))
        return TextProblem(line, column, "/".join(map(str, way)), reason)

    def _value(self, yaml: Any, node: Any, way: Path) -> Any:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self.places[way] = (line, column)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(yaml, node, way)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(yaml, part, (*way, at)) for at, part in enumerate(node.value)]
        return _scalar(yaml, node)

    def _mapping(self, yaml: Any, node: Any, way: Path) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in node.value:
            line, column = key.start_mark.line + 1, key.start_mark.column + 1
            name = _scalar(yaml, key) if isinstance(key, yaml.ScalarNode) else None
            if not isinstance(name, str | int) or isinstance(name, bool):
                reason = because(
                    "键须为文字；on、off、yes、no 要加引号", "a key must be text: quote on, off, yes and no"
                )
                raise _Unreadable(line, column, reason, "/".join(map(str, way)))
            if str(name) in made:
                reason = because(f"键 {name} 重复", f"the key {name} stands twice")
                raise _Unreadable(line, column, reason, "/".join(map(str, (*way, name))))
            made[str(name)] = self._value(yaml, value, (*way, str(name)))
            self.places[*way, str(name)] = (line, column)
        return made


def _scalar(yaml: Any, node: Any) -> Any:
    """Return one value as packs hold it: days as ISO text."""
    try:
        value = yaml.constructor.SafeConstructor().construct_object(node)
    except (yaml.YAMLError, ValueError, OverflowError):  # a tag of one's own, 2026-02-30
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        told = str(node.value)[:40]
        raise _Unreadable(
            line, column, because(f"读不懂的值：{told}", f"a value that cannot be read: {told}")
        ) from None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    return str(node.value)


def _check_events(yaml: Any, text: str, loader: Any) -> None:
    """Refuse aliases, several documents, and nesting beyond what packs need, before anything is built."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=loader):
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Unreadable(line, column, because("不能使用 & 和 * 引用", "references by & and * are not used"))
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if documents > 1:
            raise _Unreadable(line, column, because("只能有一个文档", "more than one document"))
        if depth > DEEPEST:
            raise _Unreadable(line, column, because(f"嵌套超过 {DEEPEST} 层", f"nested deeper than {DEEPEST}"))
