"""Saying something about a danger: to everybody who may see it, told to those named and to whoever watches."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.comments import MENTIONED, clean_comment, may_change, named_in
from zhiben.dangers.hands_events import CommentAdded, CommentEdited, CommentRemoved
from zhiben.dangers.models import Comment, Danger, Mention
from zhiben.dangers.selectors.comments import comment_for, mentionable, who_may_see
from zhiben.dangers.selectors.reading import danger_for
from zhiben.dangers.selectors.standing import habits
from zhiben.dangers.selectors.watching import watchers_of
from zhiben.dangers.services import telling
from zhiben.dangers.services.case import chain_of
from zhiben.journal import public as journal
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import Actor
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiben.kernel.ids import uuid7
from zhiben.notices.public import NoticeKind, register_notice, withdraw
from zhiben.orgs.models import Person

NAMED = 500  # of the people around a danger, looked through for names after an @
_BODY = Bilingual("{number}：{text}", "{number}: {text}")
SPOKEN = register_notice(
    NoticeKind("danger:commented", Bilingual("关注的隐患有新评论", "A comment on a hidden danger you watch"), _BODY,
               page="dangers:detail")
)  # fmt: skip
MENTION = register_notice(
    NoticeKind("danger:mentioned", Bilingual("有人在隐患评论中提到您", "Somebody named you in a comment"), _BODY,
               page="dangers:detail")
)  # fmt: skip


def add_comment(
    danger_id: int, text: str, *, mentions: Iterable[int] = (), uid: UUID | None = None, actor: Actor, now: datetime
) -> Comment:
    """Say something; who is picked or named after an @ is told, and so is whoever watches. Sent twice it stands once."""
    uid = uid or uuid7()
    try:
        return _add(danger_id, text, mentions, uid, actor=actor, now=now)
    except IntegrityError:  # the same one at the same moment
        return _said_before(danger_id, uid, actor)


def _said_before(danger_id: int, uid: UUID, actor: Actor) -> Comment:
    found = Comment.objects.filter(uid=uid, danger=danger_for(actor, danger_id), account=actor.id or 0).first()
    if found is None:
        raise Conflict("comment:uid-taken", field="uid")
    return found


@transaction.atomic
def _add(danger_id: int, text: str, mentions: Iterable[int], uid: UUID, *, actor: Actor, now: datetime) -> Comment:
    danger = danger_for(actor, danger_id)
    if actor.id is None:
        raise NotAllowed("access:missing-permission", permission="danger:view")
    if Comment.objects.filter(uid=uid).exists():
        return _said_before(danger_id, uid, actor)
    tidy = clean_comment(text)
    named = _named(danger, tidy, mentions, actor, now)
    said = Comment.objects.create(
        uid=uid, danger=danger, account_id=actor.id, person_id=actor.person, at=now, text=tidy
    )
    Mention.objects.bulk_create([Mention(comment=said, person_id=person) for person in sorted(named)])
    _tell(said, danger, named, actor=actor, now=now)
    _record(danger, said, CommentAdded(said.pk, danger.pk, sorted(named), tidy), actor=actor, now=now)
    return said


@transaction.atomic
def edit_comment(
    comment_id: int,
    text: str,
    *,
    mentions: Iterable[int] = (),
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Comment:
    """Change one's own comment while it is fresh; whoever is named anew is told."""
    said, danger = _own(comment_id, actor, now)
    tidy = clean_comment(text)
    before = set(said.mentions.values_list("person_id", flat=True))
    named = _named(danger, tidy, mentions, actor, now)
    if (tidy, named) == (said.text, before):
        return said
    _write(said, version, {"text": tidy, "edited_at": now})
    said.mentions.exclude(person__in=named).delete()
    Mention.objects.bulk_create([Mention(comment=said, person_id=person) for person in sorted(named - before)])
    telling.tell(danger, MENTION, named - before, what="mentioned", now=now, key=_key(said, danger), hold=True)
    _record(danger, said, CommentEdited(said.pk, danger.pk, sorted(named), tidy), actor=actor, now=now)
    said.refresh_from_db()
    return said


@transaction.atomic
def remove_comment(
    comment_id: int, *, version: int | None = None, only_unsent: bool = False, actor: Actor, now: datetime
) -> Comment:
    """Take one's own comment back while it is fresh; notices that nobody has got yet go with it.

    `only_unsent`: refuse where somebody was told already, as an undo does.
    """
    said, danger = _own(comment_id, actor, now)
    _write(said, version, {"text": "", "removed_at": now})
    if not withdraw([_key(said, danger)], strict=only_unsent):
        raise Conflict("undo:somebody-was-told")
    said.mentions.all().delete()
    _record(danger, said, CommentRemoved(said.pk, danger.pk), actor=actor, now=now)
    said.refresh_from_db()
    return said


def forget_comments(person_id: int) -> int:
    """Empty what somebody said whose personal data are destroyed, and the places where they were named."""
    Mention.objects.filter(person=person_id).delete()
    return Comment.objects.filter(person=person_id).exclude(text="").update(text="")


def subjects_of(person_id: int) -> list[str]:
    """Return the names under which the journal holds what somebody said."""
    return [f"comment/{pk}" for pk in Comment.objects.filter(person=person_id).values_list("pk", flat=True)]


def _own(comment_id: int, actor: Actor, now: datetime) -> tuple[Comment, Danger]:
    """Return a comment that its author may still change; a stranger is not told that it exists."""
    said = comment_for(actor, comment_id)
    if said.account_id != actor.id:
        raise NotAllowed("comment:not-yours")
    if said.removed_at is not None:
        raise Conflict("comment:removed")
    minutes = habits().comment_minutes
    if not may_change(said.at, now, minutes):
        raise Conflict("comment:too-late", minutes=minutes)
    return said, danger_for(actor, said.danger_id)


def _named(danger: Danger, text: str, mentions: Iterable[int], actor: Actor, now: datetime) -> set[int]:
    """Return who is picked or named and may see the danger; a pick that may not answers as one that does not exist."""
    picked = set(mentions)
    around = mentionable(actor, danger)
    by_name = named_in(text, dict(around.values_list("pk", "name")[:NAMED])) if "@" in text else set()
    people: list[Person] = list(around.filter(pk__in=picked | by_name))
    if len(people) > MENTIONED or len(picked) > MENTIONED:
        raise Invalid("comment:too-many-named", field="mentions", most=MENTIONED)
    named = {person.pk for person in who_may_see(people, danger, limit=MENTIONED, now=now)}
    if picked - named:
        raise NotFound("comment:nobody-there", field="mentions")
    return named


def _write(said: Comment, version: int | None, columns: dict[str, object]) -> None:
    looked_at = said.version if version is None else version
    fresh = Comment.objects.filter(pk=said.pk, version=looked_at, removed_at=None)
    if not fresh.update(**columns, version=F("version") + 1):
        raise Conflict("comment:changed-meanwhile")


def _tell(said: Comment, danger: Danger, named: set[int], *, actor: Actor, now: datetime) -> None:
    me = {actor.person or 0}
    key = _key(said, danger)
    telling.tell(danger, MENTION, named - me, what="mentioned", now=now, key=key, hold=True)
    watchers = watchers_of(danger, now=now) - named - me
    telling.tell(danger, SPOKEN, watchers, what="commented", now=now, key=key, hold=True)


def _key(said: Comment, danger: Danger) -> str:
    return f"danger/{danger.pk}:comment:{said.pk}"


def _record(danger: Danger, said: Comment, event: Event, *, actor: Actor, now: datetime) -> None:
    line = Line(event, f"comment/{said.pk}", chain_of(danger), china_day(now))
    journal.record([line], actor=actor, now=now)
