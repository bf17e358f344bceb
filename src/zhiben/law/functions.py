"""Every function of the law by name; importing a room here is what makes `zhiben law call` know its functions."""

from zhiben.law import (  # noqa: F401 -- their functions register themselves
    accident_classes,
    accident_losses,
    accidents,
    alarms,
    answers,
    assessment,
    case_steps,
    certificates,
    coal_gas,
    danger_answers,
    discretion,
    duties,
    emergency,
    enforcement,
    enterprise_colour,
    funds,
    gases,
    hazard_sources,
    high_risk,
    insurance,
    large_works,
    near_lines,
    offences,
    penalties,
    permit_grades,
    permits,
    power,
    rating,
    record_forms,
    rewards,
    sites,
    supervision,
    tailings,
    training,
)
from zhiben.law.explaining import explain
from zhiben.law.registry import Function, call, registered

__all__ = ["FUNCTIONS", "call", "explain"]

FUNCTIONS: dict[str, Function] = dict(registered())
