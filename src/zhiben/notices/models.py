"""Tables of notices: the message to a person, its deliveries over channels (the outbox), and the receipts."""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhiben.kernel.ids import uuid7
from zhiben.notices.domain.kinds import DeliveryState

STATES = [str(state) for state in DeliveryState]
RESULTS = ["", "received", "unneeded"]
OPEN = Q(closed_at__isnull=True)


class Message(models.Model):
    """Something a person is told, once a `key`; its words are made from kind and facts when it is read.

    One that needs a receipt goes along a route of channels until it is read: `next_at` is when the next one is used.
    Of several people who get it as one `circle` (a department, a workers' congress) the receipt of one is enough.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)  # "danger/<id>"
    key = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    roles = models.JSONField(default=list)  # why this person: "principal", "controller", …
    circle = models.CharField(max_length=40, default="", blank=True)
    leg = models.PositiveSmallIntegerField(default=0)  # how many legs of its route it has gone
    next_at = models.DateTimeField(null=True)
    hand_department = models.ForeignKey("orgs.Department", null=True, on_delete=models.PROTECT, related_name="+")
    hand_officer = models.ForeignKey("orgs.Person", null=True, on_delete=models.PROTECT, related_name="+")

    person_id: int
    hand_department_id: int | None
    hand_officer_id: int | None

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-made_at"], name="message_newest"),
            models.Index(fields=["person"], name="message_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["subject"], name="message_subject"),
            models.Index(fields=["next_at"], name="message_next", condition=Q(next_at__isnull=False)),
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
    cost = models.PositiveIntegerField(default=0)  # thousandths of a yuan, by the price of the day it went out
    digest = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="bundled")

    message_id: object

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="delivery_next", condition=Q(next_at__isnull=False)),
            models.Index(fields=["sent_at"], name="delivery_sent", condition=Q(sent_at__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="delivery_state_known"),
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_a_channel"),
        ]


class Receipt(models.Model):
    """That a person got a message: over which channel, when, and who took it for them (a person of ours, or a name)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="receipts")
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    at = models.DateTimeField()
    proxy_by = models.ForeignKey("orgs.Person", null=True, on_delete=models.PROTECT, related_name="+")
    proxy_name = models.CharField(max_length=100, default="", blank=True)
    relation = models.CharField(max_length=12, default="", blank=True)  # what the proxy is to the person
    noted_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, default="", blank=True)

    proxy_by_id: int | None
    message_id: object

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["message", "channel"], name="receipt_once_a_channel")]

    @property
    def is_by_proxy(self) -> bool:
        """Somebody else read it for the person named."""
        return self.proxy_by_id is not None or bool(self.proxy_name)


class HandOver(models.Model):
    """No channel reached a person: somebody of the department goes there with the notice."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="hand_over")
    department = models.ForeignKey("orgs.Department", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("orgs.Person", null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)  # how often nobody was met
    tried_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=8, default="", blank=True, choices=[(r, r) for r in RESULTS])

    class Meta:
        indexes: ClassVar = [models.Index(fields=["department", "opened_at"], name="hand_over_open", condition=OPEN)]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(result__in=RESULTS), name="hand_over_result_known")]


class Slip(models.Model):
    """The code on one printed notice. Only the hash of its token is kept: whoever holds the paper holds the token."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="slips")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("orgs.Account", null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Preference(models.Model):
    """What a person chose: quiet hours, the time of the daily digest, and per kind how soon and over what."""

    person = models.OneToOneField(
        "orgs.Person", primary_key=True, on_delete=models.CASCADE, related_name="notice_preference"
    )
    has_quiet = models.BooleanField(default=True)
    quiet_since = models.TimeField(default=time(22, 0))
    quiet_until = models.TimeField(default=time(7, 0))
    digest_time = models.TimeField(default=time(8, 0))
    kinds = models.JSONField(default=dict)
    digest_at = models.DateTimeField(null=True)  # when the next digest is made; None: nothing is held

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["digest_at"], name="preference_digest", condition=Q(digest_at__isnull=False))
        ]


class ChannelSetting(models.Model):
    """Whether this installation uses a channel, and what a message over it costs. Keys stand in the environment."""

    name = models.CharField(max_length=20, primary_key=True)
    is_on = models.BooleanField(default=False)
    price = models.PositiveIntegerField(default=0)  # thousandths of a yuan for each part of a message
    version = models.PositiveIntegerField(default=0)


class RouteSetting(models.Model):
    """The route this installation chose for a kind of notice: `[[channel, hours], …]`."""

    kind = models.CharField(max_length=60, primary_key=True)
    legs = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)
