"""The law as a library: dated packs, and pure functions over them. No Django, no database; usable in a notebook.

`from zhiben.law import call, explain, parameter` is what a notebook needs; each is loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhiben.law.explaining import explain
    from zhiben.law.parameters import parameter
    from zhiben.law.registry import call

__all__ = ["call", "explain", "parameter"]

_FUNCTIONS = "zhiben.law.functions"  # importing it is what makes functions known by name
_STANDS_IN = {"call": _FUNCTIONS, "explain": _FUNCTIONS, "parameter": "zhiben.law.parameters"}


def __getattr__(name: str) -> Any:
    """Load what is offered here when it is first asked for."""
    if name not in _STANDS_IN:
        raise AttributeError(f"module 'zhiben.law' has no attribute {name!r}")
    return getattr(import_module(_STANDS_IN[name]), name)
