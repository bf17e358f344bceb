"""What the address of a list of dangers asks for: what it may be narrowed to, read for one actor.

Every number elsewhere that opens its dangers links here with these parameters; what is left out narrows nothing:

    unit=<path or division code>    the unit and all below it
    state=<state>|open|closed       may stand several times
    level= channel= matter= industry= flag=   one of their codes
    overdue=1|0
    enterprise=<id>                 as host of the site or as responsible party
    owner=me|<person>|<part of a name>   department=mine|<id>   transferred_to=mine|<id>
    found_from= found_to=           days, both included; likewise closed_from= closed_to=
    lasted_from= lasted_to=         days from finding to its end, or to today where it is open
    batch=<import>                  brought in by one import
    q=<words>                       in description, place or number
    sort=-found_on|found_on|due_on|-due_on
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict

from zhiben.dangers.domain.filters import Filters, Order
from zhiben.dangers.domain.kinds import CLOSED, OPEN, Channel, Flag, Level, State
from zhiben.dangers.selectors.standing import Mover
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Invalid, NotFound
from zhiben.law.facts import industries
from zhiben.law.matters import matters
from zhiben.orgs.models import Department
from zhiben.orgs.public import enterprise_for, person_for, unit_at, units_for

SETS: Mapping[str, frozenset[State]] = {"open": OPEN, "closed": CLOSED}
LONGEST = 100  # characters of a search
SEVERAL = 20  # values of one parameter
PARAMETERS = (
    "unit", "state", "level", "channel", "matter", "industry", "flag", "overdue", "enterprise", "owner", "department",
    "transferred_to", "found_from", "found_to", "closed_from", "closed_to", "lasted_from", "lasted_to", "batch", "q", "sort",
)  # fmt: skip


@dataclass
class Asked:
    """A list as it was asked for: the filters, and the names of what they name for the chips."""

    filters: Filters
    order: Order
    named: Mapping[str, Any] = field(default_factory=dict)  # parameter → the thing it names


def asked(query: QueryDict, actor: Actor, mover: Mover) -> Asked:
    """Read the parameters; what is no day, code or number is as if it were not there, a stranger's thing is not found."""
    named: dict[str, Any] = {}

    def thing(name: str, find: Callable[[str], Any]) -> Any:
        if not (text := query.get(name, "").strip()):
            return None
        named[name] = find(text)
        return named[name]

    unit = thing("unit", lambda text: _unit(text, actor))
    enterprise = thing("enterprise", lambda text: enterprise_for(actor, _number(text)))
    name = query.get("owner", "").strip()[:LONGEST]
    by_name = name != "me" and not name.isdigit()
    owner = None if by_name else thing("owner", lambda text: person_for(actor, _person(text, actor)))
    department = thing("department", lambda text: _department(text, mover))
    receiving = thing("transferred_to", lambda text: _department(text, mover))
    filters = Filters(
        states=_states(query.getlist("state")),
        level=_code(Level, query.get("level")),
        channel=_code(Channel, query.get("channel")),
        matter=_known(query.get("matter"), matters()),
        industry=_known(query.get("industry"), industries()),
        flag=_code(Flag, query.get("flag")) or "",
        overdue={"1": True, "0": False}.get(query.get("overdue", "")),
        unit=unit.path if unit else "",
        enterprise=enterprise.pk if enterprise else None,
        owner=owner.pk if owner else None,
        owner_name=name if by_name else "",
        department=department.pk if department else None,
        transferred_to=receiving.pk if receiving else None,
        batch=query.get("batch", "").strip()[:LONGEST],
        found_since=day_of(query.get("found_from")),
        found_until=_after(day_of(query.get("found_to"))),
        closed_since=day_of(query.get("closed_from")),
        closed_until=_after(day_of(query.get("closed_to"))),
        lasted_from=_days(query.get("lasted_from")),
        lasted_to=_days(query.get("lasted_to")),
        text=query.get("q", "").strip()[:LONGEST],
    )
    return Asked(filters, _code(Order, query.get("sort")) or Order.NEWEST, named)


def canonical(query: QueryDict, actor: Actor) -> QueryDict:
    """Return the parameters that narrow or sort, in their own order; refuse one that the list would not understand."""
    mover, kept = Mover(actor), QueryDict(mutable=True)
    nothing = asked(kept, actor, mover)
    for name in PARAMETERS:
        for value in [text.strip()[:LONGEST] for text in query.getlist(name) if text.strip()][:SEVERAL]:
            alone = QueryDict(mutable=True)
            alone[name] = value
            found = asked(alone, actor, mover)
            is_usual = name == "sort" and value == nothing.order
            if found.filters == nothing.filters and found.order == nothing.order and not is_usual:
                raise Invalid("filter:unknown-value", field=name, value=value)
            if not is_usual:
                kept.appendlist(name, value)
    return kept


def filters_of(query: QueryDict, actor: Actor) -> Filters:
    """Return only the narrowings, for a room that takes the same list somewhere else."""
    return asked(query, actor, Mover(actor)).filters


def _unit(text: str, actor: Actor) -> Any:
    """Return the unit named; names of regions are public, sites are not."""
    unit = unit_at(text)
    if unit.enterprise_id is not None and not units_for(actor).filter(pk=unit.pk).exists():
        raise NotFound("unit:not-found", unit=text)
    return unit


def _person(text: str, actor: Actor) -> int:
    return (actor.person or 0) if text == "me" else _number(text)


def _department(text: str, mover: Mover) -> Department:
    mine = mover.department
    found = mine if text == "mine" else Department.objects.filter(pk=_number(text)).first()
    if found is None:
        raise NotFound("department:not-found", department=text)
    return found


def _states(texts: Iterable[str]) -> frozenset[State]:
    found: set[State] = set()
    for text in texts:
        found |= SETS.get(text, frozenset())
        if state := _code(State, text):
            found.add(state)
    return frozenset(found)


def _code(kind: Callable[[str], Any], text: str | None) -> Any:
    try:
        return kind(text) if text else None
    except ValueError:
        return None


def _known(text: str | None, known: Mapping[str, object]) -> str:
    return text if text and text in known else ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def day_of(text: str | None) -> date | None:
    """Read a day; None for what is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _days(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None


def _after(day: date | None) -> date | None:
    return day + timedelta(days=1) if day and day < date.max else None
