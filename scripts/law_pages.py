"""The pages of docs/law/: one a function, with worked numbers, and one a pack, in both languages.

`scripts/reference.py` writes them. The numbers come from the functions themselves: the worked examples of
tests/law/vectors, and the examples of packs/functions for what has none there, explained by the law of DAY.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import yaml
from law_tables import INDUSTRIES, industry_page, part_heading, title_of_pack

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Refusal
from zhiben.kernel.quantities import Number
from zhiben.law import store
from zhiben.law.explaining import BASES, explain, shown
from zhiben.law.functions import FUNCTIONS, MODULES
from zhiben.law.instruments import citation
from zhiben.law.naming import SECTIONS, examples, sentence_of, title_of, word_of
from zhiben.law.parameters import Dated, Parameter, parameters
from zhiben.law.registry import Function
from zhiben.law.standards import Standard, standards

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 22)  # by whose law the examples are worked, so that a page changes only when the law does
NOTE = "<!-- written by scripts/reference.py: run it after changing a function or a pack -->"
VECTORS = ROOT / "tests" / "law" / "vectors"
LONG = 1_000  # rows of a table that a page shows
KINDS = {
    int: Bilingual("整数", "whole number"),
    bool: Bilingual("是否", "true or false"),
    str: Bilingual("文字", "text"),
    date: Bilingual("日期", "date"),
}

Example = tuple[str, str, Mapping[str, Any]]  # its name, where the rule stands, what is given


def pages() -> dict[str, str]:
    """Return every page by its path below docs/law/."""
    worked = _worked()
    told = {name: [(example, _explained(name, example[2])) for example in worked.get(name, [])] for name in FUNCTIONS}
    used = _users(told)
    found = {f"functions/{name}.md": _function(FUNCTIONS[name], told[name]) for name in FUNCTIONS}
    for name, known in _parameters():
        found[f"packs/{name}.md"] = _parameter(name, known, used.get(known.id, []))
    for name, known_standard in standards().items():
        found[f"packs/standards/{name}.md"] = _standard(known_standard)
    for name, written in _others():
        found[f"packs/{name}.md"] = _other(name, written)
    found[f"packs/{INDUSTRIES}.md"] = industry_page(NOTE)
    return {"index.md": _index(), "packs.md": _packs(found), **found}


def _worked() -> dict[str, list[Example]]:
    found: dict[str, list[Example]] = {}
    for path in sorted(VECTORS.glob("?.yaml")):
        for vector in yaml.safe_load(path.read_text(encoding="utf-8")):
            found.setdefault(vector["call"], []).append((vector["id"], vector.get("source", ""), vector["given"]))
    for name, given in examples().items():
        if name in FUNCTIONS:
            found.setdefault(name, []).append(("", "", given))
    return found


def _explained(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return explain(name, given, DAY if FUNCTIONS[name].needs_day else None)  # else it has a day of its own
    except Refusal as refused:
        raise SystemExit(f"the example of {name} is refused: {refused}") from refused


def _users(told: Mapping[str, list[tuple[Example, dict[str, Any]]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, runs in told.items():
        for one in {cited["parameter"] for _, run in runs for cited in run["citations"]}:
            found.setdefault(one, []).append(name)
    return found


def _function(known: Function, runs: list[tuple[Example, dict[str, Any]]]) -> str:
    title = title_of(known.name)
    lines = [f"# {known.name} · {title}", "", NOTE, "", _about(known, title), "", sentence_of(known.name), ""]
    lines += [_english(known), "", "```python", f"from zhiben.law.{MODULES[known.name]} import {known.name}", "```", ""]
    lines += ["## 输入 Inputs", ""]
    rows = [row for name, hint in known.takes.items() for row in _inputs(known, name, hint)]
    lines += _table(["", "中文", "English", "类型 type", "必填 required"], rows) if rows else ["无 none"]
    answered = list(dict.fromkeys(field for _, run in runs for field in run["answer"]))
    lines += ["", "## 结果 Answer", ""]
    lines += _table(["", "中文", "English"], [_named(known, name) for name in answered])
    lines += ["", f"## 算例 Worked examples（{DAY}）"]
    for example, run in runs:
        lines += _run(known.name, example, run)
    return "\n".join(lines) + "\n"


def _inputs(known: Function, name: str, hint: Any) -> Iterator[list[str]]:
    yield [*_named(known, name), _kind(hint), "是 yes" if name in known.required else ""]
    record = next((one for one in (hint, *get_args(hint)) if is_dataclass(one)), None)
    for part in fields(record) if record else ():
        needed = part.default is MISSING and part.default_factory is MISSING
        yield [*_named(known, part.name, "· "), _kind(get_type_hints(record)[part.name]), "是 yes" if needed else ""]


def _named(known: Function, name: str, before: str = "") -> list[str]:
    word = word_of(name, known.name)
    return [f"{before}`{name}`", word.zh, word.en]


def _about(known: Function, title: str) -> str:
    section = SECTIONS[known.section]
    day = "；按 `--on` 当日的规定计算 · by the law of the day of `--on`" if known.takes_day else ""
    return f"**{title}**：{section.zh} · {section.en}{day}."


def _kind(hint: Any) -> str:
    said = hint
    if type(None) in get_args(hint):
        left = [one for one in get_args(hint) if one is not type(None)]
        said = left[0] if len(left) == 1 else Number
    if said in KINDS:
        return f"{KINDS[said].zh} {KINDS[said].en}"
    if said == Number:
        return "数字 number"
    origin, inner = get_origin(said), get_args(said)
    if origin is list:
        return f"列表 list: {_kind(inner[0])}"
    if inner and all(isinstance(one, str | int) for one in inner):
        return ", ".join(f"`{one}`" for one in inner)
    return "对象 object"


def _run(name: str, example: Example, run: Mapping[str, Any]) -> list[str]:
    number, source, given = example
    heading = f"{number}" if number else "例 Example"
    lines = ["", f"### {heading}", "", "```sh"]
    lines += [f"zhiben law call {name} '{_json(given)}' --explain", "```", ""]
    if run["steps"]:
        rows = [
            [str(at), _of(one) + one["zh"], _of(one) + one["en"], _cut(one["value"])]
            for at, one in enumerate(run["steps"], 1)
        ]
        lines += [*_table(["", "步骤", "step", "="], rows), ""]
    lines += ["→ " + "，".join(f"`{field}` = {_cut(value)}" for field, value in run["answer"].items()), ""]
    if run["terms"]:
        lines += ["- " + "；".join(_term(word, both) for word, both in run["terms"].items())]
    lines += [f"- {_cited(one)}" for one in run["citations"]]
    lines += [f"- {source}"] if source and not run["citations"] else []
    rests = BASES[run["rests_on"]]
    verify = "；须对照原文核实 · to be checked against the text" if run["verify"] else ""
    return [*lines, f"- *{rests.zh} · {rests.en}{verify}*"]


def _term(word: str, both: Mapping[str, str]) -> str:
    """Return a word of an answer with what it is in the other language."""
    return f"`{word}` = {both['en'] if word == both['zh'] else both['zh']}"


def _of(one: Mapping[str, Any]) -> str:
    """Return what a step is about where only the caller or Chinese names it."""
    return f"“{one['of']}” " if "of" in one else ""


def _cited(one: Mapping[str, Any]) -> str:
    page = _PAGE_OF.get(one["parameter"], "")
    title = f"{one['title']['zh']} · {one['title']['en']}"
    linked = f"[{title}](../packs/{page}.md)" if page else title
    return f"{linked}：{one['citation']['zh']} · {one['citation']['en']}"


def _parameters() -> Iterator[tuple[str, Parameter]]:
    for name, written in store.documents("parameters").items():
        yield f"parameters/{name}", parameters()[written["id"]]


_PAGE_OF = {known.id: name for name, known in _parameters()}


def _parameter(name: str, known: Parameter, users: list[str]) -> str:
    basis = BASES[known.basis]
    lines = [
        f"# {known.title.zh} · {known.title.en}",
        "",
        NOTE,
        "",
        f"`{known.id}`（{known.unit}）：{basis.zh} · {basis.en}.",
    ]
    lines += ["", known.notes.zh, "", known.notes.en] if known.notes else []
    for dated in known.history:
        lines += ["", f"## {_days(dated)}", "", _source(dated), "", *_value(dated.value)]
    if users:
        up = "../" * (name.count("/") + 1)
        lines += ["", "## 使用它的函数 Used by", ""]
        lines += [", ".join(f"[{user}]({up}functions/{user}.md)" for user in sorted(users))]
    return "\n".join(lines) + "\n"


def _days(dated: Dated) -> str:
    since, until = dated.period.since, dated.period.until
    if since is None and until is None:
        return "历来 at all times"
    return f"{since or '……'} 起 from{f'，{until} 前 until' if until else ''}"


def _source(dated: Dated) -> str:
    cited = citation(dated.source)
    verify = "；须对照原文核实 · to be checked against the text" if dated.verify else ""
    return f"{cited.zh} · {cited.en}（可信度 confidence: {dated.confidence}{verify}）"


def _value(value: Any) -> list[str]:
    """Return a value as a table where it has rows, else as it stands."""
    if isinstance(value, dict) and value and all(_is_flat(row) for row in value.values()):
        value = [{"": name, **row} for name, row in value.items()]
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value) and not _is_deep(value):
        heads = list(dict.fromkeys(name for row in value for name in row))
        return _table([*map(_head, heads)], [[_cell(row.get(head)) for head in heads] for row in value])
    if isinstance(value, dict) and any(_has_rows(part) for part in value.values()):
        return [line for name, part in value.items() for line in (f"**{name}**", "", *_value(part), "")][:-1]
    if isinstance(value, dict) and not _is_deep([value]):
        return _table(["", ""], [[f"`{name}`", _cell(one)] for name, one in value.items()])
    if isinstance(value, dict | list):
        text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)
        return ["```yaml", text.rstrip(), "```"]
    return [_cell(value)]


def _has_rows(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(row, dict) for row in value))


def _is_flat(value: Any) -> bool:
    return isinstance(value, dict) and not any(_has_rows(part) for part in value.values())


def _is_deep(rows: list[dict[str, Any]]) -> bool:
    return any(isinstance(part, dict) for row in rows for part in row.values())


def _head(name: str) -> str:
    return {"zh": "中文", "en": "English", "": ""}.get(name, f"`{name}`")


def _standard(known: Standard) -> str:
    lines = [f"# {known.title.zh} · {known.title.en}", "", NOTE, "", f"`{known.id}` {_number(known)}"]
    lines += ["", f"{known.issuer.zh} · {known.issuer.en}. {known.effective or '?'} – {known.repealed or ''}", ""]
    lines += [" ".join(known.notes.split()), ""] if known.notes else []
    rows = [
        [each.ref, each.summary.zh, each.summary.en, f"`{each.rule}`" if each.rule else "现场 on site"]
        for each in known.clauses
    ]
    rows += [[each.ref, each.summary.zh, each.summary.en, "计数 counted"] for each in known.composites]
    lines += _table(["条 clause", "中文", "English", "规则 rule"], rows) if rows else ["只有名称 · header only"]
    for at, example in enumerate(store.documents("standards")[known.id].get("examples", ()), 1):
        verdicts = "，".join(f"{ref}: {verdict}" for ref, verdict in example["verdicts"].items())
        lines += [
            "",
            f"### 例 Example {at}（{example['day']}）",
            "",
            "```json",
            _json(example["facts"]),
            "```",
            "",
            f"→ {verdicts}",
        ]
    return "\n".join(lines) + "\n"


def _number(known: Standard) -> str:
    return known.document if known.number.zh == known.number.en else f"{known.number.zh} · {known.number.en}"


def _others() -> Iterator[tuple[str, Any]]:
    for name, written in store.packs_read().items():
        if name.partition("/")[0] not in {"parameters", "standards"}:
            yield name, written


def _other(name: str, written: Any) -> str:
    title = title_of_pack(name, written)
    lines = [f"# {title.zh} · {title.en}", "", NOTE, "", f"`packs/{name}.yaml`", ""]
    parts = written.items() if isinstance(written, dict) else [("", written)]
    for part, value in parts:
        if part in {"id", "title"} or value is None:
            continue
        lines += [part_heading(part), ""] if part else []
        few = value[:LONG] if isinstance(value, list) else value
        lines += [*_value(few), ""]
        if isinstance(value, list) and len(value) > LONG:
            lines += [f"…… 共 {len(value)} 行，见数据文件 · {len(value)} rows, see the file.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _index() -> str:
    lines = ["# 法规函数与数据包 · Functions and packs of the law", "", NOTE, ""]
    lines += ["每个函数一页，附算例；每个数据包一页，附出处。先看[十行入门](first-steps.ipynb)。", ""]
    lines += ["A page for every function with worked numbers, one for [every pack](packs.md) with its sources."]
    lines += ["Ten lines to begin with: [first steps](first-steps.ipynb)."]
    for letter, section in SECTIONS.items():
        known = sorted(name for name, one in FUNCTIONS.items() if one.section == letter)
        lines += ["", f"## {letter} {section.zh} · {section.en}"] if known else []
        for module in dict.fromkeys(module for name, module in MODULES.items() if name in known):
            rows = [
                [f"[`{name}`](functions/{name}.md)", title_of(name), _english(FUNCTIONS[name], first=True)]
                for name in known
                if MODULES[name] == module
            ]
            lines += ["", f"`zhiben.law.{module}`", "", *_table(["", "中文", "English"], rows)]
    return "\n".join(lines) + "\n"


def _english(known: Function, *, first: bool = False) -> str:
    paragraphs = (known.run.__doc__ or "").strip().split("\n\n")
    return "\n\n".join(" ".join(one.split()) for one in paragraphs[: 1 if first else None])


def _packs(found: Mapping[str, str]) -> str:
    lines = ["# 数据包 · Packs", "", NOTE]
    folders: dict[str, list[str]] = {}
    for path in sorted(path for path in found if path.startswith("packs/")):
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    for folder, paths in folders.items():
        lines += ["", f"## {folder.removeprefix('packs').lstrip('/') or 'packs'}", ""]
        lines += [f"- [{found[path].partition(chr(10))[0].removeprefix('# ')}]({path})" for path in paths]
    return "\n".join(lines) + "\n"


def _table(heads: list[str], rows: list[list[str]]) -> list[str]:
    return [
        f"| {' | '.join(heads)} |",
        f"|{'---|' * len(heads)}",
        *(f"| {' | '.join(map(_safe, row))} |" for row in rows),
    ]


def _safe(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())


def _cell(value: Any) -> str:
    if value is None or value == "":
        return ""
    return f"`{value}`" if isinstance(value, bool | int | float) else _safe(shown(value))


def _cut(value: Any) -> str:
    text = shown(value)
    return _safe(text if len(text) <= 200 else f"{text[:200]}…")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
