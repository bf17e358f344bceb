"""The last step of a danger that may still be undone: what it was before."""

from django.db import models

from zhiben.dangers.models.danger import Danger


class UndoPoint(models.Model):
    """How a danger stood before its last step. It holds until somebody else takes one, or what it wrote changes."""

    danger = models.OneToOneField(Danger, primary_key=True, on_delete=models.CASCADE, related_name="undo_point")
    account = models.ForeignKey("orgs.Account", on_delete=models.CASCADE, related_name="+")
    move = models.CharField(max_length=20)
    version = models.PositiveIntegerField()  # that the step left; the sweep moves it on
    steps = models.PositiveIntegerField(default=0)  # likewise; only people count here
    at = models.DateTimeField()
    before = models.JSONField()  # columns before and after, promises, rows: see `services.undo_points`

    danger_id: int
    account_id: int
