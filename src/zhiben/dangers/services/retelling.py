"""Telling again of a danger that stands already: another source of it, with its own reporter, reward and photos."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.kinds import CLOSED, Channel, Role
from zhiben.dangers.events import SourceAdded
from zhiben.dangers.models import Danger, Participant, Source
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.family import kept_instead_of
from zhiben.dangers.selectors.reading import danger_for
from zhiben.dangers.services.case import line_of
from zhiben.dangers.services.evidence import Upload, lay_photos
from zhiben.dangers.services.report import Reported
from zhiben.journal import public as journal
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict
from zhiben.kernel.ids import uuid7


@dataclass(frozen=True, slots=True, kw_only=True)
class Retelling:
    """What somebody tells of a danger on record. The same `uid` twice is one telling."""

    channel: Channel
    text: str = ""
    place: str = ""
    finder: str = ""
    ref: str = ""
    reward_ref: str = ""
    uid: UUID = field(default_factory=uuid7)


@transaction.atomic
def tell_again(
    danger_id: int, told: Retelling, photos: Sequence[Upload] = (), *, actor: Actor, now: datetime
) -> Reported:
    """Lay a telling to a danger's sources; to the one it was merged into, where it was. What is closed is told anew."""
    danger = danger_for(actor, kept_instead_of(danger_for(actor, danger_id)).pk)
    require(actor, DangerPermission.REPORT, danger.place)
    known = Source.objects.filter(uid=told.uid).first()
    if known is not None and known.danger_id != danger.pk:
        raise Conflict("danger:telling-elsewhere", uid=str(told.uid))
    if known is None:
        if danger.state in CLOSED:
            raise Conflict("danger:told-of-closed", danger=danger.pk)
        _lay(danger, told, photos, actor=actor, now=now)
    return Reported(danger.pk, danger.uid, danger.number, is_new=False)


def _lay(danger: Danger, told: Retelling, photos: Sequence[Upload], *, actor: Actor, now: datetime) -> None:
    text = f"{told.place}：{told.text}" if told.place else told.text
    who = {"person_id": actor.person, "account_id": actor.id}
    source = Source.objects.create(
        danger=danger,
        channel=told.channel,
        at=now,
        finder=told.finder,
        ref=told.ref,
        reward_ref=told.reward_ref,
        text=text,
        uid=told.uid,
        **who,
    )
    if any(who.values()):
        Participant.objects.create(danger=danger, role=Role.FINDER, at=now, **who)
    event = SourceAdded(danger.pk, source.pk, str(told.channel), text, told.finder, told.ref, told.reward_ref)
    lines = [line_of(danger, event, china_day(now)), *lay_photos(danger.pk, photos, actor=actor, now=now)]
    journal.record(lines, actor=actor, now=now)
