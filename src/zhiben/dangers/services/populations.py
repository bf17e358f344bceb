"""A part of the tree judged: what is present becomes suspicions, what is missing is asked for.

Enterprises are taken a few at a time, each part in one transaction, so a run that is cut short goes on where it stood.
Run again, or twice at once, it makes nothing twice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from zhiben.clocks.public import JobState, enqueue, jobs_for, sweep_rows
from zhiben.dangers.events import JudgingPlanned, PopulationJudged
from zhiben.dangers.models import JudgingPlan, Suspicion
from zhiben.dangers.selectors.judging import JOB, to_judge
from zhiben.dangers.services.resettling import JUDGING, compare, look_at, settle
from zhiben.journal import public as journal
from zhiben.journal.public import Line, Recorded
from zhiben.kernel.actor import SYSTEM, Actor, require
from zhiben.kernel.errors import Invalid
from zhiben.kernel.ids import uuid7
from zhiben.kernel.periods import CHINA, local_day
from zhiben.orgs.models import Enterprise, Unit
from zhiben.orgs.public import actor_of, unit_for, unit_place
from zhiben.standards.public import (
    DeterminationPermission,
    FactPermission,
    Looked,
    Missing,
    ask_many,
    glanced_after,
    missing_among,
)

SWEEP, PLANS = "suspicion:rejudge", "population:plan"
AT_ONCE = 500  # enterprises a transaction
NIGHT = time(2)
MOST_DAYS = 90
COUNTED = ("raised", "kept", "withdrawn", "asked", "facts")
RECORDED = "fact:recorded"


@dataclass(frozen=True)
class Part:
    """Some enterprises, judged and weighed; nothing written yet. `looked` leaves out those at which nothing changes."""

    enterprises: Sequence[int]
    looked: Looked
    missing: Mapping[int, Missing]
    is_last: bool
    kept: int = 0  # suspicions that stand as they are, of those left out


def start_judging(unit_id: int, *, asks: bool, actor: Actor, now: datetime) -> UUID:
    """Let a worker judge a part of the tree. While one does, the same is not started again."""
    unit = _unit_to_judge(actor, unit_id, asks=asks)
    going = jobs_for(SYSTEM).filter(kind=JOB, path=unit.path, state__in=[JobState.QUEUED, JobState.RUNNING])
    mine = going.filter(actor_id=actor.id, arguments__asks=asks).values_list("pk", flat=True).first()
    return mine or _enqueue(unit, asks=asks, key=f"{JOB}/{uuid7()}", actor=actor, now=now)


def _enqueue(unit: Unit, *, asks: bool, key: str, actor: Actor, now: datetime) -> UUID:
    total = to_judge(actor, unit.path).count()
    arguments = {"unit": unit.pk, "asks": asks}
    return enqueue(JOB, arguments, key=key, total=total, place=unit_place(unit), actor=actor, now=now)


def _unit_to_judge(actor: Actor, unit_id: int, *, asks: bool) -> Unit:
    unit = unit_for(actor, unit_id)
    require(actor, DeterminationPermission.MAKE, unit_place(unit))
    if asks:
        require(actor, FactPermission.ASK, unit_place(unit))
    return unit


def next_part(actor: Actor, unit: int, after: int, *, asks: bool, now: datetime) -> Part:
    """Judge the next enterprises; reads only, so it may take its time."""
    day, path = local_day(now), Unit.objects.values_list("path", flat=True).get(pk=unit)  # it may have moved meanwhile
    rows = to_judge(actor, path)
    if not asks:
        return _part(rows, after, day, now=now)
    numbers = list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    looked = look_at(numbers, day)
    return Part(numbers, looked, missing_among(looked.members.values(), day), is_last=len(numbers) < AT_ONCE)


def _part(rows: QuerySet[Enterprise], after: int, day: date, *, now: datetime) -> Part:
    """Judge a shard of the snapshot as far as it tells; from the records only whom it does not, and where it differs."""
    stretch, glance = glanced_after(rows, after, at_most=AT_ONCE, now=now)
    compared, told = compare(glance), set(glance.enterprises)
    differing = [number for number in stretch.numbers if number in compared.unsettled or number not in told]
    here, is_last = stretch.numbers, stretch.is_last
    if len(differing) > AT_ONCE:
        differing, is_last = differing[:AT_ONCE], False
        here = [number for number in here if number <= differing[-1]]
    kept = sum(compared.kept[number] for number in set(here).difference(differing))
    return Part(here, look_at(differing, day), {}, is_last, kept)


def keep_part(
    part: Part, before: Mapping[str, Any], *, unit: int, actor: Actor, now: datetime
) -> tuple[dict[str, Any], bool]:
    """Write what follows from a part, in the caller's transaction; return the counts so far, and whether it was the last."""
    settled = settle(part.looked, now=now)
    asked = ask_many(part.missing, actor=actor, now=now)
    found = {
        "raised": settled.raised,
        "kept": settled.kept + part.kept,
        "withdrawn": settled.withdrawn,
        "asked": asked.enterprises,
        "facts": asked.facts,
    }
    counts = {name: int(before.get(name, 0)) + found[name] for name in COUNTED}
    counts["enterprises"] = int(before.get("enterprises", 0)) + len(part.enterprises)
    counts["after"] = part.enterprises[-1] if part.enterprises else int(before.get("after", 0))
    lines = [*settled.lines, *asked.lines]
    if part.is_last:
        told = {name: counts[name] for name in ("enterprises", "raised", "kept", "withdrawn", "asked")}
        lines.append(Line(PopulationJudged(unit, **told), f"unit/{unit}", "system", local_day(now)))
    journal.record(lines, actor=actor, now=now)
    return counts, part.is_last


def judge_population(
    unit: Unit, *, asks: bool, actor: Actor, now: datetime, after: int = 0, tell: Callable[[int], None] | None = None
) -> dict[str, Any]:
    """Judge a part of the tree at once, part by part; return the counts."""
    _unit_to_judge(actor, unit.pk, asks=asks)
    counts: dict[str, Any] = {"after": after}
    is_last = False
    while not is_last:
        part = next_part(actor, unit.pk, counts["after"], asks=asks, now=now)
        with transaction.atomic():
            counts, is_last = keep_part(part, counts, unit=unit.pk, actor=actor, now=now)
        if tell is not None:
            tell(len(part.enterprises))
    return counts


# by themselves -------------------------------------------------------------------------------------------------------


@transaction.atomic
def plan_judging(unit_id: int, days: int | None, *, asks: bool, actor: Actor, now: datetime) -> JudgingPlan | None:
    """Let a part of the tree be judged every so many nights; None ends it."""
    unit = _unit_to_judge(actor, unit_id, asks=asks)
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise Invalid("population:no-such-rhythm", field="days", value=days, most=MOST_DAYS)
    plan = None
    JudgingPlan.unscoped.filter(unit=unit).delete()
    if days is not None:
        told = {
            "unit": unit,
            "path": unit.path,
            "enterprise_id": unit.enterprise_id,
            "days": days,
            "asks": asks,
            "next_at": next_night(now, 1),
            "account_id": actor.id,
            "at": now,
        }
        plan = JudgingPlan.unscoped.create(**told)
    line = Line(JudgingPlanned(unit.pk, days, asks), f"unit/{unit.pk}", "system", local_day(now))
    journal.record([line], actor=actor, now=now)
    return plan


def next_night(now: datetime, days: int) -> datetime:
    """Return two o'clock in the night so many days on."""
    return datetime.combine(local_day(now) + timedelta(days=days), NIGHT, CHINA)


def sweep_plans(now: datetime) -> int:
    """Start the runs whose night has come, each for the account that wished it, with what it may do today."""

    def claim(row: JudgingPlan) -> dict[str, Any]:
        return {"next_at": next_night(now, row.days)}

    def effect(rows: Sequence[JudgingPlan]) -> None:
        for row in rows:
            actor = actor_of(row.account, now=now) if row.account else SYSTEM
            wanted = [DeterminationPermission.MAKE, *([FactPermission.ASK] if row.asks else [])]
            if all(actor.may(each, unit_place(row.unit)) for each in wanted):
                key = f"{JOB}/{row.unit_id}/{local_day(now).isoformat()}"
                _enqueue(row.unit, asks=row.asks, key=key, actor=actor, now=now)
            else:
                JudgingPlan.unscoped.filter(pk=row.pk).update(next_at=None)

    due = JudgingPlan.unscoped.filter(next_at__isnull=False).select_related("unit__enterprise", "account")
    return sweep_rows(PLANS, due, claim=claim, effect=effect, now=now)


def note_facts(entries: Sequence[Recorded], now: datetime) -> None:
    """Let suspicions be looked at again when facts of their enterprise came in; answered ones, too: they may be news."""
    told = sorted({entry.body["enterprise"] for entry in entries})
    rows = Suspicion.unscoped.filter(enterprise_id__in=told, source=JUDGING).exclude(answer="withdrawn")
    rows.exclude(judge_at__lte=now).update(judge_at=now)


def sweep_suspicions(now: datetime) -> int:
    """Judge again the enterprises whose suspicions are due."""

    def effect(rows: Sequence[Suspicion]) -> None:
        looked = look_at(sorted({row.enterprise_id for row in rows if row.enterprise_id}), local_day(now))
        journal.record(settle(looked, now=now).lines, actor=SYSTEM, now=now)

    due = Suspicion.unscoped.filter(judge_at__isnull=False)
    return sweep_rows(SWEEP, due, claim=lambda _: {"judge_at": None}, effect=effect, now=now, column="judge_at")
