"""When a unit was hung on another parent, its dangers moved from cell to cell: told to the journal, in parts.

The columns themselves are rewritten by the move (`orgs.paths`). What the figures miss is read from each danger's own
trail, so it does not matter what was reported or signed off while the move was under way.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from zhiben.clocks.public import JobView, StepResult, enqueue
from zhiben.dangers.domain.cell import Cell
from zhiben.dangers.domain.kinds import OPEN
from zhiben.dangers.domain.trail import Gap, gaps
from zhiben.dangers.events import DangerMoved
from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.services.case import line_of
from zhiben.journal import public as journal
from zhiben.journal.public import Line, Recorded
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.ids import path_end

JOB = "danger:follow-unit"
STEP = 200
CLOSED_SINCE = timedelta(days=30)  # a move takes hours; what closed meanwhile is looked at too
WHOLE = 10_000


def follow_units(entries: Sequence[Recorded], now: datetime) -> None:
    """Queue one job for every finished move of a unit."""
    for entry in entries:
        told = {"path": entry.body["new_path"], "on": entry.on.isoformat()}
        enqueue(JOB, told, key=f"{JOB}:{entry.chain}:{entry.seq}", actor=SYSTEM, now=now)


def follow_step(job: JobView) -> StepResult:
    """Tell the next dangers below a moved unit as moved out of their old cells and into the new ones."""
    on, after = date.fromisoformat(job.arguments["on"]), int(job.result.get("after", 0))
    rows = list(_below(job.arguments["path"], on).filter(pk__gt=after).order_by("pk")[:STEP])
    journal.record([line for row in rows for line in _lines(row, on)], actor=SYSTEM, now=job.now)
    last = rows[-1].pk if rows else after
    return StepResult(advance=len(rows), finished=len(rows) < STEP, result={"after": last})


def _below(path: str, on: date) -> QuerySet[Danger]:
    counted = Q(state__in=sorted(map(str, OPEN))) | Q(closed_on__gte=on - CLOSED_SINCE)
    return Danger.unscoped.filter(counted, path__gte=path, path__lt=path_end(path))


def _lines(row: Danger, on: date) -> list[Line]:
    told = [(entry.code, entry.body) for entry in journal.history(subject_of(row.pk), limit=WHOLE)]
    return [line_of(row, _event(row, gap), on) for gap in gaps(told, Cell.of(row), is_open=row.state in OPEN)]


def _event(row: Danger, gap: Gap) -> DangerMoved:
    return DangerMoved(
        danger=row.pk,
        before_cell=gap.before.write(),
        after_cell=gap.after.write(),
        after=row.state,
        is_open=True,
        overdue=row.is_overdue,
        found_on=row.found_on.isoformat(),
    )
