"""What people add beside a clause: how to look at it, and which texts speak of it; a link counts once two confirmed it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from zhiben.files.public import HEIC, PICTURES, FileKept, keep_file
from zhiben.journal import public as journal
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid, NotFound
from zhiben.kernel.periods import local_day
from zhiben.law.searching import folded
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Unit
from zhiben.orgs.public import unit_place
from zhiben.standards.events import GuideWritten, LinkConfirmed, LinkMade, LinkWithdrawn
from zhiben.standards.models import ClauseLink, Guide, LinkConfirmation
from zhiben.standards.permissions import ClausePermission
from zhiben.standards.regional import REGIONS, edition_for
from zhiben.standards.services.recording import Photo

LONGEST, LONGEST_TEXT = 4_000, 500
CONFIRMERS = 2
KINDS = frozenset({"danger", "item"})


@transaction.atomic
def write_guide(
    unit: Unit,
    standard: str,
    clause: str,
    zh: str,
    en: str,
    *,
    seen: int,
    photos: Sequence[Photo] = (),
    actor: Actor,
    now: datetime,
) -> Guide:
    """Tell how to look at a clause, for a region; `seen` is the change the writer was looking at, 0: none.

    The first one says something; one that was written may be emptied, and is shown no more.
    """
    require(actor, ClausePermission.GUIDE, unit_place(unit))
    _check_region(unit)
    _check_clause(actor, standard, clause)
    if any(len(text) > LONGEST or "\0" in text for text in (zh, en)):
        raise Invalid("guide:too-long", field="zh", most=LONGEST)
    if not (seen or zh.strip() or en.strip() or photos):
        raise Invalid("guide:empty", field="zh")
    named: dict[str, Any] = {"unit": unit, "standard": standard, "clause": clause}
    told = {"zh": zh.strip(), "en": en.strip(), "written_at": now, "written_by_id": actor.id}
    if seen:
        if not Guide.objects.filter(**named, changes=seen).update(**told, changes=F("changes") + 1):
            raise Conflict("guide:already-changed")
        guide = Guide.objects.get(**named)
    else:
        guide = _first(named, told)
    place, day = unit_place(unit), local_day(now)
    files = [
        keep_file(
            photo.stream, photo.name, subject=f"guide/{guide.pk}", place=place, unit_id=unit.pk, purpose="guide",
            allowed=PICTURES | {HEIC}, actor=actor, now=now,
        )
        for photo in photos
    ]  # fmt: skip
    event = GuideWritten(unit.pk, standard, clause, guide.zh, guide.en, [str(one.id) for one in files])
    subject = f"guide/{guide.pk}"
    kept = [FileKept(str(one.id), one.sha256, one.size, one.type, one.purpose, one.name) for one in files]
    journal.record([Line(each, subject, "system", day) for each in (event, *kept)], actor=actor, now=now)
    return guide


def _first(named: dict[str, Any], told: dict[str, Any]) -> Guide:
    try:
        with transaction.atomic():
            return Guide.objects.create(**named, **told)
    except IntegrityError:  # somebody wrote the region's guide in the same moment
        raise Conflict("guide:already-changed") from None


@transaction.atomic
def make_link(
    unit: Unit, standard: str, clause: str, kind: str, text: str, *, actor: Actor, now: datetime
) -> ClauseLink:
    """Say that a text speaks of a clause; said again it is the same link."""
    require(actor, ClausePermission.LINK, unit_place(unit))
    _check_region(unit)
    _check_clause(actor, standard, clause)
    plain = folded(text)
    if kind not in KINDS or not plain or len(text) > LONGEST_TEXT or len(plain) > LONGEST_TEXT or "\0" in text:
        raise Invalid("link:unfit-text", field="text", most=LONGEST_TEXT)
    named = {"unit": unit, "standard": standard, "clause": clause, "kind": kind, "plain": plain, "withdrawn_at": None}
    before = ClauseLink.objects.filter(**named).first()
    if before is not None:
        return before
    try:
        with transaction.atomic():
            link = ClauseLink.objects.create(**named, text=text.strip(), made_at=now, made_by_id=actor.id)
    except IntegrityError:  # somebody said it in the same moment
        return ClauseLink.objects.get(**named)
    _record(link, LinkMade(link.pk, unit.pk, standard, clause, kind, link.text), actor=actor, now=now)
    return link


@transaction.atomic
def confirm_link(link: ClauseLink, *, actor: Actor, now: datetime) -> ClauseLink:
    """Confirm a link as one of two people; by the second it is verified. One person counts once."""
    require(actor, ClausePermission.CONFIRM, unit_place(link.unit))
    if actor.person is None or actor.id is None:
        raise Conflict("link:person-needed")
    row = ClauseLink.objects.select_for_update().filter(pk=link.pk, withdrawn_at__isnull=True).first()
    if row is None:
        raise Conflict("link:withdrawn")
    try:
        with transaction.atomic():
            LinkConfirmation.objects.create(link=row, person_id=actor.person, account_id=actor.id, at=now)
    except IntegrityError:
        raise Conflict("link:confirmed-already") from None
    is_verified = row.confirmations.count() >= CONFIRMERS
    if is_verified:
        ClauseLink.objects.filter(pk=row.pk, verified_at__isnull=True).update(verified_at=now)
    _record(row, LinkConfirmed(row.pk, row.standard, row.clause, is_verified), actor=actor, now=now)
    return ClauseLink.objects.get(pk=row.pk)


@transaction.atomic
def withdraw_link(link: ClauseLink, *, reason: str, actor: Actor, now: datetime) -> None:
    """Take a link back that turned out wrong; whoever wants it again makes a new one, which nobody confirmed yet."""
    require(actor, ClausePermission.CONFIRM, unit_place(link.unit))
    if not reason.strip():
        raise Invalid("link:reason-needed", field="reason")
    if not ClauseLink.objects.filter(pk=link.pk, withdrawn_at__isnull=True).update(withdrawn_at=now):
        raise Conflict("link:withdrawn")
    event = LinkWithdrawn(link.pk, link.standard, link.clause, reason.strip()[:500])
    _record(link, event, actor=actor, now=now)


def _check_region(unit: Unit) -> None:
    if UnitKind(unit.kind) not in REGIONS:
        raise Invalid("guide:not-a-region", field="unit")


def _check_clause(actor: Actor, standard: str, clause: str) -> None:
    known = edition_for(actor, standard)
    if all(each.ref != clause for each in known.clauses):
        raise NotFound("clause:unknown", standard=standard, clause=clause)


def _record(link: ClauseLink, event: Event, *, actor: Actor, now: datetime) -> None:
    journal.record([Line(event, f"clause-link/{link.pk}", "system", local_day(now))], actor=actor, now=now)
