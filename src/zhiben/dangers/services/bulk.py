"""One step for many dangers: chosen, looked at, then taken row by row, each in a transaction of its own.

What became of a row is written with the row's step, so a run that was cut short goes on where it stood and takes no
step twice. A refusal is an answer for its row; the others go on.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from zhiben.clocks.public import enqueue
from zhiben.dangers.domain.bulk import BULK_MOVES, BulkState, Outcome, Stand, is_already, read_given, write_given
from zhiben.dangers.domain.filters import Filters
from zhiben.dangers.domain.kinds import Level, State
from zhiben.dangers.domain.moves import Given, Move
from zhiben.dangers.listing import NAMES
from zhiben.dangers.models import BulkRow, BulkRun, Danger
from zhiben.dangers.selectors.bulk import bulk_for, may_undo
from zhiben.dangers.selectors.lists import dangers_for
from zhiben.dangers.selectors.reading import danger_for, reach_of
from zhiben.dangers.services.moves import take_steps
from zhiben.dangers.services.undoing import undo_step
from zhiben.journal import public as journal
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import Conflict, Invalid, NotFound, Refusal

JOB = "danger:bulk"
MOST = 1_000  # dangers at once
AT_ONCE = 20  # up to so many one waits for the answer; more are a job
KEPT = timedelta(days=30)
PAGE = 200
_ID, _VERSION = NAMES.index("id"), NAMES.index("version")


@transaction.atomic
def choose_dangers(danger_ids: Iterable[int], *, query: str = "", actor: Actor, now: datetime) -> BulkRun:
    """Put dangers together as they stand; those that are not there for the actor are counted, not taken."""
    wanted = list(dict.fromkeys(danger_ids))
    seen = dict(reach_of(actor).filter(pk__in=wanted[:MOST]).values_list("pk", "version"))
    return _choose(seen, len(wanted) - len(seen), query=query, actor=actor, now=now)


@transaction.atomic
def choose_matching(filters: Filters, *, query: str = "", actor: Actor, now: datetime) -> BulkRun:
    """Put together all that a list shows, newest first, up to the most at once; what lies beyond is told."""
    seen: dict[int, int] = {}
    after: Any = None
    while len(seen) <= MOST:
        page = dangers_for(actor, filters, after=after, limit=PAGE)
        seen |= {row[_ID]: row[_VERSION] for row in page.rows}
        if page.next is None:
            break
        after = page.next
    left_out = max(0, len(seen) - MOST)
    return _choose(dict(list(seen.items())[:MOST]), left_out, query=query, actor=actor, now=now)


def _choose(seen: dict[int, int], left_out: int, *, query: str, actor: Actor, now: datetime) -> BulkRun:
    if not seen:
        raise NotFound("danger:not-found") if left_out else Invalid("bulk:nothing-chosen", field="danger")
    BulkRun.objects.filter(account=actor.id or 0, made_at__lt=now - KEPT).delete()
    run = BulkRun.objects.create(account_id=actor.id or 0, query=query, left_out=left_out, made_at=now)
    BulkRow.objects.bulk_create([BulkRow(run=run, danger_id=pk, version=seen[pk]) for pk in sorted(seen)])
    return run


@transaction.atomic
def start_bulk(
    run_id: UUID, move: Move, given: Given, *, actor: Actor, now: datetime, as_job: bool | None = None
) -> BulkRun:
    """Set a step going for all that was chosen, once. What one waits for is taken by `take_rows` after this commits."""
    run = bulk_for(actor, run_id)
    if move not in BULK_MOVES:
        raise Invalid("bulk:one-by-one", field="move", move=str(move))
    _set_going(run, [BulkState.DRAFT], move=str(move), given=write_given(given))
    return _queued(run, as_job=as_job, actor=actor, now=now)


@transaction.atomic
def retry_bulk(run_id: UUID, *, actor: Actor, now: datetime, as_job: bool | None = None) -> BulkRun:
    """Try those that were refused once more, as they stand now, and go on with those that still wait."""
    run = bulk_for(actor, run_id)
    refused = list(run.rows.filter(outcome=Outcome.REFUSED))
    if not refused and not run.rows.filter(outcome=Outcome.WAITING).exists():
        raise Conflict("bulk:nothing-to-retry")
    _set_going(run, [BulkState.DONE, BulkState.STOPPED])
    now_at = dict(reach_of(actor).filter(pk__in=[row.danger_id for row in refused]).values_list("pk", "version"))
    for row in refused:
        row.outcome, row.code, row.facts, row.at = str(Outcome.WAITING), "", {}, None
        row.version = now_at.get(row.danger_id, row.version)
    BulkRow.objects.bulk_update(refused, ["outcome", "code", "facts", "at", "version"])
    return _queued(run, as_job=as_job, actor=actor, now=now)


@transaction.atomic
def stop_bulk(run_id: UUID, *, actor: Actor) -> BulkRun:
    """Take no more rows; those that wait stay as they are, and can be gone on with."""
    run = bulk_for(actor, run_id)
    if not BulkRun.objects.filter(pk=run.pk, state=BulkState.RUNNING).update(state=BulkState.STOPPED):
        raise Conflict("bulk:not-running")
    return bulk_for(actor, run_id)


def _set_going(run: BulkRun, sources: list[BulkState], **columns: object) -> None:
    waiting = BulkRun.objects.filter(pk=run.pk, state__in=sources, turn=run.turn)
    if not waiting.update(state=BulkState.RUNNING, turn=run.turn + 1, ended_at=None, **columns):
        raise Conflict("bulk:already-started")
    run.refresh_from_db()


def _queued(run: BulkRun, *, as_job: bool | None, actor: Actor, now: datetime) -> BulkRun:
    waiting = run.rows.filter(outcome=Outcome.WAITING).count()
    if as_job or (as_job is None and waiting > AT_ONCE):
        key = f"{JOB}/{run.pk}/{run.turn}"
        run.job = enqueue(JOB, {"run": str(run.pk)}, key=key, total=waiting, actor=actor, now=now)
        run.save(update_fields=["job"])
    elif run.job is not None:
        run.job = None
        run.save(update_fields=["job"])
    return run


def undo_bulk(run_id: UUID, *, actor: Actor, now: datetime) -> BulkRun:
    """Take back what a run did, each danger by itself; what somebody was told of stays done and says why."""
    run = bulk_for(actor, run_id)
    done = run.rows.filter(outcome=Outcome.DONE)
    if run.state != BulkState.DONE or not may_undo(run, done.count(), most=AT_ONCE, now=now):
        raise Conflict("bulk:nothing-to-undo", most=AT_ONCE)
    for row in done.order_by("danger"):
        _undo(row, actor=actor, now=now)
    return run


def _undo(row: BulkRow, *, actor: Actor, now: datetime) -> None:
    mine = BulkRow.objects.filter(pk=row.pk, outcome=Outcome.DONE)
    try:
        with transaction.atomic():
            if mine.update(outcome=Outcome.UNDONE, code="", facts={}, at=now):
                undo_step(row.danger_id, actor=actor, now=now)
    except Refusal as refusal:
        mine.update(code=refusal.code, facts={name: str(value) for name, value in refusal.facts.items()})


def forget_runs(person_id: int) -> int:
    """Destroy the words somebody gave with steps for many."""
    return BulkRun.objects.filter(account__person=person_id).delete()[0]


def take_rows(run: BulkRun, *, actor: Actor, now: datetime, limit: int = AT_ONCE) -> int:
    """Take the next rows through the step; return how many were answered. Two who do so at once share them."""
    answered = 0
    for row in run.rows.filter(outcome=Outcome.WAITING).order_by("danger")[:limit]:
        if not BulkRun.objects.filter(pk=run.pk, state=BulkState.RUNNING, turn=run.turn).exists():
            break  # stopped meanwhile
        answered += _answer(run, row, actor=actor, now=now)
    return answered


def finish_bulk(run: BulkRun, *, now: datetime) -> bool:
    """End a run of which no row waits; tell whether it has ended."""
    if run.rows.filter(outcome=Outcome.WAITING).exists():
        return not BulkRun.objects.filter(pk=run.pk, state=BulkState.RUNNING).exists()
    BulkRun.objects.filter(pk=run.pk, state=BulkState.RUNNING).update(state=BulkState.DONE, ended_at=now)
    return True


def _answer(run: BulkRun, row: BulkRow, *, actor: Actor, now: datetime) -> bool:
    mine = BulkRow.objects.filter(pk=row.pk, outcome=Outcome.WAITING)
    try:
        with transaction.atomic():
            if not mine.update(outcome=Outcome.DONE, at=now):
                return False  # somebody else is at it
            _take(run, row, actor=actor, now=now)
    except Refusal as refusal:
        facts = {name: str(value) for name, value in refusal.facts.items()}
        return bool(mine.update(outcome=Outcome.REFUSED, code=refusal.code, facts=facts, at=now))
    return True


def _take(run: BulkRun, row: BulkRow, *, actor: Actor, now: datetime) -> None:
    """Take one danger through its step, or see that it stands so already."""
    move, given = Move(run.move), read_given(run.given)
    if is_already(move, given, _stand(danger_for(actor, row.danger_id))):
        BulkRow.objects.filter(pk=row.pk).update(outcome=Outcome.UNCHANGED)
        return
    _moved, lines = take_steps([row.danger_id], move, given, actor=actor, now=now, version=row.version)
    journal.record(lines, actor=actor, now=now)


def _stand(danger: Danger) -> Stand:
    return Stand(
        state=State(danger.state),
        level=Level(danger.level),
        owner=danger.owner_person_id,
        owner_unit=danger.owner_unit_id,
        due_on=danger.due_on,
        due_set_by=danger.due_set_by,
        department=danger.department_id,
        transferred_to=danger.transferred_to_id,
        void_proposed=danger.is_void_proposed,
    )
