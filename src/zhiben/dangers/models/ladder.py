"""The ladder's tables: a region's rules with their days, stretches past a limit, rungs drafted, issued or skipped."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhiben.dangers.domain.ladder import Rung
from zhiben.dangers.domain.rungs import RungState
from zhiben.dangers.domain.standing_rules import RulesKind
from zhiben.dangers.models.danger import Danger

RUNGS = [str(rung) for rung in Rung]
STATES = [str(state) for state in RungState]
KINDS = [str(kind) for kind in RulesKind]


class RegionalRules(models.Model):
    """What a region decided for itself: the ladder's days, the terms of listed supervision. A draft until switched on.

    A row that was switched on is not written again but for its last day: a change is a new draft.
    """

    kind = models.CharField(max_length=8, choices=[(k, k) for k in KINDS])
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=40)  # where its numbers began
    basis = models.CharField(max_length=200, default="", blank=True)  # the region's own document
    body = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    since = models.DateField(null=True)  # switched on from this day; None: a draft
    until = models.DateField(null=True)  # first day it no longer holds
    at = models.DateTimeField()
    account = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")

    unit_id: int

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="rules_kind_known"),
            models.UniqueConstraint(
                fields=["kind", "unit"], condition=Q(since__isnull=True), name="rules_one_draft_a_region"
            ),
            models.UniqueConstraint(
                fields=["kind", "unit"],
                condition=Q(since__isnull=False, until__isnull=True),
                name="rules_one_without_end_a_region",
            ),
            models.CheckConstraint(
                name="rules_end_after_they_begin",
                condition=Q(until__isnull=True) | Q(since__isnull=False, until__gte=F("since")),
            ),
        ]


class OverdueSpan(models.Model):
    """A stretch of a danger past its limit, derived from the journal: since ≤ day < until.

    `holds` are days that do not count ([why, since, until or null]), `progress` the days on which something moved.
    """

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="overdue_spans")
    since = models.DateField()
    until = models.DateField(null=True)
    holds = models.JSONField(default=list)
    progress = models.JSONField(default=list)
    next_at = models.DateTimeField(null=True)  # when the ladder looks at it again

    danger_id: int

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="overdue_span_next", condition=Q(next_at__isnull=False)),
            models.Index(fields=["since"], name="overdue_span_open", condition=Q(until__isnull=True)),
            models.Index(fields=["until"], name="overdue_span_until"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["danger", "since"], name="overdue_span_once"),
            models.UniqueConstraint(fields=["danger"], condition=Q(until__isnull=True), name="overdue_span_one_open"),
        ]


class LadderRung(models.Model):
    """A rung raised for one stretch of a danger: a draft until it is issued, skipped with a reason, or came to nothing."""

    danger = models.ForeignKey(Danger, on_delete=models.PROTECT, related_name="rungs")
    since = models.DateField()  # of the stretch
    rung = models.CharField(max_length=10, choices=[(r, r) for r in RUNGS])
    rules = models.ForeignKey(RegionalRules, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    raised_at = models.DateTimeField()
    document = models.UUIDField(null=True)
    recipient = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=[(s, s) for s in STATES], default=RungState.DRAFTED)
    settled_on = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=100, default="", blank=True)  # of the issued document
    reason = models.TextField(default="", blank=True)  # why it was skipped

    danger_id: int

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_on", "id"], name="ladder_rung_drafted", condition=Q(state="drafted")),
            models.Index(fields=["settled_on"], name="ladder_rung_issued", condition=Q(state="issued")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["danger", "since", "rung"], name="ladder_rung_once"),
            models.CheckConstraint(condition=Q(rung__in=RUNGS), name="ladder_rung_known"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="ladder_rung_state_known"),
            models.CheckConstraint(
                name="ladder_rung_issued_says_all",
                condition=~Q(state="issued")
                | (Q(settled_on__isnull=False, settled_by__isnull=False) & ~Q(number="") & ~Q(recipient="")),
            ),
            models.CheckConstraint(
                name="ladder_rung_skipped_has_reason", condition=~Q(state="skipped") | ~Q(reason="")
            ),
        ]
