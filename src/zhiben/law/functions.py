"""Every function of the law by name; importing a room here is what makes `zhiben law call` know its functions."""

from zhiben.law import (  # noqa: F401 -- their functions register themselves
    accident_classes,
    accident_losses,
    accidents,
    answers,
    assessment,
    case_steps,
    certificates,
    danger_answers,
    discretion,
    duties,
    emergency,
    enforcement,
    enterprise_colour,
    funds,
    hazard_sources,
    high_risk,
    insurance,
    large_works,
    near_lines,
    offences,
    penalties,
    permit_grades,
    permits,
    rating,
    record_forms,
    rewards,
    training,
)
from zhiben.law.registry import Function, registered

FUNCTIONS: dict[str, Function] = dict(registered())
