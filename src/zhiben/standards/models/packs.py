"""Tables of a region's own packs: every version as it was written, who reviewed it, from when to when it holds."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Pack(models.Model):
    """A pack of a region under its id; what holds are its adopted versions."""

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)  # of zhiben.law.pack_texts.KINDS
    slug = models.CharField(max_length=50, unique=True)


class PackVersion(models.Model):
    """One version: a draft that changes, then in review, then adopted and never changed again."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8)
    text = models.TextField()  # YAML, byte by byte as it was written
    digest = models.CharField(max_length=64)  # sha256 of the text: what was reviewed is what is adopted
    title_zh = models.CharField(max_length=200, default="", blank=True)
    title_en = models.CharField(max_length=200, default="", blank=True)
    changes = models.PositiveIntegerField(default=1)  # how often it was written: whoever writes says what they saw
    writers = models.JSONField(default=list)  # numbers of the persons who wrote in it
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pack", "number"], name="pack_version_once"),
            models.UniqueConstraint(fields=["pack"], condition=~Q(state="adopted"), name="pack_one_draft"),
            models.CheckConstraint(condition=Q(state__in=["draft", "review", "adopted"]), name="pack_state_known"),
            models.CheckConstraint(condition=~Q(state="adopted") | Q(since__isnull=False), name="pack_adopted_from"),
        ]


class PackReview(models.Model):
    """What one person said of one text."""

    version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="reviews")
    digest = models.CharField(max_length=64)
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("orgs.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_passed = models.BooleanField()
    words = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "digest", "person"], condition=Q(is_passed=True), name="pack_passed_once"
            ),
        ]
