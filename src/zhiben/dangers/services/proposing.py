"""Looking for dangers told twice: queued from the journal, done by the sweep, answered by people, remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from zhiben.clocks.public import sweep_rows
from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.kinds import CLOSED, Confidentiality
from zhiben.dangers.domain.likeness import Likeness
from zhiben.dangers.events import DangerToldApart
from zhiben.dangers.models import Danger, DuplicateCheck, DuplicateProposal
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.alike import Alike, alikes_of, wanted_of
from zhiben.dangers.selectors.duplicates import proposal_for
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.services.case import line_of
from zhiben.files.public import pictures_wait
from zhiben.journal import public as journal
from zhiben.journal.public import Recorded
from zhiben.kernel.actor import Actor, require
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.orgs.scope import Scope, scoped

CONSUMER = "danger:duplicates"
SWEEP = "danger:duplicates"
CODES = frozenset({
    "danger:found", "danger:evidence-added", "danger:source-added", "danger:reopened", "danger:unmerged",
})  # fmt: skip
PAUSE = timedelta(minutes=1)  # while photos are being prepared
TRIES = 5


def queue_checks(entries: Sequence[Recorded], now: datetime) -> None:
    """Let the sweep look for the likes of what was found, or of what has something new to compare."""
    ids = sorted({entry.body["danger"] for entry in entries})
    rows = [DuplicateCheck(danger_id=number, next_at=now) for number in ids]
    DuplicateCheck.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["danger"], update_fields=["next_at", "tries"], batch_size=500
    )


def forget_checks() -> None:
    """Empty the queue, before it is filled anew; what people answered stays."""
    DuplicateCheck.objects.all().delete()


def sweep_duplicates(now: datetime, *, limit: int = 200) -> int:
    """Look for the likes of the dangers queued; return how many were looked at."""
    return sweep_rows(
        SWEEP,
        DuplicateCheck.objects.filter(next_at__isnull=False),
        claim=lambda check: _claim(check, now),
        effect=lambda won: _propose(won, now),
        now=now,
        limit=limit,
    )


def _claim(check: DuplicateCheck, now: datetime) -> Mapping[str, Any]:
    """Wait a little longer for photos: how they look is not known before their pictures are made."""
    with scoped(Scope(everything=True)):
        waits = bool(pictures_wait([subject_of(check.danger_id)])) and check.tries < TRIES
    return {"next_at": now + PAUSE, "tries": F("tries") + 1} if waits else {"next_at": None}


def _propose(won: Sequence[DuplicateCheck], now: datetime) -> None:
    rows = Danger.unscoped.filter(pk__in=[check.danger_id for check in won])
    for danger in rows.exclude(confidentiality=Confidentiality.SEALED).exclude(merged_into__isnull=False):
        if danger.state not in CLOSED:
            keep_proposals(danger, alikes_of(wanted_of(danger)), now)


def keep_proposals(danger: Danger, found: Sequence[Alike], now: datetime) -> None:
    """Write pairs not known yet, and the newer score of those that nobody answered."""
    fresh = [_row(danger, one, now) for one in found]
    DuplicateProposal.unscoped.bulk_create(fresh, ignore_conflicts=True)
    for row in fresh:
        known = DuplicateProposal.unscoped.filter(first=row.first_id, second=row.second_id, answer="open")
        known.exclude(score=row.score).update(score=row.score, reasons=row.reasons)


def _row(danger: Danger, one: Alike, now: datetime) -> DuplicateProposal:
    first, second = sorted((danger.pk, one.danger))
    return DuplicateProposal(
        first_id=first,
        second_id=second,
        score=one.likeness.score,
        reasons=told_reasons(one.likeness),
        found_at=now,
        unit_id=danger.unit_id,
        path=danger.path,
        enterprise_id=danger.enterprise_id,
        party_id=danger.party_id,
        industries_mask=danger.industries_mask,
        matter=danger.matter,
    )


def told_reasons(likeness: Likeness) -> list[dict[str, Any]]:
    """Return the reasons as they are kept and sent."""
    return [{**asdict(reason), "sign": str(reason.sign)} for reason in likeness.reasons]


@transaction.atomic
def tell_apart(proposal_id: int, reason: str, *, actor: Actor, now: datetime) -> None:
    """Say that two dangers are not the same: the pair is remembered and never proposed again."""
    pair = proposal_for(actor, proposal_id)
    for danger in (pair.first, pair.second):
        require(actor, DangerPermission.MERGE, danger.place)
    if not reason.strip():
        raise Invalid("danger:needs-reason", field="reason")
    answered = {"answer": "not_same", "reason": reason, "answered_at": now, "answered_by": actor.id}
    if not DuplicateProposal.unscoped.filter(pk=pair.pk, answer="open").update(**answered):
        raise Conflict("danger:pair-answered", proposal=pair.pk)
    today = china_day(now)
    lines = [
        line_of(danger, DangerToldApart(danger.pk, other.pk, other.number, reason), today)
        for danger, other in ((pair.first, pair.second), (pair.second, pair.first))
    ]
    journal.record(lines, actor=actor, now=now)
