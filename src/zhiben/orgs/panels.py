"""Cards that higher rooms put on the page of an enterprise: they know its facts and figures, orgs does not.

A room registers its panels in a module `panels.py`, which is loaded when Django starts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhiben.kernel.actor import Actor
from zhiben.orgs.models import Enterprise
from zhiben.orgs.selectors.parties import enterprise_place

PANELS: dict[str, "Panel"] = {}


@dataclass(frozen=True, slots=True)
class Panel:
    """One card: its template, what it takes to see it, and what the template gets as `panel`."""

    name: str
    template: str
    permission: str
    facts: Callable[[Actor, Enterprise, date], Mapping[str, Any] | None]  # None: nothing to show to this actor
    order: int = 50
    is_side: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel filled for one actor."""

    panel: Panel
    facts: Mapping[str, Any]


def register_panel(panel: Panel) -> None:
    """Put a card on the page of every enterprise."""
    if PANELS.setdefault(panel.name, panel) != panel:
        raise TypeError(f"two panels share the name {panel.name!r}")


def panels_for(actor: Actor, enterprise: Enterprise, day: date) -> list[Shown]:
    """Return the cards that the actor may see of an enterprise, in their order."""
    place = enterprise_place(enterprise)
    open_to = [panel for panel in PANELS.values() if actor.may(panel.permission, place)]
    filled = [(panel, panel.facts(actor, enterprise, day)) for panel in sorted(open_to, key=lambda one: one.order)]
    return [Shown(panel, facts) for panel, facts in filled if facts is not None]
