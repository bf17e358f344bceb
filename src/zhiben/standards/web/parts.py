"""The part of the tree that a page of standards is narrowed to."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound
from zhiben.orgs.models import Unit
from zhiben.orgs.public import branch_for, breadcrumbs, children_of, units_for

SHOWN = 14


def chosen_unit(actor: Actor, path: str) -> Unit | None:
    """Return the unit at a path within the actor's reach; nothing where none is named."""
    if not path:
        return None
    unit = units_for(actor).filter(path=path).first()
    if unit is None:
        raise NotFound("unit:not-found", unit=path[:80])
    return unit


def unit_picker(actor: Actor, query: QueryDict, chosen: Unit | None) -> dict[str, Any] | None:
    """Return what the top bar offers: all, what stands above the chosen one in one's reach, what lies below."""
    if chosen is None:
        tops = list(branch_for(actor))
        offered = [*tops, *children_of(tops[0])[:SHOWN]] if len(tops) == 1 else tops
    else:
        above = units_for(actor).filter(pk__in=[unit.pk for unit in breadcrumbs(chosen)])
        offered = [*above.order_by("depth"), *children_of(chosen)[:SHOWN]]
    if len(offered) < 2:
        return None
    whole = {"name": _("All my units"), "url": _without(query), "here": chosen is None}
    choices = [
        {"name": unit.name, "url": _without(query, unit.path), "here": bool(chosen and unit.pk == chosen.pk)}
        for unit in offered
    ]
    return {"name": chosen.name if chosen else whole["name"], "choices": [whole, *choices], "more": ""}


def _without(query: QueryDict, path: str = "") -> str:
    told = query.copy()
    for name in ("unit", "page"):
        told.pop(name, None)
    if path:
        told["unit"] = path
    return f"?{told.urlencode()}"
