"""The words for facts, their values and sources."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from zhiben.kernel.bilingual import Bilingual
from zhiben.law.facts import SEEN, vocabulary
from zhiben.law.standards import held
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


def value_words(name: str, value: Any) -> str:
    """Write a value with its unit."""
    if isinstance(value, bool):
        if name.startswith(SEEN):
            return _("the hazard is there") if value else _("looked, not there")
        return _("yes") if value else _("no")
    known = vocabulary().get(name)
    unit = known.unit if known else ""
    shown = f"{Decimal(str(value)):,f}" if isinstance(value, int | float) else str(value)
    plain = unit in _UNITLESS or unit.startswith(("enum", "integer"))
    return shown if plain or not unit else f"{shown} {unit}"
