"""Writes of standards: facts recorded and asked for, enterprises judged. One function a use case, one transaction each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from zhiben.journal import public as journal
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.kernel.periods import local_day
from zhiben.law import facts as vocabulary
from zhiben.law.judge import Determination as Judgement
from zhiben.law.judge import judge, judge_all
from zhiben.law.standards import Standard
from zhiben.law.subject import subject_of
from zhiben.orgs.domain.industries import slugs_of
from zhiben.orgs.models import Enterprise
from zhiben.orgs.public import enterprise_place
from zhiben.standards.domain.editions import digest_of
from zhiben.standards.domain.freshness import FactSource, fresh_until
from zhiben.standards.events import DeterminationMade, FactsAsked, FactsRecorded
from zhiben.standards.models import Determination, Fact, FactRequest
from zhiben.standards.permissions import DeterminationPermission, FactPermission
from zhiben.standards.selectors import enterprise_to_judge, fact_values, facts_of


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


@transaction.atomic
def record_facts(enterprise_id: int, facts: Sequence[NewFact], *, actor: Actor, now: datetime) -> list[Fact]:
    """Keep values of facts of one enterprise and answer the requests that waited for them."""
    enterprise = enterprise_to_judge(actor, enterprise_id)
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
    journal.record(
        [
            _line(enterprise, FactsRecorded(enterprise.pk, values, source, text), day)
            for (source, text, day), values in by_source.items()
        ],
        actor=actor,
        now=now,
    )
    return rows


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
                **_hangs_on(enterprise), name=name, clauses=list(clauses_of[name]), asked_at=now, asked_by=actor.id
            )
            for name in fresh
        )
    except IntegrityError as problem:
        raise Conflict("fact:already-asked", names=", ".join(fresh)) from problem
    if fresh:
        journal.record([_line(enterprise, FactsAsked(enterprise.pk, fresh), local_day(now))], actor=actor, now=now)
    return fresh


@transaction.atomic
def judge_enterprise(
    enterprise_id: int, *, day: date, actor: Actor, now: datetime, standards: Iterable[str] | None = None
) -> list[Determination]:
    """Judge an enterprise on a day by the standards of its industries in force that day (or by those named); keep it."""
    enterprise = enterprise_to_judge(actor, enterprise_id)
    require(actor, DeterminationPermission.MAKE, enterprise_place(enterprise))
    held = facts_of(actor, enterprise_id, day=day)
    given = {**fact_values(held.values(), day), "industries": slugs_of(enterprise.industries_mask)}
    judged = judge_all(given, day) if standards is None else tuple(judge(id_, given, day) for id_ in standards)
    kept = {name: _kept(known, day) for name, known in held.items()}
    rows = [_determination(enterprise, one, kept, actor=actor, now=now) for one in judged]
    rows = Determination.unscoped.bulk_create(rows)
    journal.record([_line(enterprise, _made(enterprise, row), day) for row in rows], actor=actor, now=now)
    return rows


def _hangs_on(enterprise: Enterprise) -> dict[str, Any]:
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
        **_hangs_on(enterprise),
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


def _determination(
    enterprise: Enterprise, judged: Judgement, kept: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Determination:
    answer, used = judged.as_json(), _names(judged.standard)
    return Determination(
        **_hangs_on(enterprise),
        standard=judged.standard.id,
        edition=judged.standard.document,
        law_digest=digest_of(judged.standard.id),
        day=judged.day,
        verdict=answer["verdict"],
        coverage={**answer["coverage"], "warnings": answer["warnings"]},
        clauses=answer["clauses"],
        facts={name: fact for name, fact in kept.items() if name in used},
        judged_at=now,
        judged_by=actor.id,
    )


def _names(standard: Standard) -> frozenset[str]:
    """Return the facts that some clause of the standard asks for, looks included."""
    by_rule = {name for clause in standard.clauses for name in clause.facts}
    return frozenset(by_rule | {f"{vocabulary.SEEN}{standard.id}/{clause.ref}" for clause in standard.clauses})


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


def _kept(known: Any, day: date) -> dict[str, Any]:
    return {
        "value": known.value,
        "day": known.day.isoformat(),
        "source": known.source.value,
        "id": known.id,
        "fresh": known.is_fresh(day),
    }


def _made(enterprise: Enterprise, row: Determination) -> DeterminationMade:
    present = [c["clause"] for c in row.clauses if c["verdict"] == "present" and not c.get("element")]
    unknown = sum(c["verdict"] == "unknown" for c in row.clauses)
    return DeterminationMade(enterprise.pk, row.standard, row.edition, row.verdict, present, unknown)


def _line(enterprise: Enterprise, event: journal.Event, day: date) -> journal.Line:
    return journal.Line(event, f"enterprise/{enterprise.pk}", f"enterprise:{enterprise.pk}", day)
