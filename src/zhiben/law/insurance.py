"""Liability insurance for work safety: least cover, commission, and a proposed floating rate."""

from datetime import date
from typing import Literal

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.quantities import Number
from zhiben.law.explaining import step
from zhiben.law.naming import in_english
from zhiben.law.parameters import parameter
from zhiben.law.refusing import need_not_negative
from zhiben.law.registry import Answer, function, plain
from zhiben.law.rounding import percent_of

_COLOURS = {
    "red": Bilingual("红", "red"),
    "orange": Bilingual("橙", "orange"),
    "yellow": Bilingual("黄", "yellow"),
    "blue": Bilingual("蓝", "blue"),
}


@function(section="L")
def insurance_min(people: int, *, on: date) -> Answer:
    """Return the least cover of liability insurance: per person, and for all employees (10000 yuan)."""
    need_not_negative("people", people)
    each = parameter("cn/rating/insurance-per-person").in_force(on).value
    step(f"{each} 万元 × {people} 人", f"{each} × {people} (10000 yuan)", each * people)
    return {"per_person_min_wan": each, "total_wan": each * people}


@function(section="L")
def insurance_commission_max(premium_yuan: Number, *, on: date) -> Answer:
    """Return the highest commission on a premium."""
    need_not_negative("premium_yuan", premium_yuan)
    percent = parameter("cn/rating/insurance-commission").in_force(on).value
    most = percent_of(premium_yuan, percent)
    step(f"{plain(premium_yuan)} 元 × {percent}%", f"{plain(premium_yuan)} yuan × {percent} %", most)
    return {"yuan": most}


@function(section="L")
def insurance_prevention_max(premium_yuan: Number, *, on: date) -> Answer:
    """Return the highest part of a premium proposed for prevention."""
    need_not_negative("premium_yuan", premium_yuan)
    percent = parameter("proposals/rating/insurance-prevention").in_force(on).value
    most = percent_of(premium_yuan, percent)
    step(f"{plain(premium_yuan)} 元 × {percent}%", f"{plain(premium_yuan)} yuan × {percent} %", most)
    return {"yuan": most}


@function(section="L")
def insurance_rate(
    base_percent: Number,
    colour: Literal["red", "orange", "yellow", "blue"],
    standardisation: Literal["一级", "二级", "三级"] | None = None,
    *,
    overdue_major: bool = False,
    on: date,
) -> Answer:
    """Return the floating rate proposed for a premium: the base rate changed by standing, risk and overdue dangers."""
    need_not_negative("base_percent", base_percent)
    rule = parameter("proposals/rating/insurance-rate").in_force(on).value
    change = rule["colour"][colour]
    step(f"风险等级{_COLOURS[colour].zh}", f"risk {_COLOURS[colour].en}", rule["colour"][colour])
    if standardisation:
        change += rule["standardisation"][standardisation]
        step(
            f"标准化{standardisation}",
            f"standardisation {in_english(standardisation)}",
            rule["standardisation"][standardisation],
        )
    if overdue_major:
        change += rule["overdue_major"]
        step("有超期未整改的重大事故隐患", "an overdue major hidden danger is open", rule["overdue_major"])
    low, high = rule["limits"]
    held = min(max(change, low), high)
    step(f"限于 {low}% 至 {high}%", f"held within {low} % and {high} %", held)
    rate = base_percent + percent_of(base_percent, held)
    step(f"费率 {plain(base_percent)}% × (1 + {held}%)", f"rate {plain(base_percent)} % × (1 + {held} %)", rate)
    return {"change_percent": held, "rate_percent": rate}
