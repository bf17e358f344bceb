"""Stretches past a limit, derived from the journal: when each began and ended, what held it, on which days it moved."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from zhiben.dangers.domain.kinds import Flag, State
from zhiben.dangers.domain.ladder import Hold
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.models import Danger, OverdueSpan
from zhiben.journal.public import Recorded

CONSUMER = "danger:overdue-spans"
CODES = frozenset({
    "danger:overdue", "danger:no-longer-overdue", "danger:imported", "danger:stepped", "danger:flagged",
    "danger:voided", "danger:reclassified",
})  # fmt: skip
PROGRESS = frozenset({Move.SUBMIT, Move.FILL_PLAN, Move.REPORT_MAJOR, Move.ASSESS_STOP, Move.APPLY_TO_RESUME})
Spans = dict[int, OverdueSpan]  # the open ones, by danger


def derive_spans(entries: Sequence[Recorded], now: datetime) -> None:
    """Take the next entries; whatever changed is looked at by the ladder at once."""
    ids = {entry.body["danger"] for entry in entries}
    spans: Spans = {span.danger_id: span for span in OverdueSpan.objects.filter(danger__in=ids, until__isnull=True)}
    touched: dict[int, OverdueSpan] = {}
    for entry in entries:
        span = (
            _open(entry, spans, touched.values()) if entry.code == "danger:overdue" else spans.get(entry.body["danger"])
        )
        if span is not None and _take(span, entry):
            touched[span.pk] = span
            if span.until is not None:
                spans.pop(span.danger_id)
    for span in touched.values():
        span.next_at = now
    OverdueSpan.objects.bulk_update(touched.values(), ["until", "holds", "progress", "next_at"], batch_size=200)
    _imported_late(entries)
    withdrawn = [e.body["danger"] for e in entries if e.body.get("move") == Move.WITHDRAW_IMPORT]
    OverdueSpan.objects.filter(danger__in=withdrawn).delete()


def empty_spans() -> None:
    """Remove all stretches, to be derived anew."""
    OverdueSpan.objects.all().delete()


def _open(entry: Recorded, spans: Spans, touched: Iterable[OverdueSpan]) -> OverdueSpan:
    """Begin a stretch, once; one that ended on this very day goes on, as when what ended it was undone."""
    danger = entry.body["danger"]
    ended = OverdueSpan.objects.filter(danger=danger, until=entry.on).order_by("since").last()
    just = (span for span in touched if (span.danger_id, span.until) == (danger, entry.on))
    if span := next(just, ended):
        span.until = None
    else:
        span, _ = OverdueSpan.objects.get_or_create(danger_id=danger, since=entry.on)
    return spans.setdefault(danger, span)


def _take(span: OverdueSpan, entry: Recorded) -> bool:
    """Write down what an entry means for an open stretch; tell whether it means anything."""
    body, on = entry.body, entry.on
    if entry.code == "danger:no-longer-overdue":
        span.until = max(on, span.since)
    elif entry.code == "danger:flagged":
        if body["flag"] != Flag.STOP_ORDERED:
            return False
        _hold(span, Hold.STOPPED, on, begins=body["up"])
    elif entry.code == "danger:stepped":
        return _stepped(span, body["move"], body["before"], body["after"], on)
    return True


def _stepped(span: OverdueSpan, move: str, before: str, after: str, on: date) -> bool:
    """While it is not being rectified, somebody else must act: those days do not count."""
    if move in PROGRESS:
        span.progress = sorted({*span.progress, on.isoformat()})
    moved = before != after and State.RECTIFYING in {before, after}
    if moved:
        _hold(span, Hold.AWAITING, on, begins=before == State.RECTIFYING)
    return moved or move in PROGRESS


def _hold(span: OverdueSpan, why: Hold, on: date, *, begins: bool) -> None:
    running = [hold for hold in span.holds if hold[0] == why and hold[2] is None]
    if begins and not running:
        span.holds = [*span.holds, [str(why), on.isoformat(), None]]
    for hold in [] if begins else running:
        hold[2] = on.isoformat()


def _imported_late(entries: Iterable[Recorded]) -> None:
    """Keep the stretch of a row that came in closed and had been closed after its limit."""
    closed = {e.body["danger"]: date.fromisoformat(e.body["closed_on"]) for e in entries if e.code == "danger:imported"}
    rows = Danger.unscoped.filter(pk__in=closed, due_on__isnull=False).values_list("pk", "due_on", "found_on")
    late = [
        OverdueSpan(danger_id=pk, since=first, until=closed[pk])
        for pk, due_on, found_on in rows
        if (first := max(due_on + timedelta(1), found_on)) < closed[pk]
    ]
    OverdueSpan.objects.bulk_create(late, ignore_conflicts=True, batch_size=500)
