"""Rates of accidents (GB 6441), their economic losses (GB 6721), and the grade of an injury by lost days (GB 15499)."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from zhiben.kernel.quantities import Number, exact
from zhiben.law.bands import told
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import need_not_negative, need_positive
from zhiben.law.registry import Answer, function

_PLACES = 6


@function(section="A")
def rate_gdp(*, deaths: int, gdp_yuan: Number, on: date) -> Answer:
    """Return deaths for each 100 million yuan of GDP, to six places."""
    return {"per_yi_yuan": _rate({"deaths": deaths}, {"gdp_yuan": gdp_yuan}, on)}


@function(section="A")
def rate_mt(*, deaths: int, tonnes: Number, on: date) -> Answer:
    """Return deaths for each million tonnes of output, to six places."""
    return {"per_million_t": _rate({"deaths": deaths}, {"tonnes": tonnes}, on)}


@function(section="A")
def rate_thousand(*, n: int, employees: int, on: date) -> Answer:
    """Return deaths, or injuries, for each thousand employees, to six places."""
    return {"per_thousand": _rate({"n": n}, {"employees": employees}, on)}


@function(section="A")
def loss_thousand(*, loss_wan: Number, people: int, on: date) -> Answer:
    """Return the economic loss for each thousand people, in 10,000 yuan."""
    return {"wan_per_thousand": _rate({"loss_wan": loss_wan}, {"people": people}, on)}


def _rate(counted: Mapping[str, Number], by: Mapping[str, Number], on: date) -> Fraction:
    ((field, value),) = counted.items()
    ((base, size),) = by.items()
    need_not_negative(field, value)
    need_positive(base, size, 1000)
    unit = parameter("cn/accident/rates").in_force(on).value[base]
    rate = Fraction(value) * unit / Fraction(size)
    formula = f"{told(value)} ÷ ({told(size)} ÷ {unit})"
    rounded = Fraction(round(rate * 10**_PLACES), 10**_PLACES)
    step(f"{formula}，保留 {_PLACES} 位小数", f"{formula}, to {_PLACES} places", rounded)
    return rounded


@function(section="A")
def work_value_loss(*, DL: Number, M_wan: Number, S: Number, D: Number, on: date) -> Answer:
    """Return the value of lost work: lost days × profit and tax of the year ÷ (employees × workdays of the year)."""
    need_not_negative("DL", DL)
    need_not_negative("M_wan", M_wan)
    need_positive("S", S, 500)
    need_positive("D", D, 250)
    formula = parameter("cn/loss/work-value").in_force(on).value
    value = Fraction(DL) * M_wan / (Fraction(S) * D)
    numbers = f"{told(DL)} × {told(M_wan)} ÷ ({told(S)} × {told(D)})"
    step(f"{formula} = {numbers}（万元）", f"{formula} = {numbers} (10,000 yuan)", value)
    return {"Vw_wan": value}


@function(section="A")
def medical_estimate(*, Mb_wan: Number, P: int, Dc: int, on: date) -> Answer:
    """Estimate medical costs: what was spent in P days, and as much a day for the days still expected."""
    need_not_negative("Mb_wan", Mb_wan)
    need_positive("P", P, 30)
    need_not_negative("Dc", Dc)
    most = parameter("cn/loss/medical-estimate").in_force(on).value
    days = min(Dc, most)
    step(f"预计延续天数，至多 {most}", f"days still expected, at most {most}", days)
    value = Fraction(Mb_wan) + Fraction(Mb_wan) / P * days
    formula = f"{told(Mb_wan)} + {told(Mb_wan)} ÷ {P} × {days}"
    step(f"{formula}（万元）", f"{formula} (10,000 yuan)", value)
    return {"M_wan": value}


@function(section="A")
def direct_loss(
    *,
    casualties: Number,
    property: Number,  # noqa: A002 -- the word of the standard
    rescue: Number,
    clearing: Number,
    administrative: Number,
    on: date,
) -> Answer:
    """Add up the direct economic loss; of rescue only what the unit itself paid."""
    given: Mapping[str, Number] = {
        "casualties": casualties,
        "property": property,
        "rescue": rescue,
        "clearing": clearing,
        "administrative": administrative,
    }
    total: Number = 0
    for name, part in parameter("cn/loss/direct-parts").in_force(on).value.items():
        need_not_negative(name, given[name])
        step(part["zh"], part["en"], given[name])
        total += given[name]
    step("合计", "sum", total)
    return {"Ed": total}


@function(section="A")
def injury_grade(*, lost_days: Number, on: date) -> Answer:
    """Return the grade of an injury by its lost workdays; null below the first grade."""
    need_not_negative("lost_days", lost_days)
    rows = parameter("cn/loss/lost-days").in_force(on).value
    row = next((row for row in rows if lost_days >= exact(row["at_least"])), None)
    if row is None:
        step("没有损失工作日", "no workday was lost", None)
        return {"grade": None}
    step(f"{told(lost_days)} ≥ {row['at_least']}：{row['zh']}", f"{told(lost_days)} ≥ {row['at_least']}", row["grade"])
    return {"grade": row["grade"]}
