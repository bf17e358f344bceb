"""Every function of the law by name; importing a room here is what makes `zhiben law call` know its functions."""

from zhiben.law import answers, certificates, danger_answers, emergency, high_risk, training  # noqa: F401 -- their functions register themselves
from zhiben.law.registry import Function, registered

FUNCTIONS: dict[str, Function] = dict(registered())
