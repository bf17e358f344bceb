"""Training and examination: hours by role, training again, the examination of managers, fire trainings."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from zhiben.kernel.bilingual import Bilingual
from zhiben.law.certificates import (
    cert_dates,
    certificate_register,
    special_operation,
    special_operation_catalogue,
    special_operation_due,
)
from zhiben.law.explaining import step
from zhiben.law.high_risk import (
    high_risk_by,
)
from zhiben.law.parameters import parameter
from zhiben.law.refusing import need_known_parts, need_not_negative
from zhiben.law.registry import Answer, function
from zhiben.law.spans import months_after, years_after

__all__ = [
    "cert_dates",
    "certificate_register",
    "coal_examination_due",
    "fire_training_min",
    "high_risk_by",
    "principal_assess_due",
    "retraining",
    "special_operation",
    "special_operation_catalogue",
    "special_operation_due",
    "special_operation_hours",
    "training_file",
    "training_hours",
    "training_levels",
]

_ROLES = {
    "principal": Bilingual("主要负责人", "principal"),
    "safety_manager": Bilingual("安全生产管理人员", "safety manager"),
    "worker": Bilingual("从业人员", "worker"),
}
_KINDS = {"initial": Bilingual("初次培训", "first training"), "annual": Bilingual("每年再培训", "yearly")}
_GROUPS = {True: ("high_risk", "高危", "high-risk"), False: ("other", "一般", "other")}


@function(section="E")
def training_hours(
    *,
    role: Literal["principal", "safety_manager", "worker"],
    high_risk: bool,
    kind: Literal["initial", "annual"],
    on: date,
) -> Answer:
    """Return the least hours of training; null where no national rule fixes them."""
    held = parameter("cn/training/hours-workers" if role == "worker" else "cn/training/hours-principals").in_force(on)
    group, zh, en = _GROUPS[high_risk]
    hours = held.value[group][kind]
    who, when = _ROLES[role], _KINDS[kind]
    step(f"{zh}行业，{who.zh}，{when.zh}：学时", f"{en} industry, {who.en}, {when.en}: hours", hours)
    if hours is None:
        usual = parameter("cn/training/hours-workers-annual").in_force(on).value
        step("国家未规定；地方、行业常见学时", "not fixed nationally; hours usual in regions and trades", usual)
    return {"hours": hours}


@function(section="E")
def special_operation_hours(*, coal: bool, kind: Literal["initial", "review"], on: date) -> Answer:
    """Return the least hours of training for a special-operation certificate or its review; null where not fixed."""
    if coal:
        held = parameter("cn/training/coal").in_force(on).value["special_operation"]
        hours = held["initial" if kind == "initial" else "renewal"]
        days = None if kind == "initial" else held["renewal_days_before"]
    else:
        held = parameter("cn/certificate/special-operation").in_force(on).value
        hours, days = (None, None) if kind == "initial" else (held["review_hours"], None)
    step("学时", "hours", hours)
    step("至迟在期满前多少日", "at the latest so many days before expiry", days)
    return {"hours": hours, "days_before_expiry": days}


@function(section="E")
def retraining(*, months_away: int, new_post: bool, on: date) -> Answer:
    """Tell whether a worker who was away or changes post is trained again, and at which levels."""
    need_not_negative("months_away", months_away, 14)
    held = parameter("cn/training/retraining").in_force(on).value
    long_away = months_away >= held["absence_months"]
    step(
        f"离岗 {months_away} 个月 ≥ {held['absence_months']}",
        f"{months_away} ≥ {held['absence_months']} months away",
        long_away,
    )
    step("转岗", "new post", new_post)
    needed = long_away or new_post
    return {"needed": needed, "levels": held["levels"] if needed else []}


@function(section="E")
def training_levels(*, on: date) -> Answer:
    """Return the three levels at which a new worker is trained; dispatched workers and interns count as own staff."""
    levels = parameter("cn/training/levels").in_force(on).value
    step("三级安全培训教育", "three levels of training", [each["code"] for each in levels])
    return {"levels": levels}


@function(section="E")
def training_file(*, fields: Mapping[str, object], on: date) -> Answer:
    """Tell whether a training file is complete, and what it lacks."""
    wanted = parameter("cn/training/file-parts").in_force(on).value
    need_known_parts("fields", fields, wanted)
    missing = [part for part in wanted if fields.get(part) in (None, "", [], {})]
    step("档案应有内容", "what the file records", wanted)
    step("缺少", "missing", missing)
    return {"complete": not missing, "missing": missing}


@function(section="E")
def principal_assess_due(*, appointed: date, on: date | None = None) -> Answer:
    """Return until when a principal or safety manager of a listed high-risk unit passes the examination."""
    months = parameter("cn/training/examination-months").in_force(on or appointed).value
    due = months_after(appointed, months)
    step(f"任职日 {appointed} + {months} 个月", f"taking post on {appointed} + {months} months", due)
    return {"due": due}


@function(section="E")
def coal_examination_due(*, last: date, on: date | None = None) -> Answer:
    """Return when the principals and safety managers of a coal mine are examined again."""
    years = parameter("cn/training/coal").in_force(on or last).value["examination_years"]
    due = years_after(last, years)
    step(f"上次考核 {last} + {years} 年", f"last examination {last} + {years} years", due)
    return {"due": due}


@function(section="E")
def fire_training_min(*, unit: Literal["key_unit", "public_gathering"], on: date) -> Answer:
    """Return how often all staff are trained for fire a year."""
    times = parameter("cn/training/fire").in_force(on).value[unit]
    step("每年消防培训次数", "fire trainings a year", times)
    return {"per_year": times}
