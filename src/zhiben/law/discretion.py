"""Discretion inside a legal range: a tier by the facts, moved by what makes it heavier or lighter, with reasons."""

from datetime import date
from typing import Literal

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.quantities import Number
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible, need_not_negative
from zhiben.law.registry import Answer, function, plain
from zhiben.law.rounding import percent_of

Tier = Literal["light", "ordinary", "serious"]
_TIERS: tuple[Tier, ...] = ("light", "ordinary", "serious")
_NAMED = {
    "light": Bilingual("较轻", "light"),
    "ordinary": Bilingual("一般", "ordinary"),
    "serious": Bilingual("较重", "serious"),
    "repeated": Bilingual("一年内因同一行为受过两次以上处罚", "penalised twice or more in a year for the same act"),
    "refuses": Bilingual("拒不改正", "refuses to correct"),
    "violence": Bilingual("以暴力抗拒", "violence"),
    "harm_removed": Bilingual("主动消除或者减轻危害后果", "removed or reduced the harm"),
    "merit": Bilingual("有立功表现", "merit"),
}


@function(section="I")
def discretion_range(
    lo: Number,
    hi: Number,
    tier: Tier,
    heavier: list[Literal["repeated", "refuses", "violence"]] | None = None,
    lighter: list[Literal["harm_removed", "merit"]] | None = None,
    *,
    on: date,
) -> Answer:
    """Return the part of a legal range that a tier and its factors leave, and the reasons to record.

    Heavier factors move the tier up by one, lighter ones down by one, both cancel; nothing leaves the legal range.
    """
    need_not_negative("lo", lo)
    if hi < lo:
        raise impossible("hi", hi, because("上限不能小于下限", "must not be less than lo"), 10)
    up, down = list(dict.fromkeys(heavier or ())), list(dict.fromkeys(lighter or ()))
    moved = _moved(tier, bool(up) - bool(down))
    if up or down:
        parameter("cn/penalty/discretion-factors").in_force(on)
    first, last = parameter("proposals/penalty/discretion-tiers").in_force(on).value[moved]
    step(f"档次：{_NAMED[tier].zh} → {_NAMED[moved].zh}", f"tier: {_NAMED[tier].en} → {_NAMED[moved].en}", moved)
    low, high = _at(lo, hi, first), _at(lo, hi, last)
    reasons = [{"zh": _NAMED[each].zh, "en": _NAMED[each].en} for each in (*up, *down)]
    return {"tier": moved, "lo": low, "hi": high, "reasons": reasons}


def _moved(tier: Tier, by: int) -> Tier:
    return _TIERS[min(max(_TIERS.index(tier) + by, 0), len(_TIERS) - 1)]


def _at(lo: Number, hi: Number, percent: int) -> Number:
    found = lo + percent_of(hi - lo, percent)
    said = f"{plain(lo)} + ({plain(hi)} − {plain(lo)}) × {percent}%"
    step(f"取值 {said}", f"value {said}", found)
    return found
