"""The numbered document that a notice is handed over as. The document says what; the message says to whom it went how."""

from typing import ClassVar

from django.db import models

from zhiben.dangers.models.danger import Danger


class NoticePaper(models.Model):
    """A notice's newest document; one that was withdrawn or discarded gives way to the next."""

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="notice_papers")
    message = models.UUIDField(unique=True)
    document = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["document"], name="notice_paper_document")]
