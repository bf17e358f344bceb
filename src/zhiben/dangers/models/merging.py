"""Pairs that may be one danger, and dangers taken into another. `merged_into` on the danger says where one went."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhiben.dangers.models.danger import Danger
from zhiben.orgs.scope import ScopedModel

ANSWERS = ["open", "merged", "not_same"]


class DuplicateProposal(ScopedModel):
    """Two dangers that may be one, `first` the older row, with score and reasons. An answer is remembered.

    Its place is that of `second`: the danger for which the pair was found.
    """

    first = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)  # of each sign: its name, points, facts
    found_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=[(a, a) for a in ANSWERS], default="open")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(default="", blank=True)

    first_id: int
    second_id: int

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["path", "-id"], name="proposal_path_open", condition=Q(answer="open")),
            models.Index(fields=["-id"], name="proposal_open", condition=Q(answer="open")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="proposal_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="proposal_older_first"),
            models.CheckConstraint(condition=Q(answer__in=ANSWERS), name="proposal_answer_known"),
        ]


class DuplicateCheck(models.Model):
    """A danger whose likes are to be looked for, and when; its row stays, waiting for nothing, once that is done."""

    danger = models.OneToOneField(Danger, primary_key=True, on_delete=models.CASCADE, related_name="+")
    next_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)  # while photos were still being prepared

    danger_id: int

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="check_next", condition=Q(next_at__isnull=False)),
        ]


class Merger(models.Model):
    """A danger taken into another, with all that it was before: so it can be taken out again as it was."""

    danger = models.ForeignKey(Danger, on_delete=models.PROTECT, related_name="mergers")
    into = models.ForeignKey(Danger, on_delete=models.PROTECT, related_name="taken_in")
    on = models.DateField()  # the day it left the stock
    at = models.DateTimeField()
    account = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    before = models.JSONField()  # columns, running deadlines, pending extension, cell
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    undone_reason = models.TextField(default="", blank=True)

    into_id: int

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["danger"], condition=Q(undone_at__isnull=True), name="merger_one_standing"),
            models.CheckConstraint(condition=~Q(danger=F("into")), name="merger_of_two"),
        ]
