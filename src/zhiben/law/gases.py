"""Gas detection: alarm levels, set points by gas, exposure limits, and mg/m³ against ppm."""

from datetime import date
from fractions import Fraction

from zhiben.kernel.quantities import Number, exact
from zhiben.law.because import because
from zhiben.law.coal_gas import (
    calibration_due,
    ch4_actions,
    ch4_restore,
    ch4_sensor,
    fan_restart,
    mine_air,
    mine_welding,
    spare_host_ok,
)
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible, need_between, need_not_negative, need_positive
from zhiben.law.registry import Answer, function, plain
from zhiben.law.tables import row_of

__all__ = [
    "calibration_due",
    "ch4_actions",
    "ch4_restore",
    "ch4_sensor",
    "co_alarm_metallurgy",
    "exposure_limit",
    "fan_restart",
    "gas_alarm",
    "gas_alarm_flammable",
    "gas_alarm_idlh",
    "gas_alarm_line",
    "gas_alarm_toxic",
    "gas_set_points",
    "mgm3_to_ppm",
    "mine_air",
    "mine_welding",
    "o2_alarm",
    "ppm_to_mgm3",
    "spare_host_ok",
]

_PLACES = 2


@function(section="H")
def gas_alarm_flammable(*, lel_pct: Number, on: date) -> Answer:
    """Return the alarm level (0, 1 or 2) of flammable gas in per cent of the lower explosive limit."""
    need_not_negative("lel_pct", lel_pct, 12)
    held = parameter("cn/gas-alarm/flammable").in_force(on).value
    return {"level": _level(lel_pct, held["first"], held["second"], "%LEL")}


@function(section="H")
def gas_alarm_line(*, lel_m: Number, on: date) -> Answer:
    """Return the alarm level of a line detector in LEL·m."""
    need_not_negative("lel_m", lel_m, 0.5)
    held = parameter("cn/gas-alarm/line").in_force(on).value
    return {"level": _level(lel_m, held["first"], held["second"], "LEL·m")}


@function(section="H")
def gas_alarm_toxic(*, conc: Number, oel: Number, on: date) -> Answer:
    """Return the alarm level of a toxic gas by its exposure limit, both in the same unit."""
    return _toxic("oel", conc, oel, on)


@function(section="H")
def gas_alarm_idlh(*, conc: Number, idlh: Number, on: date) -> Answer:
    """Return the alarm level of a toxic gas by its IDLH value, where the detector cannot measure the exposure limit."""
    return _toxic("idlh", conc, idlh, on)


def _toxic(field: str, conc: Number, limit: Number, on: date) -> Answer:
    need_not_negative("conc", conc, 12)
    need_positive(field, limit, 10)
    held = parameter("cn/gas-alarm/toxic").in_force(on).value[field]
    share = Fraction(conc) * 100 / limit
    step(f"占限值 {plain(conc)} ÷ {plain(limit)} × 100%", f"{plain(conc)} ÷ {plain(limit)} × 100 % of the limit", share)
    return {"level": _level(share, held["first"], held["second"], "%")}


@function(section="H")
def o2_alarm(*, o2: Number, on: date) -> Answer:
    """Return whether oxygen in air (% vol) is deficient, in order or enriched."""
    need_between("o2", o2, 0, 100, 20.9)
    held = parameter("cn/gas-alarm/oxygen").in_force(on).value
    low, high = exact(held["deficient_below"]), exact(held["enriched_from"])
    state = "deficient" if o2 < low else "enriched" if o2 >= high else "ok"
    step(
        f"欠氧 < {plain(low)}，过氧 ≥ {plain(high)}：{plain(o2)}",
        f"deficient < {plain(low)}, enriched ≥ {plain(high)}: {plain(o2)}",
        state,
    )
    return {"state": state}


@function(section="H")
def gas_set_points(*, gas: str, on: date) -> Answer:
    """Return the usual first and second alarm of a toxic gas, in mg/m³, by formula or Chinese name."""
    known, row = row_of(parameter("cn/gas-alarm/toxic-set-points").in_force(on).value, gas, "gas")
    first, second = exact(row["first"]), exact(row["second"])
    step(f"{row['zh']}：一级、二级报警值", f"{known}: first and second alarm", [first, second])
    return {"first": first, "second": second, "unit": "mg/m³"}


@function(section="H")
def gas_alarm(*, gas: str, mgm3: Number, on: date) -> Answer:
    """Return the alarm level of a named toxic gas by its usual set points."""
    need_not_negative("mgm3", mgm3, 12)
    known, row = row_of(parameter("cn/gas-alarm/toxic-set-points").in_force(on).value, gas, "gas")
    return {"gas": known, "level": _level(mgm3, row["first"], row["second"], "mg/m³")}


@function(section="H")
def exposure_limit(*, gas: str, on: date) -> Answer:
    """Return the exposure limits of a gas in mg/m³: over 8 hours, over 15 minutes, never above; null where there is none."""
    known, row = row_of(parameter("cn/gas-alarm/exposure-limits").in_force(on).value, gas, "gas")
    told = {name: row.get(name) for name in ("twa", "stel", "mac")}
    step(f"{row['zh']}：接触限值（mg/m³）", f"{known}: exposure limits (mg/m³)", told)
    return told


@function(section="H")
def co_alarm_metallurgy(*, ppm: Number, on: date) -> Answer:
    """Return the alarm level of carbon monoxide in metallurgical gas areas."""
    need_not_negative("ppm", ppm, 30)
    held = parameter("cn/gas-alarm/metallurgical-co").in_force(on).value
    return {"level": _level(ppm, held["first"], held["second"], "ppm")}


@function(section="H")
def mgm3_to_ppm(*, mgm3: Number, mw: Number, t_c: Number, on: date) -> Answer:
    """Return ppm by volume at 101.325 kPa, rounded to two places; `mw` in g/mol, `t_c` in °C."""
    need_not_negative("mgm3", mgm3, 30)
    volume = _molar_volume(mw, t_c, on)
    ppm = _rounded(Fraction(mgm3) * volume / mw)
    step(
        f"{plain(mgm3)} × {plain(_rounded(volume, 4))} ÷ {plain(mw)}，两位小数",
        f"{plain(mgm3)} × {plain(_rounded(volume, 4))} ÷ {plain(mw)}, to two places",
        ppm,
    )
    return {"ppm": ppm}


@function(section="H")
def ppm_to_mgm3(*, ppm: Number, mw: Number, t_c: Number, on: date) -> Answer:
    """Return mg/m³ at 101.325 kPa, rounded to two places."""
    need_not_negative("ppm", ppm, 24)
    volume = _molar_volume(mw, t_c, on)
    mgm3 = _rounded(Fraction(ppm) * mw / volume)
    step(
        f"{plain(ppm)} × {plain(mw)} ÷ {plain(_rounded(volume, 4))}，两位小数",
        f"{plain(ppm)} × {plain(mw)} ÷ {plain(_rounded(volume, 4))}, to two places",
        mgm3,
    )
    return {"mgm3": mgm3}


def _molar_volume(mw: Number, t_c: Number, on: date) -> Fraction:
    """Return litres a mole at a temperature."""
    need_positive("mw", mw, 28.01)
    held = parameter("cn/gas-alarm/ideal-gas").in_force(on).value
    constant, pressure = exact(held["gas_constant"]), exact(held["pressure_kpa"])
    kelvin = exact(held["zero_celsius_k"]) + t_c
    if kelvin <= 0:
        raise impossible(
            "t_c", t_c, because("须高于绝对零度 -273.15 ℃", "must lie above absolute zero, -273.15 °C"), 25
        )
    volume = Fraction(constant) * kelvin / pressure
    said = f"{plain(constant)} × {plain(kelvin)} ÷ {plain(pressure)}"
    step(f"摩尔体积 {said}（L/mol）", f"molar volume {said} (L/mol)", _rounded(volume, 4))
    return volume


def _level(value: Number, first: object, second: object, unit: str) -> int:
    one, two = exact(first), exact(second)
    level = 2 if value >= two else 1 if value >= one else 0
    step(
        f"一级 ≥ {plain(one)}，二级 ≥ {plain(two)} {unit}：{plain(value)}",
        f"first alarm from {plain(one)}, second from {plain(two)} {unit}: {plain(value)}",
        level,
    )
    return level


def _rounded(value: Fraction, places: int = _PLACES) -> Fraction:
    return Fraction(round(value * 10**places), 10**places)
