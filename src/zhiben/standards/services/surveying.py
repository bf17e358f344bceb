"""Judging the whole population now and then, so that an overview opens at once and says of when it is."""

import hashlib
import zlib
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction

from zhiben.analytics.public import Determined, determine, population
from zhiben.clocks.public import JobView, StepResult, enqueue
from zhiben.kernel.actor import SYSTEM, Actor
from zhiben.kernel.errors import NotAllowed
from zhiben.kernel.periods import local_day
from zhiben.law.standards import Standard
from zhiben.orgs.models import Enterprise
from zhiben.standards.domain.editions import digest_of
from zhiben.standards.members import members
from zhiben.standards.models import Fact, Survey, SurveyClause
from zhiben.standards.permissions import DeterminationPermission
from zhiben.standards.regional import editions_in_force

JOB, SWEEP = "determination:survey", "determination:survey-due"
LOOK_EVERY, AT_MOST_EVERY = timedelta(minutes=5), timedelta(hours=1)
KEPT = 2  # a page that is being drawn may still read the one before


@transaction.atomic
def ask_for_survey(*, actor: Actor, now: datetime) -> None:
    """Have the population judged anew soon; asked twice within a minute, once."""
    if not actor.has(DeterminationPermission.MAKE):
        raise NotAllowed("access:missing-permission", permission=str(DeterminationPermission.MAKE))
    enqueue(JOB, {}, key=f"{JOB}:{now:%Y-%m-%dT%H:%M}", actor=SYSTEM, now=now)


@transaction.atomic
def survey_due(now: datetime) -> int:
    """Queue a survey where something changed since the last one, at most one an hour."""
    last = Survey.objects.defer("members").order_by("-pk").first()
    if last is not None and (last.made_at > now - AT_MOST_EVERY or not _is_old(last, now)):
        return 0
    if last is None and not Enterprise.objects.exists():
        return 0
    enqueue(JOB, {}, key=f"{JOB}:{now:%Y-%m-%dT%H}", actor=SYSTEM, now=now)
    return 1


def _is_old(last: Survey, now: datetime) -> bool:
    day = local_day(now)
    return (
        last.day != day
        or last.law != _law_of(_editions(now))
        or Fact.unscoped.filter(pk__gt=last.last_fact).exists()
        or Enterprise.objects.filter(pk__gt=last.last_enterprise).exists()
    )


def survey_step(job: JobView) -> StepResult:
    """Do it as a job of one step: reading is the long part, and nothing is half done."""
    made = survey_population(now=job.now)
    return StepResult(finished=True, result={"enterprises": made.size, "clauses": made.clauses.count()})


@transaction.atomic
def survey_population(*, now: datetime) -> Survey:
    """Judge everybody by all editions in force today; keep it in place of the survey before."""
    day, editions = local_day(now), _editions(now)
    marks = {"last_fact": _newest(Fact), "last_enterprise": _newest(Enterprise)}  # before reading: none is missed
    held = population(members(None, day=day), day)
    determined = determine(held, editions=editions)
    numbers = zlib.compress(held.enterprises.astype("<i8").tobytes())
    made = Survey.objects.create(day=day, made_at=now, size=held.size, members=numbers, law=_law_of(editions), **marks)
    SurveyClause.objects.bulk_create(_rows(made, determined), batch_size=500)
    keep = Survey.objects.order_by("-pk").values_list("pk", flat=True)[:KEPT]
    Survey.objects.exclude(pk__in=list(keep)).delete()
    return made


def _rows(made: Survey, determined: Determined) -> list[SurveyClause]:
    return [
        SurveyClause(
            survey=made,
            standard=each.standard.id,
            clause=each.clause,
            is_element=each.is_element,
            planes=zlib.compress(np.concatenate([each.applies, each.present, each.absent]).tobytes()),
        )
        for each in determined.clauses
    ]


def _newest(model: type[Fact | Enterprise]) -> int:
    manager = model.unscoped if model is Fact else model.objects
    return int(manager.order_by("-pk").values_list("pk", flat=True).first() or 0)


def _editions(now: datetime) -> list[Standard]:
    return editions_in_force(local_day(now))


def _law_of(editions: list[Standard]) -> str:
    told = [(each.id, digest_of(each.id)) for each in editions]
    return hashlib.sha256(repr(told).encode()).hexdigest()
