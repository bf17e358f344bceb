"""Clocks of a danger: what is promised by when, by which clause, and the next moment at which something must happen.

A promise rings some days before its day (reminders), on its day, and when the day has passed (it lapses).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from zhiben.dangers.domain.kinds import SetBy, State

CHINA = ZoneInfo("Asia/Shanghai")
MORNING = time(8)


class Clock(StrEnum):
    """What a deadline is for. The first five are the main clocks: every open state has exactly one of them."""

    CONFIRM = "confirm"
    ASSIGN = "assign"
    RECTIFY = "rectify"
    ACCEPT = "accept"
    RECEIVE = "receive"
    REPORT = "report"
    PLAN = "plan"
    ANSWER = "answer"
    REVIEW = "review"
    LIST_REPORT = "list_report"
    LIST_PUBLISH = "list_publish"
    DELIST_PUBLISH = "delist_publish"  # kept on the listing: the danger may be closed by then


MAIN: dict[State, tuple[Clock, ...]] = {
    State.REGISTERED: (Clock.CONFIRM,),
    State.CONFIRMED: (Clock.ASSIGN,),
    State.RECTIFYING: (Clock.RECTIFY,),
    State.AWAITING_ACCEPTANCE: (Clock.ACCEPT, Clock.REVIEW),  # the review of an application replaces the acceptance
    State.TRANSFERRED: (Clock.RECEIVE,),
}


class Ring(StrEnum):
    """What happens at a moment of a promise."""

    REMIND = "remind"
    DUE = "due"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Promise:
    """Something owed by the end of a day, and what set that day; without an order it is a setting or self-set."""

    clock: Clock
    day: date
    set_by: SetBy
    order: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One ring of one promise."""

    at: datetime
    ring: Ring
    promise: Promise

    @property
    def key(self) -> str:
        """Name what the ring is about, not when it ran: the unique part of its effect's key."""
        ring = f"{self.ring}-{china_day(self.at)}" if self.ring is Ring.REMIND else str(self.ring)
        return f"{self.promise.clock}:{self.promise.day.isoformat()}:{ring}"


def china_day(moment: datetime) -> date:
    """Return which day it is in China."""
    return moment.astimezone(CHINA).date()


def moment(day: date, at: time = time(0)) -> datetime:
    """Return a time of a day in China as UTC.

    >>> moment(date(2026, 5, 1)).isoformat()
    '2026-04-30T16:00:00+00:00'
    """
    return datetime.combine(day, at, tzinfo=CHINA).astimezone(UTC)


def calls_of(promise: Promise, reminders: Iterable[int]) -> list[Call]:
    """Return all rings of a promise, earliest first."""
    early = [Call(moment(promise.day - timedelta(days), MORNING), Ring.REMIND, promise) for days in reminders if days]
    on_day = Call(moment(promise.day, MORNING), Ring.DUE, promise)
    after = Call(moment(promise.day + timedelta(1)), Ring.LAPSED, promise)
    return sorted([*early, on_day, after], key=lambda call: call.at)


def next_at(promises: Iterable[Promise], reminders: Iterable[int], after: datetime) -> datetime | None:
    """Return the next moment at which something must happen; a promise that already lapsed unseen rings at once.

    A day set in the past has no ring left ahead, and yet must be told: hence `after` itself.
    """
    ahead = []
    for promise in promises:
        calls = calls_of(promise, reminders)
        later = [call.at for call in calls if call.at > after]
        ahead.append(later[0] if later else after)
    return min(ahead, default=None)


def following(promises: Iterable[Promise], reminders: Iterable[int], after: datetime) -> datetime | None:
    """Return the first ring strictly after `after`: what remains once all earlier ones have been answered."""
    return min((c.at for promise in promises for c in calls_of(promise, reminders) if c.at > after), default=None)


def calls_due(promises: Iterable[Promise], reminders: Iterable[int], since: datetime, now: datetime) -> list[Call]:
    """Return what must ring now, having last been answered before `since`: of each promise only the newest reminder.

    After a standstill nobody wants three reminders at once; a lapse is never left out.
    """
    return [call for promise in promises for call in _newest(calls_of(promise, reminders), since, now)]


def _newest(calls: list[Call], since: datetime, now: datetime) -> list[Call]:
    lapsed = calls[-1] if calls[-1].at <= now else None
    if lapsed is not None:
        return [lapsed]
    return [call for call in calls if since <= call.at <= now][-1:]
