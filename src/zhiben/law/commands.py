"""What each word of `zhiben law` answers: a value for programs and lines for people."""

import argparse
import importlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law import explaining, registry, rule_words, store
from zhiben.law.asking import Asking, asking
from zhiben.law.because import because
from zhiben.law.facts import FactName, vocabulary
from zhiben.law.instruments import citation
from zhiben.law.judge import ClauseVerdict, Determination, Verdict, judge, judge_all
from zhiben.law.naming import title_of
from zhiben.law.parameters import Dated, Parameter, parameters
from zhiben.law.saying import label_of
from zhiben.law.standards import Clause, Standard, standards, standards_for

_VERIFY = Bilingual("须对照原文核实", "to be checked against the text")
_STATES = {
    "header only": Bilingual("只有名称", "header only"),
    "topics only": Bilingual("只有主题", "topics only"),
    "incomplete": Bilingual("条款不全", "incomplete"),
    "complete": Bilingual("完整", "complete"),
}
_VERDICTS = {
    Verdict.PRESENT: Bilingual("存在隐患", "hazard present"),
    Verdict.ABSENT: Bilingual("不存在", "absent"),
    Verdict.UNKNOWN: Bilingual("尚不能判定", "cannot be judged yet"),
}
_LARGEST_FILE = 20_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What to print: the value with --json, else the lines. `exit` is 1 where a check failed."""

    value: Any
    lines: Iterable[str]
    exit: int = 0


def list_standards(told: argparse.Namespace) -> Answer:
    """List the standards: all, or those in force on a day, or those that bind an industry then."""
    found = tuple(standards().values())
    if told.industry and not told.on:
        raise Invalid(
            "command:wrong-words",
            field="--on",
            reason=because("--industry 需要同时给出 --on 日期", "--industry needs --on DATE"),
        )
    if told.on:
        found = (
            standards_for(told.industry, told.on) if told.industry else tuple(k for k in found if k.in_force(told.on))
        )
    return Answer([_header(known) for known in found], [_line(known, told.lang) for known in found])


def show(told: argparse.Namespace) -> Answer:
    """Show a standard, a clause (`standard/ref`), a value of law or a fact."""
    named, _, ref = told.id.partition("/")
    if told.id in standards():
        return _show_standard(standards()[told.id], told.lang)
    if named in standards() and ref:
        return _show_clause(_clause(standards()[named], ref), told.lang)
    if told.id in parameters():
        return _show_parameter(parameters()[told.id], told.lang)
    if told.id in vocabulary():
        return _show_fact(vocabulary()[told.id], told.lang)
    known = [*standards(), *parameters(), *vocabulary()]
    raise NotFound("command:unknown-id", field="id", id=told.id, near=get_close_matches(told.id, known, n=3))


def check(told: argparse.Namespace) -> Answer:
    """Check every pack."""
    # jsonschema takes as long to import as all other commands take to answer
    found = importlib.import_module("zhiben.law.checking").problems()
    packs = len(store.packs_read())
    said = {"zh": f"{packs} 个数据包，{len(found)} 个问题", "en": f"{packs} packs, {len(found)} problems"}[told.lang]
    value = {"packs": packs, "problems": [{"pack": each.pack, "at": each.at, "reason": each.reason} for each in found]}
    return Answer(value, [*(f"{each.pack} {each.at}: {each.reason}" for each in found), said], exit=1 if found else 0)


def judge_facts(told: argparse.Namespace) -> Answer:
    """Judge one enterprise by one standard, or by all that name its industries."""
    given = _object(_file(told.facts), told.facts, {"industries": ["metallurgy"]})
    if told.standard:
        found = judge(told.standard, given, told.on)
        return Answer(found.as_json(), _judged(found, told.lang))
    every = judge_all(given, told.on)
    return Answer([each.as_json() for each in every], [line for each in every for line in _judged(each, told.lang)])


def ask_next(told: argparse.Namespace) -> Answer:
    """Say which missing facts to ask for first."""
    given = _object(_file(told.facts), told.facts, {"industries": ["metallurgy"]})
    found = asking(given, told.on, standard=told.standard, limit=max(told.most, 0))
    return Answer(found.as_json(), _asked(found, told.lang))


def call(told: argparse.Namespace) -> Answer:
    """Run a function of the law, or list them all."""
    functions = importlib.import_module("zhiben.law.functions")  # makes them known; the other commands need none
    if not told.name:
        known = registry.registered().values()
        value = [
            {
                "name": each.name,
                "section": each.section,
                "module": functions.MODULES[each.name],
                "title": title_of(each.name),
                "inputs": sorted(each.takes),
            }
            for each in known
        ]
        titled = told.lang == "zh"  # functions are named in Chinese; their English name is the one they are called by
        lines = (
            f"{each.section}  {each.name}({', '.join(each.takes)}){f'  {title_of(each.name)}' if titled else ''}"
            for each in known
        )
        return Answer(value, lines)
    given = _object(told.inputs, told.name, registry.sample(told.name))
    if told.explain:
        explained = explaining.explain(told.name, given, told.on)
        return Answer(explained, explaining.as_text(explained, told.lang))
    answer = registry.call(told.name, given, told.on)
    told_fields = [f"{name}: {explaining.shown(value)}" for name, value in answer.items()]
    return Answer(answer, [*told_fields, explaining.firmness(answer.rests_on, told.lang)])


def compile_packs(told: argparse.Namespace) -> Answer:
    """Write the artefact beside the packs, so that an installed program need not."""
    path = told.out or store.places()[0]
    content = store.compiled()
    if not store.write(path, content):
        raise Invalid("command:no-file", field=str(path), reason=because("不能写入", "cannot be written"))
    return Answer({"path": str(path), "bytes": len(content)}, [f"{path} ({len(content)} B)"])


def _file(name: str) -> str:
    try:
        content = sys.stdin.buffer.read(_LARGEST_FILE + 1) if name == "-" else _limited(Path(name))
    except OSError as problem:
        raise Invalid(
            "command:no-file", field=name, reason=because(f"系统答复：{problem.strerror}", str(problem.strerror))
        ) from problem
    if len(content) > _LARGEST_FILE:
        raise Invalid(
            "command:no-file",
            field=name,
            reason=because(f"大于 {_LARGEST_FILE} 字节", f"larger than {_LARGEST_FILE} bytes"),
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Invalid(
            "command:not-json", field=name, reason=because("不是 UTF-8 编码", "not UTF-8"), example={}
        ) from problem


def _limited(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST_FILE + 1)


def _object(text: str, field: str, example: Mapping[str, object]) -> dict[str, object]:
    """Read a JSON object with exact numbers; refuse a name that stands twice."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) != len(pairs):
            twice = next(name for at, (name, _) in enumerate(pairs) if name in dict(pairs[:at]))
            raise Invalid(
                "command:not-json",
                field=field,
                reason=because(f"{twice} 出现两次", f"{twice} stands twice"),
                example=example,
            )
        return found

    try:
        read = json.loads(text, parse_float=Decimal, object_pairs_hook=once)
    except (ValueError, RecursionError) as problem:
        raise Invalid(
            "command:not-json", field=field, reason=because(f"语法有误（{problem}）", str(problem)), example=example
        ) from problem
    if not isinstance(read, dict):
        raise Invalid(
            "command:not-json", field=field, reason=because("须为 JSON 对象", "needs an object"), example=example
        )
    return read


def _header(known: Standard) -> dict[str, Any]:
    return {
        "id": known.id,
        "family": known.family,
        "title": {"zh": known.title.zh, "en": known.title.en},
        "document": known.document,
        "effective": _iso(known.effective),
        "repealed": _iso(known.repealed),
        "superseded_by": list(known.superseded_by),
        "industries": sorted(known.industries),
        "clauses": len(known.clauses),
        "rules": sum(each.rule is not None for each in known.clauses),
        "whole": sum(each.is_whole for each in known.clauses),
        "confidence": known.confidence,
        "state": _state(known),
        "may_be_judged": known.effective is not None,
        "may_clear": known.may_clear,
        "verify_fields": list(known.verify_fields),
    }


def _state(known: Standard) -> str:
    if known.is_header_only:
        return "header only"
    return "topics only" if known.is_topics_only else "incomplete" if known.is_incomplete else "complete"


def _line(known: Standard, lang: str) -> str:
    days = f"{_iso(known.effective) or '?':10}  {_iso(known.repealed) or '':10}"
    return f"{known.id:36} {days}  {len(known.clauses):4}  {_STATES[_state(known)](lang):11}  {known.title(lang)}"


def _show_standard(known: Standard, lang: str) -> Answer:
    value = {
        **_header(known),
        "issuer": {"zh": known.issuer.zh, "en": known.issuer.en},
        "issued": _iso(known.issued),
        "notes": known.notes,
        "sources": list(known.sources),
        "clauses": [_clause_json(each) for each in known.clauses],
        "composites": [
            {
                "clause": each.ref,
                "places": sorted(each.places),
                "summary": {"zh": each.summary.zh, "en": each.summary.en},
                "counts": [{"refs": list(count.refs), "at_least": count.at_least} for count in each.counts],
            }
            for each in known.composites
        ],
    }
    lines = [f"{known.title(lang)}  {known.number(lang)}", _line(known, lang), known.notes, ""]
    lines += [f"{each.ref:12} {each.decidable:11} {each.summary(lang)}" for each in known.clauses]
    lines += [f"{each.ref}  {each.summary(lang)}" for each in known.composites]
    return Answer(value, lines)


def _clause(known: Standard, ref: str) -> Clause:
    refs = {each.ref: each for each in known.clauses}
    if ref not in refs:
        near = get_close_matches(ref, refs, n=3)
        raise NotFound("clause:unknown", field="id", standard=known.id, clause=ref, near=near)
    return refs[ref]


def _clause_json(each: Clause) -> dict[str, Any]:
    label = each.group.label if each.group else None
    return {
        "clause": each.ref,
        "group": {"zh": label.zh, "en": label.en} if label else None,
        "summary": {"zh": each.summary.zh, "en": each.summary.en},
        "decidable": each.decidable,
        "rule": each.rule,
        "facts": list(each.facts) if each.rule else [each.seen],
        "whole": each.is_whole,
        "element": each.is_element,
        "verify": each.verify,
        "checked": each.checked,
    }


def _show_clause(each: Clause, lang: str) -> Answer:
    value = {"standard": each.standard, **_clause_json(each)}
    group = f"[{each.group.label(lang)}] " if each.group else ""
    head = f"{each.standard} {each.ref}  {group}{each.summary(lang)}"
    return Answer(
        value, [head, *(_outlined(rule_words.told(each.rule), lang) if each.rule else ()), each.rule or each.seen]
    )


def _outlined(said: rule_words.Said, lang: str, depth: int = 0) -> Iterable[str]:
    yield f"{'  ' * depth}{said.words(lang)}"
    for part in said.parts:
        yield from _outlined(part, lang, depth + 1)


def _show_parameter(known: Parameter, lang: str) -> Answer:
    values = [
        {
            "since": _iso(dated.period.since),
            "until": _iso(dated.period.until),
            "value": dated.value,
            "source": {"instrument": dated.source.instrument, "clause": dated.source.clause},
            "confidence": dated.confidence,
            "verify": dated.verify,
        }
        for dated in known.history
    ]
    value = {
        "id": known.id,
        "title": {"zh": known.title.zh, "en": known.title.en},
        "unit": known.unit,
        "basis": known.basis,
        "notes": {"zh": known.notes.zh, "en": known.notes.en} if known.notes else None,
        "values": values,
    }
    notes = [known.notes(lang)] if known.notes else []
    head = [f"{known.title(lang)} ({known.unit})", f"({explaining.BASES[known.basis](lang)})", *notes]
    return Answer(value, [*head, *(_dated(one, lang) for one in known.history)])


def _dated(one: Dated, lang: str) -> str:
    days = f"{_iso(one.period.since) or '–'} – {_iso(one.period.until) or ''}".rstrip()
    checked = f" [{_VERIFY(lang)}]" if one.verify else ""
    return f"{days}  {explaining.shown(registry.plain(one.value))}  {citation(one.source)(lang)}{checked}"


def _show_fact(known: FactName, lang: str) -> Answer:
    used = [
        f"{each.standard}/{each.ref}" for s in standards().values() for each in s.clauses if known.name in each.facts
    ]
    label = {"zh": known.label.zh, "en": known.label.en}
    value = {"name": known.name, "unit": known.unit, "label": label, "used_by": used}
    return Answer(value, [f"{known.name} ({known.unit})  {known.label(lang)}", *used])


def _judged(found: Determination, lang: str) -> Iterable[str]:
    yield f"{found.standard.title(lang)}  {found.standard.number(lang)}  {found.day}: {_VERDICTS[found.verdict](lang)}"
    yield from (f"  ! {warning.text(lang)}" for warning in found.warnings)
    for each in found.clauses:
        yield f"  {each.clause:14} {_VERDICTS[each.verdict](lang)}{_element(each, lang)}"
        yield from (f"      {reason.text(lang)}" for reason in each.reasons)


def _asked(found: Asking, lang: str) -> Iterable[str]:
    words = {"zh": "{}：{} 条适用，{} 条尚不能判定", "en": "{}: {} clauses apply, {} cannot be judged yet"}[lang]
    settles = {"zh": "平均判清 {} 条，至少 {} 条，至多 {} 条", "en": "settles {} in the mean, {} at least, {} at most"}[
        lang
    ]
    yield words.format(found.day, len(found.verdicts), found.open)
    for at, each in enumerate(found.questions, 1):
        yield f"{at:3}. {label_of(each.fact)(lang)}  ({each.fact})"
        yield f"     {settles.format(each.expected, each.guaranteed, each.most)}"


def _element(each: ClauseVerdict, lang: str) -> str:
    return {"zh": "（要素）", "en": " (element)"}[lang] if each.is_element else ""


def _iso(written: date | None) -> str | None:
    return written.isoformat() if written else None
