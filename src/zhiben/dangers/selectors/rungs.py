"""Rungs of the ladder: what waits for a signature, what was sent, what comes next for a danger, and what it helped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from zhiben.dangers.domain.clock import china_day
from zhiben.dangers.domain.effect import Effect, Wait, effect_of
from zhiben.dangers.domain.ladder import Due, Rung, next_due
from zhiben.dangers.domain.rungs import SETTLED, RungState
from zhiben.dangers.domain.standing_rules import RulesKind
from zhiben.dangers.models import Danger, LadderRung, OverdueSpan, RegionalRules
from zhiben.dangers.permissions import DangerPermission
from zhiben.dangers.selectors.reading import reach_of
from zhiben.dangers.selectors.regional import ladder_of, rules_for
from zhiben.dangers.selectors.spans import days_of, track_of
from zhiben.documents.public import drafts_of_own_office
from zhiben.kernel.actor import Actor
from zhiben.kernel.errors import NotFound


def rungs_for(actor: Actor) -> QuerySet[LadderRung]:
    """Return the rungs of the dangers that the actor may issue for, the longest due first."""
    rows = LadderRung.objects.filter(danger__in=reach_of(actor, DangerPermission.LADDER))
    return rows.select_related("danger__enterprise", "danger__party", "danger__unit").order_by("due_on", "pk")


def rungs_to_sign(actor: Actor) -> QuerySet[LadderRung]:
    """Return the drafted rungs, first those that the actor's own office issues: `is_own`."""
    rows = rungs_for(actor).filter(state=RungState.DRAFTED)
    own = ExpressionWrapper(of_own_office(actor), BooleanField())
    return rows.annotate(is_own=own).order_by("-is_own", "due_on", "pk")


def of_own_office(actor: Actor) -> Q:
    """Tell the rungs whose document the actor's own office issues, and those without one."""
    return Q(Exists(drafts_of_own_office(actor).filter(pk=OuterRef("document")))) | Q(document=None)


def rung_for(actor: Actor, rung_id: int) -> LadderRung:
    """Return one rung that the actor may issue; else answer as if it did not exist."""
    row = rungs_for(actor).filter(pk=rung_id).first()
    if row is None:
        raise NotFound("ladder:not-found")
    return row


@dataclass(frozen=True, slots=True)
class LadderView:
    """The ladder of one danger: the rules that hold, the rungs so far, the next one and its day."""

    rules: RegionalRules | None
    rungs: Sequence[LadderRung]
    waiting: LadderRung | None  # due, not yet issued
    following: Due | None
    is_held: bool  # days do not count now


def ladder_view(danger: Danger, *, now: datetime) -> LadderView | None:
    """Return the ladder of a danger that the caller was shown; None where it never met one."""
    today = china_day(now)
    rungs = list(LadderRung.objects.filter(danger=danger).select_related("settled_by__person").order_by("pk"))
    span = OverdueSpan.objects.filter(danger=danger, until__isnull=True).first()
    rules = rules_for(RulesKind.LADDER, [danger.path], today)[danger.path]
    if not rungs and (span is None or rules is None):
        return None
    drafted = next((one for one in rungs if one.state == RungState.DRAFTED), None)
    track = track_of(span, danger.level) if span else None
    held = bool(track and any(hold.until is None for hold in track.holds))
    following = None
    if track and rules and rules.since and not drafted:
        mine = [one for one in rungs if one.since == track.since and one.state in SETTLED and one.settled_on]
        settled = [(Rung(one.rung), one.settled_on) for one in mine if one.settled_on]
        following = next_due(track, ladder_of(rules), settled, since=rules.since, until=rules.until)
    return LadderView(rules, rungs, drafted, following, held)


def effects_for(actor: Actor, *, today: date) -> dict[Rung, Effect]:
    """Return how long it took until something moved after each rung issued in the actor's reach."""
    issued = rungs_for(actor).filter(state=RungState.ISSUED, settled_on__isnull=False)
    rows = list(issued.values_list("rung", "danger_id", "since", "settled_on"))
    spans = {
        (span.danger_id, span.since): span for span in OverdueSpan.objects.filter(danger__in={row[1] for row in rows})
    }
    waits: dict[Rung, list[Wait]] = {rung: [] for rung in Rung}
    for rung, danger, since, on in rows:
        span = spans.get((danger, since))
        if span is not None and on is not None:
            waits[Rung(rung)].append(_wait(span, on, today))
    return {rung: effect_of(found) for rung, found in waits.items()}


def _wait(span: OverdueSpan, on: date, today: date) -> Wait:
    """Return the days from a rung to the next progress; the end of the stretch is one."""
    moves = [day for day in (*days_of(span.progress), *([span.until] if span.until else [])) if day >= on]
    return Wait((min(moves) - on).days, has_ended=True) if moves else Wait((today - on).days, has_ended=False)
