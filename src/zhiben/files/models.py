"""Tables of files: an original is kept once by its content, and hangs on as many things as hold it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhiben.files.domain.states import Derived
from zhiben.kernel.ids import uuid7
from zhiben.orgs.scope import ScopedModel

DERIVED = [str(state) for state in Derived]


class Original(models.Model):
    """The content of a file, on disk under its hash. `holders` counts who holds it; nobody: it is removed."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    type = models.CharField(max_length=100)
    holders = models.PositiveIntegerField(default=0)
    derived = models.CharField(max_length=8, choices=[(d, d) for d in DERIVED])
    derived_error = models.CharField(max_length=200, default="", blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    look = models.CharField(max_length=16, default="", blank=True)  # 64 bits that photos of one thing nearly share
    remove_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["remove_at"], name="original_remove", condition=Q(remove_at__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(derived__in=DERIVED), name="original_derived_known"),
        ]


class StoredFile(ScopedModel):
    """A file on a thing (`subject`), with the name it came under. Shredded: the row stays, the content goes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="files")
    subject = models.CharField(max_length=80)  # "danger/<id>"
    purpose = models.CharField(max_length=40, default="", blank=True)  # what it shows, as the subject's room says
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    kept_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    keep_until = models.DateField(null=True)  # first day on which it may be shredded; None: no limit set
    shredded_at = models.DateTimeField(null=True)

    kept_by_id: int | None
    original_id: str | None

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "id"], name="file_subject"),
            models.Index(fields=["path"], name="file_path"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(original__isnull=False, shredded_at__isnull=True)
                | Q(original__isnull=True, shredded_at__isnull=False),
                name="file_has_content_until_shredded",
            ),
        ]
