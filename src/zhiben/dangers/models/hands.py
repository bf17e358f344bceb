"""What people keep for their own work: filters of the list under a name, and the one a list opens with."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class SavedFilter(models.Model):
    """Parameters of the list of dangers under a name. Shared, colleagues of the department or enterprise use it too.

    It holds no rows and no scope: whoever opens it sees what they may see.
    """

    account = models.ForeignKey("orgs.Account", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.TextField()  # canonical: known parameters in their own order
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
            models.UniqueConstraint(fields=["account", "name"], name="saved_filter_name_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="saved_filter_says_something"),
            models.CheckConstraint(
                condition=Q(department__isnull=True) | Q(enterprise__isnull=True), name="saved_filter_one_circle"
            ),
        ]


class DefaultFilter(models.Model):
    """The filter with which the list opens for an account when nothing is asked for."""

    account = models.OneToOneField("orgs.Account", primary_key=True, on_delete=models.CASCADE, related_name="+")
    filter = models.ForeignKey(SavedFilter, on_delete=models.CASCADE, related_name="+")

    filter_id: int
