"""Gas in coal mines: methane sensors by place, what a concentration demands, air underground, calibration."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.quantities import Number, exact
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import need_between, need_not_negative
from zhiben.law.registry import Answer, function, plain
from zhiben.law.spans import months_after
from zhiben.law.tables import Row, row_of

_AT_FAN = {
    "ch4": Bilingual("停风区甲烷", "methane in the stopped area"),
    "co2": Bilingual("停风区二氧化碳", "carbon dioxide in the stopped area"),
    "near_fan": Bilingual("局部通风机附近甲烷", "methane near the fan"),
}


@function(section="H")
def ch4_sensor(*, place: str, ch4: Number, on: date) -> Answer:
    """Tell whether methane (% vol) at a place sounds the alarm and cuts the power."""
    need_between("ch4", ch4, 0, 100, 0.8)
    known, row = _place(place, on)
    alarm = ch4 >= exact(row["alarm"])
    cut = row["cut"] is not None and ch4 >= exact(row["cut"])
    step(f"{known}：{plain(ch4)} ≥ {row['alarm']} 报警", f"{row['en']}: {plain(ch4)} ≥ {row['alarm']}, alarm", alarm)
    if row["cut"] is None:
        step("不断电，须查明原因", "no power cut here; the cause must be found", cut)
    else:
        step(f"{plain(ch4)} ≥ {row['cut']} 断电", f"{plain(ch4)} ≥ {row['cut']}, power cut", cut)
    return {"alarm": alarm, "cut": cut}


@function(section="H")
def ch4_restore(*, place: str, ch4: Number, on: date) -> Answer:
    """Tell whether the power may come back at a place; null where methane does not cut it."""
    need_between("ch4", ch4, 0, 100, 0.8)
    known, row = _place(place, on)
    may = None if row["restore"] is None else ch4 < exact(row["restore"])
    step(
        f"{known}：{plain(ch4)} < {row['restore']} 可复电",
        f"{row['en']}: {plain(ch4)} < {row['restore']}, power may come back",
        may,
    )
    return {"may_restore": may}


def _place(name: str, on: date) -> tuple[str, Row]:
    """Return the row of a place: by its name, else the first all of whose signs stand in the name given."""
    table: Mapping[str, Row] = parameter("cn/coal/methane").in_force(on).value
    if not any(name.strip() in (known, *row["also"]) for known, row in table.items()):
        for known, row in table.items():
            if any(sign in name for sign in row.get("unless", ())):
                continue
            if any(all(sign in name for sign in signs) for signs in row["signs"]):
                step(f"“{name}”按“{known}”", f"{name} is taken as {row['en']}", known)
                return known, row
    return row_of(table, name, "place")


@function(section="H")
def ch4_actions(*, ch4: Number, accumulation_m3: Number = 0, stopped_area: bool = False, on: date) -> Answer:
    """Return what methane in the air of a working place demands, by code and in words.

    `accumulation_m3`: the volume of a local accumulation of that concentration. `stopped_area`: ventilation is off.
    """
    need_between("ch4", ch4, 0, 100, 1.2)
    need_not_negative("accumulation_m3", accumulation_m3, 0.6)
    rules = parameter("cn/coal/methane-actions").in_force(on).value
    local = rules["local_accumulation"]
    applies = {
        "stop_drilling_blasting": True,
        "stop_and_withdraw": True,
        "local_accumulation": accumulation_m3 > exact(local["accumulation_m3"]),
        "seal_stopped_area": stopped_area,
    }
    told = []
    for name, may in applies.items():
        rule = rules[name]
        if may and ch4 >= exact(rule["from"]):
            step(f"{plain(ch4)} ≥ {rule['from']}：{rule['zh']}", f"{plain(ch4)} ≥ {rule['from']}: {rule['en']}", True)
            told.append({"code": name, "zh": rule["zh"], "en": rule["en"]})
    if not told:
        step("未达到任何处置浓度", "below every figure that demands something", False)
    return {"actions": told}


@function(section="H")
def fan_restart(*, ch4: Number, co2: Number, near_fan_ch4: Number, on: date) -> Answer:
    """Tell whether a stopped local fan may be started: gas in the stopped area and near the fan (% vol)."""
    limits = parameter("cn/coal/methane-actions").in_force(on).value["restart_fan"]
    given = {"ch4": ch4, "co2": co2, "near_fan": near_fan_ch4}
    for name, value in given.items():
        need_between("near_fan_ch4" if name == "near_fan" else name, value, 0, 100, 0.4)
        said = _AT_FAN[name]
        step(
            f"{said.zh}：{plain(value)} ≤ {limits[name]} 符合",
            f"{said.en}: {plain(value)} ≤ {limits[name]}, kept",
            value <= exact(limits[name]),
        )
    return {"may_start": all(value <= exact(limits[name]) for name, value in given.items())}


@function(section="H")
def mine_welding(*, ch4: Number, on: date) -> Answer:
    """Tell whether methane allows welding and cutting underground."""
    need_between("ch4", ch4, 0, 100, 0.4)
    limit = exact(parameter("cn/coal/methane-actions").in_force(on).value["welding"]["ch4"])
    step(f"甲烷 {plain(ch4)} ≤ {plain(limit)}", f"methane {plain(ch4)} ≤ {plain(limit)}", ch4 <= limit)
    return {"ok": ch4 <= limit, "limit": limit}


@function(section="H")
def mine_air(*, gas: str, percent: Number, on: date) -> Answer:
    """Tell whether a gas in the air underground keeps its limit (% vol)."""
    need_between("percent", percent, 0, 100, 0.002)
    known, row = row_of(parameter("cn/coal/air").in_force(on).value, gas, "gas")
    least = "at_least" in row
    limit = exact(row["at_least" if least else "at_most"])
    ok = percent >= limit if least else percent <= limit
    sign = "≥" if least else "≤"
    step(
        f"{known}：{plain(percent)} {sign} {plain(limit)} 合格",
        f"{known}: {plain(percent)} {sign} {plain(limit)}, in order",
        ok,
    )
    return {"ok": ok, "limit": limit}


@function(section="H")
def calibration_due(
    *, what: Literal["catalytic_sensor", "interlock", "fan_stop"], last: date, on: date | None = None
) -> Answer:
    """Return when a sensor is calibrated or an interlock tested again."""
    held = parameter("cn/coal/calibration").in_force(on or last).value[what]
    if "days" in held:
        due, zh, en = last + timedelta(days=held["days"]), f"{held['days']} 日", f"{held['days']} days"
    else:
        due, zh, en = months_after(last, held["months"]), f"{held['months']} 个月", f"{held['months']} months"
    step(f"上次 {last} + {zh}", f"last on {last} + {en}", due)
    return {"due": due}


@function(section="H")
def spare_host_ok(*, seconds: Number, on: date) -> Answer:
    """Tell whether the spare host of the monitoring system takes over in time."""
    need_not_negative("seconds", seconds, 45)
    most = parameter("cn/coal/spare-host-seconds").in_force(on).value
    step(f"切换 {plain(seconds)} ≤ {most} 秒", f"takes over in {plain(seconds)} ≤ {most} s", seconds <= most)
    return {"ok": seconds <= most, "at_most_s": most}
