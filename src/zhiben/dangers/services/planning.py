"""The treatment plan: its six parts filled, the five implementations derived, evidenced and counted."""

from dataclasses import asdict
from typing import Any

from zhiben.dangers.domain.clock import Clock
from zhiben.dangers.domain.kinds import EvidenceKind, Part
from zhiben.dangers.domain.parts import SIX, Implementation, as_planned, implementations, says_something
from zhiben.dangers.models import Evidence, FivePart, TreatmentPlan
from zhiben.dangers.services.case import Case, Change
from zhiben.kernel.errors import Invalid

TEXTS = (*SIX, "interim")


def fill_plan(case: Case) -> None:
    """Write what is given of the plan, count the five implementations; all five stand: rectifying as planned."""
    given = case.given.plan
    if given is None:
        raise Invalid("danger:needs-plan", field="plan")
    plan = TreatmentPlan.objects.filter(danger=case.danger).first()
    parts = {name: value for name, value in asdict(given).items() if name != "evidence" and value is not None}
    _keep_plan(case, plan, parts)
    texts = {name: parts.get(name, getattr(plan, name, "")) for name in SIX}
    evidenced = _evidenced(case)
    five = implementations(texts, evidenced)
    _count(case, five)
    case.facts |= {
        "filled": [str(one.part) for one in five if one.is_filled],
        "evidenced": [str(one.part) for one in five if one.is_evidenced],
        "written": sorted(parts),
        "as_planned": as_planned(five),
    }
    if all(says_something(text) for text in texts.values()):
        case.stop(Clock.PLAN)


def _keep_plan(case: Case, plan: TreatmentPlan | None, parts: dict[str, Any]) -> None:
    """Write the plan; of two who write at once the second is told, by the danger's version."""
    if plan is None:
        case.rows.append(TreatmentPlan(danger=case.danger, at=case.now, account_id=case.actor.id, **parts))
        return
    columns = {**parts, "version": plan.version + 1, "at": case.now, "account_id": case.actor.id}
    case.changes.append(Change(TreatmentPlan, {"pk": plan.pk}, columns))


def _evidenced(case: Case) -> set[Part]:
    """Return the implementations that a file proves, those given now included."""
    known = Evidence.objects.filter(danger=case.danger).exclude(part="").values_list("part", flat=True)
    given = case.given.plan.evidence if case.given.plan else ()
    for part, file in given:
        proof = {"kind": EvidenceKind.PART, "file": file, "part": part, "at": case.now, "account_id": case.actor.id}
        case.rows.append(Evidence(danger=case.danger, **proof))
    return {*(Part(part) for part in known), *(part for part, _ in given)}


def _count(case: Case, five: tuple[Implementation, ...]) -> None:
    known = {row.part: row for row in FivePart.objects.filter(danger=case.danger)}
    for one in five:
        stand = {"is_filled": one.is_filled, "is_evidenced": one.is_evidenced, "at": case.now}
        if one.part in known:
            case.changes.append(Change(FivePart, {"pk": known[one.part].pk}, stand))
        else:
            case.rows.append(FivePart(danger=case.danger, part=one.part, **stand))
    case.write(
        parts_filled=sum(one.is_filled for one in five),
        parts_evidenced=sum(one.is_evidenced for one in five),
        is_as_planned=as_planned(five),
    )
