"""What other rooms may use of analytics.

Snapshots and their judging are doors of their own (`snapshots`, `judging`): they need Polars, which no page waits for. So
are packed rows (`packed`), which need no NumPy.
"""

from importlib import import_module
from typing import Any, Literal, get_args

from zhiben.analytics.columns import Member, Population, population
from zhiben.analytics.determining import Determined, Judged, chosen, determine, facts_of, ones, unpacked
from zhiben.analytics.held import Held
from zhiben.kernel.errors import Invalid

__all__ = [
    "Determined",
    "EngineName",
    "Held",
    "Judged",
    "Member",
    "Population",
    "chosen",
    "determine",
    "engine_named",
    "facts_of",
    "ones",
    "population",
    "unpacked",
]

EngineName = Literal["polars", "spark"]
_ENGINES = {"polars": ("zhiben.analytics.judging", "Embedded"), "spark": ("zhiben.analytics.spark", "Distributed")}


def engine_named(name: str, **options: Any) -> Any:
    """Return an engine (`judging.Engine`); refuse one that there is not, or that is not installed here."""
    if name not in get_args(EngineName):
        raise Invalid("engine:unknown", field="engine", value=name, example=", ".join(get_args(EngineName)))
    module, called = _ENGINES[name]
    try:
        return getattr(import_module(module), called)(**options)
    except ImportError as problem:
        install = "pip install 'zhiben[spark]'"
        raise Invalid("engine:not-installed", field="engine", value=name, example=install) from problem
