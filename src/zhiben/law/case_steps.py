"""The steps of a penalty case: who may fine on the spot, until when each step is taken, what may be added up."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.quantities import Number
from zhiben.law.because import because
from zhiben.law.calendar import CountedDay, official
from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import impossible, need_not_negative
from zhiben.law.registry import Answer, function, plain
from zhiben.law.spans import years_after

Who = Literal["person", "unit"]


@dataclass(frozen=True, slots=True)
class Fine:
    """One fine of a case: the act it is for, and its sum in 10000 yuan."""

    act: str
    wan: Number


@function(section="I")
def publish_due_workdays(decision: date, n: int | None = None, *, on: date | None = None) -> Answer:
    """Return until when a penalty decision is published, `n` working days on (by law seven)."""
    by_law = parameter("cn/penalty/publish-workdays").in_force(on or decision).value
    days = by_law if n is None else n
    need_not_negative("n", days)
    return _counted("due", decision, days, Bilingual("处罚决定之日", "day of the decision"))


@function(section="I")
def penalty_step_due(
    kind: Literal["hearing_request", "hearing_notice", "evidence", "service", "statement"],
    start: date,
    *,
    on: date | None = None,
) -> Answer:
    """Return until when a step of a case is taken; a hearing is announced so many working days before its day `start`."""
    if kind == "statement":
        days = parameter("cn/penalty/statement-days").in_force(on or start).value
        due = start + timedelta(days=days)
        step(f"告知之日 + {days} 日", f"day told + {days} days", due)
        return {"due": due}
    days = parameter("cn/penalty/step-workdays").in_force(on or start).value[kind]
    before = kind == "hearing_notice"
    return _counted("due", start, -days if before else days, Bilingual("起算之日", "day it counts from"))


@function(section="I")
def case_due(opened: date, extension: Literal["none", "head", "upper"] = "none", *, on: date | None = None) -> Answer:
    """Return until when a work-safety case is decided, by the extension granted, and until when by the general law."""
    rule = parameter("cn/penalty/case-days-work-safety").in_force(on or opened).value
    days = rule["ordinary" if extension == "none" else extension]
    by_law = parameter("cn/penalty/case-days").in_force(on or opened).value
    due = opened + timedelta(days=days)
    step(f"立案之日 + {days} 日", f"day the case was opened + {days} days", due)
    step(f"行政处罚法：+ {by_law} 日", f"Penalty Law: + {by_law} days", opened + timedelta(days=by_law))
    return {"due": due, "by_general_law": opened + timedelta(days=by_law)}


@function(section="I")
def limitation(act_ended: date, *, harm_to_life: bool, on: date | None = None) -> Answer:
    """Return the day until which a breach may still be penalised: five years where life or health was harmed."""
    rule = parameter("cn/penalty/limitation-years").in_force(on or act_ended).value
    years = rule["life_or_health" if harm_to_life else "ordinary"]
    until = years_after(act_ended, years)
    step(f"违法行为终了之日 + {years} 年", f"day the breach ended + {years} years", until)
    return {"years": years, "until": until}


@function(section="I")
def fine_payment_due(received: date, *, on: date | None = None) -> Answer:
    """Return until when a fine is paid after the decision was received; then `late_penalty` grows."""
    days = parameter("cn/penalty/payment-days").in_force(on or received).value
    due = received + timedelta(days=days)
    step(f"收到决定书之日 + {days} 日", f"day the decision was received + {days} days", due)
    return {"due": due}


@function(section="I")
def on_the_spot(who: Who, fine_yuan: Number, *, on: date) -> Answer:
    """Tell whether a fine may be imposed on the spot."""
    need_not_negative("fine_yuan", fine_yuan)
    limit = parameter("cn/penalty/on-the-spot").in_force(on).value[who]
    step(f"罚款 ≤ {limit} 元", f"fine ≤ {limit} yuan", fine_yuan <= limit)
    return {"allowed": fine_yuan <= limit, "limit_yuan": limit}


@function(section="I")
def hearing_right(who: Who, fine_yuan: Number, province_yuan: Number | None = None, *, on: date) -> Answer:
    """Tell whether a fine gives the right to a hearing, by the province's sum where it has one."""
    need_not_negative("fine_yuan", fine_yuan)
    usual = parameter("cn/penalty/hearing-thresholds").in_force(on).value[who]
    if province_yuan is not None:
        need_not_negative("province_yuan", province_yuan, 50000)
    bound = usual if province_yuan is None else province_yuan
    step(f"罚款 ≥ {plain(bound)} 元", f"fine ≥ {plain(bound)} yuan", fine_yuan >= bound)
    return {"right": fine_yuan >= bound, "from_yuan": bound}


@function(section="I")
def sum_fines(fines: list[Fine], *, on: date) -> Answer:
    """Add the fines of several acts, each weighed apart; one act is not fined twice."""
    parameter("cn/penalty/several-acts").in_force(on)
    acts = [each.act for each in fines]
    for at, each in enumerate(fines):
        need_not_negative(f"fines[{at}].wan", each.wan)
        if acts.count(each.act) > 1:
            reason = because("同一违法行为不得给予两次以上罚款", "one act is not fined twice")
            raise impossible(f"fines[{at}].act", each.act, reason, "102")
        step("该违法行为的罚款（万元）", "fine for the act (10000 yuan)", each.wan, of=each.act)
    total = sum((each.wan for each in fines), start=0)
    step("分别裁量，合并处罚", "each act weighed apart, the fines added", total)
    return {"wan": total}


def _counted(field: str, start: date, days: int, whence: Bilingual) -> Answer:
    found: CountedDay = official().add_workdays(start, days)
    said = f"{'−' if days < 0 else '+'} {abs(days)}"
    step(f"{whence.zh} {said} 个工作日", f"{whence.en} {said} working days", found.day)
    return {field: found.day} | ({"provisional": True} if found.provisional else {})
