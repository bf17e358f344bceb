"""A step for many dangers: the whole, and what became of each row."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhiben.dangers.domain.bulk import BulkState, Outcome
from zhiben.dangers.models.danger import Danger
from zhiben.kernel.ids import uuid7

STATES = [str(state) for state in BulkState]
OUTCOMES = [str(outcome) for outcome in Outcome]


class BulkRun(models.Model):
    """Dangers that somebody chose together, and the step they are taken through, each by itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("orgs.Account", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=[(s, s) for s in STATES], default=BulkState.DRAFT)
    query = models.TextField(default="", blank=True)  # the list they were chosen from
    left_out = models.PositiveIntegerField(default=0)  # matched beyond the most at once, or not there (any more)
    move = models.CharField(max_length=20, default="", blank=True)
    given = models.JSONField(default=dict)
    turn = models.PositiveSmallIntegerField(default=0)  # how often it was set going
    job = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    account_id: int

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "-made_at"], name="bulk_newest")]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(state__in=STATES), name="bulk_state_known")]


class BulkRow(models.Model):
    """One danger of many: the version that was looked at, and what became of it."""

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="rows")
    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    outcome = models.CharField(max_length=9, choices=[(o, o) for o in OUTCOMES], default=Outcome.WAITING)
    code = models.CharField(max_length=60, default="", blank=True)  # of the refusal
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(null=True)

    danger_id: int

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["run", "danger"], name="bulk_row_waiting", condition=Q(outcome="waiting")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "danger"], name="bulk_row_once"),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="bulk_outcome_known"),
        ]
