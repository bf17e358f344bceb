"""Every function of the law by name, and the module that offers it; importing this makes `zhiben law call` know them."""

from types import ModuleType

from zhiben.law import (
    alarms,
    assessment,
    calendar,
    codes,
    deadlines,
    discretion,
    emergency,
    funds,
    gases,
    hazard_sources,
    penalties,
    permits,
    power,
    rating,
    rewards,
    sites,
    supervision,
    tailings,
    training,
)
from zhiben.law.explaining import explain
from zhiben.law.registry import Function, call, registered

__all__ = ["FUNCTIONS", "MODULES", "call", "explain"]

_DOORS: tuple[ModuleType, ...] = (  # in the order of the parts of the law
    assessment,
    hazard_sources,
    deadlines,
    supervision,
    training,
    emergency,
    permits,
    gases,
    alarms,
    tailings,
    sites,
    power,
    penalties,
    discretion,
    rewards,
    funds,
    rating,
    codes,
    calendar,
)
FUNCTIONS: dict[str, Function] = dict(registered())
MODULES: dict[str, str] = {  # where a function is imported from, by its name
    name: door.__name__.rpartition(".")[2] for door in _DOORS for name in door.__all__
}
