"""What people say to each other about a danger, and whom they name."""

from typing import ClassVar

from django.db import models

from zhiben.dangers.models.danger import Danger
from zhiben.kernel.ids import uuid7


class Comment(models.Model):
    """Something said about a danger. Removed or of somebody forgotten, it has no text any more."""

    uid = models.UUIDField(unique=True, default=uuid7)  # made by the client: sent twice, it stands once
    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="comments")
    account = models.ForeignKey("orgs.Account", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("orgs.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    danger_id: int
    account_id: int
    person_id: int | None

    class Meta:
        indexes: ClassVar = [models.Index(fields=["danger", "at"], name="comment_danger")]


class Mention(models.Model):
    """Somebody whom a comment names."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey("orgs.Person", on_delete=models.CASCADE, related_name="+")

    person_id: int

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["comment", "person"], name="mention_once")]
