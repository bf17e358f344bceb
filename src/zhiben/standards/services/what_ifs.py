"""A what-if asked for: at once where few enterprises are concerned, else by a worker. Nothing is written to records."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhiben.clocks.models import Job
from zhiben.clocks.public import JobView, StepResult, enqueue, jobs_for
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import NotFound
from zhiben.kernel.ids import uuid7
from zhiben.kernel.periods import local_day
from zhiben.law.drafts import read_draft
from zhiben.law.standards import standard
from zhiben.law.trials import Trial, trial
from zhiben.orgs.models import Unit
from zhiben.orgs.public import unit_for, unit_place
from zhiben.standards.permissions import DeterminationPermission
from zhiben.standards.regional import editions_in_force
from zhiben.standards.trying import AT_ONCE, Part, Summed, part_after, what_if_among, within

JOB = "determination:what-if"


@dataclass(frozen=True, slots=True)
class Wish:
    """What to try: drafts as YAML, editions held that are not in force, changed values; on which day's facts and law."""

    packs: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    day: date | None = None

    def trial(self, today: date) -> Trial:
        """Return what would hold otherwise; refuse what cannot be read, with place and reason."""
        drafts = [*map(read_draft, self.packs), *map(standard, self.editions)]
        day = self.day or today
        return trial(day, drafts=drafts, changes=self.changes, holding=editions_in_force(day))

    def as_json(self) -> dict[str, Any]:
        """Return it as a job holds it."""
        day = self.day.isoformat() if self.day else None
        return {"packs": list(self.packs), "editions": list(self.editions), "changes": list(self.changes), "day": day}

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Wish":
        """Read it back."""
        day = date.fromisoformat(told["day"]) if told["day"] else None
        return cls(tuple(told["packs"]), tuple(told["editions"]), tuple(told["changes"]), day)


def ask_what_if(unit_id: int, wish: Wish, *, actor: Actor, now: datetime) -> dict[str, Any] | UUID:
    """Return what would differ; where many enterprises are concerned, the number of the job that finds out."""
    unit = unit_for(actor, unit_id)
    require(actor, DeterminationPermission.VIEW, unit_place(unit))
    tried = wish.trial(local_day(now))
    concerned = within(actor, unit).count()
    if concerned <= AT_ONCE:
        return what_if_among(actor, unit, tried, list(within(actor, unit).values_list("pk", flat=True)))
    told = {"unit": unit.pk, **wish.as_json(), "day": tried.day.isoformat()}
    key = f"{JOB}/{uuid7()}"
    return enqueue(JOB, told, key=key, total=concerned, place=unit_place(unit), actor=actor, now=now)


def what_if_part(job: JobView) -> tuple[Part, Summed]:
    """Judge the next enterprises by both."""
    unit, tried = Unit.objects.get(pk=job.arguments["unit"]), Wish.of(job.arguments).trial(local_day(job.now))
    told = job.result.get("told")
    summed = Summed.resumed(tried, unit, told) if told else Summed.begun(tried, unit)
    return part_after(job.actor, unit, tried, int(job.result.get("after", 0)), now=job.now), summed


def add_part(job: JobView) -> StepResult:
    """Add what differs among them."""
    part, summed = job.prepared
    summed.add(part)
    last = part.enterprises[-1] if part.enterprises else job.result.get("after", 0)
    told = summed.as_json() if part.is_last else summed.told
    return StepResult(advance=len(part.enterprises), finished=part.is_last, result={"after": last, "told": told})


def what_if_for(actor: Actor, job_id: UUID) -> Job:
    """Return a what-if that a worker does or did: only to whoever asked, whose reach it was cut to."""
    job = jobs_for(actor).filter(pk=job_id, kind=JOB, actor_id=actor.id).first()
    if job is None:
        raise NotFound("job:not-found")
    return job
