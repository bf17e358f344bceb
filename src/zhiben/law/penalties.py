"""What an accident or a breach costs: fines, fines by the day and for late payment, closure, bans."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.quantities import Number
from zhiben.law.accidents import (
    GRADES,
    Grade,
    accident_competence,
    accident_grade,
    danger_event,
    grade_of,
    harm,
    highest,
    investigation_due,
    lessons_review_due,
    reply_due,
    report_deadlines,
    report_plan,
    supplement_deadline,
)
from zhiben.law.case_steps import (
    case_due,
    fine_payment_due,
    hearing_right,
    limitation,
    on_the_spot,
    penalty_step_due,
    publish_due_workdays,
    sum_fines,
)
from zhiben.law.explaining import step
from zhiben.law.offences import (
    double_punishment,
    fine_acts,
    fine_range,
)
from zhiben.law.parameters import parameter
from zhiben.law.refusing import need_not_negative, need_order
from zhiben.law.registry import Answer, function, plain
from zhiben.law.rounding import percent_of
from zhiben.law.spans import months_after, years_after

__all__ = [
    "accident_competence",
    "accident_grade",
    "ban_until",
    "case_due",
    "closure_trigger",
    "coal_accident_fine",
    "coal_closure_trigger",
    "coal_major_danger_fine",
    "concealment_unit_fine",
    "criminal_line",
    "daily_fine",
    "danger_event",
    "dangerous_work_crime",
    "double_punishment",
    "fine_acts",
    "fine_payment_due",
    "fine_range",
    "hearing_right",
    "investigation_due",
    "late_penalty",
    "leader_income_fine",
    "lessons_review_due",
    "limitation",
    "not_reporting_crime",
    "on_the_spot",
    "penalty_step_due",
    "principal_conduct_fine",
    "principal_income_fine",
    "publish_due_workdays",
    "reply_due",
    "report_deadlines",
    "report_plan",
    "sum_fines",
    "supplement_deadline",
    "unit_fine",
    "unit_fine_especially_bad",
    "unknown_income",
    "waived_liability_fine",
]

Range = tuple[Number, Number]
_WAIVED = {"reducing": Bilingual("减轻", "reducing"), "waiving": Bilingual("免除", "waiving")}


@function(section="I")
def unit_fine(deaths: int, heavy: int, loss_wan: Number, *, on: date) -> Answer:
    """Return the fine range of the unit responsible for an accident (10000 yuan): its step, else its grade's range."""
    grade, (lo, hi) = _unit_range(deaths, heavy, loss_wan, on)
    return {"grade": grade, "lo": lo, "hi": hi}


@function(section="I")
def unit_fine_especially_bad(deaths: int, heavy: int, loss_wan: Number, *, on: date) -> Answer:
    """Return the range where the case is especially serious and bad: the fine times two to five."""
    grade, (lo, hi) = _unit_range(deaths, heavy, loss_wan, on)
    least, most = parameter("cn/penalty/accident-fines-multiplied").in_force(on).value
    step(f"{lo} × {least} 至 {hi} × {most} 万元", f"{lo} × {least} to {hi} × {most}", [lo * least, hi * most])
    return {"grade": grade, "lo": lo * least, "hi": hi * most}


@function(section="I")
def concealment_unit_fine(grade: Grade, *, worse: bool = False, on: date) -> Answer:
    """Return the fine range of a unit that lies about or conceals an accident (10000 yuan)."""
    lo, hi = parameter("cn/penalty/concealment-fines").in_force(on).value["worse" if worse else "plain"][grade]
    step("谎报、瞒报的罚款幅度（万元）", "range for lying or concealing (10000 yuan)", [lo, hi])
    return {"lo": lo, "hi": hi}


@function(section="I")
def coal_accident_fine(grade: Grade, *, on: date) -> Answer:
    """Return the fine range of a coal mine responsible for an accident (10000 yuan)."""
    lo, hi = parameter("cn/penalty/coal-accident-fines").in_force(on).value[grade]
    step("煤矿事故罚款幅度（万元）", "range for coal mines (10000 yuan)", [lo, hi])
    return {"lo": lo, "hi": hi}


@function(section="I")
def coal_major_danger_fine(*, on: date) -> Answer:
    """Return the fine ranges where a coal mine produces with a major hidden danger (10000 yuan)."""
    fines = parameter("cn/penalty/coal-major-danger-fines").in_force(on).value
    step("对煤矿企业的罚款幅度（万元）", "range for the coal mine (10000 yuan)", fines["unit"])
    step("对主要负责人的罚款幅度（万元）", "range for its principal (10000 yuan)", fines["principal"])
    return {"unit": fines["unit"], "principal": fines["principal"]}


@function(section="I")
def principal_income_fine(income_wan: Number, grade: Grade, *, on: date) -> Answer:
    """Return the fine on a principal whose failure led to an accident, of last year's income (10000 yuan)."""
    percent = parameter("cn/penalty/principal-income-percent").in_force(on).value[grade]
    return {"fine_wan": _of_income(income_wan, percent)}


@function(section="I")
def leader_income_fine(income_wan: Number, grade: Grade, *, on: date) -> Answer:
    """Return the fine range of other leaders and safety managers after an accident (10000 yuan)."""
    percent = parameter("cn/penalty/leaders-income-percent").in_force(on).value[grade]
    lo, hi = (_of_income(income_wan, each) for each in percent)
    return {"lo_wan": lo, "hi_wan": hi}


@function(section="I")
def principal_conduct_fine(
    income_wan: Number,
    act: Literal["not_rescuing", "left_post", "fled", "concealed", "false_report", "late_report", "omitted"],
    *,
    worse: bool = False,
    on: date,
) -> Answer:
    """Return the fine range of a principal for the conduct at an accident (10000 yuan)."""
    if act in ("concealed", "omitted"):
        steps = parameter("cn/penalty/principal-concealment-percent").in_force(on).value
        percent = steps[act]["worse" if worse else "plain"]
    else:
        percent = parameter("cn/penalty/principal-conduct-percent").in_force(on).value
    lo, hi = (_of_income(income_wan, each) for each in percent)
    return {"lo_wan": lo, "hi_wan": hi}


@function(section="I")
def unknown_income(average_wage_wan: Number, who: Literal["principal", "others"], *, on: date) -> Answer:
    """Return the range taken for last year's income where it is not known, of the provincial average wage."""
    need_not_negative("average_wage_wan", average_wage_wan)
    least, most = parameter("cn/penalty/unknown-income").in_force(on).value[who]
    step(
        f"平均工资 × {least} 至 {most}",
        f"average wage × {least} to {most}",
        [average_wage_wan * least, average_wage_wan * most],
    )
    return {"lo_wan": average_wage_wan * least, "hi_wan": average_wage_wan * most}


@function(section="I")
def waived_liability_fine(kind: Literal["reducing", "waiving"], *, on: date) -> Answer:
    """Return the fine range of a contract that reduces or waives liability for casualties (10000 yuan)."""
    lo, hi = parameter("cn/penalty/waived-liability-fines").in_force(on).value[kind]
    step(
        f"协议{_WAIVED[kind].zh}责任的罚款幅度（万元）",
        f"range for {_WAIVED[kind].en} liability (10000 yuan)",
        [lo, hi],
    )
    return {"lo": lo, "hi": hi}


@function(section="I")
def daily_fine(original_wan: Number, order_date: date, recheck_date: date, *, on: date | None = None) -> Answer:
    """Return the days fined from the day after the order to the re-inspection, and what they add."""
    need_not_negative("original_wan", original_wan)
    need_order("recheck_date", order_date, recheck_date, "order_date")
    first = order_date + timedelta(days=parameter("cn/penalty/daily-fine").in_force(on or order_date).value)
    counts_last = parameter("proposals/penalty/daily-fine-last-day").in_force(on or order_date).value
    days = max((recheck_date - first).days + counts_last, 0)
    step("首个处罚日（责令改正次日）", "first day fined, after the order", first)
    step(f"至 {recheck_date} 的天数", f"days to {recheck_date}", days)
    step(f"{plain(original_wan)} 万元 × {days}", f"{plain(original_wan)} × {days} (10000 yuan)", original_wan * days)
    return {"days": days, "extra_wan": original_wan * days}


@function(section="I")
def late_penalty(fine: Number, days_late: int, *, on: date) -> Answer:
    """Return what late payment adds to a fine, never more than the fine itself."""
    need_not_negative("fine", fine)
    need_not_negative("days_late", days_late)
    rule = parameter("cn/penalty/late-payment").in_force(on).value
    grown, cap = percent_of(fine, rule["a_day"] * days_late), percent_of(fine, rule["cap"])
    step(
        f"{plain(fine)} × {rule['a_day']}% × {days_late} 日",
        f"{plain(fine)} × {rule['a_day']} % × {days_late} days",
        grown,
    )
    step("不超过罚款数额", "no more than the fine", cap)
    return {"extra": min(grown, cap)}


@function(section="I")
def closure_trigger(penalty_dates: list[date], *, major_hazard: bool, on: date | None = None) -> Answer:
    """Tell whether a unit with a major hidden danger was penalised so often that closure must be asked for."""
    days, known = sorted(penalty_dates), parameter("cn/penalty/closure-penalties")
    day = on or (days[-1] if days else None)
    rules = (known.in_force(day) if day else known.latest()).value
    if not (major_hazard and days):
        step("存在重大事故隐患且受过处罚", "a major hidden danger, and penalties", value=False)
        return {"trigger": False, "why": None}
    why = next(_reached(days, rules), None)
    return {"trigger": why is not None, "why": why}


@function(section="I")
def ban_until(served_until: date, grade: Grade, *, on: date | None = None) -> Answer:
    """Return until when a principal punished after an accident may not head any unit, and whether for life in the industry."""
    rule = parameter("cn/penalty/principal-ban").in_force(on or served_until).value
    until = years_after(served_until, rule["years"])
    step(
        f"刑罚执行完毕或者受处分之日 + {rule['years']} 年",
        f"end of the sentence or day of removal + {rule['years']} years",
        until,
    )
    return {"until": until, "lifetime_industry": grade in rule["lifetime"]}


@function(section="I")
def coal_closure_trigger(found_dates: list[date], *, on: date | None = None) -> Answer:
    """Tell whether a coal mine was found producing with a major hidden danger so often that closure must be asked for."""
    days, known = sorted(found_dates), parameter("cn/penalty/coal-closure")
    day = on or (days[-1] if days else None)
    rule = (known.in_force(day) if day else known.latest()).value
    times, months = rule["times"], rule["months"]
    pairs = zip(days, days[times - 1 :], strict=False)
    found = next(((first, last) for first, last in pairs if last <= months_after(first, months)), None)
    step(f"{months} 个月内发现 {times} 次", f"found {times} times within {months} months", found)
    return {"trigger": found is not None}


@function(section="I")
def criminal_line(
    deaths: int,
    heavy: int,
    loss_wan: Number,
    crime: Literal["responsibility", "forced_work", "works_quality"] = "responsibility",
    *,
    main_responsibility: bool = False,
    on: date,
) -> Answer:
    """Return the prison years that an accident's figures point to; null where they reach no line.

    An indication for handing the case over: the courts decide. Null as upper end: the Criminal Law's own.
    """
    harm(deaths, heavy, loss_wan)
    terms = parameter("cn/penalty/criminal-years").in_force(on).value[crime]
    years = None
    for row, term in zip(parameter("cn/penalty/criminal-lines").in_force(on).value, terms, strict=True):
        reached = deaths >= row["deaths"] or heavy >= row["heavy"] or loss_wan >= row["loss_wan"]
        counts = reached and (main_responsibility or not row["main_only"])
        said = f"≥ {row['deaths']} / {row['heavy']} / {row['loss_wan']}"
        step(f"死亡、重伤、损失（万元）{said}", f"deaths, serious injuries, loss {said}", counts)
        years = term if counts else years
    return {"reached": years is not None, "years": years}


@function(section="I")
def not_reporting_crime(
    added_deaths: int = 0,
    added_heavy: int = 0,
    added_loss_wan: Number = 0,
    *,
    obstructed_rescue: bool = False,
    on: date,
) -> Answer:
    """Return how grave it is that an accident was not or falsely reported, by what the delay of the rescue added.

    `obstructed_rescue`: scene or evidence was destroyed, people were hidden, or those in duty left. An indication.
    """
    added = harm(added_deaths, added_heavy, added_loss_wan, "added_")
    grave: str | None = "serious" if obstructed_rescue else None
    for row in parameter("cn/penalty/not-reporting-lines").in_force(on).value:
        reached = added.deaths >= row["deaths"] or added.heavy >= row["heavy"] or added.loss_wan >= row["loss_wan"]
        said = f"≥ {row['deaths']} / {row['heavy']} / {row['loss_wan']}"
        step(f"增加死亡、重伤、损失（万元）{said}", f"added deaths, serious injuries, loss {said}", reached)
        grave = row["grave"] if reached else grave
    return {"grave": grave}


@function(section="I")
def dangerous_work_crime(
    act: Literal["devices", "refuses_order", "unlicensed"], *, real_danger: bool, on: date
) -> Answer:
    """Tell whether an act points to the crime of dangerous work: it needs a real danger of serious consequences."""
    said = Bilingual.of(parameter("cn/penalty/dangerous-work-crime").in_force(on).value[act])
    step(said.zh, said.en, value=True)
    step("具有发生重大伤亡事故或者其他严重后果的现实危险", "a real danger of serious consequences", real_danger)
    return {"transfer": real_danger}


def _unit_range(deaths: int, heavy: int, loss_wan: Number, on: date) -> tuple[str, Range]:
    done = harm(deaths, heavy, loss_wan)
    grade = grade_of(done, on)
    lo, hi = parameter("cn/penalty/accident-fines").in_force(on).value[grade]
    step(f"{grade}事故的法定幅度（万元）", f"range of the article: {GRADES[grade].en} (10000 yuan)", [lo, hi])
    steps = parameter("cn/penalty/accident-fine-steps").on(on)
    if steps is None:
        step("当日没有分档规定，取法定幅度", "no steps in force on the day: the whole range", [lo, hi])
        return grade, (lo, hi)
    row = steps.value[highest(steps.value, done, lambda row: [row["lo"], row["hi"]])]
    step("取最高的一档（万元）", "the highest step (10000 yuan)", [row["lo"], row["hi"]])
    return grade, (row["lo"], row["hi"])


def _of_income(income_wan: Number, percent: int) -> Number:
    need_not_negative("income_wan", income_wan)
    fine = percent_of(income_wan, percent)
    step(f"{plain(income_wan)} 万元 × {percent}%", f"{plain(income_wan)} × {percent} %", fine)
    return fine


def _reached(days: Sequence[date], rules: Sequence[Mapping[str, int]]) -> Iterator[str]:
    for rule in rules:
        times = rule["times"]
        within = f"{rule['days']} days" if "days" in rule else "a year"
        zh = f"{rule['days']} 日" if "days" in rule else "一年"
        found = [
            (first, last)
            for first, last in zip(days, days[times - 1 :], strict=False)
            if last <= (first + timedelta(days=rule["days"]) if "days" in rule else years_after(first, rule["years"]))
        ]
        step(f"{zh}内 {times} 次处罚", f"{times} penalties within {within}", found[0] if found else None)
        if found:
            yield f"{times} in {within}"
