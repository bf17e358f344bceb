"""Tables of the journal. Triggers (migration 0002) refuse what must never happen to them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


def _to_chain() -> "models.ForeignKey[Chain, Chain]":
    """Point to a chain without a constraint or index of its own: the composite keys begin with it."""
    return models.ForeignKey(Chain, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+")


class Chain(models.Model):
    """A chain and its newest entry. Whoever writes holds this row until commit."""

    name = models.CharField(max_length=40, unique=True)
    seq = models.BigIntegerField(default=0)
    head = models.BinaryField(default=b"")  # empty: no entry yet


class Entry(models.Model):
    """One event, bound by its hash to the one before it in its chain."""

    chain = _to_chain()
    seq = models.BigIntegerField()
    at = models.BigIntegerField()  # recorded: microseconds since 1970, UTC
    on_day = models.CharField(max_length=10)  # took effect: ISO day
    code = models.CharField(max_length=60)
    version = models.SmallIntegerField()
    subject = models.CharField(max_length=120)
    actor = models.BigIntegerField(null=True)  # account number, never a name
    body = models.TextField()  # canonical JSON, as hashed
    alg = models.CharField(max_length=8)
    hash = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "id"], name="journal_entry_subject")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "seq"], name="journal_entry_place"),
            models.CheckConstraint(
                name="journal_entry_undivided", condition=~Q(code__contains="|") & ~Q(subject__contains="|")
            ),
            models.CheckConstraint(name="journal_entry_alg", condition=Q(alg__in=["SHA-256", "SM3"])),
        ]


class Personal(models.Model):
    """A personal value and the salt of its hash in the chain: the only part of the journal that can be destroyed."""

    pk = models.CompositePrimaryKey("chain_id", "seq", "field")
    chain = _to_chain()
    seq = models.BigIntegerField()
    field = models.CharField(max_length=60)
    salt = models.BinaryField()
    value = models.TextField()  # canonical JSON


class Batch(models.Model):
    """What one transaction wrote to one chain. `position` is given after commit: consumers read by it."""

    chain = _to_chain()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], name="journal_batch_unstamped", condition=Q(position__isnull=True))
        ]


class Sequencer(models.Model):
    """Row 1: the last position given; row 2 is locked by whoever signs a day."""

    id = models.SmallIntegerField(primary_key=True)
    n = models.BigIntegerField(default=0)


class Cursor(models.Model):
    """How far a consumer has read."""

    name = models.CharField(max_length=60, primary_key=True)
    position = models.BigIntegerField(default=0)


class Root(models.Model):
    """A signed day: the root of the tree over every chain's newest entry before `until`."""

    day = models.CharField(max_length=10, unique=True)
    alg = models.CharField(max_length=8)
    n = models.BigIntegerField()  # chains
    root = models.BinaryField()
    payload = models.TextField()  # canonical JSON, as signed; names the root signed before it
    key = models.BinaryField()  # public
    signature = models.BinaryField()


class Leaf(models.Model):
    """Where a chain stood at a root; kept only when it moved since the root before."""

    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    chain = _to_chain()
    seq = models.BigIntegerField()
    head = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["chain", "root"], name="journal_leaf_place")]
