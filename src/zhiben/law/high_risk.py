"""High-risk industries, rule by rule: the lists differ, so no enterprise is high-risk as such."""

from datetime import date
from typing import Literal

from zhiben.law.explaining import step
from zhiben.law.facts import industries as known_industries
from zhiben.law.facts import widened
from zhiben.law.parameters import parameter
from zhiben.law.registry import Answer, function

Rule = Literal["training", "drills", "plan-review", "plan-evaluation", "safety-staff", "insurance"]


@function(section="E")
def high_risk_by(*, rule: Rule, industries: list[str], on: date) -> Answer:
    """Tell whether industries stand in the list of one rule; null where only a narrower name of one does.

    `because` names them: those listed, else those of which a part is listed.
    """
    widened(industries)  # refuses an unknown one
    listed = parameter(f"cn/high-risk/{rule}").in_force(on).value
    there = [slug for slug in industries if slug in listed]
    partly = [slug for slug in industries if any(slug in known_industries()[narrow].within for narrow in listed)]
    step("名单", "the list", listed)
    step("列入名单的行业", "industries in the list", there)
    if not there:
        step("部分列入的行业", "industries listed in part", partly)
    answer = True if there else None if partly else False
    return {"high_risk": answer, "because": there or partly}
