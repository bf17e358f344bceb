"""Rewards for reports: how much, by when, and to whom."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.quantities import Number
from zhiben.law.accidents import Grade
from zhiben.law.because import Because, because
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible, missing, need_not_negative, need_positive
from zhiben.law.registry import Answer, function, plain
from zhiben.law.rounding import percent_of

__all__ = [
    "internal_reward_due",
    "report_due",
    "report_feedback_due",
    "reward",
    "reward_collect_until",
    "reward_goes_to",
    "worker_reward",
]


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the same matter. `signers`: all who signed a joint one, in their order."""

    reporter: str
    at: datetime
    real_name: bool = True
    is_staff: bool = False  # of a supervising department: not rewarded
    signers: list[str] | None = None


@function(section="J")
def reward(
    kind: Literal["hazard_or_violation", "concealed"],
    penalty_yuan: Number | None = None,
    grade: Grade | None = None,
    people: int | None = None,
    *,
    on: date,
) -> Answer:
    """Return the reward for a verified report: by the fine, or by the concealed dead of an accident of a grade."""
    if kind == "concealed":
        _absent("penalty_yuan", penalty_yuan, kind)
        return {"yuan": _for_concealed(grade, people, on)}
    _absent("grade", grade, kind)
    _absent("people", people, kind)
    return {"yuan": _for_danger(penalty_yuan, on)}


@function(section="J")
def worker_reward(yuan: Number, raise_percent: Number | None = None, *, on: date) -> Answer:
    """Return the reward of a worker who reports the own unit, raised by the local percentage."""
    need_not_negative("yuan", yuan)
    usual = parameter("proposals/reward/worker-raise-percent").in_force(on).value
    percent = usual if raise_percent is None else raise_percent
    need_not_negative("raise_percent", percent)
    raised = yuan + percent_of(yuan, percent)
    step(f"{plain(yuan)} 元 × (1 + {plain(percent)}%)", f"{plain(yuan)} yuan × (1 + {plain(percent)} %)", raised)
    return {"yuan": raised}


@function(section="J")
def report_due(accepted: date, *, extended: bool, on: date | None = None) -> Answer:
    """Return until when a report is handled; the extension needs the upper department and is told to the reporter."""
    rule = parameter("cn/reward/handling-days").in_force(on or accepted).value
    days = rule["days"] + (rule["extension"] if extended else 0)
    return {"due": _after(accepted, days, Bilingual("受理之日", "day of acceptance"))}


@function(section="J")
def report_feedback_due(verified: date, *, on: date | None = None) -> Answer:
    """Return until when the reporter is told the result."""
    days = parameter("cn/reward/feedback-days").in_force(on or verified).value
    return {"due": _after(verified, days, Bilingual("核查属实之日", "day of verification"))}


@function(section="J")
def reward_collect_until(notified: date, *, on: date | None = None) -> Answer:
    """Return until when a reward is collected before it lapses."""
    days = parameter("cn/reward/collect-days").in_force(on or notified).value
    return {"until": _after(notified, days, Bilingual("通知之日", "day of the notice"))}


@function(section="J")
def reward_goes_to(reports: list[Report]) -> Answer:
    """Return who gets the reward: the first report in a real name, its first signer where several signed; null if none."""
    if len({each.at.tzinfo is None for each in reports}) > 1:
        reason = because("时间须都带时区或者都不带", "all times need a zone, or none")
        raise impossible("reports", reports[0].at, reason, "2025-07-01T08:40")
    parameter("cn/reward/recipients").latest()
    named = sorted((each for each in reports if each.real_name and not each.is_staff), key=lambda each: each.at)
    step("可奖励的实名举报件数", "reports in a real name, staff left out", len(named))
    if not named:
        return {"reporter": None, "at": None}
    first = named[0]
    step("最先实名举报的时间", "time of the first in a real name", first.at, of=first.reporter)
    if first.signers:
        step("联名举报由第一署名人领取", "of a joint report the first signer", first.signers[0])
    return {"reporter": first.signers[0] if first.signers else first.reporter, "at": first.at}


@function(section="J")
def internal_reward_due(*, high_risk_field: bool, on: date) -> Answer:
    """Return by when an enterprise rewards internal reports of hidden dangers, and whether that day has passed."""
    days = parameter("cn/reward/internal-mechanism").in_force(on).value
    due = date.fromisoformat(days["high_risk" if high_risk_field else "others"])
    step("建立内部报告奖励机制的期限", "day by which the mechanism stands", due)
    return {"due": due, "passed": on > due}


def _for_danger(penalty_yuan: Number | None, on: date) -> Number:
    rule = parameter("cn/reward/danger").in_force(on).value
    if not penalty_yuan:
        least: int = parameter("cn/reward/danger-without-fine").in_force(on).value
        step("没有罚款：按最低奖励（元）", "no fine: the least reward (yuan)", least)
        return least
    need_positive("penalty_yuan", penalty_yuan, 100000)
    share = percent_of(penalty_yuan, rule["percent"])
    step(f"{plain(penalty_yuan)} 元 × {rule['percent']}%", f"{plain(penalty_yuan)} yuan × {rule['percent']} %", share)
    found: Number = min(max(share, rule["least"]), rule["most"])
    step(f"不低于 {rule['least']} 元，不高于 {rule['most']} 元", f"from {rule['least']} to {rule['most']} yuan", found)
    return found


def _for_concealed(grade: str | None, people: int | None, on: date) -> int:
    reason = because(
        "举报瞒报、谎报事故须给出事故等级和人数", "a concealed accident needs its grade and the concealed dead"
    )
    if grade is None:
        raise missing("grade", reason, "一般")
    if people is None:
        raise missing("people", reason, 2)
    need_positive("people", people)
    rule = parameter("cn/reward/concealed").in_force(on).value
    each = rule["per_person"][grade]
    step(f"{each} 元 × {people} 人", f"{each} yuan × {people}", each * people)
    found: int = min(each * people, rule["most"])
    step(f"不高于 {rule['most']} 元", f"no more than {rule['most']} yuan", found)
    return found


def _absent(field: str, value: object, kind: str) -> None:
    if value is not None:
        reason: Because = because(f"不用于 {kind}", f"is not used for {kind}")
        raise impossible(field, value, reason, None)


def _after(start: date, days: int, whence: Bilingual) -> date:
    due = start + timedelta(days=days)
    step(f"{whence.zh} + {days} 日", f"{whence.en} + {days} days", due)
    return due
