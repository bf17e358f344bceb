"""Candidates for treating a major danger as an accident: raised by the journal's consumer, answered by a person."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from zhiben.dangers.domain.accountability import Ground, OwnCheck, ground_of, window
from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.kinds import Channel, ClosureGround, Level, SetBy
from zhiben.dangers.domain.moves import Move
from zhiben.dangers.domain.recurrence import spot
from zhiben.dangers.domain.sameness import plain_text
from zhiben.dangers.events import AsAccidentAnswered, AsAccidentRaised
from zhiben.dangers.models import AccidentCandidate, Danger, Extension
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.accountability import candidate_for
from zhiben.dangers.selectors.standing import habits
from zhiben.dangers.selectors.traces import traces_of
from zhiben.dangers.services import telling
from zhiben.dangers.services.case import line_of
from zhiben.journal import public as journal
from zhiben.journal.public import Line, Recorded
from zhiben.kernel.actor import SYSTEM, Actor, require
from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import Conflict, Invalid
from zhiben.notices.public import NoticeKind, register_notice

CONSUMER = "danger:as-accident"
CODES = frozenset({"danger:stepped", "danger:overdue"})
BY_OTHERS = (Channel.INSPECTION, Channel.PUBLIC_REPORT)
LATELY = timedelta(days=365)  # further back nothing is raised when the journal is read anew
SHOWN = 10  # of the enterprise's own findings, told as facts
RAISED = register_notice(
    NoticeKind(
        "as-accident:raised",
        Bilingual("视同事故线索待认定", "A candidate for treating as an accident waits"),
        Bilingual("{number}：{text}", "{number}: {text}"),
        page="dangers:detail",
    )
)
Found = tuple[Ground, str, dict[str, Any]]  # the ground, what makes it unique, the facts


def raise_candidates(entries: Sequence[Recorded], now: datetime) -> None:
    """Look at major dangers that were levelled, fell overdue or refused; what the record suggests is raised once."""
    since = china_day(now) - LATELY
    wanted = [entry for entry in entries if entry.on >= since and _concerns(entry)]
    rows = Danger.unscoped.filter(pk__in={entry.body["danger"] for entry in wanted}, level=Level.MAJOR)
    dangers = {row.pk: row for row in rows.select_related("department", "enterprise", "party")}
    lines: list[Line] = []
    for entry in wanted:
        danger = dangers.get(entry.body["danger"])
        found = _found(entry, danger) if danger else None
        if danger and found:
            lines += _raised(danger, *found, on=entry.on, now=now)
    journal.record(lines, actor=SYSTEM, now=now)


def _concerns(entry: Recorded) -> bool:
    if entry.code == "danger:overdue":
        return bool(entry.body["set_by"] == SetBy.ORDER)
    facts = entry.body["facts"]
    refused = entry.body["move"] == Move.REQUEST_CLOSURE and facts.get("ground") == ClosureGround.REFUSED
    return bool(refused or facts.get("level") == Level.MAJOR)


def _found(entry: Recorded, danger: Danger) -> Found | None:
    if entry.code == "danger:overdue":
        return _refused_order(danger, date.fromisoformat(entry.body["due_on"]))
    if entry.body["move"] == Move.REQUEST_CLOSURE:
        facts = {"closure_asked_on": entry.on.isoformat(), "due_on": _iso(danger.due_on)}
        return Ground.REFUSED, "closure", facts
    return _own_checks(danger)


def _refused_order(danger: Danger, due_on: date) -> Found | None:
    """Suggest a refusal where an ordered limit passed without an extension granted or pending."""
    asked = list(Extension.objects.filter(danger=danger).order_by("pk"))
    if any(one.is_granted and one.due_on >= due_on for one in asked) or any(_is_pending(one) for one in asked):
        return None
    facts = {
        "due_on": due_on.isoformat(),
        "extensions_asked": len(asked),
        "extensions_refused": sum(one.is_granted is False for one in asked),
        "parts_filled": danger.parts_filled,
        "state": danger.state,
    }
    return Ground.REFUSED, due_on.isoformat(), facts


def _is_pending(one: Extension) -> bool:
    return one.is_granted is None and not one.is_moot


def _own_checks(danger: Danger) -> Found | None:
    """Compare a danger that others found with what the enterprise's own checks left on record before."""
    party = danger.party_id or danger.enterprise_id
    if danger.channel not in BY_OTHERS or party is None or danger.is_imported:
        return None
    since, until = window(danger.found_on, habits().own_check_days)
    whose = Q(party=party) | Q(enterprise=party, party__isnull=True)
    own = Danger.unscoped.filter(whose, channel=Channel.SELF_CHECK)
    here = traces_of(own.filter(found_on__gte=since, found_on__lt=until))
    mine = traces_of(Danger.unscoped.filter(pk=danger.pk))[danger.pk]
    checks = [
        OwnCheck(
            found_on=one.found_on, place=spot(one.unit, one.place), clauses=one.clauses, words=plain_text(one.words)
        )
        for one in here.values()
    ]
    ground = ground_of(checks, place=spot(mine.unit, mine.place), clauses=mine.clauses, words=plain_text(mine.words))
    if ground is None:
        return None
    last = own.filter(found_on__lt=until).order_by("-found_on").values_list("found_on", flat=True).first()
    facts = {
        "since": since.isoformat(),
        "until": until.isoformat(),
        "own_findings": len(checks),
        "own_dangers": sorted(here)[-SHOWN:],
        "last_own_finding": _iso(last),
        "channel": danger.channel,
        "clauses": sorted(mine.clauses),
    }
    return ground, "", facts


def _raised(
    danger: Danger, ground: Ground, about: str, facts: Mapping[str, Any], *, on: date, now: datetime
) -> list[Line]:
    """Keep a candidate once, tell the department, and journal it."""
    key = f"{ground}:{danger.pk}:{about}"
    row, made = AccidentCandidate.unscoped.get_or_create(
        key=key,
        defaults={
            "danger": danger,
            "department": danger.department,
            "ground": str(ground),
            "facts": dict(facts),
            "raised_on": china_day(now),
            "raised_at": now,
            "unit_id": danger.unit_id,
            "path": danger.path,
            "enterprise_id": danger.enterprise_id,
            "party_id": danger.party_id,
            "industries_mask": danger.industries_mask,
            "matter": danger.matter,
        },
    )
    if not made:
        return []
    telling.tell(danger, RAISED, telling.officers(danger), what="", now=now, key=f"as-accident:{key}")
    return [line_of(danger, AsAccidentRaised(danger.pk, row.pk, str(ground), dict(facts)), on)]


@transaction.atomic
def answer_candidate(candidate_id: int, *, yes: bool, reason: str, actor: Actor, now: datetime) -> None:
    """Confirm that a danger is to be treated as an accident, or dismiss it; either with a reason."""
    row = candidate_for(actor, candidate_id)
    require(actor, DangerPermission.ACCIDENT, row.place)
    if not reason.strip():
        raise Invalid("danger:needs-reason", field="reason")
    answer = "confirmed" if yes else "dismissed"
    told = {"answer": answer, "answered_at": now, "answered_by_id": actor.id, "reason": reason}
    if not AccidentCandidate.unscoped.filter(pk=row.pk, answer="open").update(**told):
        raise Conflict("as-accident:already-answered")
    event = AsAccidentAnswered(row.danger_id, row.pk, row.ground, answer, reason)
    journal.record([line_of(row.danger, event, china_day(now))], actor=actor, now=now)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
