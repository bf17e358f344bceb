"""How a function of the law came to its answer: inputs, steps, the values of law used and what they rest on."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from zhiben.kernel.bilingual import Bilingual
from zhiben.law import registry
from zhiben.law.collecting import collecting, step
from zhiben.law.instruments import citation, instrument
from zhiben.law.parameters import Dated, Parameter
from zhiben.law.registry import RESTS_ON, plain

__all__ = ["as_text", "explain", "step"]

BASES: Mapping[str, Bilingual] = {
    "law": Bilingual("依据法律、法规或标准", "rests on law or a standard"),
    "practice": Bilingual("依据通行做法，不是法律规定", "rests on common practice, not on law"),
    "setting": Bilingual(
        "依据本程序的建议值，不是法律规定，可以修改", "rests on a setting of this program, not on law"
    ),
}
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
    return {
        "function": name,
        "on": plain(on),
        "inputs": plain(given),
        "answer": answer,
        "steps": [{"zh": one.zh, "en": one.en, "value": plain(one.value)} for one in collected.steps],
        "citations": cited,
        "rests_on": collected.rests_on(),
        "verify": any(one["verify"] for one in cited),
    }


def as_text(told: Mapping[str, Any], language: str) -> Iterator[str]:
    """Return an explanation as lines for a reader."""
    for at, one in enumerate(told["steps"], 1):
        yield f"{at}. {Bilingual.of(one)(language)}: {shown(one['value'])}"
    yield "→ " + ", ".join(f"{field} = {shown(value)}" for field, value in told["answer"].items() if field != RESTS_ON)
    for one in told["citations"]:
        verify = f" [{_VERIFY(language)}]" if one["verify"] else ""
        yield f"* {Bilingual.of(one['title'])(language)}: {Bilingual.of(one['citation'])(language)}{verify}"
    yield firmness(told["answer"], language)


def firmness(answer: Mapping[str, Any], language: str) -> str:
    """Say what an answer rests on."""
    return f"({BASES[answer[RESTS_ON]](language)})"


def shown(value: object) -> str:
    """Return a plain value as a person reads it: text bare, the rest as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


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
