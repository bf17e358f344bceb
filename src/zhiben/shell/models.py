"""Tables of the shell: what the API answered, so that a repeated request gets its first answer."""

from typing import ClassVar

from django.db import models


class FirstAnswer(models.Model):
    """The answer to a request with an idempotency key; the same key gets it again, whatever happened since."""

    account = models.BigIntegerField()
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)  # of method, path and body
    status = models.PositiveSmallIntegerField(null=True)
    body = models.BinaryField(default=b"")
    content_type = models.CharField(max_length=100, default="")
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "key"], name="first_answer_once")]


class CacheEntry(models.Model):
    """What is counted for a while, as Django's database cache keeps it: attempts to sign in, codes used once."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "shell_cache"  # settings.CACHES


class Allowance(models.Model):
    """How many requests to the API an account has left, and when that was so; the web processes take their shares here."""

    account = models.BigIntegerField(primary_key=True)
    left = models.FloatField()
    at = models.DateTimeField()
