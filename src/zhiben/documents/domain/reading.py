"""Reading a template from YAML. Whatever is wrong is refused with its place, so that whoever edits it finds it."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import yaml

from zhiben.documents.domain.template import Block, Column, Layout, Part, Template
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid

LARGEST = 60_000  # characters of YAML
DEEPEST = 3  # heading
MOST_BLOCKS = 200
FIELD = re.compile(r"\{([^{}]*)\}")


def read_template(source: str, known: AbstractSet[str]) -> Template:
    """Read a template whose fields are among `known`."""
    if len(source) > LARGEST:
        raise Invalid("template:too-large", field="source", most=LARGEST)
    try:
        written = yaml.safe_load(source)
    except (yaml.YAMLError, RecursionError, ValueError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise Invalid("template:unreadable", field="source", line=line) from None
    return _Reader(known).template(written)


class _Reader:
    """Reads one template, knowing at every moment where it is."""

    def __init__(self, known: AbstractSet[str]) -> None:
        self.known = known
        self.blocks = {
            Part.TEXT: self._paragraph, Part.HEADING: self._heading, Part.TABLE: self._table,
            Part.FACTS: self._facts, Part.SIGN: self._sign,
        }  # fmt: skip

    def template(self, written: Any) -> Template:
        """Read the whole."""
        needed, allowed = ("layout", "series", "title", "blocks"), ("attachments", "note", "copies", "verify")
        whole = _mapping(written, "template", needed, allowed)
        if whole["layout"] not in set(Layout):
            raise _wrong("layout", ", ".join(Layout))
        return Template(
            layout=Layout(whole["layout"]),
            series=_series(whole["series"]),
            title=self._words(whole["title"], "title"),
            blocks=tuple(self._block(one, at) for at, one in _items(whole["blocks"], "blocks")),
            attachments=tuple(self._words(one, at) for at, one in _items(whole.get("attachments", []), "attachments")),
            note=self._words(whole["note"], "note") if "note" in whole else None,
            copies=self._words(whole["copies"], "copies") if "copies" in whole else None,
            verify=whole.get("verify") is True,
        )

    def _block(self, written: Any, at: str) -> Block:
        part = next((part for part in Part if isinstance(written, Mapping) and part in written), None)
        if part is None:
            raise _wrong(at, ", ".join(Part))
        more = {Part.HEADING: ("level",), Part.TABLE: ("columns",)}.get(part, ())
        block = _mapping(written, at, (part,), (*more, "when"))
        if "when" in block:
            self._name(block["when"], f"{at} › when")
        return self.blocks[part](block, at)

    def _paragraph(self, block: Mapping[str, Any], at: str) -> Block:
        return Block(Part.TEXT, text=self._words(block["text"], f"{at} › text"), when=block.get("when", ""))

    def _heading(self, block: Mapping[str, Any], at: str) -> Block:
        level = block.get("level", 1)
        if level not in range(1, DEEPEST + 1):
            raise _wrong(f"{at} › level", f"1–{DEEPEST}")
        text = self._words(block["heading"], f"{at} › heading")
        return Block(Part.HEADING, text=text, level=level, when=block.get("when", ""))

    def _table(self, block: Mapping[str, Any], at: str) -> Block:
        rows = self._name(block["table"], f"{at} › table")
        inside = {name.removeprefix(f"{rows}.") for name in self.known if name.startswith(f"{rows}.")}
        if not inside:
            raise _wrong(f"{at} › table", ", ".join(sorted({n.partition(".")[0] for n in self.known if "." in n})))
        own = _Reader(inside | {"row"})
        columns = tuple(own.column(one, place) for place, one in _items(block.get("columns"), f"{at} › columns"))
        return Block(Part.TABLE, rows=rows, columns=columns, when=block.get("when", ""))

    def column(self, written: Any, at: str) -> Column:
        """Read one column; its cells speak of what a row holds."""
        column = _mapping(written, at, ("head", "cell"), ("width",))
        width = column.get("width", 1)
        if width not in range(1, 21):
            raise _wrong(f"{at} › width", "1–20")
        return Column(self._words(column["head"], f"{at} › head"), self._words(column["cell"], f"{at} › cell"), width)

    def _facts(self, block: Mapping[str, Any], at: str) -> Block:
        pairs = []
        for place, one in _items(block["facts"], f"{at} › facts"):
            fact = _mapping(one, place, ("label", "value"), ())
            pairs.append(
                (self._words(fact["label"], f"{place} › label"), self._words(fact["value"], f"{place} › value"))
            )
        return Block(Part.FACTS, facts=tuple(pairs), when=block.get("when", ""))

    def _sign(self, block: Mapping[str, Any], at: str) -> Block:
        lines = tuple(self._words(one, place) for place, one in _items(block["sign"], f"{at} › sign"))
        return Block(Part.SIGN, lines=lines, when=block.get("when", ""))

    def _words(self, written: Any, at: str) -> Bilingual:
        """Read a text in both languages (or one text for both) and look at each of its fields."""
        both = {"zh": written, "en": written} if isinstance(written, str) else written
        texts = _mapping(both, at, ("zh", "en"), ())
        for language, text in texts.items():
            if not isinstance(text, str) or not text.strip():
                raise _wrong(f"{at} › {language}", "text")
            self._fields(text, f"{at} › {language}")
        return Bilingual(texts["zh"].strip(), texts["en"].strip())

    def _fields(self, text: str, at: str) -> None:
        for found in FIELD.finditer(text):
            self._name(found[1], at, found.start() + 1)
        if stray := re.search(r"[{}]", FIELD.sub("", text)):
            raise Invalid("template:stray-bracket", field="source", place=at, bracket=stray[0])

    def _name(self, name: Any, at: str, character: int = 1) -> str:
        if not isinstance(name, str) or name not in self.known:
            known = ", ".join(sorted(self.known))
            raise Invalid(
                "template:unknown-field", field="source", place=at, name=str(name), character=character, known=known
            )
        return name


def _wrong(place: str, wanted: str) -> Invalid:
    return Invalid("template:wrong-part", field="source", place=place, wanted=wanted)


def _mapping(written: Any, at: str, needed: Sequence[str], allowed: Sequence[str]) -> Mapping[str, Any]:
    if not isinstance(written, Mapping):
        raise _wrong(at, ", ".join(needed))
    if missing := [name for name in needed if name not in written]:
        raise _wrong(at, ", ".join(missing))
    if extra := [str(name) for name in written if name not in {*needed, *allowed}]:
        raise Invalid(
            "template:unknown-part", field="source", place=at, part=extra[0], known=", ".join((*needed, *allowed))
        )
    return written


def _items(written: Any, at: str) -> list[tuple[str, Any]]:
    """Return the items of a list, each with its place; people count from one."""
    if not isinstance(written, list) or len(written) > MOST_BLOCKS:
        raise _wrong(at, f"≤ {MOST_BLOCKS}")
    return [(f"{at} {number}", one) for number, one in enumerate(written, start=1)]


def _series(written: Any) -> str:
    if not isinstance(written, str) or len(written) > 10 or re.search(r"[\s〔〕{}]", written):
        raise _wrong("series", "责改")
    return written
