"""Handing a notice over in person: what came of going there."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from zhiben.kernel.errors import Conflict
from zhiben.notices.events import HandOverTried
from zhiben.notices.models import HandOver


@transaction.atomic
def note_missed(message_id: UUID, *, note: str, now: datetime) -> HandOverTried:
    """Note that nobody was met who could take the notice; the task stays.

    Part of the caller's transaction: the room of the message's subject checks who may, and journals what is returned.
    """
    row = HandOver.objects.filter(message=message_id, closed_at=None).select_related("message").first()
    if row is None or not HandOver.objects.filter(pk=row.pk, closed_at=None).update(tries=F("tries") + 1, tried_at=now):
        raise Conflict("notice:not-to-hand-over")
    return HandOverTried(row.message.person_id, row.department_id, note)
