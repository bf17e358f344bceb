"""Discretion inside a legal range: a tier by the facts, moved by what makes it heavier or lighter, with reasons."""

from collections.abc import Mapping, Sequence
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
}


@function(section="I")
def discretion_range(
    lo: Number,
    hi: Number,
    tier: Tier,
    heavier: list[Literal["repeated", "refuses", "violence"]] | None = None,
    lighter: list[Literal["harm_removed", "coerced", "confessed", "merit"]] | None = None,
    *,
    on: date,
) -> Answer:
    """Return the part of a legal range that a tier and its factors leave, and the reasons to record.

    Heavier factors move the tier up by one, lighter ones down by one, both cancel; nothing leaves the legal range.
    """
    need_not_negative("lo", lo)
    if hi < lo:
        raise impossible("hi", hi, because("上限不能小于下限", "must not be less than lo"), 10)
    up, down = _reasons("heavier", heavier, on), _reasons("lighter", lighter, on)
    moved = _moved(tier, bool(up) - bool(down))
    first, last = parameter("proposals/penalty/discretion-tiers").in_force(on).value[moved]
    step(f"档次：{_NAMED[tier].zh} → {_NAMED[moved].zh}", f"tier: {_NAMED[tier].en} → {_NAMED[moved].en}", moved)
    low, high = _at(lo, hi, first), _at(lo, hi, last)
    return {"tier": moved, "lo": low, "hi": high, "reasons": [*up, *down]}


@function(section="I")
def no_penalty(
    *,
    minor: bool = False,
    first: bool = False,
    slight: bool = False,
    harmless: bool = False,
    corrected: bool = False,
    on: date,
) -> Answer:
    """Tell whether a breach is not penalised, or may be left without a penalty.

    None: minor, corrected in time and without harm. May be none: a first breach with slight harm, corrected in time.
    """
    given = {"minor": minor, "first": first, "slight": slight or harmless, "harmless": harmless, "corrected": corrected}
    rule = parameter("cn/penalty/no-penalty").in_force(on).value
    none, may = (all(given[name] for name in rule[which]) for which in ("none", "may"))
    step("轻微、及时改正、没有危害后果", "minor, corrected in time, without harm", none)
    step("初次违法、危害后果轻微、及时改正", "a first breach, slight harm, corrected in time", may)
    return {"penalty": "none" if none else "may be left out" if may else "due"}


def _reasons(which: str, given: Sequence[str] | None, on: date) -> list[Mapping[str, str]]:
    if not given:
        return []
    known = parameter(f"cn/penalty/discretion-{which}").in_force(on).value
    return [known[name] for name in dict.fromkeys(given)]


def _moved(tier: Tier, by: int) -> Tier:
    return _TIERS[min(max(_TIERS.index(tier) + by, 0), len(_TIERS) - 1)]


def _at(lo: Number, hi: Number, percent: int) -> Number:
    found = lo + percent_of(hi - lo, percent)
    said = f"{plain(lo)} + ({plain(hi)} − {plain(lo)}) × {percent}%"
    step(f"取值 {said}", f"value {said}", found)
    return found
