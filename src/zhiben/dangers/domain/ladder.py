"""The ladder for slow progress: which rung is due on which day, from a danger's own days and a region's rules.

A rung is due on the first day on which enough days past the limit have counted and nothing blocks it. Days under a hold
(awaiting acceptance; a standing stop order, where the rules say so) do not count. Progress holds the next rung off for
some days. After a rung was issued or skipped, the enterprise keeps the days between it and the next one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from zhiben.dangers.domain.kinds import Level
from zhiben.kernel.errors import Invalid

LONGEST = 1000  # days past the limit
LONGEST_PAUSE = 365


class Rung(StrEnum):
    """A rung of the ladder, mildest first."""

    LETTER = "letter"
    CIRCULAR = "circular"
    INTERVIEW = "interview"
    EXPOSURE = "exposure"


class Hold(StrEnum):
    """Why days do not count."""

    AWAITING = "awaiting"  # somebody else must look at the rectification
    STOPPED = "stopped"  # a stop order stands


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `since`, before `until`; without an end it still runs."""

    since: date
    until: date | None
    why: Hold = Hold.AWAITING


@dataclass(frozen=True, slots=True)
class Track:
    """One stretch of a danger past its limit: since when, until when, what held and what moved meanwhile."""

    since: date
    until: date | None = None
    level: Level = Level.GENERAL
    holds: tuple[Interval, ...] = ()
    progress: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class LadderRules:
    """A region's rules: the rungs of each level with the days past the limit, ascending."""

    rungs: Mapping[Level, tuple[tuple[Rung, int], ...]]
    progress_days: int
    stop_holds: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A rung and the day from which it is due."""

    rung: Rung
    day: date


Settled = Sequence[tuple[Rung, date]]  # rungs issued or skipped in this stretch, in order, with their days


def next_due(
    track: Track, rules: LadderRules, settled: Settled, *, since: date, until: date | None = None
) -> Due | None:
    """Return the next rung, unless there is none, or the stretch or the rules end before it, or a hold still runs.

    `since` is the first day of the rules, `until` the first day on which they no longer hold.
    """
    rungs = rules.rungs.get(track.level, ())
    done = {rung for rung, _ in settled}
    days = dict(rungs)
    ahead = [rung for rung, _ in rungs if rung not in done and _above(rung, done)]
    if not ahead:
        return None
    rung = ahead[0]
    last, base = settled[-1] if settled else (None, track.since)
    gap = days[rung] - days.get(last, 0) if last else days[rung]
    day = _first_free(base, max(gap, 0), track, rules, since)
    ends = [end for end in (track.until, until) if end is not None]
    return None if day is None or any(day >= end for end in ends) else Due(rung, day)


def climb(track: Track, rules: LadderRules, since: date, until: date) -> Iterator[Due]:
    """Yield every rung due in since ≤ day < until, each taken as issued on its day: the ladder simulated."""
    settled: list[tuple[Rung, date]] = []
    while due := next_due(track, rules, settled, since=since, until=until):
        yield due
        settled.append((due.rung, due.day))


def _above(rung: Rung, done: set[Rung]) -> bool:
    order = list(Rung)
    return all(order.index(each) < order.index(rung) for each in done)


def _first_free(base: date, gap: int, track: Track, rules: LadderRules, since: date) -> date | None:
    """Return the first day not before `since` with `gap` counted days behind it and nothing in its way."""
    holds = [hold for hold in track.holds if rules.stop_holds or hold.why is not Hold.STOPPED] if track.holds else []
    day = base + timedelta(gap)
    for first, last in _joined(holds):
        if first < day and (last is None or last > base):
            if last is None:
                return None
            day += last - max(first, base)
    day = max(day, since)
    pauses = [Interval(on, on + timedelta(rules.progress_days)) for on in track.progress] if rules.progress_days else []
    blocks = _joined([*holds, *pauses]) if holds or pauses else []
    for first, last in blocks:
        if first <= day and (last is None or day < last):
            if last is None:
                return None
            day = last
    return day


def _joined(intervals: Sequence[Interval]) -> list[tuple[date, date | None]]:
    """Return intervals in order, those that touch or overlap as one."""
    found: list[tuple[date, date | None]] = []
    for each in sorted(intervals, key=lambda one: one.since):
        first, last = found[-1] if found else (None, each.since)
        if first is not None and (last is None or each.since <= last):
            found[-1] = (first, None if last is None or each.until is None else max(last, each.until))
        else:
            found.append((each.since, each.until))
    return found


def read_rules(body: Mapping[str, Any]) -> LadderRules:
    """Read rules as they are written; refuse days that do not ascend, and a ladder without rungs."""
    rows = {Rung(row["rung"]): row for row in body["rungs"]}
    levels = (Level.GENERAL, Level.MAJOR)
    rungs = {
        level: tuple((rung, rows[rung][level]) for rung in Rung if rung in rows and rows[rung][level] is not None)
        for level in levels
    }
    if not any(rungs.values()):
        raise Invalid("ladder:no-rungs", field="rungs")
    for level, told in rungs.items():
        days = [day for _, day in told]
        if any(not 0 <= day <= LONGEST for day in days):
            raise Invalid("ladder:days-out-of-range", field=f"days_{level}", most=LONGEST)
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise Invalid("ladder:days-not-ascending", field=f"days_{level}")
    if not 0 <= body["progress_days"] <= LONGEST_PAUSE:
        raise Invalid("ladder:days-out-of-range", field="progress_days", most=LONGEST_PAUSE)
    return LadderRules(rungs, body["progress_days"], body["stop_holds"])
