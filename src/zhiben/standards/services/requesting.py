"""Missing facts asked of many enterprises: one request an enterprise, most decisive first. Asked again it is merged.

Part of a caller's transaction, which has locked the enterprises.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from zhiben.journal.public import Line
from zhiben.kernel.actor import Actor
from zhiben.kernel.periods import local_day
from zhiben.orgs.models import Enterprise
from zhiben.standards.events import FactsAsked, FactsNoLongerAsked
from zhiben.standards.missing import Missing
from zhiben.standards.models import FactRequest
from zhiben.standards.services.recording import hangs_on, line_of


@dataclass
class Asked:
    """What came of it, and the journal's lines."""

    enterprises: int = 0  # newly asked, or asked for more
    facts: int = 0
    dropped: int = 0
    lines: list[Line] = field(default_factory=list)


def ask_many(missing: Mapping[int, Missing], *, actor: Actor, now: datetime) -> Asked:
    """Ask each of these enterprises for what it lacks; what nothing waits for any more is no longer asked."""
    open_: dict[int, dict[str, FactRequest]] = {number: {} for number in missing}
    for row in FactRequest.unscoped.filter(enterprise_id__in=list(missing), answered_at__isnull=True):
        open_[row.enterprise_id or 0][row.name] = row
    done, new, changed, ended = Asked(), list[FactRequest](), list[FactRequest](), list[FactRequest]()
    for enterprise in Enterprise.objects.filter(pk__in=list(missing), registered_site__isnull=False).order_by("pk"):
        held, wanted = open_[enterprise.pk], missing[enterprise.pk]
        gone = [row for name, row in held.items() if row.rank and name not in wanted.open]
        fresh = _merge(enterprise, held, wanted, changed, actor=actor, now=now)
        new += fresh
        ended += gone
        _tell(done, enterprise, [row.name for row in fresh], sorted(row.name for row in gone), now)
    FactRequest.unscoped.bulk_create(new, batch_size=1_000)
    FactRequest.unscoped.bulk_update(changed, ["rank", "clauses"], batch_size=500)
    FactRequest.unscoped.filter(pk__in=[row.pk for row in ended]).update(answered_at=now)
    return done


def _merge(
    enterprise: Enterprise,
    held: Mapping[str, FactRequest],
    wanted: Missing,
    changed: list[FactRequest],
    *,
    actor: Actor,
    now: datetime,
) -> list[FactRequest]:
    """Return the requests to add; what is asked for already takes its new place and clauses."""
    new = []
    for rank, (name, clauses) in enumerate(wanted.ask, start=1):
        row = held.get(name)
        if row is None:
            told = {"name": name, "clauses": list(clauses), "rank": rank, "asked_at": now, "asked_by": actor.id}
            new.append(FactRequest(**hangs_on(enterprise), **told))
        elif (row.rank, row.clauses) != (rank, list(clauses)):
            row.rank, row.clauses = rank, list(clauses)
            changed.append(row)
    return new


def _tell(done: Asked, enterprise: Enterprise, asked: list[str], ended: list[str], now: datetime) -> None:
    day = local_day(now)
    if asked:
        done.enterprises += 1
        done.facts += len(asked)
        done.lines.append(line_of(enterprise, FactsAsked(enterprise.pk, asked), day))
    if ended:
        done.dropped += len(ended)
        done.lines.append(line_of(enterprise, FactsNoLongerAsked(enterprise.pk, ended), day))
