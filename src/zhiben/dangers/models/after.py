"""What is looked at again after sign-off: look-backs, and the samples some of them were drawn in."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhiben.dangers.domain.lookback import LookbackState
from zhiben.dangers.domain.sampling import Population
from zhiben.dangers.models.danger import Danger
from zhiben.orgs.scope import ScopedModel

LOOKBACKS = [str(state) for state in LookbackState]
POPULATIONS = [str(one) for one in Population]
SAMPLES = ["planned", "seeded", "drawn"]


class Sample(ScopedModel):
    """A random sample of signed-off dangers: planned, seeded (seed and population in the journal), then drawn.

    The population stands in `frame`, so that the draw can be repeated by anybody; `key` keeps a month from being drawn
    twice.
    """

    department = models.ForeignKey("orgs.Department", null=True, on_delete=models.PROTECT, related_name="+")
    population = models.CharField(max_length=16, choices=[(p, p) for p in POPULATIONS])
    since = models.DateField()  # signed off from this day
    until = models.DateField()  # first day no longer
    percent = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=8, choices=[(s, s) for s in SAMPLES], default="planned")
    next_at = models.DateTimeField(null=True)
    seed = models.CharField(max_length=64, default="", blank=True)
    frame = models.JSONField(default=list)  # uids
    frame_hash = models.CharField(max_length=64, default="", blank=True)
    size = models.PositiveIntegerField(default=0)
    seeded_at = models.DateTimeField(null=True)
    drawn_at = models.DateTimeField(null=True)
    account = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")

    department_id: int | None

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="sample_next", condition=Q(next_at__isnull=False)),
            models.Index(fields=["path", "-id"], name="sample_path"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(population__in=POPULATIONS), name="sample_population_known"),
            models.CheckConstraint(condition=Q(state__in=SAMPLES), name="sample_state_known"),
            models.CheckConstraint(condition=Q(state="planned") | ~Q(seed=""), name="sample_drawn_has_seed"),
            models.CheckConstraint(condition=Q(since__lt=models.F("until")), name="sample_days_in_order"),
        ]


class Lookback(ScopedModel):
    """A task for the supervisor: go there again after sign-off and see whether it holds."""

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="lookbacks")
    closed_on = models.DateField()  # the sign-off that is looked back at
    days = models.PositiveSmallIntegerField(null=True)  # planned so many days after it; None: drawn
    sample = models.ForeignKey(Sample, null=True, on_delete=models.PROTECT, related_name="lookbacks")
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    due_on = models.DateField()
    next_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=[(s, s) for s in LOOKBACKS], default=LookbackState.OPEN)
    is_overdue = models.BooleanField(default=False)
    done_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(default="", blank=True)

    danger_id: int
    sample_id: int | None

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="lookback_next", condition=Q(next_at__isnull=False)),
            models.Index(fields=["path", "due_on"], name="lookback_open", condition=Q(state="open")),
            models.Index(fields=["path", "-done_on"], name="lookback_done", condition=Q(done_on__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=LOOKBACKS), name="lookback_state_known"),
            models.CheckConstraint(
                name="lookback_rings_while_open", condition=Q(state="open") | Q(next_at__isnull=True, is_overdue=False)
            ),
            models.UniqueConstraint(
                fields=["danger", "closed_on", "days"], condition=Q(follows__isnull=True, days__isnull=False),
                name="lookback_planned_once",
            ),
            models.UniqueConstraint(
                fields=["danger", "sample"], condition=Q(follows__isnull=True, sample__isnull=False),
                name="lookback_drawn_once",
            ),
        ]  # fmt: skip
