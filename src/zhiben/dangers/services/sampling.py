"""Drawing samples: the seed and the population go into the journal in one transaction, the draw happens in the next.

So nobody can try seeds until one suits them: every seed that was made stands there for good, used or not.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from zhiben.clocks.public import sweep_rows
from zhiben.dangers.domain.clock import china_day, moment
from zhiben.dangers.domain.habits import Habits
from zhiben.dangers.domain.kinds import Level, State
from zhiben.dangers.domain.sampling import METHOD, Population, drawn, frame_hash, size_of
from zhiben.dangers.events import SampleDrawn, SampleSeeded
from zhiben.dangers.models import Danger, Lookback, Sample
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.samples import population_of, sample_for
from zhiben.dangers.selectors.standing import Mover, habits
from zhiben.dangers.services.planning_back import new_lookback
from zhiben.journal import public as journal
from zhiben.journal.public import Line, Recorded
from zhiben.kernel.actor import SYSTEM, Actor, require
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed
from zhiben.orgs.models import Department, Unit
from zhiben.orgs.public import unit_at, unit_place

SWEEP = "danger:sample"
SEED_BYTES = 16
GRACE = timedelta(minutes=1)  # after which the sweep draws what somebody seeded and did not draw
EARLY = time(6)
LATELY = timedelta(days=62)  # further back nothing is drawn when the journal is read anew
MOST_PERCENT = 100


@transaction.atomic
def seed_sample(
    where: str,
    population: Population,
    since: date,
    until: date,
    percent: int,
    *,
    actor: Actor,
    now: datetime,
) -> Sample:
    """Make a seed for dangers signed off in a unit from `since` to before `until`, and tell both to the journal."""
    unit = unit_at(where)
    require(actor, DangerPermission.SAMPLE, unit_place(unit))
    mover = Mover(actor)
    if not mover.is_supervisor:
        raise NotAllowed("danger:other-department")
    _check(since, until, percent, china_day(now))
    frame = population_of(actor, unit, population, since, until)
    if not frame:
        raise Invalid("sample:nothing-to-draw", field="population")
    row = Sample(
        unit=unit,
        path=unit.path,
        department=mover.department,
        population=str(population),
        since=since,
        until=until,
        percent=percent,
        key=f"by-hand:{secrets.token_hex(SEED_BYTES)}",
        state="seeded",
        next_at=now + GRACE,
        account_id=actor.id,
        **_seeded(frame, percent, now),
    )
    row.save(force_insert=True)
    journal.record([_seed_line(row, china_day(now))], actor=actor, now=now)
    return row


def _check(since: date, until: date, percent: int, today: date) -> None:
    if until <= since:
        raise Invalid("sample:days-out-of-order", field="until")
    if until > today + timedelta(1):
        raise Invalid("sample:days-ahead", field="until")
    if not 1 <= percent <= MOST_PERCENT:
        raise Invalid("sample:percent-impossible", field="percent")


def _seeded(frame: Sequence[str], percent: int, now: datetime) -> dict[str, Any]:
    return {
        "seed": secrets.token_hex(SEED_BYTES),
        "frame": list(frame),
        "frame_hash": frame_hash(frame),
        "size": size_of(len(frame), percent),
        "seeded_at": now,
    }


@transaction.atomic
def draw_sample(sample_id: int, *, actor: Actor, now: datetime) -> Sample:
    """Draw by the seed that stands in the journal; each danger drawn becomes a task."""
    row = sample_for(actor, sample_id)
    require(actor, DangerPermission.SAMPLE, row.place)
    if not Sample.unscoped.filter(pk=row.pk, state="seeded").update(state="drawn", drawn_at=now, next_at=None):
        raise Conflict("sample:already-drawn")
    journal.record([_draw(row, habits(), now)], actor=actor, now=now)
    row.refresh_from_db()
    return row


def _draw(row: Sample, customs: Habits, now: datetime) -> Line:
    """Make the tasks of a sample; return what the journal must say of it."""
    uids = drawn(row.frame, row.seed, row.size)
    due_on = china_day(now) + timedelta(customs.sample_days)
    found = Danger.unscoped.filter(uid__in=uids, state=State.SIGNED_OFF)  # one reopened meanwhile needs no look-back
    tasks = [new_lookback(one, one.closed_on or due_on, due_on, customs, now, sample=row) for one in found]
    Lookback.unscoped.bulk_create(tasks)
    return _line(row, SampleDrawn(row.pk, len(uids), uids), china_day(now))


def sweep_samples(now: datetime, *, limit: int = 100) -> int:
    """Seed the samples whose month is over, and draw those seeded. Safe to run twice at once."""
    customs = habits()
    return sweep_rows(
        SWEEP,
        Sample.unscoped.filter(next_at__isnull=False).select_related("unit"),
        claim=partial(_claim, now=now),
        effect=partial(_effect, customs=customs, now=now),
        now=now,
        limit=limit,
        batch=1,
    )


def _claim(row: Sample, *, now: datetime) -> Mapping[str, Any]:
    if row.state != "planned":
        return {"state": "drawn", "drawn_at": now, "next_at": None}
    kind = Population(row.population)
    frame = population_of(SYSTEM, row.unit, kind, row.since, row.until, department=row.department_id)
    if not frame:
        return {"next_at": None}
    return {"state": "seeded", "next_at": now + GRACE, **_seeded(frame, row.percent, now)}


def _effect(won: Sequence[Sample], *, customs: Habits, now: datetime) -> None:
    was = {row.pk: row.state for row in won}
    lines = []
    for row in Sample.unscoped.filter(pk__in=was).exclude(state="planned").order_by("pk"):
        lines.append(_seed_line(row, china_day(now)) if was[row.pk] == "planned" else _draw(row, customs, now))
    journal.record(lines, actor=SYSTEM, now=now)


def plan_samples(entries: Sequence[Recorded], now: datetime) -> None:
    """Plan one sample for each department and month in which a general one was signed off; not for years gone by."""
    percent = habits().sample_percent
    since = china_day(now) - LATELY
    closed = {entry.body["danger"]: entry.on for entry in entries if entry.on >= since}
    if not percent or not closed:
        return
    rows = Danger.unscoped.filter(
        pk__in=closed, level=Level.GENERAL, is_self_accepted=False, department__isnull=False
    ).values_list("pk", "department")
    months = {(department, closed[pk].replace(day=1)) for pk, department in rows if department is not None}
    homes = {
        one.pk: one.unit for one in Department.objects.filter(pk__in={d for d, _ in months}).select_related("unit")
    }
    planned = [_monthly(department, homes[department], month, percent) for department, month in sorted(months)]
    Sample.unscoped.bulk_create(planned, ignore_conflicts=True)


def _monthly(department: int, unit: Unit, month: date, percent: int) -> Sample:
    until = (month + timedelta(days=31)).replace(day=1)
    return Sample(
        unit=unit,
        path=unit.path,
        department_id=department,
        population=str(Population.GENERAL),
        since=month,
        until=until,
        percent=percent,
        key=f"month:{month:%Y-%m}:department:{department}",
        next_at=moment(until, EARLY),
    )


def _seed_line(row: Sample, on: date) -> Line:
    event = SampleSeeded(
        sample=row.pk,
        unit=row.unit_id,
        department=row.department_id,
        population=row.population,
        since=row.since.isoformat(),
        until=row.until.isoformat(),
        percent=row.percent,
        seed=row.seed,
        frame_size=len(row.frame),
        frame_hash=row.frame_hash,
        method=METHOD,
    )
    return _line(row, event, on)


def _line(row: Sample, event: SampleSeeded | SampleDrawn, on: date) -> Line:
    chain = f"department:{row.department_id}" if row.department_id is not None else "system"
    return Line(event, f"sample/{row.pk}", chain, on)
