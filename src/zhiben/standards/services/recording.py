"""Facts of an enterprise: recorded, with photos that prove them; and asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import IO, Any

from django.db import IntegrityError, transaction

from zhiben.files.public import HEIC, PICTURES, FileKept, keep_file
from zhiben.journal import public as journal
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.kernel.ids import uuid7
from zhiben.kernel.periods import local_day
from zhiben.law import facts as vocabulary
from zhiben.law.subject import subject_of
from zhiben.orgs.models import Enterprise
from zhiben.orgs.public import enterprise_place
from zhiben.standards.domain.freshness import FactSource, fresh_until
from zhiben.standards.events import FactsAsked, FactsRecorded
from zhiben.standards.models import Fact, FactRequest
from zhiben.standards.permissions import FactPermission
from zhiben.standards.selectors import enterprise_to_judge


@dataclass(frozen=True, slots=True)
class NewFact:
    """A value to record. Numbers may be whole or text (`"0.35"`): no floats in law."""

    name: str
    value: Any
    day: date
    source: FactSource = FactSource.PERSON
    source_text: str = ""
    evidence: Sequence[str] = field(default=())
    fresh_days: int | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that proves a fact, as it comes in."""

    stream: IO[bytes]
    name: str


@transaction.atomic
def record_facts(enterprise_id: int, facts: Sequence[NewFact], *, actor: Actor, now: datetime) -> list[Fact]:
    """Keep values of facts of one enterprise and answer the requests that waited for them."""
    enterprise = enterprise_to_judge(actor, enterprise_id)
    rows, lines = _insert(enterprise, facts, actor=actor, now=now)
    journal.record(lines, actor=actor, now=now)
    return rows


@transaction.atomic
def record_with_photos(
    enterprise_id: int, new: NewFact, photos: Sequence[Photo], *, actor: Actor, now: datetime
) -> Fact:
    """Keep one fact with the photos that prove it: all of it or nothing."""
    enterprise = enterprise_to_judge(actor, enterprise_id)
    ids = [uuid7() for _ in photos]
    new = replace(new, evidence=[*new.evidence, *map(str, ids)])
    (row,), lines = _insert(enterprise, [new], actor=actor, now=now)
    for id_, photo in zip(ids, photos, strict=True):
        kept = keep_file(
            photo.stream, photo.name, subject=f"fact/{row.pk}", place=enterprise_place(enterprise), unit_id=row.unit_id,
            actor=actor, now=now, purpose="evidence", file_id=id_, allowed=PICTURES | {HEIC},
        )  # fmt: skip
        told = FileKept(str(kept.id), kept.sha256, kept.size, kept.type, kept.purpose, kept.name)
        lines.append(line_of(enterprise, told, row.day))
    journal.record(lines, actor=actor, now=now)
    return row


def _insert(
    enterprise: Enterprise, facts: Sequence[NewFact], *, actor: Actor, now: datetime
) -> tuple[list[Fact], list[journal.Line]]:
    """Write facts, answer the requests for them, and return the journal's lines."""
    require(actor, FactPermission.RECORD, enterprise_place(enterprise))
    for new in facts:
        _check_fact(new, today=local_day(now))
    rows = Fact.unscoped.bulk_create(_row(enterprise, new, actor, now) for new in facts)
    for row in rows:
        FactRequest.unscoped.filter(enterprise=enterprise, name=row.name, answered_at__isnull=True).update(
            answered_at=now, answer=row
        )
    by_source: dict[tuple[str, str, date], list[dict[str, Any]]] = {}
    for row in rows:
        written = {"name": row.name, "value": _written(row.value)}
        by_source.setdefault((row.source, row.source_text, row.day), []).append(written)
    return rows, [
        line_of(enterprise, FactsRecorded(enterprise.pk, values, source, text), day)
        for (source, text, day), values in by_source.items()
    ]


@transaction.atomic
def ask_for_facts(
    enterprise_id: int, clauses_of: Mapping[str, Sequence[str]], *, actor: Actor, now: datetime
) -> list[str]:
    """Ask for facts (name → clauses that wait for it); return the names newly asked. Asked twice is asked once."""
    enterprise = enterprise_to_judge(actor, enterprise_id)
    require(actor, FactPermission.ASK, enterprise_place(enterprise))
    for name in clauses_of:
        subject_of({name: None})  # refuses a name that no rule asks for
    open_ = FactRequest.unscoped.filter(enterprise=enterprise, answered_at__isnull=True, name__in=list(clauses_of))
    asked = set(open_.values_list("name", flat=True))
    fresh = [name for name in clauses_of if name not in asked]
    try:
        FactRequest.unscoped.bulk_create(
            FactRequest(
                **hangs_on(enterprise), name=name, clauses=list(clauses_of[name]), asked_at=now, asked_by=actor.id
            )
            for name in fresh
        )
    except IntegrityError as problem:
        raise Conflict("fact:already-asked", names=", ".join(fresh)) from problem
    if fresh:
        journal.record([line_of(enterprise, FactsAsked(enterprise.pk, fresh), local_day(now))], actor=actor, now=now)
    return fresh


def hangs_on(enterprise: Enterprise) -> dict[str, Any]:
    """Return the columns of what belongs to an enterprise as a whole: it hangs on the registered site."""
    if enterprise.registered_site_id is None:
        raise Invalid("enterprise:no-registered-site", enterprise=enterprise.name)
    return {
        "unit_id": enterprise.registered_site_id,
        "path": enterprise.path,
        "enterprise": enterprise,
        "party": enterprise,
        "industries_mask": enterprise.industries_mask,
    }


def _row(enterprise: Enterprise, new: NewFact, actor: Actor, now: datetime) -> Fact:
    return Fact(
        **hangs_on(enterprise),
        name=new.name,
        value=new.value,
        day=new.day,
        source=new.source,
        source_text=new.source_text,
        evidence=list(new.evidence),
        fresh_until=fresh_until(new.day, new.source, new.fresh_days),
        recorded_at=now,
        recorded_by=actor.id,
    )


def _check_fact(new: NewFact, *, today: date) -> None:
    """Refuse what the law's vocabulary does not know, a value of the wrong kind, a day to come."""
    if new.name in vocabulary.RESERVED:
        raise Invalid("fact:not-recorded-here", field=new.name)
    if new.day > today:
        raise Invalid("fact:in-the-future", field=new.name, day=new.day.isoformat())
    if new.value is None:
        raise Invalid("fact:no-value", field=new.name)
    subject_of({new.name: new.value})


def _written(value: Any) -> Any:
    """Return a value as the journal writes it: what is no whole number as text, as it was typed."""
    return str(value) if isinstance(value, float) else value


def line_of(enterprise: Enterprise, event: journal.Event, day: date) -> journal.Line:
    """Return the journal's line of what happened to an enterprise."""
    return journal.Line(event, f"enterprise/{enterprise.pk}", f"enterprise:{enterprise.pk}", day)
