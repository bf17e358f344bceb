"""Every function of the law by name; importing a room here is what makes `zhiben law call` know its functions."""

from zhiben.law import (  # noqa: F401 -- their functions register themselves
    accident_classes,
    accident_losses,
    answers,
    assessment,
    certificates,
    danger_answers,
    emergency,
    enterprise_colour,
    hazard_sources,
    high_risk,
    large_works,
    near_lines,
    permit_grades,
    permits,
    record_forms,
    training,
)
from zhiben.law.registry import Function, registered

FUNCTIONS: dict[str, Function] = dict(registered())
