"""Measures of a treatment plan that somebody keeps to use again."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class KeptMeasure(models.Model):
    """Words for the measures of a plan, kept under a name for a clause or a matter; shared or one's own."""

    account = models.ForeignKey("orgs.Account", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    text = models.TextField()
    standard = models.CharField(max_length=60, default="", blank=True)
    clause = models.CharField(max_length=60, default="", blank=True)
    matter = models.CharField(max_length=40, default="", blank=True)
    department = models.ForeignKey("orgs.Department", null=True, on_delete=models.CASCADE, related_name="+")
    enterprise = models.ForeignKey("orgs.Enterprise", null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    account_id: int
    department_id: int | None
    enterprise_id: int | None

    @property
    def is_shared(self) -> bool:
        """Tell whether colleagues see it."""
        return self.department_id is not None or self.enterprise_id is not None

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "name"], name="kept_measure_name_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(text=""), name="kept_measure_says_something"),
            models.CheckConstraint(
                condition=Q(department__isnull=True) | Q(enterprise__isnull=True), name="kept_measure_one_circle"
            ),
        ]
