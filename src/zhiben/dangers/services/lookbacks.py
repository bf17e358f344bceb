"""Looking again at what was signed off: it holds, it came back and is reopened, or it could not be checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from zhiben.clocks.public import sweep_rows
from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.habits import Habits
from zhiben.dangers.domain.kinds import EvidenceKind
from zhiben.dangers.domain.lookback import RESULTS, LookbackState, lapse_of, next_ring
from zhiben.dangers.domain.moves import Given, Move
from zhiben.dangers.events import LookbackDone, LookbackOverdue
from zhiben.dangers.models import Danger, Evidence, Lookback
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.lookbacks import lookback_for
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.selectors.standing import Mover, habits
from zhiben.dangers.services import telling
from zhiben.dangers.services.beside import check_files
from zhiben.dangers.services.case import line_of
from zhiben.dangers.services.evidence import Upload, keep_uploads
from zhiben.dangers.services.moves import take_steps
from zhiben.dangers.services.planning_back import new_lookback
from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import SYSTEM, Actor, require
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Conflict, Invalid, NotAllowed
from zhiben.notices.public import NoticeKind, register_notice

SWEEP = "danger:lookback"
_BODY = Bilingual("{number}：{text}。回头看日期：{day}", "{number}: {text}. To be looked at again by {day}")
REMINDED = register_notice(
    NoticeKind("lookback:reminded", Bilingual("请回头看", "Please look back"), _BODY, page="dangers:detail")
)
LAPSED = register_notice(
    NoticeKind("lookback:overdue", Bilingual("回头看已超期", "A look-back is overdue"), _BODY, page="dangers:detail")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LookedBack:
    """What became of a look-back: whether the danger was reopened, or when somebody goes again."""

    id: int
    state: LookbackState
    danger: int
    reopened: bool
    again_on: date | None


@transaction.atomic
def record_lookback(
    lookback_id: int,
    result: LookbackState,
    words: str,
    photos: Sequence[Upload] = (),
    *,
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> LookedBack:
    """Keep what a supervisor saw; what came back is reopened in the same act. `files`: photos laid there before."""
    row = lookback_for(actor, lookback_id)
    danger = row.danger
    require(actor, DangerPermission.SIGN_OFF, danger.place)
    if not Mover(actor).supervises(danger):
        raise NotAllowed("danger:other-department")
    _check(result, words, has_photo=bool(photos or files))
    check_files(danger, set(files))
    _win(row, result, words, actor=actor, now=now)
    shown = [*map(str, files), *_keep_photos(danger, photos, actor=actor, now=now)]
    again = _again(row, now) if result is LookbackState.NOT_CHECKED else None
    lines: list[Line] = []
    if result is LookbackState.CAME_BACK:
        _, lines = take_steps([danger.pk], Move.REOPEN, Given(reason=words), actor=actor, now=now)
    again_on = again.due_on if again else None
    again_told = again_on.isoformat() if again_on else None
    event = LookbackDone(danger.pk, row.pk, str(result), row.due_on.isoformat(), shown, again_told, words)
    journal.record([line_of(danger, event, china_day(now)), *lines], actor=actor, now=now)
    return LookedBack(row.pk, result, danger.pk, result is LookbackState.CAME_BACK, again_on)


def _check(result: LookbackState, words: str, *, has_photo: bool) -> None:
    if result not in RESULTS:
        raise Invalid("lookback:needs-result", field="result")
    if not words.strip():
        raise Invalid("lookback:needs-words", field="words")
    if result is not LookbackState.NOT_CHECKED and not has_photo:
        raise Invalid("lookback:needs-photo", field="photos")


def _win(row: Lookback, result: LookbackState, words: str, *, actor: Actor, now: datetime) -> None:
    """Write the result if nobody was faster."""
    done = {"done_on": china_day(now), "done_at": now, "done_by_id": actor.id, "words": words}
    still = Lookback.unscoped.filter(pk=row.pk, state=LookbackState.OPEN)
    if not still.update(state=str(result), next_at=None, is_overdue=False, **done):
        raise Conflict("lookback:not-open")


def _keep_photos(danger: Danger, photos: Sequence[Upload], *, actor: Actor, now: datetime) -> list[str]:
    kept = keep_uploads(danger, photos, actor=actor, now=now)
    beside = {"danger": danger, "at": now, "account_id": actor.id, "kind": str(EvidenceKind.LOOKBACK)}
    Evidence.objects.bulk_create([Evidence(file=file, **beside) for _, file in kept])
    return [str(file) for _, file in kept]


def _again(row: Lookback, now: datetime) -> Lookback:
    """Plan to go again: what could not be checked is not forgotten."""
    customs = habits()
    due_on = china_day(now) + timedelta(customs.lookback_again_days)
    why = {"days": row.days, "sample_id": row.sample_id, "follows": row}
    again = new_lookback(row.danger, row.closed_on, due_on, customs, now, **why)
    again.save(force_insert=True)
    return again


def sweep_lookbacks(now: datetime, *, limit: int = 500) -> int:
    """Remind of look-backs, and tell once when a day passed without one. Safe to run twice at once."""
    customs = habits()
    return sweep_rows(
        SWEEP,
        Lookback.unscoped.filter(next_at__isnull=False),
        claim=partial(_claim, customs=customs, now=now),
        effect=partial(_answer, now=now),
        now=now,
        limit=limit,
    )


def _claim(row: Lookback, *, customs: Habits, now: datetime) -> Mapping[str, Any]:
    if row.state != LookbackState.OPEN:
        return {"next_at": None}
    lapsed = lapse_of(row.due_on) <= now
    return {"next_at": next_ring(row.due_on, customs.reminders, now), "is_overdue": lapsed}


def _answer(won: Sequence[Lookback], *, now: datetime) -> None:
    """Tell the department of each, and the journal of what is overdue now; it takes effect on the day after its day."""
    held = Lookback.unscoped.filter(pk__in=[row.pk for row in won], state=LookbackState.OPEN).order_by("pk")
    lines = []
    for row in held.select_related("danger__department"):
        _tell(row, now)
        if row.is_overdue:
            event = LookbackOverdue(row.danger_id, row.pk, row.due_on.isoformat())
            lines.append(line_of(row.danger, event, row.due_on + timedelta(1)))
    journal.record(lines, actor=SYSTEM, now=now)


def _tell(row: Lookback, now: datetime) -> None:
    kind = LAPSED if row.is_overdue else REMINDED
    ring = "overdue" if row.is_overdue else china_day(now).isoformat()
    key = f"{subject_of(row.danger_id)}:lookback:{row.pk}:{ring}"
    people = telling.officers(row.danger)
    telling.tell(row.danger, kind, people, what="", now=now, extra={"day": row.due_on.isoformat()}, key=key)
