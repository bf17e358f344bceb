"""Bulletins that are drafted by themselves: whoever may sign for the department is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction

from zhiben.clocks.public import sweep_rows
from zhiben.documents.public import DocumentPermission, DocumentState, documents_of
from zhiben.insights.domain.cycles import CycleKind, cycle_at, last_over
from zhiben.insights.events import BulletinScheduled
from zhiben.insights.models import BulletinSchedule
from zhiben.insights.selectors import Part, part_for
from zhiben.insights.services.papers import OF_BULLETINS, bulletin_subject, draft_bulletin
from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import SYSTEM, Actor, require
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Invalid, NotAllowed
from zhiben.kernel.periods import CHINA, local_day
from zhiben.notices.public import NoticeKind, notify, register_notice
from zhiben.orgs.models import Account, Person
from zhiben.orgs.public import actor_of, unit_place

SWEEP = "bulletin:draft"
AT = time(8)  # in the morning, once the night's entries are in
LAST_DAY = {CycleKind.WEEK: 7, CycleKind.MONTH: 28}
DRAFTED = register_notice(
    NoticeKind(
        "bulletin:drafted",
        Bilingual("简报草稿待签发", "A bulletin waits to be signed"),
        Bilingual("{part}{period}", "{part}, {period}"),
        page="documents:document",
    )
)


@transaction.atomic
def schedule_bulletin(part: Part, kind: CycleKind, day: int | None, *, actor: Actor, now: datetime) -> None:
    """Let a unit's bulletin be drafted for one's own department on a day of the week or the month; None ends it."""
    if part.unit is None or kind not in OF_BULLETINS:
        raise Invalid("bulletin:week-or-month", field="kind", value=str(kind))
    if part.only is not None or part.is_mixed:
        raise NotAllowed("form:part-of-the-figures")
    require(actor, DocumentPermission.DRAFT, unit_place(part.unit))
    me = Person.objects.filter(pk=actor.person).first() if actor.person else None
    if me is None or me.department_id is None:
        raise NotAllowed("bulletin:no-department")
    if day is not None and not 1 <= day <= LAST_DAY[kind]:
        raise Invalid("bulletin:no-such-day", field="day", value=day, last=LAST_DAY[kind])
    BulletinSchedule.unscoped.update_or_create(
        unit=part.unit,
        department_id=me.department_id,
        kind=kind,
        defaults={
            "path": part.unit.path,
            "day": day or 1,
            "next_at": next_moment(kind, day, now) if day else None,
            "account_id": actor.id,
            "at": now,
        },
    )
    event = BulletinScheduled(part.unit.pk, me.department_id, str(kind), day)
    line = Line(event, f"unit/{part.unit.pk}", f"department:{me.department_id}", local_day(now))
    journal.record([line], actor=actor, now=now)


def next_moment(kind: CycleKind, day: int, now: datetime) -> datetime:
    """Return the next time at which a schedule's day comes.

    >>> next_moment(CycleKind.WEEK, 1, datetime(2026, 3, 2, 9, tzinfo=CHINA)).isoformat()
    '2026-03-09T08:00:00+08:00'
    """
    cycle = cycle_at(kind, local_day(now))
    found = datetime.combine(cycle.since + timedelta(days=day - 1), AT, CHINA)
    return found if found > now else datetime.combine(cycle.until + timedelta(days=day - 1), AT, CHINA)


def sweep_bulletins(now: datetime) -> int:
    """Draft the bulletins whose day has come."""

    def claim(row: BulletinSchedule) -> Mapping[str, Any]:
        return {"next_at": next_moment(CycleKind(row.kind), row.day, now)}

    def effect(rows: Sequence[BulletinSchedule]) -> None:
        lines: list[Line] = []
        for row in rows:
            _draft(row, lines, now)
        journal.record(lines, actor=SYSTEM, now=now)

    due = BulletinSchedule.unscoped.filter(next_at__isnull=False).select_related("unit", "department")
    return sweep_rows(SWEEP, due, claim=claim, effect=effect, now=now)


def _draft(row: BulletinSchedule, lines: list[Line], now: datetime) -> None:
    """Draft the last bulletin that is over, unless somebody did by hand; then tell who may sign it."""
    part, cycle = part_for(SYSTEM, row.unit.path), last_over(CycleKind(row.kind), local_day(now))
    if any(one.state is not DocumentState.DISCARDED for one in documents_of(bulletin_subject(part, cycle))):
        return
    document = draft_bulletin(part, cycle, actor=SYSTEM, now=now, department=row.department_id, lines=lines)
    facts = {"part": part.name, "period": {"zh": cycle.words.zh, "en": cycle.words.en}}
    key = f"bulletin/{document}"
    notify(_signers(row, now), DRAFTED.name, subject=f"document/{document}", key=key, facts=facts, now=now)


def _signers(row: BulletinSchedule, now: datetime) -> list[int]:
    """Return the people of the department whose grants let them sign."""
    place = unit_place(row.unit)
    accounts = Account.objects.filter(person__department=row.department_id, is_active=True)
    found = [account for account in accounts if actor_of(account, now=now).may(DocumentPermission.ISSUE, place)]
    return [account.person_id for account in found if account.person_id]
