"""Look-backs planned with a sign-off and dropped with a reopening: parts of a step."""

from datetime import date, datetime
from typing import Any

from zhiben.dangers.domain.habits import Habits
from zhiben.dangers.domain.lookback import LookbackState, due_days, next_ring
from zhiben.dangers.models import Danger, Lookback
from zhiben.dangers.services.case import Case, Change


def plan(case: Case) -> None:
    """Promise to look again after the days that this installation set."""
    habits = case.standing.habits
    days = due_days(case.today, habits.lookback_days)
    for after, due_on in zip(sorted(set(habits.lookback_days)), days, strict=True):
        case.rows.append(new_lookback(case.danger, case.today, due_on, habits, case.now, days=after))
    case.facts["lookbacks"] = [day.isoformat() for day in days]


def drop(case: Case) -> None:
    """Let go of what was planned: what is open again needs no look-back."""
    still = {"danger": case.danger, "state": str(LookbackState.OPEN)}
    dropped = {"state": str(LookbackState.DROPPED), "next_at": None, "is_overdue": False}
    case.changes.append(Change(Lookback, still, dropped))


def new_lookback(
    danger: Danger, closed_on: date, due_on: date, habits: Habits, now: datetime, **why: Any
) -> Lookback:  # fmt: skip
    """Return a task that hangs where the danger hangs."""
    return Lookback(
        danger=danger,
        closed_on=closed_on,
        due_on=due_on,
        next_at=next_ring(due_on, habits.reminders, now),
        unit_id=danger.unit_id,
        path=danger.path,
        enterprise_id=danger.enterprise_id,
        party_id=danger.party_id,
        industries_mask=danger.industries_mask,
        matter=danger.matter,
        **why,
    )
