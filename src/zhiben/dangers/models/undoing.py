"""The last step of a danger that may still be undone: what it was before."""

from django.db import models

from zhiben.dangers.models.danger import Danger


class UndoPoint(models.Model):
    """How a danger stood before its last step. It holds as long as the version is the one that the step left."""

    danger = models.OneToOneField(Danger, primary_key=True, on_delete=models.CASCADE, related_name="undo_point")
    account = models.ForeignKey("orgs.Account", on_delete=models.CASCADE, related_name="+")
    move = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    before = models.JSONField()  # columns, promises, rows changed and added: see `services.undo_points`

    danger_id: int
    account_id: int
