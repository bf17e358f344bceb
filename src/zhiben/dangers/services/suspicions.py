"""Suspicions: what judging or sensors make likely. No danger until a person confirms it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.kinds import Channel
from zhiben.dangers.events import SuspicionAnswered, SuspicionRaised
from zhiben.dangers.models import Suspicion
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.suspicions import suspicion_for
from zhiben.dangers.services.intake import NewDanger
from zhiben.dangers.services.report import Reported, insert_reported
from zhiben.journal import public as journal
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.orgs.domain.industries import slugs_of
from zhiben.orgs.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSuspicion:
    """Something likely: where, by which clause, why. The same `key` twice is one suspicion."""

    unit_id: int
    text: str
    source: str  # "judging", "monitoring", …
    key: str
    raised_on: date
    standard: str = ""
    clause: str = ""
    matter: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    basis: str = ""
    judge_at: datetime | None = None


@transaction.atomic
def raise_suspicions(raised: list[NewSuspicion], *, actor: Actor, now: datetime) -> list[int]:
    """Keep what is likely; return the numbers of those not known before. For the rooms that judge and measure."""
    rows, lines = raised_lines(raised, now=now)
    journal.record(lines, actor=actor, now=now)
    return [row.pk for row in rows]


def raised_lines(raised: list[NewSuspicion], *, now: datetime) -> tuple[list[Suspicion], list[Line]]:
    """Write what is likely and not known before; return it with the journal's lines. Part of the caller's work."""
    known = set(Suspicion.unscoped.filter(key__in=[one.key for one in raised]).values_list("key", flat=True))
    fresh = {one.key: one for one in raised if one.key not in known}
    units = Unit.objects.filter(pk__in={one.unit_id for one in fresh.values()}).select_related("enterprise")
    by_id = {unit.pk: unit for unit in units}
    rows = Suspicion.unscoped.bulk_create([_row(one, by_id[one.unit_id], now) for one in fresh.values()])
    return rows, [
        line_of(row, SuspicionRaised(row.pk, row.standard, row.clause, row.source, row.text), row.raised_on)
        for row in rows
    ]


def _row(one: NewSuspicion, unit: Unit, now: datetime) -> Suspicion:
    return Suspicion(
        unit=unit,
        path=unit.path,
        enterprise_id=unit.enterprise_id,
        industries_mask=unit.enterprise.industries_mask if unit.enterprise else 0,
        matter=one.matter,
        standard=one.standard,
        clause=one.clause,
        text=one.text,
        source=one.source,
        key=one.key,
        facts=one.facts,
        raised_on=one.raised_on,
        raised_at=now,
        basis=one.basis,
        judge_at=one.judge_at,
    )


@transaction.atomic
def confirm_suspicion(
    suspicion_id: int, *, actor: Actor, now: datetime, description: str = "", channel: Channel = Channel.DETERMINATION
) -> Reported:
    """Make a danger of a suspicion: a person has looked and says that it is there."""
    row = suspicion_for(actor, suspicion_id)
    require(actor, DangerPermission.CONFIRM, row.place)
    new = NewDanger(
        unit_id=row.unit_id,
        description=description or row.text,
        found_on=china_day(now),
        channel=channel,
        matter=row.matter,
        industries=frozenset(slugs_of(row.industries_mask)),
        ref=f"suspicion/{row.pk}",
    )
    reported, lines = insert_reported([new], actor=actor, now=now)
    _answer(row, "confirmed", reported[0].id, "", actor=actor, now=now)
    event = SuspicionAnswered(row.pk, "confirmed", reported[0].id)
    journal.record([*lines, line_of(row, event, china_day(now))], actor=actor, now=now)
    return reported[0]


@transaction.atomic
def dismiss_suspicion(suspicion_id: int, reason: str, *, actor: Actor, now: datetime) -> None:
    """Say why a suspicion is none."""
    row = suspicion_for(actor, suspicion_id)
    require(actor, DangerPermission.CONFIRM, row.place)
    if not reason.strip():
        raise Invalid("danger:needs-reason", field="reason")
    _answer(row, "dismissed", None, reason, actor=actor, now=now)
    event = SuspicionAnswered(row.pk, "dismissed", None, reason)
    journal.record([line_of(row, event, china_day(now))], actor=actor, now=now)


def _answer(row: Suspicion, answer: str, danger: int | None, reason: str, *, actor: Actor, now: datetime) -> None:
    """Write the answer if nobody was faster."""
    told = {"answer": answer, "danger_id": danger, "reason": reason, "answered_at": now, "answered_by_id": actor.id}
    if not Suspicion.unscoped.filter(pk=row.pk, answer="open").update(**told):
        raise Conflict("suspicion:already-answered")


def line_of(row: Suspicion, event: Event, on: date) -> Line:
    """Return the journal's line of what happened to a suspicion."""
    chain = f"enterprise:{row.enterprise_id}" if row.enterprise_id is not None else "system"
    return Line(event, f"suspicion/{row.pk}", chain, on)
