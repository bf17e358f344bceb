"""A region's own packs: drafted, reviewed by two people who did not write them, adopted from a day, withdrawn from one.

What was adopted is never changed: whoever wants it otherwise drafts the next version.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from zhiben.journal import public as journal
from zhiben.journal.public import Event, Line
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.kernel.periods import local_day
from zhiben.law.because import because
from zhiben.law.pack_texts import KINDS, LONGEST, Checked, PackKind, check
from zhiben.law.standards import held
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.models import Account, Unit
from zhiben.orgs.public import unit_place
from zhiben.standards.events import PackAdopted, PackDrafted, PackReviewed, PackSubmitted, PackWithdrawn
from zhiben.standards.models import Pack, PackReview, PackVersion
from zhiben.standards.permissions import PackPermission
from zhiben.standards.regional import REGIONS, kind_of, pack_for, version_for

SLUG = re.compile(r"[a-z]+(-[a-z]+)*(-\d{4})?(-[a-z]+)?")
REVIEWERS = 2


@transaction.atomic
def start_pack(unit: Unit, kind: str, slug: str, text: str, *, actor: Actor, now: datetime) -> PackVersion:
    """Begin a pack of a region under an id nobody uses."""
    require(actor, PackPermission.WRITE, unit_place(unit))
    if UnitKind(unit.kind) not in REGIONS:
        raise Invalid("pack:not-a-region", field="unit")
    if kind not in KINDS:
        raise Invalid("pack:unknown-kind", field="kind")
    if not SLUG.fullmatch(slug) or len(slug) > 50 or slug == "new":  # the address of the form
        raise Invalid("pack:bad-id", field="id", value=slug[:80], example="hotpot-kitchens")
    if held(slug) is not None or Pack.objects.filter(slug=slug).exists():
        raise Conflict("pack:id-taken", field="id", value=slug)
    try:
        with transaction.atomic():
            pack = Pack.objects.create(unit=unit, kind=kind, slug=slug)
    except IntegrityError:  # somebody took the id in the same moment
        raise Conflict("pack:id-taken", field="id", value=slug) from None
    return _draft(pack, 1, text, actor=actor, now=now)


@transaction.atomic
def write_draft(slug: str, text: str, *, seen: int, actor: Actor, now: datetime) -> PackVersion:
    """Write a pack's draft anew, or begin its next version; `seen` is the change the writer was looking at, 0: none."""
    pack = pack_for(actor, slug)
    require(actor, PackPermission.WRITE, unit_place(pack.unit))
    draft = pack.versions.exclude(state="adopted").first()
    if draft is None:
        number = (pack.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
        return _draft(pack, number, text, actor=actor, now=now)
    if draft.state != "draft":
        raise Conflict("pack:in-review", pack=slug)
    writers = sorted({*draft.writers, *_person(actor)})
    rows = PackVersion.objects.filter(pk=draft.pk, state="draft", changes=seen)
    if not rows.update(**_written(pack, text, actor, now), writers=writers, changes=F("changes") + 1):
        raise Conflict("pack:already-changed", pack=slug)
    return _told_draft(pack, draft.pk, actor=actor, now=now)


def _draft(pack: Pack, number: int, text: str, *, actor: Actor, now: datetime) -> PackVersion:
    told = _written(pack, text, actor, now)
    try:
        with transaction.atomic():
            row = PackVersion.objects.create(pack=pack, number=number, state="draft", writers=_person(actor), **told)
    except IntegrityError:  # two began the next version at once
        raise Conflict("pack:already-changed", pack=pack.slug) from None
    return _told_draft(pack, row.pk, actor=actor, now=now)


def _written(pack: Pack, text: str, actor: Actor, now: datetime) -> dict[str, Any]:
    if "\0" in text or len(text) > LONGEST:
        raise Invalid("pack:unfit-text", field="text", most=LONGEST)
    title = (check(kind_of(pack), text).document or {}).get("title")
    told: Mapping[str, Any] = title if isinstance(title, dict) else {}
    return {
        "text": text,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "title_zh": str(told.get("zh", ""))[:200],
        "title_en": str(told.get("en", ""))[:200],
        "written_at": now,
        "written_by_id": actor.id,
    }


def _told_draft(pack: Pack, pk: int, *, actor: Actor, now: datetime) -> PackVersion:
    row = PackVersion.objects.get(pk=pk)
    row.pack = pack
    _record(row, PackDrafted(pack.slug, row.number, row.digest, len(checked(row).problems)), actor=actor, now=now)
    return row


def checked(version: PackVersion) -> Checked:
    """Check a version's text by the law's own schema, rules and examples."""
    return check_text(version.pack.slug, kind_of(version.pack), version.text)


def check_text(slug: str, kind: PackKind, text: str) -> Checked:
    """Check a text that shall be a version of a pack: besides all else it bears the pack's id."""
    found = check(kind, text)
    if found.document is None or found.document.get("id") == slug:
        return found
    other = found.at("id", because(f"须为 {slug}", f"must be {slug}"))
    return Checked((other, *found.problems), found.document)


@transaction.atomic
def submit_pack(slug: str, number: int, *, seen: int, actor: Actor, now: datetime) -> PackVersion:
    """Put a draft without problems to review."""
    version = version_for(actor, slug, number)
    require(actor, PackPermission.WRITE, unit_place(version.pack.unit))
    problems = checked(version).problems
    if problems:
        raise Invalid("pack:has-problems", field="text", problems=len(problems), line=problems[0].line)
    _move(version, "draft", {"state": "review"}, changes=seen)
    _record(version, PackSubmitted(slug, number, version.digest), actor=actor, now=now)
    return version


@transaction.atomic
def review_pack(
    slug: str, number: int, *, digest: str, is_passed: bool, words: str, actor: Actor, now: datetime
) -> PackVersion:
    """Pass the text that was looked at, or send it back with a reason; never one's own."""
    version = version_for(actor, slug, number)
    require(actor, PackPermission.REVIEW, unit_place(version.pack.unit))
    person = (_person(actor) or [0])[0]
    if not person:
        raise Conflict("pack:person-needed", pack=slug)
    if person in version.writers:
        raise Conflict("pack:own-text", pack=slug)
    if not is_passed and not words.strip():
        raise Invalid("pack:reason-needed", field="words")
    _move(version, "review", {"state": "review" if is_passed else "draft"}, digest=digest)
    told = {"version": version, "digest": version.digest, "person_id": person, "account_id": actor.id, "at": now}
    try:
        with transaction.atomic():
            PackReview.objects.create(**told, is_passed=is_passed, words=words.strip()[:500])
    except IntegrityError:
        raise Conflict("pack:reviewed-already", pack=slug) from None
    event = PackReviewed(slug, number, version.digest, is_passed, words.strip()[:500])
    _record(version, event, actor=actor, now=now)
    return version


def passed_by(version: PackVersion) -> list[int]:
    """Return who passed this very text, those left out who wrote in it meanwhile."""
    rows = version.reviews.filter(is_passed=True, digest=version.digest).exclude(person__in=version.writers)
    return sorted(set(rows.values_list("person", flat=True)))


@transaction.atomic
def adopt_pack(slug: str, number: int, since: date, *, digest: str, actor: Actor, now: datetime) -> PackVersion:
    """Let a reviewed text hold from a day on, in place of the version before."""
    version, today = version_for(actor, slug, number), local_day(now)
    require(actor, PackPermission.ADOPT, unit_place(version.pack.unit))
    if since < today:
        raise Invalid("pack:begins-in-the-past", field="since")
    Pack.objects.select_for_update().get(pk=version.pack_id)  # one is adopted at a time
    people = passed_by(version)
    if len(people) < REVIEWERS:
        raise Conflict("pack:not-reviewed", reviewed=len(people), needed=REVIEWERS)
    if problems := checked(version).problems:  # the vocabulary may have moved on since
        raise Invalid("pack:has-problems", field="text", problems=len(problems), line=problems[0].line)
    before = version.pack.versions.filter(state="adopted", until__isnull=True)
    if before.filter(since__gte=since).exists():
        raise Conflict("pack:later-version", pack=slug)
    before.update(until=since)
    told = {"state": "adopted", "since": since, "adopted_at": now, "adopted_by_id": actor.id}
    _move(version, "review", told, digest=digest)
    event = PackAdopted(slug, number, version.digest, version.pack.unit_id, since.isoformat(), people)
    _record(version, event, actor=actor, now=now, on=since)
    return version


@transaction.atomic
def withdraw_pack(slug: str, number: int, until: date, *, reason: str, actor: Actor, now: datetime) -> PackVersion:
    """Let an adopted version hold no more from a day on; what it said before stands."""
    version = version_for(actor, slug, number)
    require(actor, PackPermission.ADOPT, unit_place(version.pack.unit))
    if not reason.strip():
        raise Invalid("pack:reason-needed", field="reason")
    if until < local_day(now):
        raise Invalid("pack:ends-in-the-past", field="until")
    last = max(until, version.since or until)
    rows = PackVersion.objects.filter(pk=version.pk, state="adopted", until__isnull=True)
    if not rows.update(until=last):
        raise Conflict("pack:not-in-force", pack=slug)
    version.until = last
    event = PackWithdrawn(slug, number, last.isoformat(), reason.strip()[:500])
    _record(version, event, actor=actor, now=now, on=last)
    return version


def _move(
    version: PackVersion, was: str, to: Mapping[str, Any], *, changes: int | None = None, digest: str | None = None
) -> None:
    """Move a version on from a state; refuse where it changed since the actor looked."""
    rows = PackVersion.objects.filter(pk=version.pk, state=was)
    rows = rows if changes is None else rows.filter(changes=changes)
    rows = rows if digest is None else rows.filter(digest=digest)
    if not rows.update(**to):
        raise Conflict("pack:already-changed", pack=version.pack.slug)
    for name, value in to.items():
        setattr(version, name, value)


def _person(actor: Actor) -> list[int]:
    """Return the number of the person behind an account: two accounts of one person are one."""
    found = Account.objects.filter(pk=actor.id).values_list("person", flat=True).first() if actor.id else None
    return [found] if found else []


def _record(version: PackVersion, event: Event, *, actor: Actor, now: datetime, on: date | None = None) -> None:
    line = Line(event, f"pack/{version.pack.slug}", "system", on or local_day(now))
    journal.record([line], actor=actor, now=now)
