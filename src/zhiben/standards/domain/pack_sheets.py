"""A pack as sheets of a workbook, and back: the same data, and for each part the cell it came from.

The first row of a sheet names its columns; the last word of a heading (and of a sheet's name) is the key. Lists of texts
stand one a line; what is no plain value stands as JSON.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from zhiben.law.because import Because, because
from zhiben.law.pack_texts import PackKind

Way = tuple[str | int, ...]
Read = Sequence[tuple[str, Sequence[tuple[int, Sequence[Any]]]]]  # sheets: name, rows with their number from 1

WORDS = {
    "pack": "标准包", "clauses": "条款", "groups": "分组", "composite_rules": "组合", "examples": "示例", "items": "事项",
    "key": "键", "value": "内容", "zh": "中文", "en": "英文", "ref": "编号", "group_zh": "分组中文", "group_en": "分组英文",
    "summary_zh": "内容中文", "summary_en": "内容英文", "look_zh": "怎么看中文", "look_en": "怎么看英文",
    "decidable": "判定方式", "facts": "所需事实", "rule": "规则", "whole": "覆盖全条", "verify": "待核对",
    "checked": "核对份数", "industries": "行业", "places": "场所", "general": "通用", "element": "要素", "place": "场所",
    "refs": "条款", "at_least": "至少", "and_refs": "并且条款", "and_at_least": "并且至少", "number": "序号",
    "day": "日期", "part": "部分", "name": "名称",
}  # fmt: skip
COLUMNS: Mapping[str, Sequence[str]] = {
    "clauses": (
        "ref", "group_zh", "group_en", "summary_zh", "summary_en", "decidable", "facts", "rule", "whole", "verify",
        "checked",
    ),
    "groups": ("zh", "industries", "places", "general", "element"),
    "composite_rules": ("place", "places", "zh", "en", "refs", "at_least", "and_refs", "and_at_least"),
    "items": ("ref", "summary_zh", "summary_en", "look_zh", "look_en", "verify"),
}  # fmt: skip
EXAMPLE = ("number", "day", "part", "name", "value")
BOTH = ("title", "issuer", "scope")  # in both languages
LISTS = frozenset({
    "industries", "supersedes", "companions", "verify_fields", "sources", "facts", "places", "refs", "and_refs",
})  # fmt: skip
PARTS: Mapping[PackKind, Sequence[str]] = {
    "standards": ("groups", "clauses", "composite_rules"),
    "key_items": ("items",),
}


@dataclass(frozen=True, slots=True)
class SheetOut:
    """A sheet to write: its name, its headings, its rows of plain values."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class CellAt:
    """Where something stands: sheet, row from 1, column from 0."""

    sheet: str
    row: int
    column: int

    @property
    def letter(self) -> str:
        """Return the column's letter."""
        return chr(ord("A") + self.column) if self.column < 26 else "Z"


@dataclass(slots=True)
class Taken:
    """A pack as it was taken out of sheets; `wrong` is what could not be read at all."""

    document: dict[str, Any] = field(default_factory=dict)
    places: dict[Way, CellAt] = field(default_factory=dict)
    wrong: list[tuple[CellAt, Because]] = field(default_factory=list)

    def at(self, way: Way) -> CellAt | None:
        """Return the cell of the nearest part there is."""
        while way and way not in self.places:
            way = way[:-1]
        return self.places.get(way)


def to_sheets(kind: PackKind, document: Mapping[str, Any]) -> list[SheetOut]:
    """Return a pack as sheets."""
    parts = [*PARTS[kind], *(["examples"] if kind == "standards" else [])]
    header = [_header_row(key, value) for key, value in document.items() if key not in parts]
    sheets = [SheetOut(_named("pack"), _headings("key", "value", "zh", "en"), tuple(header))]
    for part in PARTS[kind]:
        if part in document:
            rows = tuple(tuple(_cell(_flat(one).get(key), key) for key in COLUMNS[part]) for one in document[part])
            sheets.append(SheetOut(_named(part), _headings(*COLUMNS[part]), rows))
    if "examples" in document and kind == "standards":
        rows = tuple(_example_rows(document["examples"]))
        sheets.append(SheetOut(_named("examples"), _headings(*EXAMPLE), rows))
    return sheets


def _named(key: str) -> str:
    return f"{WORDS[key]} {key}"


def _headings(*keys: str) -> tuple[str, ...]:
    return tuple(map(_named, keys))


def _header_row(key: str, value: Any) -> tuple[Any, ...]:
    if key in BOTH and isinstance(value, dict):
        return key, None, value.get("zh"), value.get("en")
    return key, _cell(value, key), None, None


def _flat(one: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in one.items():
        if isinstance(value, dict):
            flat |= {f"{key}_{language}": text for language, text in value.items()}
        else:
            flat[key] = value
    return flat


def _cell(value: Any, key: str = "") -> Any:
    if key in LISTS and isinstance(value, list) and value and all(_is_line(one) for one in value):
        return "\n".join(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return value


def _is_line(text: object) -> bool:
    return isinstance(text, str) and bool(text.strip()) and "\n" not in text and not text.startswith(("[", "{"))


def _example_rows(examples: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for number, one in enumerate(examples, start=1):
        start = (number, one["day"])
        for name, value in one["facts"].items() or ((None, None),):
            yield *start, "facts", name, "null" if value is None and name else _cell(value)
        if "verdict" in one:
            yield *start, "verdict", None, one["verdict"]
        for ref, verdict in one["verdicts"].items():
            yield *start, "verdicts", ref, verdict


def from_sheets(kind: PackKind, sheets: Read) -> Taken:
    """Take a pack out of sheets that were read."""
    taken = Taken()
    known = {"pack", "examples", *PARTS[kind]} if kind == "standards" else {"pack", *PARTS[kind]}
    for name, rows in sheets:
        key = name.split()[-1] if name.split() else ""
        if key in known and rows:
            _take(taken, key, name, rows)
    if "id" not in taken.document:
        first = sheets[0][0] if sheets else ""
        reason = because("没有“标准包 pack”工作表，或其中没有 id", "there is no sheet `pack`, or no id in it")
        taken.wrong.append((CellAt(first, 1, 0), reason))
    return taken


def _take(taken: Taken, key: str, sheet: str, rows: Sequence[tuple[int, Sequence[Any]]]) -> None:
    (top, heads), *rest = rows
    columns = {str(head).split()[-1]: at for at, head in enumerate(heads) if isinstance(head, str) and head.strip()}
    wanted = {"pack": ("key", "value", "zh", "en"), "examples": EXAMPLE}.get(key) or COLUMNS[key]
    for name, at in columns.items():
        if name not in wanted:
            taken.wrong.append((CellAt(sheet, top, at), because(f"没有 {name} 这一列", f"there is no column {name}")))
    told = _Rows(taken, sheet, columns)
    if key == "pack":
        told.header(rest)
    elif key == "examples":
        told.examples(rest)
    else:
        told.part(key, rest)


@dataclass(slots=True)
class _Rows:
    """The rows of one sheet, by the keys of its headings."""

    taken: Taken
    sheet: str
    columns: Mapping[str, int]

    def value(self, cells: Sequence[Any], key: str) -> Any:
        """Return a cell by its heading; None where it is empty."""
        at = self.columns.get(key)
        return cells[at] if at is not None and at < len(cells) else None

    def place(self, way: Way, row: int, key: str) -> None:
        self.taken.places[way] = CellAt(self.sheet, row, self.columns.get(key, 0))

    def header(self, rows: Sequence[tuple[int, Sequence[Any]]]) -> None:
        """Take the sheet of keys and values."""
        for row, cells in rows:
            name = self.value(cells, "key")
            if not isinstance(name, str):
                continue
            way: Way = (name.strip(),)
            both = {language: _plain(self.value(cells, language)) for language in ("zh", "en")}
            self.place(way, row, "zh" if any(both.values()) else "value")
            for language in both:
                self.place((*way, language), row, language)
            if any(both.values()):
                self.taken.document[name.strip()] = {one: text for one, text in both.items() if text is not None}
            else:
                self.taken.document[name.strip()] = self.read(self.value(cells, "value"), name.strip(), row, "value")

    def part(self, part: str, rows: Sequence[tuple[int, Sequence[Any]]]) -> None:
        """Take a sheet of clauses, groups, composites or items."""
        listed: list[dict[str, Any]] = []
        for row, cells in rows:
            if all(cell is None for cell in cells):
                continue
            one: dict[str, Any] = {}
            for key in self.columns:
                value = self.read(self.value(cells, key), key, row, key)
                stem, _, language = key.rpartition("_")
                way: Way = (
                    (part, len(listed), stem, language)
                    if language in {"zh", "en"} and stem
                    else (part, len(listed), key)
                )
                self.place(way, row, key)
                self.taken.places.setdefault(way[:3], self.taken.places[way])
                if value is None:
                    continue
                if len(way) == 4:
                    one.setdefault(stem, {})[language] = value
                else:
                    one[key] = value
            self.place((part, len(listed)), row, next(iter(self.columns), ""))
            listed.append(one)
        self.taken.document[part] = listed
        self.taken.places[part,] = CellAt(self.sheet, 1, 0)

    def examples(self, rows: Sequence[tuple[int, Sequence[Any]]]) -> None:
        """Take the sheet of examples: rows of one number are one example."""
        by_number: dict[str, dict[str, Any]] = {}
        for row, cells in rows:
            number, part, name = (_plain(self.value(cells, key)) for key in ("number", "part", "name"))
            if number is None and part is None:
                continue
            one = by_number.setdefault(
                str(number), {"day": _plain(self.value(cells, "day")), "facts": {}, "verdicts": {}}
            )
            at = list(by_number).index(str(number))
            self.taken.places.setdefault(("examples", at), CellAt(self.sheet, row, self.columns.get("number", 0)))
            self.place(("examples", at, "day"), row, "day")
            value = self.read(self.value(cells, "value"), "value", row, "value")
            if part == "verdict":
                one["verdict"] = value
            elif part in {"facts", "verdicts"}:
                self.place(("examples", at, str(part), str(name)), row, "value")
                if name is not None:
                    one[str(part)][str(name)] = value
            else:
                reason = because("须为 facts、verdicts 或 verdict", "needs facts, verdicts or verdict")
                self.taken.wrong.append((CellAt(self.sheet, row, self.columns.get("part", 0)), reason))
        self.taken.document["examples"] = list(by_number.values())
        self.taken.places["examples",] = CellAt(self.sheet, 1, 0)

    def read(self, cell: Any, key: str, row: int, column: str) -> Any:
        """Return a cell as packs hold it: lists line by line, JSON where it begins like it."""
        value = _plain(cell)
        if not isinstance(value, str):
            return value
        if value.startswith(("[", "{")):
            try:
                return json.loads(value)
            except (ValueError, RecursionError):
                reason = because("不是可读的 JSON", "no readable JSON")
                self.taken.wrong.append((CellAt(self.sheet, row, self.columns.get(column, 0)), reason))
                return value
        if value == "null":
            return None
        if key in LISTS and value != "any_composite":
            return [line.strip() for line in value.split("\n") if line.strip()]
        return value


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else cell
