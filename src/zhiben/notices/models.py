"""Tables of notices: the message to a person, its deliveries over channels (the outbox), and the receipts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhiben.kernel.ids import uuid7
from zhiben.notices.domain.kinds import DeliveryState

STATES = [str(state) for state in DeliveryState]


class Message(models.Model):
    """Something a person is told, once a `key`; its words are made from kind and facts when it is read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)  # "danger/<id>"
    key = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    person_id: int

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-made_at"], name="message_newest"),
            models.Index(fields=["person"], name="message_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["subject"], name="message_subject"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "person"], name="message_once")]


class Delivery(models.Model):
    """One way a message goes out: a row of the outbox, sent at least once, with its key going along."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20)
    state = models.CharField(max_length=8, default=DeliveryState.WAITING, choices=[(s, s) for s in STATES])
    next_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(default="", blank=True)  # why it was skipped or failed
    provider_id = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_at"], name="delivery_next", condition=Q(next_at__isnull=False))]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="delivery_state_known"),
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_a_channel"),
        ]


class Receipt(models.Model):
    """That a person got a message: over which channel, when, and who took it for them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="receipts")
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    at = models.DateTimeField()
    proxy_by = models.ForeignKey("orgs.Person", null=True, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["message", "channel"], name="receipt_once_a_channel")]
