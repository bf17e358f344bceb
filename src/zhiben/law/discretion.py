"""Discretion inside a legal range: a tier by the facts, moved by what makes it heavier or lighter, with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.quantities import Number
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.offences import Stage, fine_range
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible, need_not_negative
from zhiben.law.registry import Answer, function, plain
from zhiben.law.rounding import percent_of

__all__ = [
    "benchmark_fine",
    "discretion_range",
    "no_penalty",
]

Tier = Literal["light", "ordinary", "serious"]
_TIERS: tuple[Tier, ...] = ("light", "ordinary", "serious")
_NAMED = {
    "light": Bilingual("较轻", "light"),
    "ordinary": Bilingual("一般", "ordinary"),
    "serious": Bilingual("较重", "serious"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One tier of a benchmark table: from which measure on, and its range in 10000 yuan."""

    tier: str
    at_least: Number
    lo: Number
    hi: Number


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


@function(section="I")
def benchmark_fine(
    article: str,
    rows: list[Step],
    measure: Number,
    stage: Stage = "first",
    payer: Literal["unit", "persons", "principal", "leaders", "investor"] = "unit",
    *,
    on: date,
) -> Answer:
    """Return the tier of a benchmark table that a measure reaches, such as people untrained, and its range (10000 yuan).

    A table that does not ascend, or leaves the range of the law, is refused.
    """
    legal = fine_range(article, stage, on=on)[f"{payer}_wan"]
    if not isinstance(legal, list):
        reason = because(
            f"第 {article} 条此阶段不对其处以定额罚款", f"article {article} names no range for this payer and stage"
        )
        raise impossible("payer", payer, reason, "unit")
    _need_ladder(rows, legal)
    reached = [row for row in rows if measure >= row.at_least]
    if not reached:
        least = rows[0].at_least
        raise impossible(
            "measure",
            measure,
            because(f"低于最低档 {plain(least)}", f"is below the lowest tier, {plain(least)}"),
            least,
        )
    for row in rows:
        said = f"{plain(measure)} ≥ {plain(row.at_least)}"
        step(f"达到该档：{said}", f"the tier is reached: {said}", measure >= row.at_least, of=row.tier)
    return {"tier": reached[-1].tier, "lo": reached[-1].lo, "hi": reached[-1].hi}


def _need_ladder(rows: Sequence[Step], legal: Sequence[Number]) -> None:
    """Refuse a table without rows, one that does not ascend and one that leaves the legal range."""
    example = [{"tier": "轻", "at_least": 0, "lo": legal[0], "hi": legal[1]}]
    if not rows:
        raise impossible("rows", [], because("至少一档", "needs at least one tier"), example)
    for row in rows:
        if not legal[0] <= row.lo <= row.hi <= legal[1]:
            zh, en = f"超出法定幅度 {legal[0]}–{legal[1]}", f"leaves the legal range, {legal[0]} to {legal[1]}"
            raise impossible("rows", row.tier, because(zh, en), example)
    for low, high in pairwise(rows):
        if not (low.at_least < high.at_least and low.lo <= high.lo and low.hi <= high.hi):
            raise impossible("rows", high.tier, because("各档须递增", "tiers must ascend"), example)


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
