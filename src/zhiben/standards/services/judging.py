"""Judging an enterprise by the standards in force on a day, and keeping what they say with the facts it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from zhiben.journal import public as journal
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import NotFound
from zhiben.kernel.periods import local_day
from zhiben.law import facts as vocabulary
from zhiben.law.changes import Judged, changes
from zhiben.law.facts import INDUSTRIES
from zhiben.law.judge import Determination as Judgement
from zhiben.law.judge import Verdict, judge, judge_all
from zhiben.law.likening import difference, follows
from zhiben.law.standards import Standard, held, standard
from zhiben.law.subject import subject_of
from zhiben.orgs.domain.industries import slugs_of
from zhiben.orgs.models import Enterprise
from zhiben.orgs.public import enterprise_place
from zhiben.standards.domain.editions import digest_of
from zhiben.standards.domain.freshness import Known
from zhiben.standards.events import DeterminationMade, VerdictsChanged
from zhiben.standards.models import Determination, Rejudging
from zhiben.standards.permissions import DeterminationPermission
from zhiben.standards.regional import editions_at
from zhiben.standards.selectors import enterprise_to_judge, facts_of, judged_by, standing_of
from zhiben.standards.services.recording import hangs_on, line_of


@transaction.atomic
def judge_enterprise(
    enterprise_id: int, *, day: date, actor: Actor, now: datetime, standards: Iterable[str] | None = None
) -> list[Determination]:
    """Judge an enterprise on a day by the standards of its industries in force that day (or by those named); keep it."""
    enterprise = enterprise_to_judge(actor, enterprise_id)
    require(actor, DeterminationPermission.MAKE, enterprise_place(enterprise))
    Rejudging.objects.select_for_update().filter(pk=enterprise.pk).first()  # one judges at a time: none replaces twice
    given = judged_by(actor, enterprise, day=day)
    judged = (
        judge_all(given, day, also=editions_at(enterprise.path, day))
        if standards is None
        else tuple(judge(_binding(id_, enterprise), given, day) for id_ in standards)
    )
    before = standing_of(enterprise.pk) if day == local_day(now) else []
    rows = keep(enterprise, judged, day=day, actor=actor, now=now)
    lines = [line_of(enterprise, made(enterprise, row), day) for row in rows]
    journal.record([*lines, *replace_standing(enterprise, before, rows, day=day)], actor=actor, now=now)
    return rows


def _binding(id_: str, enterprise: Enterprise) -> str:
    """Return a standard that may be asked of an enterprise: a region's own only inside the region."""
    known = held(id_)
    if known is not None and not enterprise.path.startswith(known.region):
        raise NotFound("standard:unknown", field="standard", standard=id_)
    return id_


def keep(
    enterprise: Enterprise, judged: Iterable[Judgement], *, day: date, actor: Actor, now: datetime
) -> list[Determination]:
    """Keep judgements with the facts they rest on. One asked for a past day stands for that day only."""
    held = facts_of(actor, enterprise.pk, day=day)
    kept = {name: _kept(known, day) for name, known in held.items()}
    rows = [_determination(enterprise, one, kept, actor=actor, now=now) for one in judged]
    if day < local_day(now):
        for row in rows:
            row.until = day + timedelta(days=1)
    return Determination.unscoped.bulk_create(rows)


def replace_standing(
    enterprise: Enterprise, before: Sequence[Determination], rows: Sequence[Determination], *, day: date
) -> list[journal.Line]:
    """End what these determinations replace; return the journal's lines of every verdict that changed."""
    lines = []
    for row in rows:
        known = standard(row.standard)
        replaced = [one for one in before if one.standard == row.standard or _follows(one.standard, known)]
        Determination.unscoped.filter(pk__in=[one.pk for one in replaced], until=None).update(until=day)
        newest = max(replaced, key=lambda one: (one.day, one.pk), default=None)
        told = verdicts_changed(newest, row) if newest is not None else None
        if told is not None:
            lines.append(changed_line(enterprise, told, day))
    return lines


def changed_line(enterprise: Enterprise, event: VerdictsChanged, day: date) -> journal.Line:
    """Return the journal's line of changed verdicts, under a subject of their own."""
    return journal.Line(event, f"verdicts/{enterprise.pk}", f"enterprise:{enterprise.pk}", day)


def verdicts_changed(before: Determination, after: Determination) -> VerdictsChanged | None:
    """Compare two kept determinations; None where every clause answers as before."""
    old, new = judged_of(before), judged_of(after)
    if old is None or new is None:
        return None
    changed = changes(old, new)
    moved = _moved_present(old, new)
    if not changed and not moved and before.verdict == after.verdict:
        return None
    return VerdictsChanged(
        enterprise=after.enterprise_id or 0,
        determination=after.pk,
        replaced=before.pk,
        standard_before=before.standard,
        standard=after.standard,
        verdict_before=before.verdict,
        verdict=after.verdict,
        changes=[each.as_json() for each in changed],
        moved=moved,
    )


def judged_of(row: Determination) -> Judged | None:
    """Return a kept determination as something to compare; None where its edition is no longer held."""
    known = held(row.standard)
    if known is None:
        return None
    fresh = {name: fact["value"] for name, fact in row.facts.items() if fact["fresh"]}
    verdicts = {each["clause"]: Verdict(each["verdict"]) for each in row.clauses}
    given = {**fresh, INDUSTRIES: slugs_of(row.industries_mask)}
    return Judged(known, row.day, verdicts, subject_of(given))


def _moved_present(before: Judged, after: Judged) -> list[dict[str, str]]:
    if before.standard is after.standard:
        return []
    becomes = difference(before.standard, after.standard).becomes
    return [
        {"clause_before": ref, "clause": becomes[ref]}
        for ref, verdict in before.verdicts.items()
        if verdict is Verdict.PRESENT and after.verdicts.get(becomes.get(ref, "")) is Verdict.PRESENT
    ]


def _follows(before: str, after: Standard) -> bool:
    known = held(before)
    return known is not None and follows(known, after)


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


def _names(known: Standard) -> frozenset[str]:
    """Return the facts that some clause of the standard asks for, looks included."""
    by_rule = {name for clause in known.clauses for name in clause.facts}
    return frozenset(by_rule | {f"{vocabulary.SEEN}{known.id}/{clause.ref}" for clause in known.clauses})


def _kept(known: Known, day: date) -> dict[str, Any]:
    return {
        "value": known.value,
        "day": known.day.isoformat(),
        "source": known.source.value,
        "id": known.id,
        "fresh": known.is_fresh(day),
    }


def made(enterprise: Enterprise, row: Determination) -> DeterminationMade:
    """Return what the journal says of a determination."""
    present = [c["clause"] for c in row.clauses if c["verdict"] == "present" and not c.get("element")]
    unknown = sum(c["verdict"] == "unknown" for c in row.clauses)
    return DeterminationMade(enterprise.pk, row.standard, row.edition, row.verdict, present, unknown)
