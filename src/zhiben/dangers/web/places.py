"""The units that a list may be narrowed to: the one chosen, what stands above it in one's reach, what lies below."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from zhiben.dangers.web.query import without
from zhiben.kernel.actor import Actor
from zhiben.orgs.models import Unit
from zhiben.orgs.public import branch_for, breadcrumbs, children_of, units_for

SHOWN = 14
OFFERED = 30


def places_offered(actor: Actor) -> list[tuple[str, str]]:
    """Return path and name of the units where the actor's reach begins, and of those right below: for a form."""
    tops = list(branch_for(actor))
    found = [(unit.path, unit.name) for unit in tops]
    found += [(unit.path, f"{top.name} · {unit.name}") for top in tops for unit in children_of(top)]
    return found[:OFFERED]


def unit_picker(actor: Actor, query: QueryDict, chosen: Unit | None) -> dict[str, Any] | None:
    """Return what the top bar offers; nothing where there is only one place."""
    tops = list(branch_for(actor))
    offered = [(unit, 0) for unit in tops] if chosen is None else _around(actor, chosen)
    if chosen is None and len(tops) == 1:
        offered = [(tops[0], 0), *((unit, 1) for unit in children_of(tops[0])[:SHOWN])]
    if len(offered) < 2:
        return None
    whole = {"name": _("All my units"), "url": without(query, "unit"), "here": chosen is None}
    choices = [
        {"name": unit.name, "url": without(query, unit=unit.path), "here": chosen is not None and unit.pk == chosen.pk}
        for unit, _depth in offered
        if chosen is not None or len(tops) > 1 or unit.pk != tops[0].pk
    ]
    name = chosen.name if chosen else tops[0].name if len(tops) == 1 else whole["name"]
    return {"name": name, "choices": [whole, *choices[: SHOWN * 2]], "more": ""}


def _around(actor: Actor, chosen: Unit) -> list[tuple[Unit, int]]:
    above = [
        unit for unit in breadcrumbs(chosen) if unit.pk == chosen.pk or units_for(actor).filter(pk=unit.pk).exists()
    ]
    return [(unit, 0) for unit in above] + [(unit, 1) for unit in children_of(chosen)[:SHOWN]]
