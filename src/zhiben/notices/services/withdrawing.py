"""Taking back what nobody has got yet: its rows leave the outbox, as if it had not been put there."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from zhiben.notices.domain.kinds import DeliveryState
from zhiben.notices.models import Delivery, Message

AT_REST = [str(state) for state in (DeliveryState.WAITING, DeliveryState.HELD, DeliveryState.SKIPPED)]
FREE = Q(state__in=AT_REST, tries=0) | Q(channel="program")  # in the program it stands unread


@transaction.atomic
def withdraw(keys: Collection[str], *, strict: bool = True) -> bool:
    """Take back the messages of some keys as far as nobody got them; tell whether all that had to be was.

    A message is got when it was read or receipted, or when a letter of it left or is on its way. `strict`: with one of
    them got, none is taken back. A worker that comes meanwhile finds the letter gone, or holds it and so it is got.
    """
    messages = Message.objects.filter(key__in=keys)
    left = Delivery.objects.filter(~FREE, message__in=messages).values("message")
    got = messages.filter(Q(read_at__isnull=False) | Q(receipts__isnull=False) | Q(pk__in=left))
    if strict and got.exists():
        return False
    free = set(messages.exclude(pk__in=got.values("pk")).values_list("pk", flat=True))
    letters = Delivery.objects.filter(message__in=free)
    wanted, (taken, _) = letters.count(), letters.filter(FREE).delete()
    if taken != wanted:  # a worker took one at the same moment
        transaction.set_rollback(not strict)
        return not strict
    gone = Message.objects.filter(pk__in=free, read_at=None).delete()[1].get("notices.Message", 0)
    return gone == len(free) or not strict
