"""What other rooms may use of clocks."""

from zhiben.clocks.domain.days import deadline_day
from zhiben.clocks.domain.kinds import (
    JobKind,
    JobState,
    JobView,
    SetBy,
    StepResult,
    Sweep,
    Trouble,
    register_job,
    register_sweep,
    register_watch,
)
from zhiben.clocks.events import DeadlineSet
from zhiben.clocks.models import Deadline
from zhiben.clocks.selectors import current_deadlines, deadlines_of, health, job_for, jobs_for
from zhiben.clocks.services import NewDeadline, cancel_job, enqueue, retry_job, set_deadline, set_deadlines
from zhiben.clocks.sweeping import sweep_rows

__all__ = [
    "Deadline",
    "DeadlineSet",
    "JobKind",
    "JobState",
    "JobView",
    "NewDeadline",
    "SetBy",
    "StepResult",
    "Sweep",
    "Trouble",
    "cancel_job",
    "current_deadlines",
    "deadline_day",
    "deadlines_of",
    "enqueue",
    "health",
    "job_for",
    "jobs_for",
    "register_job",
    "register_sweep",
    "register_watch",
    "retry_job",
    "set_deadline",
    "set_deadlines",
    "sweep_rows",
]
