"""The words for facts, their values and sources."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from zhiben.kernel.bilingual import Bilingual
from zhiben.law.facts import SEEN, vocabulary
from zhiben.law.standards import Clause, held
from zhiben.standards.domain.freshness import FactSource

Words = Mapping[str, str | Promise]

DECIDABLE: Words = {
    "facts": pgettext_lazy("clause", "judged by facts"),
    "monitoring": pgettext_lazy("clause", "judged by monitoring"),
    "inspection": pgettext_lazy("clause", "needs an on-site look"),
}
SOURCES: Words = {
    FactSource.PERSON: pgettext_lazy("source of a fact", "entered by a person"),
    FactSource.LOOK: pgettext_lazy("source of a fact", "looked at on site"),
    FactSource.DERIVED: pgettext_lazy("source of a fact", "known by the program"),
    FactSource.MONITORING: pgettext_lazy("source of a fact", "told by monitoring"),
    FactSource.IMPORT: pgettext_lazy("source of a fact", "came with a file"),
}
_UNITLESS = frozenset({"boolean", "count", "ratio"})
UNITS = {  # units that are words or grades; the others are symbols and read alike in both languages
    "boolean": Bilingual("是或否", "yes or no"), "count": Bilingual("数量", "a number"), "ratio": Bilingual("比值", "a ratio"),
    "months": Bilingual("个月", "months"), "month": Bilingual("月份", "month"), "minutes": Bilingual("分钟", "minutes"),
    "hours": Bilingual("小时", "hours"), "persons": Bilingual("人", "persons"), "storey": Bilingual("层", "storeys"),
    "yuan": Bilingual("元", "yuan"), "degree": Bilingual("°", "°"), "m/year": Bilingual("m/年", "m/year"),
    "percentage points": Bilingual("个百分点", "percentage points"), "per mille": Bilingual("‰", "‰"),
    "Beaufort grade": Bilingual("级风", "Beaufort"), "rise/run": Bilingual("（高宽比）", "rise over run"),
}  # fmt: skip


def fact_label(name: str) -> Bilingual:
    """Name a fact, or what a look on site looks for; an unknown one keeps its name."""
    if name.startswith(SEEN):
        return look_label(name)
    known = vocabulary().get(name)
    return known.label if known else Bilingual.of(name)


def look_label(name: str) -> Bilingual:
    """Name what somebody must look at: the clause in our words."""
    standard, _slash, ref = name.removeprefix(SEEN).partition("/")
    known = held(standard)
    clause = next((each for each in known.clauses if each.ref == ref), None) if known else None
    if clause is None:
        return Bilingual.of(name)
    return Bilingual(f"现场查看：{clause.summary.zh}", f"On-site look: {clause.summary.en}")


def unit_words(unit: str) -> Bilingual:
    """Say in what a fact is told; `integer 1-3` and `enum A|B` name what may be chosen."""
    kind, _space, choice = unit.partition(" ")
    if kind == "integer":
        return Bilingual(f"{choice} 的整数", f"whole number, {choice}")
    if kind == "enum":
        return Bilingual("、".join(choice.split("|")), ", ".join(choice.split("|")))
    return UNITS.get(unit) or Bilingual.of(unit)


def is_measured(unit: str) -> bool:
    """Tell whether a value is written with this unit: not a truth, a count or a choice."""
    return bool(unit) and unit not in _UNITLESS and not unit.startswith(("enum", "integer"))


def cited(clause: Clause) -> str:
    """Cite a clause as people know it: the document that holds it, and its number there."""
    known = held(clause.standard)
    return f"{known.number(get_language() or 'zh-hans') if known else clause.standard} {clause.ref}"


def value_words(name: str, value: Any) -> str:
    """Write a value with its unit."""
    if isinstance(value, bool):
        if name.startswith(SEEN):
            return _("the hazard is there") if value else _("looked, not there")
        return _("yes") if value else _("no")
    known = vocabulary().get(name)
    unit = known.unit if known else ""
    shown = f"{Decimal(str(value)):,f}" if isinstance(value, int | float) else str(value)
    return f"{shown} {unit_words(unit)(get_language() or 'en')}" if is_measured(unit) else shown
