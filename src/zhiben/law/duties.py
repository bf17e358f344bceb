"""Duties that go by an enterprise's size and industry."""

from datetime import date

from zhiben.law.explaining import step
from zhiben.law.parameters import parameter
from zhiben.law.refusing import need_not_negative
from zhiben.law.registry import Answer, function


@function(section="I")
def safety_staff_rule(employees: int, *, high_risk: bool, on: date) -> Answer:
    """Tell whether a unit needs a safety department or full-time safety staff; the others may have part-time staff.

    `high_risk` by the list of this rule: `high_risk_by` with the rule safety-staff.
    """
    need_not_negative("employees", employees)
    over = parameter("cn/duty/safety-staff-over").in_force(on).value
    step("属于本条列名行业", "in an industry this article names", high_risk)
    step(f"从业人员 {employees} > {over}", f"employees {employees} > {over}", employees > over)
    return {"institution_or_fulltime": high_risk or employees > over}
