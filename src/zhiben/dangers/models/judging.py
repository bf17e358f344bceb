"""When a part of the tree is judged by itself."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhiben.orgs.scope import ScopedModel


class JudgingPlan(ScopedModel):
    """A part of the tree that the worker judges every so many nights, for the account that wished it.

    Where units are joined a unit may have two: the runs of one night are one job all the same.
    """

    days = models.PositiveSmallIntegerField()
    asks = models.BooleanField(default=False)  # for missing facts, too
    next_at = models.DateTimeField(null=True)  # null: the account may no longer judge here
    account = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="judging_plan_next", condition=Q(next_at__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(days__gte=1), name="judging_plan_days"),
        ]
