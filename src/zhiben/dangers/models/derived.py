"""What the program derives from the record and a person answers: repeats, candidates for treating as an accident."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhiben.dangers.domain.accountability import Ground
from zhiben.dangers.domain.recurrence import COUNTED, RecurrenceState
from zhiben.dangers.models.danger import Danger
from zhiben.orgs.scope import ScopedModel

RECURRENCES = [str(state) for state in RecurrenceState]
GROUNDS = [str(ground) for ground in Ground]
ANSWERS = ["open", "confirmed", "dismissed"]


class Recurrence(ScopedModel):
    """A danger that came back: found after an earlier one was signed off at the same place."""

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="recurrences")
    earlier = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="returns")
    found_on = models.DateField()  # of the new one
    closed_on = models.DateField()  # of the earlier one
    ties = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=[(s, s) for s in RECURRENCES])
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(default="", blank=True)

    danger_id: int
    earlier_id: int

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["path", "-found_on"],
                name="recurrence_counted",
                condition=Q(state__in=sorted(map(str, COUNTED))),
            ),
            models.Index(fields=["path", "-found_on"], name="recurrence_proposed", condition=Q(state="proposed")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["danger", "earlier"], name="recurrence_once"),
            models.CheckConstraint(condition=Q(state__in=RECURRENCES), name="recurrence_state_known"),
            models.CheckConstraint(condition=~Q(danger=models.F("earlier")), name="recurrence_of_another"),
        ]


class AccidentCandidate(ScopedModel):
    """A reason to treat a major danger as an accident, with the facts behind it; a person confirms or dismisses it."""

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="accident_candidates")
    department = models.ForeignKey("orgs.Department", null=True, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=12, choices=[(g, g) for g in GROUNDS])
    key = models.CharField(max_length=80, unique=True)  # the same reason for the same danger and limit is once
    facts = models.JSONField(default=dict)
    raised_on = models.DateField()
    raised_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=[(a, a) for a in ANSWERS], default="open")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(default="", blank=True)

    danger_id: int

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["path", "-raised_on"], name="as_accident_open", condition=Q(answer="open")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ground__in=GROUNDS), name="as_accident_ground_known"),
            models.CheckConstraint(condition=Q(answer__in=ANSWERS), name="as_accident_answer_known"),
        ]
