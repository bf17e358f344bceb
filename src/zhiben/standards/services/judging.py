"""Judging an enterprise by the standards in force on a day, and keeping what they say with the facts it rests on."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhiben.journal import public as journal
from zhiben.kernel.actor import Actor, require
from zhiben.law import facts as vocabulary
from zhiben.law.facts import INDUSTRIES
from zhiben.law.judge import Determination as Judgement
from zhiben.law.judge import judge, judge_all
from zhiben.law.standards import Standard
from zhiben.orgs.domain.industries import slugs_of
from zhiben.orgs.models import Enterprise
from zhiben.orgs.public import enterprise_place
from zhiben.standards.domain.editions import digest_of
from zhiben.standards.domain.freshness import Known
from zhiben.standards.events import DeterminationMade
from zhiben.standards.models import Determination
from zhiben.standards.permissions import DeterminationPermission
from zhiben.standards.selectors import enterprise_to_judge, fact_values, facts_of
from zhiben.standards.services.recording import hangs_on, line_of


@transaction.atomic
def judge_enterprise(
    enterprise_id: int, *, day: date, actor: Actor, now: datetime, standards: Iterable[str] | None = None
) -> list[Determination]:
    """Judge an enterprise on a day by the standards of its industries in force that day (or by those named); keep it."""
    enterprise = enterprise_to_judge(actor, enterprise_id)
    require(actor, DeterminationPermission.MAKE, enterprise_place(enterprise))
    held = facts_of(actor, enterprise_id, day=day)
    given = {**fact_values(held.values(), day), INDUSTRIES: slugs_of(enterprise.industries_mask)}
    judged = judge_all(given, day) if standards is None else tuple(judge(id_, given, day) for id_ in standards)
    kept = {name: _kept(known, day) for name, known in held.items()}
    rows = [_determination(enterprise, one, kept, actor=actor, now=now) for one in judged]
    rows = Determination.unscoped.bulk_create(rows)
    journal.record([line_of(enterprise, _made(enterprise, row), day) for row in rows], actor=actor, now=now)
    return rows


def _determination(
    enterprise: Enterprise, judged: Judgement, kept: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Determination:
    answer, used = judged.as_json(), _names(judged.standard)
    return Determination(
        **hangs_on(enterprise),
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


def _kept(known: Known, day: date) -> dict[str, Any]:
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
