"""What the ladder does by itself: a rung that is due is raised and its document drafted, once; issuing is for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhiben.clocks.public import sweep_rows
from zhiben.dangers.domain.clock import MORNING, china_day, moment
from zhiben.dangers.domain.kinds import Level
from zhiben.dangers.domain.ladder import Due, next_due
from zhiben.dangers.domain.rungs import RUNG_NAMES, SETTLED, RungState
from zhiben.dangers.domain.standing_rules import RulesKind
from zhiben.dangers.domain.words import label
from zhiben.dangers.models import Danger, LadderRung, OverdueSpan, RegionalRules
from zhiben.dangers.papers_supervision import KINDS
from zhiben.dangers.selectors.reading import subject_of
from zhiben.dangers.selectors.regional import ladder_of, rules_for
from zhiben.dangers.selectors.spans import track_of
from zhiben.dangers.services.case import line_of
from zhiben.dangers.supervision_events import RungMoot, RungRaised
from zhiben.documents.public import NewDraft, discard_draft, draft_documents
from zhiben.journal import public as journal
from zhiben.journal.public import Line
from zhiben.kernel.actor import SYSTEM
from zhiben.orgs.public import department_for_matter

SWEEP = "ladder:rungs"
NO_LONGER = "隐患已不再超期（no longer overdue）"


def sweep_ladder(now: datetime, *, limit: int = 500) -> int:
    """Look at the stretches whose moment has come; return how many. Safe to run twice at once."""
    return sweep_rows(
        SWEEP,
        OverdueSpan.objects.filter(next_at__isnull=False),
        claim=lambda _span: {"next_at": None},
        effect=lambda won: _answer(won, now),
        now=now,
        limit=limit,
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """A stretch as it stands now that it is held: its rules, its rungs."""

    span: OverdueSpan
    rules: RegionalRules | None
    rungs: Sequence[LadderRung]

    def next_rung(self) -> Due | None:
        """Return the next rung; none while a draft still waits."""
        if self.rules is None or self.rules.since is None or any(one.state == RungState.DRAFTED for one in self.rungs):
            return None
        settled = [(RUNGS[one.rung], one.settled_on) for one in self.rungs if one.state in SETTLED and one.settled_on]
        track = track_of(self.span, self.span.danger.level)
        return next_due(track, ladder_of(self.rules), settled, since=self.rules.since, until=self.rules.until)


RUNGS = {str(rung): rung for rung in KINDS}


def _answer(won: Sequence[OverdueSpan], now: datetime) -> None:
    today, lines, due = china_day(now), list[Line](), list[tuple[_Look, Due]]()
    for look in _looks(won, today):
        if look.span.until is not None:
            lines += _let_go(look, now)
            continue
        found = look.next_rung()
        if found and found.day <= today:
            due.append((look, found))
            continue
        later = _later(found, look.rules, today)
        if later:
            OverdueSpan.objects.filter(pk=look.span.pk).update(next_at=moment(later, MORNING))
    _raise(due, lines, now)
    journal.record(lines, actor=SYSTEM, now=now)


def _looks(won: Sequence[OverdueSpan], today: date) -> list[_Look]:
    spans = list(OverdueSpan.objects.filter(pk__in=[span.pk for span in won]).order_by("pk"))
    dangers = Danger.unscoped.select_related("enterprise", "party", "unit").in_bulk([span.danger_id for span in spans])
    for span in spans:
        span.danger = dangers[span.danger_id]
    rules = rules_for(RulesKind.LADDER, {danger.path for danger in dangers.values()}, today)
    rungs: dict[tuple[int, date], list[LadderRung]] = {}
    for rung in LadderRung.objects.filter(danger__in=dangers).order_by("settled_on", "pk"):
        rungs.setdefault((rung.danger_id, rung.since), []).append(rung)
    return [_Look(span, rules[span.danger.path], rungs.get((span.danger_id, span.since), ())) for span in spans]


def _later(found: Due | None, rules: RegionalRules | None, today: date) -> date | None:
    """Return the day to look again: when the rung is due, or when these rules end and others may hold."""
    days = [found.day] if found else []
    if rules and rules.until and rules.until > today:
        days.append(rules.until)
    return min(days, default=None)


def _raise(due: Sequence[tuple[_Look, Due]], lines: list[Line], now: datetime) -> None:
    """Write each rung with the draft of its document."""
    today = china_day(now)
    drafts = [_draft(look, rung, today) for look, rung in due]
    ids = draft_documents(drafts, actor=SYSTEM, now=now, lines=lines) if drafts else []
    for (look, rung), document, draft in zip(due, ids, drafts, strict=True):
        span = look.span
        told = {"danger": span.danger, "since": span.since, "rung": rung.rung, "due_on": rung.day, "rules": look.rules}
        told |= {"raised_at": now, "document": document, "recipient": draft.recipient[:200]}
        _keep(look, told)
        since, rules = span.since.isoformat(), look.rules.pk if look.rules else 0
        event = RungRaised(span.danger_id, str(rung.rung), since, rung.day.isoformat(), rules, str(document))
        lines.append(line_of(span.danger, event, today))


def _keep(look: _Look, told: dict[str, Any]) -> None:
    """Write a rung; one that was no longer needed in this stretch is needed again once a merger was undone."""
    moot = [one.pk for one in look.rungs if one.rung == told["rung"] and one.state == RungState.MOOT]
    again = {"state": RungState.DRAFTED, "settled_on": None, "settled_at": None}
    if not LadderRung.objects.filter(pk__in=moot, state=RungState.MOOT).update(**told, **again):
        LadderRung.objects.create(**told)


def _draft(look: _Look, rung: Due, today: date) -> NewDraft:
    danger = look.span.danger
    party = danger.party or danger.enterprise
    office = danger.department_id or getattr(department_for_matter(danger.path, danger.matter, today), "pk", None)
    return NewDraft(
        kind=KINDS[rung.rung].code,
        subject=subject_of(danger.pk),
        place=danger.place,
        department_id=office,
        enterprise_id=party.pk if party else None,
        recipient=party.name if party else danger.unit.name,
        facts=_facts(look, today),
    )


def _facts(look: _Look, today: date) -> Mapping[str, object]:
    span, danger = look.span, look.span.danger
    party = danger.party or danger.enterprise
    earlier = [f"{RUNG_NAMES[RUNGS[one.rung]].zh}（{one.number}）" for one in look.rungs if one.number]
    return {
        "danger_number": danger.number,
        "description": danger.description,
        "place": danger.place_text,
        "found_on": danger.found_on,
        "level": label(Level(danger.level)),
        "responsible": party.name if party else danger.unit.name,
        "due_on": danger.due_on,
        "overdue_since": span.since,
        "days_late": (today - span.since).days + 1,
        "earlier": "、".join(earlier),
    }


def _let_go(look: _Look, now: datetime) -> list[Line]:
    """Give up drafts of a stretch that has ended."""
    lines: list[Line] = []
    for rung in look.rungs:
        drafted = LadderRung.objects.filter(pk=rung.pk, state=RungState.DRAFTED)
        if drafted.update(state=RungState.MOOT, settled_on=china_day(now), settled_at=now):
            if rung.document:
                discard_draft(rung.document, reason=NO_LONGER, actor=SYSTEM, now=now, lines=lines)
            lines.append(line_of(look.span.danger, RungMoot(look.span.danger_id, rung.rung), china_day(now)))
    return lines
