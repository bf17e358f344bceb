"""The Chinese names of functions, inputs and answers, and an example of each function, from packs/functions."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from zhiben.kernel.bilingual import Bilingual
from zhiben.law import store
from zhiben.law.facts import industries

SECTIONS: Mapping[str, Bilingual] = {  # the parts of the law, in their order
    "A": Bilingual("风险评价与事故分类", "assessment of risks, classes of accidents"),
    "B": Bilingual("重大危险源", "major hazard sources"),
    "C": Bilingual("事故隐患", "hidden dangers"),
    "D": Bilingual("企业分级与监督检查", "grades and inspection of enterprises"),
    "E": Bilingual("培训与证书", "training and certificates"),
    "F": Bilingual("预案与演练", "plans and drills"),
    "G": Bilingual("特殊作业", "dangerous operations and permits"),
    "H": Bilingual("监测与报警", "monitoring and alarms"),
    "I": Bilingual("执法与事故", "enforcement and accidents"),
    "J": Bilingual("举报奖励", "rewards for reports"),
    "K": Bilingual("安全生产费用", "safety funds"),
    "L": Bilingual("标准化、信用与保险", "standardisation, credit and insurance"),
    "N": Bilingual("代码", "codes"),
    "O": Bilingual("日历", "the calendar"),
}


_UNITS = {
    "wan": "10,000 yuan", "yuan": "yuan", "percent": "%", "pct": "%", "kw": "kW", "kpa": "kPa", "ms": "m/s", "c": "°C",
    "m": "m", "m2": "m²", "m3": "m³", "t": "t", "s": "s", "min": "min", "h": "h",
}  # fmt: skip


def title_of(name: str) -> str:
    """Return the Chinese name of a function; its own name where none is written."""
    return str(_written("functions").get(name, name))


def sentence_of(name: str) -> str:
    """Return the Chinese sentence on what a function does; empty where none is written."""
    return str(_written("about").get(name, ""))


def word_of(name: str, function: str = "") -> Bilingual:
    """Return what an input or a field of an answer is called: in this function, else everywhere."""
    words = _written("words")
    told = words.get(f"{function}.{name}", words.get(name, name))
    return Bilingual.of(told) if isinstance(told, dict) else Bilingual(str(told), _spelt_out(name))


def _spelt_out(name: str) -> str:
    """Return a name as words, its unit behind it: `loss_wan` is a loss in 10,000 yuan."""
    words, _, last = name.rpartition("_")
    return f"{words.replace('_', ' ')} ({_UNITS[last]})" if words and last in _UNITS else name.replace("_", " ")


def in_english(term: str) -> str:
    """Return the English of a Chinese word of the law that answers hold; the word itself where none is written."""
    return str(_written("terms").get(term, term))


@cache
def terms() -> Mapping[str, Bilingual]:
    """Return what answers and steps hold as words in one language or as a code of the program, in both languages."""
    chinese = {word: Bilingual(word, english) for word, english in _written("terms").items()}
    codes = {code: Bilingual(zh, _spelt_out(code)) for code, zh in _written("codes").items()}
    return {**{slug: one.label for slug, one in industries().items()}, **codes, **chinese}


def listed(words: Iterable[str]) -> Bilingual:
    """Return names that may be given, for a refusal; for a reader of English with what the Chinese ones mean."""
    names = list(words)
    english = [name if in_english(name) == name else f"{name} ({in_english(name)})" for name in names]
    return Bilingual("、".join(names), ", ".join(english))


def examples() -> Mapping[str, Mapping[str, Any]]:
    """Return an example of inputs by function, for those that have no worked example elsewhere."""
    return _written("examples")


@cache
def _written(part: str) -> Mapping[str, Any]:
    return {name: told for pack in store.documents("functions").values() for name, told in pack.get(part, {}).items()}
