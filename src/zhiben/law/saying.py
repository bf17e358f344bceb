"""The sentences of a judgement, in both languages: why a clause answers as it does, and what to beware of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zhiben.kernel.bilingual import Bilingual
from zhiben.law.facts import PLACE, SEEN, vocabulary
from zhiben.law.registry import plain
from zhiben.law.rules import Value
from zhiben.law.standards import Composite, Standard, Successor

Known = Mapping[str, Value | None]

_TRUTH = {True: Bilingual("是", "yes"), False: Bilingual("否", "no")}
_UNITLESS = frozenset({"boolean", "count", "ratio", "rise/run", "month"})


@dataclass(frozen=True, slots=True)
class Reason:
    """A stable code, its sentence, and the facts it speaks of with their values."""

    code: str
    text: Bilingual
    facts: Known

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {"code": self.code, "zh": self.text.zh, "en": self.text.en, "facts": plain(self.facts)}


def rule_holds(deciding: Known) -> Reason:
    """Say that the facts show the hazard."""
    return _told("rule:holds", "事实表明存在该情形：{}", "The facts show the hazard: {}", deciding)


def rule_fails(deciding: Known) -> Reason:
    """Say that the facts rule the whole clause out."""
    return _told(
        "rule:fails",
        "事实表明不存在，规则覆盖本条全部情形：{}",
        "The facts rule it out, and the rule covers all of it: {}",
        deciding,
    )


def rule_covers_a_part(deciding: Known) -> Reason:
    """Say that the facts rule out only a part of the clause."""
    return _told(
        "rule:covers-a-part",
        "事实只排除了本条的一部分，不能认定不存在：{}",
        "The facts rule out only a part of this clause, so it is not cleared: {}",
        deciding,
    )


def facts_missing(missing: Iterable[str]) -> Reason:
    """Say which facts would settle it."""
    names = tuple(missing)
    zh = "、".join(label_of(name).zh for name in names)
    en = "; ".join(label_of(name).en for name in names)
    return Reason("facts:missing", Bilingual(f"缺少事实：{zh}", f"Facts are missing: {en}"), dict.fromkeys(names))


def look_needed(seen: str) -> Reason:
    """Say that somebody must look on site."""
    return Reason("look:needed", Bilingual("需要现场查看", "Somebody must look on site"), {seen: None})


def seen_there(seen: str) -> Reason:
    """Say that the look found the hazard."""
    return Reason("look:found", Bilingual("现场查看：存在", "The on-site look found it"), {seen: True})


def seen_not_there(seen: str) -> Reason:
    """Say that the look did not find the hazard."""
    return Reason("look:not-found", Bilingual("现场查看：不存在", "The on-site look did not find it"), {seen: False})


def only_a_topic(seen: str) -> Reason:
    """Say that a topic without its conditions cannot be cleared."""
    text = Bilingual(
        "本条只知主题，具体条件未取得，不能认定不存在",
        "Only the topic of this clause is known here, so it is not cleared",
    )
    return Reason("look:topic-only", text, {seen: False})


def counted(at_least: int, present: Iterable[str], still_open: Iterable[str]) -> Reason:
    """Say how many elements are present, how many are open and how many it takes."""
    there, unsettled = list(present), list(still_open)
    named = "、".join(there) or "0"
    text = Bilingual(
        f"需要{at_least}项：已有{len(there)}项（{named}），未定{len(unsettled)}项",
        f"Needs {at_least}: {len(there)} present ({', '.join(there) or 'none'}), {len(unsettled)} open",
    )
    return Reason("composite:counted", text, {})


def place_needed(each: Composite) -> Reason:
    """Say that the count is reached, if the place is of this kind."""
    text = Bilingual(
        f"已达到数量，但须先确认场所类别：{each.summary.zh}",
        f"The count is reached; the kind of place decides: {each.summary.en}",
    )
    return Reason("composite:place-needed", text, {PLACE: None})


def place_not_given() -> Reason:
    """Warn that composites wait for the place."""
    return Reason(
        "place:not-given",
        Bilingual("未给出场所类别（place），综合判定待定", "The kind of place is not given; composites wait for it"),
        {PLACE: None},
    )


def other_industries(known: Standard, given: frozenset[str]) -> Reason:
    """Warn that the standard does not speak to the enterprise."""
    named, asked = ", ".join(sorted(known.industries)), ", ".join(sorted(given))
    text = Bilingual(f"本标准适用于 {named}，不适用于 {asked}", f"This standard is for {named}, not for {asked}")
    return Reason("standard:other-industries", text, {})


def successor_expected(successor: Successor) -> Reason:
    """Warn that a later edition exists whose first day is not known."""
    since = successor.known_since.isoformat()
    text = Bilingual(
        f"新版 {successor.id} 已发布（{since} 起已知），施行日期未知：请核对本版是否仍然有效",
        f"A later edition, {successor.id}, is known since {since}, its first day is not: check whether this one still holds",
    )
    return Reason("standard:successor-expected", text, {})


def read_together(others: Iterable[str]) -> Reason:
    """Remind of the standards that belong to this one."""
    named = ", ".join(others)
    return Reason(
        "standard:read-together", Bilingual(f"须与 {named} 一并适用", f"To be read together with {named}"), {}
    )


def cannot_clear(known: Standard) -> Reason:
    """Warn that this pack does not hold all cases of the standard."""
    text = Bilingual(
        f"{known.document}：本库条文不全，可以发现隐患，不能排除隐患",
        f"{known.number.en}: not all cases are held here; hazards can be found, none can be ruled out",
    )
    return Reason("standard:cannot-clear", text, {})


def label_of(name: str) -> Bilingual:
    """Return the label of a fact, of a look, or of a reserved one."""
    if name.startswith(SEEN):
        ref = name.removeprefix(SEEN)
        return Bilingual(f"现场查看 {ref}", f"on-site look at {ref}")
    known = vocabulary().get(name)
    return known.label if known else Bilingual("场所类别", "kind of place") if name == PLACE else Bilingual(name, name)


def fact_said(name: str, value: Value | None) -> Bilingual:
    """Say a fact with its value: "number of …: 2"."""
    return _said(name, value)


def _told(code: str, zh: str, en: str, facts: Known) -> Reason:
    said = [_said(name, value) for name, value in facts.items()]
    return Reason(
        code,
        Bilingual(zh.format("；".join(one.zh for one in said)), en.format("; ".join(one.en for one in said))),
        facts,
    )


def _said(name: str, value: Value | None) -> Bilingual:
    label = label_of(name)
    if isinstance(value, bool):
        return Bilingual(f"{label.zh}：{_TRUTH[value].zh}", f"{label.en}: {_TRUTH[value].en}")
    known = vocabulary().get(name)
    bare = known is None or known.unit in _UNITLESS or known.unit.startswith(("enum", "integer"))
    unit = "" if known is None or bare else f" {known.unit}"
    return Bilingual(f"{label.zh}：{plain(value)}{unit}", f"{label.en}: {plain(value)}{unit}")
