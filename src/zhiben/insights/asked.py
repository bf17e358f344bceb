"""What an address asks of the figures: which part of the tree, which days, which period; read alike by pages and exports."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhiben.insights.domain.cycles import Cycle, CycleKind, cycle_named, last_over
from zhiben.insights.ledger import By
from zhiben.insights.permissions import InsightPermission
from zhiben.insights.selectors import Part, part_for
from zhiben.insights.services.forms import KINDS
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Invalid


def part_named(actor: Actor, query: Mapping[str, str], permission: InsightPermission = InsightPermission.VIEW) -> Part:
    """Return the part that a query names, as far as the actor reaches with a permission."""
    number = query.get("enterprise", "")
    enterprise = int(number) if number.isascii() and number.isdigit() and len(number) < 16 else None
    return part_for(actor, query.get("unit", ""), enterprise=enterprise, permission=permission)


def named(part: Part) -> dict[str, object]:
    """Return the query that names a part in an address."""
    return {"unit": part.unit.path} if part.unit else {"enterprise": part.enterprise.pk if part.enterprise else None}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked for."""

    part: Part
    since: date
    until: date
    by: By

    def query(self, **other: Any) -> dict[str, Any]:
        """Return the address's query with some of it changed."""
        return (
            named(self.part)
            | {"from": self.since.isoformat(), "to": self.until.isoformat(), "by": self.by.value}
            | other
        )


def asked_of(actor: Actor, query: Mapping[str, str], today: date) -> Asked:
    """Read from an address what part of the ledger is asked for."""
    part = part_named(actor, query)
    since = day_asked(query.get("from", ""), "from", today.replace(month=1, day=1))
    until = day_asked(query.get("to", ""), "to", today)
    by = query.get("by", "")
    return Asked(part, since, until, By(by) if by in set(By) else By.UNIT)


def day_asked(text: str, field: str, default: date) -> date:
    """Return the day asked for in an address, else another one."""
    try:
        return date.fromisoformat(text) if text else default
    except ValueError:
        raise Invalid("day:unreadable", field=field, value=text, example="2026-01-31") from None


def cycle_of(text: str, today: date) -> Cycle:
    """Return the period that an address names, else the last quarter that is over; a week has no form."""
    cycle = cycle_named(text) if text else last_over(CycleKind.QUARTER, today)
    if cycle.kind not in KINDS:
        raise Invalid("form:no-weekly", field="period", value=cycle.name)
    return cycle
