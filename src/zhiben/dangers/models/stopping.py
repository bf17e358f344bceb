"""What stands beside a stop of production: people withdrawn, assistance asked of the government, who watches."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhiben.dangers.models.danger import Danger


class Evacuation(models.Model):
    """People withdrawn from where it is dangerous, and what was closed off; told as often as it happens."""

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="evacuations")
    on = models.DateField()
    at = models.DateTimeField()
    people = models.PositiveIntegerField()
    measures = models.TextField()  # what was stopped, closed off, posted
    account = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")


class AssistanceRequest(models.Model):
    """What the government was asked to help with where an enterprise cannot keep it safe alone, and what came of it."""

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="assistance")
    addressee = models.CharField(max_length=200)
    wanted = models.TextField()
    asked_on = models.DateField()
    asked_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["danger"], condition=Q(answered_on__isnull=True), name="assistance_one_pending"
            ),
        ]


class Watch(models.Model):
    """Somebody who chose to be told of a danger, or of all dangers of an enterprise. A bookmark: no state of a record."""

    person = models.ForeignKey("orgs.Person", on_delete=models.CASCADE, related_name="+")
    danger = models.ForeignKey(Danger, null=True, on_delete=models.CASCADE, related_name="watches")
    enterprise = models.ForeignKey("orgs.Enterprise", null=True, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["danger", "person"], name="watch_danger_once"),
            models.UniqueConstraint(fields=["enterprise", "person"], name="watch_enterprise_once"),
            models.CheckConstraint(
                name="watch_one_thing",
                condition=Q(danger__isnull=False, enterprise__isnull=True)
                | Q(danger__isnull=True, enterprise__isnull=False),
            ),
        ]
