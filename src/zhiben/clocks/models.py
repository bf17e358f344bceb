"""Tables of the clock: one-off jobs, the history of deadlines, and what the worker tells about itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhiben.clocks.domain.kinds import JobState, SetBy
from zhiben.kernel.actor import Place
from zhiben.kernel.ids import uuid7
from zhiben.orgs.domain.industries import slugs_of
from zhiben.orgs.fields import MaskField, PathField

JOB_STATES = [str(state) for state in JobState]
SETTERS = [str(by) for by in SetBy]


class Job(models.Model):
    """A one-off job: a row of the same clock, resumed by whoever holds its token.

    `next_at` is when a worker should look at it: at once while queued, when the lease ends while running.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=JobState.QUEUED, choices=[(s, s) for s in JOB_STATES])
    next_at = models.DateTimeField(null=True)
    token = models.UUIDField(null=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)  # takes since the last progress
    error = models.TextField(default="", blank=True)  # the refusal's code, or what broke
    error_facts = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    actor = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    path = PathField(default="", blank=True)
    enterprise = models.ForeignKey("orgs.Enterprise", null=True, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey("orgs.Enterprise", null=True, on_delete=models.PROTECT, related_name="+")
    industries_mask = MaskField(default=0)
    matter = models.CharField(max_length=40, default="", blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    actor_id: int | None
    enterprise_id: int | None
    party_id: int | None

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="job_next", condition=Q(next_at__isnull=False)),
            models.Index(fields=["actor", "-created_at"], name="job_actor_newest"),
            models.Index(fields=["-created_at"], name="job_newest"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=JOB_STATES), name="job_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"], next_at__isnull=False)
                | Q(state__in=["done", "failed", "cancelled"], next_at__isnull=True),
                name="job_ended_waits_for_nothing",
            ),
        ]

    @property
    def place(self) -> Place:
        """Where the job works, as far as access goes."""
        industries = frozenset(slugs_of(self.industries_mask))
        return Place(self.path, self.enterprise_id, self.party_id, industries, self.matter or None)


class Deadline(models.Model):
    """One entry in the history of a deadline: who set which day, by which order and clause, and why."""

    subject = models.CharField(max_length=80)  # "danger/<id>"
    kind = models.CharField(max_length=40)
    day = models.DateField()  # the last day on which it is still in time
    set_by = models.CharField(max_length=5, choices=[(s, s) for s in SETTERS])
    order = models.CharField(max_length=100, default="", blank=True)
    clause = models.CharField(max_length=200, default="", blank=True)
    reason = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    actor = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_current = models.BooleanField(default=True)

    actor_id: int | None

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "id"], name="deadline_subject")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(set_by__in=SETTERS), name="deadline_setter_known"),
            models.UniqueConstraint(
                fields=["subject", "kind"], condition=Q(is_current=True), name="deadline_one_current"
            ),
        ]


class Heartbeat(models.Model):
    """A worker's sign of life."""

    worker = models.CharField(max_length=80, primary_key=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)
    swept = models.PositiveBigIntegerField(default=0)
    stepped = models.PositiveBigIntegerField(default=0)
    error = models.TextField(default="", blank=True)
    error_at = models.DateTimeField(null=True)


class SweepState(models.Model):
    """When a sweep last ran and what went wrong with it as a whole."""

    name = models.CharField(max_length=60, primary_key=True)
    run_at = models.DateTimeField()
    moved = models.PositiveBigIntegerField(default=0)
    error = models.TextField(default="", blank=True)  # empty: the last run went well
    error_at = models.DateTimeField(null=True)


class PoisonRow(models.Model):
    """A row whose effect broke its sweep: pushed ahead and shown until it goes through."""

    sweep = models.CharField(max_length=60)
    row = models.CharField(max_length=120)  # "dangers.Danger/<id>"
    error = models.TextField()
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["sweep", "row"], name="poison_once")]
