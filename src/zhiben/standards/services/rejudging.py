"""Judging again when facts or law change: each verdict that changed is journalled with old, new and why.

One enterprise is judged again when facts of it were recorded and when one grows stale: its row in `Rejudging` holds the
next moment. An edition that takes effect, ends or was corrected concerns thousands: a job goes through them in parts.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from zhiben.clocks.public import JobView, StepResult, enqueue, sweep_rows
from zhiben.journal import public as journal
from zhiben.journal.public import Line, Recorded
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.periods import CHINA, local_day
from zhiben.law.changes import ended
from zhiben.law.judge import Determination as Judgement
from zhiben.law.judge import judge_all
from zhiben.law.likening import follows
from zhiben.law.standards import held, standards
from zhiben.orgs.models import Enterprise
from zhiben.standards.domain.editions import digest_of
from zhiben.standards.events import VerdictsChanged
from zhiben.standards.models import Determination, EditionSeen, Rejudging
from zhiben.standards.regional import all_editions, editions_at
from zhiben.standards.selectors import facts_of, judged_by, standing_of
from zhiben.standards.services.judging import changed_line, judged_of, keep, made, replace_standing
from zhiben.standards.services.recording import line_of

SWEEP, JOB = "determination:rejudge", "determination:rejudge-all"
PART = 20  # enterprises a step of the job
RECORDED, MADE = "fact:recorded", "determination:made"


def note_due(entries: Sequence[Recorded], now: datetime) -> None:
    """Let who was judged be judged again when facts of it came in; who was judged first, be watched from now on."""
    judged = {entry.body["enterprise"] for entry in entries if entry.code == MADE}
    there = Enterprise.objects.filter(pk__in=judged).values_list("pk", flat=True)
    Rejudging.objects.bulk_create([Rejudging(pk=pk, next_at=now) for pk in sorted(there)], ignore_conflicts=True)
    told = {entry.body["enterprise"] for entry in entries if entry.code == RECORDED}
    later = Q(next_at=None) | Q(next_at__gt=now)
    Rejudging.objects.filter(later, pk__in=sorted(told)).update(next_at=now)


def sweep_due(now: datetime) -> int:
    """Judge again whoever is due."""
    return sweep_rows(
        SWEEP,
        Rejudging.objects.all(),
        claim=lambda _: {"next_at": None},
        effect=lambda rows: _rejudge_won(rows, now),
        now=now,
    )


def _rejudge_won(rows: Sequence[Rejudging], now: datetime) -> None:
    rejudge([row.pk for row in rows], now=now)


@transaction.atomic
def rejudge(enterprise_ids: Sequence[int], *, now: datetime) -> int:
    """Judge enterprises again by today's law and facts; return how many verdicts changed."""
    lines: list[Line] = []
    for enterprise in Enterprise.objects.filter(pk__in=enterprise_ids).order_by("pk"):
        lines += _again(enterprise, now=now)
        Rejudging.objects.filter(pk=enterprise.pk).update(next_at=_next_moment(enterprise, local_day(now)))
    journal.record(lines, actor=SYSTEM, now=now)
    return sum(len(line.event.changes) for line in lines if isinstance(line.event, VerdictsChanged))


def _again(enterprise: Enterprise, *, now: datetime) -> list[Line]:
    """Keep what is judged otherwise than before; return the journal's lines."""
    day, before = local_day(now), standing_of(enterprise.pk)
    if not before or enterprise.registered_site_id is None:
        return []
    judged = judge_all(judged_by(SYSTEM, enterprise, day=day), day, also=editions_at(enterprise.path, day))
    fresh = [one for one in judged if _differs(one, before, enterprise)]
    rows = keep(enterprise, fresh, day=day, actor=SYSTEM, now=now)
    lines = [line_of(enterprise, made(enterprise, row), day) for row in rows]
    held = {one.standard.id for one in judged}
    left = [one for one in before if one.standard not in held and not _is_followed(one, judged)]
    return [*lines, *replace_standing(enterprise, before, rows, day=day), *_end(enterprise, left, day)]


def _differs(judged: Judgement, before: Sequence[Determination], enterprise: Enterprise) -> bool:
    """Tell whether a judgement says something new, or rests on another text of the law than the kept one."""
    kept = next((one for one in before if one.standard == judged.standard.id), None)
    if kept is None:
        forerun = any(_known_follows(one.standard, judged) for one in before)
        since = judged.standard.effective is not None and judged.standard.effective > max(one.day for one in before)
        return forerun or since or any(one.industries_mask != enterprise.industries_mask for one in before)
    old = {each["clause"]: each["verdict"] for each in kept.clauses}
    new = {each.clause: each.verdict.value for each in judged.clauses}
    return old != new or kept.verdict != judged.verdict.value or kept.law_digest != digest_of(judged.standard.id)


def _known_follows(before: str, judged: Judgement) -> bool:
    known = held(before)
    return known is not None and follows(known, judged.standard)


def _is_followed(row: Determination, judged: Sequence[Judgement]) -> bool:
    return any(_known_follows(row.standard, one) for one in judged)


def _end(enterprise: Enterprise, left: Sequence[Determination], day: date) -> list[Line]:
    """End what no longer holds for the enterprise: its standard is out of force, or its industries are others now."""
    lines = []
    for row in left:
        known = held(row.standard)
        if known is not None and known.in_force(day) and row.industries_mask == enterprise.industries_mask:
            continue  # judged by name, though it does not speak to the industries
        if not Determination.unscoped.filter(pk=row.pk, until=None).update(until=day):
            continue
        judged = judged_of(row)
        told = [each.as_json() for each in ended(judged)] if judged else []
        event = VerdictsChanged(enterprise.pk, None, row.pk, row.standard, "", row.verdict, "", told, [])
        lines.append(changed_line(enterprise, event, day))
    return lines


def _next_moment(enterprise: Enterprise, day: date) -> datetime | None:
    """Return when the first fact that counts today grows stale."""
    ends = [known.fresh_until for known in facts_of(SYSTEM, enterprise.pk, day=day).values() if known.is_fresh(day)]
    return datetime.combine(min(ends), time(), CHINA) if ends else None


@transaction.atomic
def note_editions(now: datetime) -> int:
    """Queue one job where an edition took effect, ended, or its text was corrected since the last look."""
    day = local_day(now)
    seen = {row.standard: (row.digest, row.in_force) for row in EditionSeen.objects.all()}
    every = [*standards().values(), *all_editions()]
    stand = {known.id: (digest_of(known.id), known.in_force(day)) for known in every}
    differing = [id_ for id_ in sorted(stand) if seen.get(id_) != stand[id_]]
    if not differing:
        return 0
    EditionSeen.objects.bulk_create(
        [EditionSeen(standard=id_, digest=stand[id_][0], in_force=stand[id_][1]) for id_ in differing],
        update_conflicts=True,
        unique_fields=["standard"],
        update_fields=["digest", "in_force"],
    )
    concerned = [id_ for id_ in differing if stand[id_][1] or seen.get(id_, ("", False))[1]]
    judged = Rejudging.objects.count()
    if not concerned or not judged:
        return 0
    told = hashlib.sha256(repr([(id_, stand[id_]) for id_ in concerned]).encode()).hexdigest()[:16]
    key = f"{JOB}:{day.isoformat()}:{told}"
    enqueue(JOB, {"standards": concerned}, key=key, actor=SYSTEM, now=now, total=judged)
    return 1


@transaction.atomic
def rejudge_part(job: JobView) -> StepResult:
    """Judge the next enterprises again; what was done stays done if the worker is lost."""
    after = int(job.result.get("after", 0))
    rows = Rejudging.objects.select_for_update().filter(pk__gt=after).order_by("pk")[:PART]
    ids = [row.pk for row in rows]
    changed = int(job.result.get("changed", 0)) + rejudge(ids, now=job.now)
    last = ids[-1] if ids else after
    return StepResult(advance=len(ids), finished=len(ids) < PART, result={"after": last, "changed": changed})


LOOK_EVERY = timedelta(minutes=10)
