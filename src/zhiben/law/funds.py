"""Safety funds: what an enterprise sets aside by quantity, cost or revenue, when it pauses, what it may be spent on."""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.quantities import Number, exact
from zhiben.law.because import because
from zhiben.law.explaining import step
from zhiben.law.naming import listed
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible, need_not_negative, need_positive
from zhiben.law.registry import Answer, function, plain
from zhiben.law.rounding import percent_of, rounded
from zhiben.law.spans import months_after

__all__ = [
    "fund_keys",
    "fund_owner_advance",
    "fund_pause",
    "fund_percent",
    "fund_tier",
    "fund_unit",
    "fund_unit_highest",
    "fund_uses",
    "fund_year",
]

_TABLES = {"fund_unit": "per-unit", "fund_percent": "percent", "fund_tier": "tiers"}
_HOW = {
    "fund_unit": Bilingual("按数量提取", "by quantity"),
    "fund_percent": Bilingual("按造价、成本或者收入的比例提取", "by a percentage of cost or revenue"),
    "fund_tier": Bilingual("按上年度营业收入超额累退提取", "by tiers of last year's revenue"),
}
_MONTHS, _PLACES = 12, 4  # a twelfth a month, told to a yuan


@function(section="K")
def fund_unit(key: str, qty: Number, *, on: date) -> Answer:
    """Return the funds of a quantity produced, in yuan."""
    return {"yuan": _by_quantity(key, qty, on)}


@function(section="K")
def fund_unit_highest(keys: list[str], qty: Number, *, on: date) -> Answer:
    """Return the funds of a mine with several hazards: the highest of their standards counts."""
    if not keys:
        raise impossible("keys", keys, because("至少给出一项", "needs at least one"), ["煤-其他井工(元/t)"])
    sums = {key: _by_quantity(key, qty, on) for key in keys}
    key = max(sums, key=lambda each: sums[each])
    step("取最高的一项", "the highest", key)
    return {"key": key, "yuan": sums[key]}


@function(section="K")
def fund_percent(key: str, base_wan: Number, *, on: date) -> Answer:
    """Return the funds of a cost or revenue, in 10000 yuan."""
    need_not_negative("base_wan", base_wan)
    percent = _standard("fund_percent", key, on)
    wan = percent_of(base_wan, percent)
    step(f"{plain(base_wan)} 万元 × {percent}%", f"{plain(base_wan)} × {percent} % (10000 yuan)", wan)
    return {"wan": wan}


@function(section="K")
def fund_tier(key: str, revenue_wan: Number, *, on: date) -> Answer:
    """Return the funds by tiers of last year's revenue, and a twelfth for each month (rounded to a yuan)."""
    need_not_negative("revenue_wan", revenue_wan)
    annual, low = exact(0), exact(0)
    for top, percent in _standard("fund_tier", key, on):
        part = max((revenue_wan if top is None else min(revenue_wan, top)) - low, 0)
        if part:
            annual += percent_of(part, percent)
            step(
                f"{plain(part)} 万元 × {percent}%",
                f"{plain(part)} × {percent} % (10000 yuan)",
                percent_of(part, percent),
            )
        low = top
    monthly = rounded(Fraction(annual) / _MONTHS, _PLACES)
    step("全年（万元）", "a year (10000 yuan)", annual)
    step(f"÷ {_MONTHS}，四舍五入到元", f"÷ {_MONTHS}, rounded half up to a yuan", monthly)
    return {"annual_wan": annual, "monthly_wan": monthly}


@function(section="K")
def fund_pause(balance_wan: Number, last_year_wan: Number, *, on: date) -> Answer:
    """Tell whether the charge pauses: the balance has reached so many times what was due last year."""
    need_not_negative("balance_wan", balance_wan)
    need_positive("last_year_wan", last_year_wan, 202.5)
    times = parameter("cn/fund/pause-times").in_force(on).value
    bound = times * last_year_wan
    pauses = balance_wan >= bound
    step(
        f"结余 {plain(balance_wan)} ≥ {times} × {plain(last_year_wan)} = {plain(bound)}",
        f"balance {plain(balance_wan)} ≥ {times} × {plain(last_year_wan)} = {plain(bound)}",
        pauses,
    )
    return {"pause": pauses}


@function(section="K")
def fund_year(
    opening_wan: Number, due_wan: Number, spent_wan: Number, last_year_wan: Number | None = None, *, on: date
) -> Answer:
    """Return a year's account: set aside (nothing while it pauses), carried over, or short and charged as cost.

    `last_year_wan`: what was due last year; without it, as in a first year, nothing pauses.
    """
    for name, value in {"opening_wan": opening_wan, "due_wan": due_wan, "spent_wan": spent_wan}.items():
        need_not_negative(name, value)
    paused = last_year_wan is not None and bool(fund_pause(opening_wan, last_year_wan, on=on)["pause"])
    charged = 0 if paused else due_wan
    left = opening_wan + charged - spent_wan
    parameter("cn/fund/balance").in_force(on)
    shown = f"{plain(opening_wan)} + {plain(charged)} − {plain(spent_wan)}"
    step(f"年初结余 + 提取 − 使用 = {shown}", f"opening + set aside − spent = {shown}", left)
    step("结余转下年，不足的列入成本", "what is left is carried over, what is short is a cost", left >= 0)
    return {"charged_wan": charged, "carried_over_wan": max(left, 0), "short_wan": max(-left, 0)}


@function(section="K")
def fund_owner_advance(fund_wan: Number, started: date, *, on: date | None = None) -> Answer:
    """Return the least that the owner of works pays the builder, and until when."""
    need_not_negative("fund_wan", fund_wan)
    rule = parameter("cn/fund/owner-advance").in_force(on or started).value
    least, due = percent_of(fund_wan, rule["percent"]), months_after(started, rule["months"])
    step(f"{plain(fund_wan)} 万元 × {rule['percent']}%", f"{plain(fund_wan)} × {rule['percent']} %", least)
    step(f"开工之日 + {rule['months']} 个月", f"start of works + {rule['months']} month", due)
    return {"least_wan": least, "due": due}


@function(section="K")
def fund_keys(*, on: date) -> Answer:
    """Return the names that fund_unit, fund_percent and fund_tier take, with their standards."""
    told = {name: parameter(f"cn/fund/{table}").in_force(on).value for name, table in _TABLES.items()}
    for name, how in _HOW.items():
        step(f"{how.zh}的标准项数", f"standards {how.en}", len(told[name]))
    return told


@function(section="K")
def fund_uses(*, on: date) -> Answer:
    """Return what safety funds may be spent on: the part common to all industries."""
    uses = parameter("cn/fund/uses").in_force(on).value
    for at, use in enumerate(uses, 1):
        step(use["zh"], use["en"], at)
    return {"uses": uses}


def _by_quantity(key: str, qty: Number, on: date) -> Number:
    need_not_negative("qty", qty)
    each = exact(_standard("fund_unit", key, on))
    step(f"{plain(qty)} × {plain(each)} 元", f"{plain(qty)} × {plain(each)} yuan", qty * each)
    return qty * each


def _standard(taker: str, key: str, on: date) -> Any:
    table: Mapping[str, Any] = parameter(f"cn/fund/{_TABLES[taker]}").in_force(on).value
    if key in table:
        return table[key]
    near = get_close_matches(key, table, n=3, cutoff=0.3) or list(table)
    other = next((each for each in _TABLES if key in parameter(f"cn/fund/{_TABLES[each]}").in_force(on).value), None)
    if other:
        raise impossible("key", key, because(f"由 {other} 计算", f"is reckoned by {other}"), near[0])
    there = listed(near)
    reason = because(f"没有这一项；相近的有：{there.zh}", f"no such name; near it: {there.en}")
    raise impossible("key", key, reason, near[0])
