"""Tables of facts and determinations."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhiben.orgs.scope import ScopedModel
from zhiben.standards.domain.freshness import FactSource
from zhiben.standards.models.knowledge import ClauseLink, Guide, LinkConfirmation
from zhiben.standards.models.packs import Pack, PackReview, PackVersion
from zhiben.standards.models.survey import Survey, SurveyClause

__all__ = [
    "ClauseLink",
    "Determination",
    "EditionSeen",
    "Fact",
    "FactRequest",
    "Guide",
    "LinkConfirmation",
    "Pack",
    "PackReview",
    "PackVersion",
    "Rejudging",
    "Survey",
    "SurveyClause",
]


class Fact(ScopedModel):
    """One value of a fact of an enterprise, never changed: a newer value is a newer row."""

    name = models.CharField(max_length=80)
    value = models.JSONField()
    day = models.DateField()  # when it held
    source = models.CharField(max_length=12, choices=[(s, s) for s in map(str, FactSource)])
    source_text = models.CharField(max_length=300, default="", blank=True)
    evidence = models.JSONField(default=list)  # ids of files
    fresh_until = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)  # account number; None: the system

    class Meta:
        indexes: ClassVar = [models.Index(fields=["enterprise", "name", "-day", "-id"], name="fact_latest")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fresh_until__gt=models.F("day")), name="fact_fresh_after_day"),
            models.CheckConstraint(condition=Q(source__in=[str(s) for s in FactSource]), name="fact_source_known"),
        ]


class CurrentFacts(models.Model):
    """The newest value of each fact of an enterprise in one packed row, derived from `Fact`: what snapshots read."""

    enterprise = models.OneToOneField("orgs.Enterprise", on_delete=models.CASCADE, primary_key=True, related_name="+")
    packed = models.BinaryField(default=b"")
    position = models.BigIntegerField()  # in the journal: what changed it, or its enterprise, last

    class Meta:
        indexes: ClassVar = [models.Index(fields=["position"], name="current_facts_position")]


class FactWord(models.Model):
    """A name of a fact or a text of a choice; packed rows hold its number."""

    text = models.CharField(max_length=200, unique=True)


class FactRequest(ScopedModel):
    """A fact that somebody is asked to fetch; at most one is open for each fact of an enterprise.

    The open ones of an enterprise together are one request, in the order of `rank`.
    """

    name = models.CharField(max_length=80)
    rank = models.PositiveSmallIntegerField(default=0)  # 1: settles most; 0: asked by a person, one by one
    clauses = models.JSONField(default=list)  # "<standard> <ref>" that wait for it
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.ForeignKey(Fact, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise", "name"], condition=Q(answered_at__isnull=True), name="fact_asked_once"
            ),
        ]


class Determination(ScopedModel):
    """What a standard says of an enterprise on a day: kept with its edition and the facts it rests on."""

    standard = models.CharField(max_length=60)
    edition = models.CharField(max_length=120)
    law_digest = models.CharField(max_length=64)  # of the pack as it stood
    day = models.DateField()
    verdict = models.CharField(max_length=8)
    coverage = models.JSONField()
    clauses = models.JSONField()  # as `zhiben law judge` answers
    facts = models.JSONField()  # name → {"value", "day", "source", "id"}
    judged_at = models.DateTimeField()
    judged_by = models.BigIntegerField(null=True)
    until = models.DateField(null=True)  # the first day it no longer stands: replaced, ended, or asked for a past day

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["enterprise", "-judged_at"], name="determination_latest"),
            models.Index(fields=["enterprise", "standard"], name="determination_standing", condition=Q(until=None)),
            models.Index(fields=["enterprise", "standard", "-id"], name="determination_standard"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verdict__in=["present", "absent", "unknown"]), name="determination_verdict_known"
            ),
        ]


class Rejudging(models.Model):
    """When an enterprise that was judged must be judged again: facts came, a fact grows stale."""

    enterprise = models.OneToOneField("orgs.Enterprise", on_delete=models.CASCADE, primary_key=True, related_name="+")
    next_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="rejudging_next", condition=Q(next_at__isnull=False)),
        ]


class EditionSeen(models.Model):
    """An edition as the kept determinations rest on it: its text, and whether it was in force."""

    standard = models.CharField(max_length=60, primary_key=True)
    digest = models.CharField(max_length=64)
    in_force = models.BooleanField()
