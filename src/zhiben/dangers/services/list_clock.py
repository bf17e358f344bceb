"""The clock of a removal from the list: it must be published, and the danger may be closed by then."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from zhiben.clocks.public import current_deadlines, sweep_rows
from zhiben.dangers.domain.clock import Clock, moment
from zhiben.dangers.domain.words import label
from zhiben.dangers.models import Danger, Listing
from zhiben.dangers.selectors.listings import listing_subject
from zhiben.dangers.services import telling

SWEEP = "listing:clock"


def sweep_listings(now: datetime, *, limit: int = 200) -> int:
    """Tell the officers on the day on which a removal must be published, and once more when it has passed."""
    return sweep_rows(
        SWEEP,
        Listing.objects.filter(next_at__isnull=False),
        claim=lambda _listing: {"next_at": None},
        effect=lambda won: _answer(won, now),
        now=now,
        limit=limit,
    )


def _answer(won: Sequence[Listing], now: datetime) -> None:
    subjects = {listing_subject(row.pk): row for row in won}
    running = current_deadlines(subjects)
    dangers = Danger.unscoped.in_bulk([row.danger_id for row in won])
    for subject, row in subjects.items():
        deadline = running.get((subject, str(Clock.DELIST_PUBLISH)))
        if deadline is None:
            continue
        over = moment(deadline.day + timedelta(1))
        kind = telling.LAPSED if now >= over else telling.REMINDED
        name, danger = label(Clock.DELIST_PUBLISH), dangers[row.danger_id]
        facts = {"clock": {"zh": name.zh, "en": name.en}, "day": deadline.day.isoformat()}
        key = f"{subject}:publish-removal:{deadline.day}:{kind.name}"
        telling.tell(danger, kind, telling.officers(danger), what="publish-removal", now=now, extra=facts, key=key)
        if now < over:
            Listing.objects.filter(pk=row.pk).update(next_at=over)
