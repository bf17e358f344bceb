"""Tables of what people add beside the law: how to look at a clause, and which texts speak of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Guide(models.Model):
    """How to look at a clause, as a region tells it; the newest version is shown, the journal keeps the others."""

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    standard = models.CharField(max_length=60)
    clause = models.CharField(max_length=60)
    zh = models.TextField(default="", blank=True)
    en = models.TextField(default="", blank=True)
    changes = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "standard", "clause"], name="guide_once"),
        ]


class ClauseLink(models.Model):
    """Somebody says that a text (of a hidden danger, of an item to check) speaks of a clause; verified by two people."""

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    standard = models.CharField(max_length=60)
    clause = models.CharField(max_length=60)
    kind = models.CharField(max_length=8)  # danger: words of a hidden danger; item: an item to check
    text = models.CharField(max_length=500)
    plain = models.CharField(max_length=500)  # folded: the same words are one link
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["standard", "clause"], name="link_clause")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["danger", "item"]), name="link_kind_known"),
            models.UniqueConstraint(
                fields=["unit", "standard", "clause", "kind", "plain"],
                condition=Q(withdrawn_at__isnull=True),
                name="link_once",
            ),
        ]


class LinkConfirmation(models.Model):
    """One person says that a link is right."""

    link = models.ForeignKey(ClauseLink, on_delete=models.CASCADE, related_name="confirmations")
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("orgs.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["link", "person"], name="link_confirmed_once")]
