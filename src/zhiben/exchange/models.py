"""Tables of exchange: imports with the verdicts on their rows, profiles of headings, exports."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhiben.exchange.domain.stages import Stage
from zhiben.kernel.ids import uuid7
from zhiben.orgs.scope import ScopedModel

STAGES = [str(stage) for stage in Stage]
CHANNELS = ["self_check", "inspection", "public_report", "monitoring", "determination"]


class Import(ScopedModel):
    """One ledger brought in under a unit: its file, what its headings are taken for, and how its rows fared."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    form = models.CharField(max_length=4, default="", blank=True)  # xlsx, xls, csv
    stage = models.CharField(max_length=10, choices=[(s, s) for s in STAGES], default=Stage.UPLOADED)
    account = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=16, choices=[(c, c) for c in CHANNELS])  # of rows that name none
    assumed_on = models.DateField()  # day found, of rows without any day
    heads = models.JSONField(default=list)  # sheets and their headings as recognised
    mapping = models.JSONField(default=dict)  # what the user corrected: {normalised heading: field or null}
    profile = models.ForeignKey("exchange.Profile", null=True, on_delete=models.SET_NULL, related_name="+")
    read = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=dict)  # lines and sheets passed over, by reason
    withdrawn = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)  # moved on before the import was voided
    reason = models.TextField(default="", blank=True)  # for voiding
    error = models.CharField(max_length=60, default="", blank=True)
    error_facts = models.JSONField(default=dict)
    answer = models.UUIDField(null=True)  # the workbook given back
    answer_sha256 = models.CharField(max_length=64, default="", blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    account_id: int | None
    unit_id: int
    profile_id: int | None

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["path", "-created_at"], name="import_path"),
            models.Index(fields=["sha256"], name="import_sha256"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(stage__in=STAGES), name="import_stage_known"),
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="import_channel_known"),
            models.CheckConstraint(
                condition=Q(read=F("accepted") + F("repeated") + F("rejected")), name="import_rows_add_up"
            ),
        ]


class ImportPart(models.Model):
    """At most five hundred rows of an import, read and judged: what one transaction writes."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    rows = models.BinaryField()  # see domain.staging; after writing only verdicts and problems stay
    accepted = models.PositiveSmallIntegerField(default=0)
    repeated = models.PositiveSmallIntegerField(default=0)
    rejected = models.PositiveSmallIntegerField(default=0)
    warned = models.PositiveSmallIntegerField(default=0)  # rows with a warning
    is_written = models.BooleanField(default=False)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "number"], name="import_part_once")]


class Profile(ScopedModel):
    """What a unit's ledgers mean by their headings, as somebody corrected it once."""

    name = models.CharField(max_length=100)
    mapping = models.JSONField(default=dict)
    account = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "name"], name="profile_name_once")]


class Export(models.Model):
    """A list taken out: by whom, narrowed how, and the file made of it. Only who asked for it may have it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    list = models.CharField(max_length=20, default="dangers")
    form = models.CharField(max_length=4, choices=[("xlsx", "xlsx"), ("csv", "csv")])
    language = models.CharField(max_length=10)
    query = models.TextField(default="", blank=True)  # as in the list's address
    rows = models.PositiveIntegerField(default=0)
    file = models.UUIDField(null=True)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    account_id: int | None
