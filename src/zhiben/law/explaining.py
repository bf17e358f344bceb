"""How a function of the law came to its answer: inputs, steps, the values of law used and what they rest on."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from zhiben.kernel.bilingual import Bilingual
from zhiben.law import registry
from zhiben.law.collecting import Step, collecting, step
from zhiben.law.instruments import citation, instrument
from zhiben.law.naming import terms, word_of
from zhiben.law.parameters import Dated, Parameter
from zhiben.law.registry import plain

__all__ = ["as_text", "explain", "step"]

BASES: Mapping[str, Bilingual] = {
    "law": Bilingual("依据法律、法规或标准", "rests on law or a standard"),
    "practice": Bilingual("依据通行做法，不是法律规定", "rests on common practice, not on law"),
    "setting": Bilingual(
        "依据本程序的建议值，不是法律规定，可以修改", "rests on a setting of this program, not on law"
    ),
}
_TRUTH = {True: Bilingual("是", "yes"), False: Bilingual("否", "no")}
_SINCE = Bilingual("，{} 起", ", from {}")
_VERIFY = Bilingual("须对照原文核实", "to be checked against the text")


def explain(name: str, given: object, on: date | None = None) -> dict[str, Any]:
    """Run a function as `registry.call` does; return its answer and how it came about, as plain JSON.

    `on` in what is returned is the day whose law was asked for, or today; null where the function has a day of its own.
    """
    known = registry.registered().get(name)
    if on is None and known is not None and known.needs_day:
        on = registry.today()
    with collecting() as collected:
        answer = registry.call(name, given, on)
    cited = [_citation(known, dated) for known, dated in collected.used.values()]
    steps = [_step(one) for one in collected.steps]
    return {
        "function": name,
        "on": plain(on),
        "inputs": plain(given),
        "answer": answer,
        "labels": _labels(name, [*(given if isinstance(given, Mapping) else ()), *answer]),
        "steps": steps,
        "terms": _terms(
            [answer, given, steps],
            [dated.value for _, dated in collected.used.values()],
        ),
        "citations": cited,
        "rests_on": answer.rests_on,
        "verify": any(one["verify"] for one in cited),
    }


def as_text(told: Mapping[str, Any], language: str) -> Iterator[str]:
    """Return an explanation as lines for a reader: what was given, the steps, the answer, what they rest on."""
    labels = {field: Bilingual.of(label)(language) for field, label in told["labels"].items()}
    reader = partial(_for_reader, language=language, meant=told["terms"])
    for field, value in told["inputs"].items():
        yield f"{field} ({labels[field]}) = {reader(value)}"
    for at, one in enumerate(told["steps"], 1):
        of = f"[{one['of']}] " if "of" in one else ""
        yield f"{at}. {of}{Bilingual.of(one)(language)}: {reader(one['value'])}"
    yield "→ " + ", ".join(f"{field} = {reader(value)}" for field, value in told["answer"].items())
    for one in told["citations"]:
        verify = f" [{_VERIFY(language)}]" if one["verify"] else ""
        since = _SINCE(language).format(one["since"]) if one["since"] else ""
        yield f"* {Bilingual.of(one['title'])(language)}: {Bilingual.of(one['citation'])(language)}{since}{verify}"
    yield firmness(told["rests_on"], language)


def firmness(rests_on: str, language: str) -> str:
    """Say what an answer rests on."""
    return f"({BASES[rests_on](language)})"


def shown(value: object) -> str:
    """Return a plain value as a person reads it: text bare, the rest as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _for_reader(value: object, *, language: str, meant: Mapping[str, Mapping[str, str]]) -> str:
    """Return a value as a person reads it; a word of the other language, or a code, is followed by what it means."""
    reader = partial(_for_reader, language=language, meant=meant)
    if isinstance(value, Mapping) and set(value) == {"zh", "en"}:
        return Bilingual.of(dict(value))(language)
    if isinstance(value, str) and value in meant:
        said = Bilingual.of(dict(meant[value]))(language)
        return value if said in (value, value.replace("_", " ")) else f"{value} ({said})"
    if isinstance(value, list):
        parts = map(reader, value)
        return ", ".join(f"({part})" if ": " in part else part for part in parts) or "–"
    if isinstance(value, Mapping):
        return "; ".join(f"{reader(name)}: {reader(part)}" for name, part in value.items()) or "–"
    if isinstance(value, bool):
        return _TRUTH[value](language)
    return "–" if value is None else shown(value)


def _step(one: Step) -> dict[str, Any]:
    told = {"zh": one.zh, "en": one.en, "value": plain(one.value)}
    return told if one.of is None else {**told, "of": one.of}


def _labels(name: str, fields: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return what inputs and fields of the answer are called, in both languages."""
    labels = {field: word_of(field, name) for field in fields}
    return {field: {"zh": label.zh, "en": label.en} for field, label in labels.items()}


def _terms(told: object, used: object) -> dict[str, dict[str, str]]:
    """Return in both languages the words of the law and the codes that stand in plain values.

    What the packs used call a code comes before what it means elsewhere: a serious injury is no serious case.
    """
    there = _words(told)
    known = {**terms(), **dict(_called(used))}
    return {word: {"zh": both.zh, "en": both.en} for word, both in known.items() if word in there}


def _called(value: object) -> Iterator[tuple[str, Bilingual]]:
    """Return what rows of a pack are called: by their key, or by the code, name or grade they carry."""
    for key, row in (
        value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    ):
        if isinstance(row, Mapping) and {"zh", "en"} <= set(row):
            called = next((row[name] for name in ("code", "name", "grade") if name in row), key)
            if isinstance(called, str) and called != row["zh"]:
                yield called, Bilingual(row["zh"], row["en"])
        yield from _called(row)


def _words(value: object) -> set[str]:
    """Return every text of plain values; of names only those in Chinese: the others are fields, which have labels."""
    if isinstance(value, Mapping):
        return {name for name in value if not name.isascii()} | _words(list(value.values()))
    if isinstance(value, list):
        return {word for part in value for word in _words(part)}
    return {value} if isinstance(value, str) else set()


def _citation(known: Parameter, dated: Dated) -> dict[str, Any]:
    cited = citation(dated.source)
    title = instrument(dated.source.instrument).title
    return {
        "parameter": known.id,
        "title": {"zh": known.title.zh, "en": known.title.en},
        "value": plain(dated.value),
        "unit": known.unit,
        "instrument": dated.source.instrument,
        "instrument_title": {"zh": title.zh, "en": title.en},
        "clause": dated.source.clause,
        "citation": {"zh": cited.zh, "en": cited.en},
        "since": plain(dated.period.since),
        "until": plain(dated.period.until),
        "confidence": dated.confidence,
        "verify": dated.verify,
        "basis": known.basis,
    }
