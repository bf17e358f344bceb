"""When a unit was hung on another parent, its dangers moved from cell to cell: told to the journal, in parts.

The columns themselves are rewritten by the move (`orgs.paths`). What the figures miss is read from each danger's own
trail, so it does not matter what was reported or signed off while the move was under way.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from zhiben.clocks.public import JobView, StepResult, enqueue
from zhiben.dangers.domain.cell import Cell
from zhiben.dangers.domain.kinds import OPEN
from zhiben.dangers.domain.trail import Gap, gaps
from zhiben.dangers.events import DangerMoved, DangerStepped
from zhiben.dangers.models import Danger
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.services.case import line_of
from zhiben.journal import public as journal
from zhiben.journal.public import Line, Recorded
from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.ids import path_end
from zhiben.kernel.periods import local_day
from zhiben.orgs.models import Department
from zhiben.orgs.public import department_for_matter

JOB = "danger:follow-unit"
STEP = 200
CLOSED_SINCE = timedelta(days=30)  # a move takes hours; what closed meanwhile is looked at too
WHOLE = 10_000
HANDED = "dangers.Danger.unit"  # how orgs names the column in which a danger says where it lies
Handover = tuple[int | None, int]  # the department before, and after


def follow_units(entries: Sequence[Recorded], now: datetime) -> None:
    """Queue one job for every finished move of a unit, and for records handed on from a unit to its heir."""
    for entry in entries:
        if entry.code == "unit:handed-on" and entry.body["table"] != HANDED:
            continue
        where = {"unit": entry.body["to_unit"]} if entry.code == "unit:handed-on" else {"path": entry.body["new_path"]}
        told = where | {"on": entry.on.isoformat()}
        enqueue(JOB, told, key=f"{JOB}:{entry.chain}:{entry.seq}", actor=SYSTEM, now=now)


def follow_step(job: JobView) -> StepResult:
    """Tell the next dangers of a moved unit as moved out of their old cells and into the new ones."""
    on, after = date.fromisoformat(job.arguments["on"]), int(job.result.get("after", 0))
    rows = list(_concerned(job.arguments, on).filter(pk__gt=after).order_by("pk")[:STEP])
    kept = _departments([row for row in rows if row.state in OPEN], local_day(job.now))
    journal.record([line for row in rows for line in _lines(row, on, kept)], actor=SYSTEM, now=job.now)
    last = rows[-1].pk if rows else after
    return StepResult(advance=len(rows), finished=len(rows) < STEP, result={"after": last})


def _concerned(arguments: Mapping[str, Any], on: date) -> QuerySet[Danger]:
    counted = Q(state__in=sorted(map(str, OPEN))) | Q(closed_on__gte=on - CLOSED_SINCE)
    if "unit" in arguments:
        return Danger.unscoped.filter(counted, unit=arguments["unit"])
    path = arguments["path"]
    return Danger.unscoped.filter(counted, path__gte=path, path__lt=path_end(path))


def _departments(rows: Sequence[Danger], today: date) -> dict[int, Handover]:
    """Give open dangers whose supervising department no longer stands above them the one that does."""
    known = Department.objects.in_bulk({row.department_id for row in rows if row.department_id is not None})
    found = {}
    for row in rows:
        department = known.get(row.department_id or 0)
        if department is None or row.path.startswith(department.path):
            continue
        new = department_for_matter(row.path, row.matter, today)
        if new is None or new == row.department_id:
            continue
        stands = Danger.unscoped.filter(pk=row.pk, department=row.department_id)
        if stands.update(department=new, version=F("version") + 1):
            found[row.pk] = (row.department_id, new)
    return found


def _lines(row: Danger, on: date, kept: Mapping[int, Handover]) -> list[Line]:
    history = journal.history(subject_of(row.pk), limit=WHOLE)
    told = [(entry.code, entry.body) for entry in history]
    days = [entry.on for entry in history]
    found = gaps(told, Cell.of(row), is_open=row.state in OPEN)
    lines = [line_of(row, _event(row, gap), _day(on, days[: gap.at], days[gap.at :])) for gap in found]
    if row.pk in kept:
        was, now = kept[row.pk]
        facts = {"department": now, "from_department": was}
        event = DangerStepped(danger=row.pk, move="follow_unit", before=row.state, after=row.state, facts=facts)
        lines.append(line_of(row, event, max([on, *days])))
    return lines


def _day(on: date, before: Sequence[date], after: Sequence[date]) -> date:
    """Return on which day a danger changed its cell: the unit's, but not before it was told there, nor after it left."""
    return min([max([on, *before]), *after])


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
