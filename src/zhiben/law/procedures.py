"""Which clause sets which clock of a hidden danger's loop, by matter and region.

A clock is either a value of law with its clause, or a setting of ours that says so and has none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from zhiben.kernel.bilingual import Bilingual
from zhiben.kernel.errors import NotFound
from zhiben.law import store
from zhiben.law.calendar import Calendar, official
from zhiben.law.divisions import parent_of
from zhiben.law.parameters import Source, parameter


class ClockKind(StrEnum):
    """What a clock waits for."""

    RECHECK = "recheck"
    EXTENSION_ASK = "extension_ask"
    EXTENSION_ANSWER = "extension_answer"
    RESUME_REVIEW = "resume_review"
    REPORT_MAJOR = "report_major"
    PLAN_DUE = "plan_due"
    PUBLISH = "publish"
    LOOK_BACK = "look_back"
    RECTIFY_DEFAULT = "rectify_default"


class Unit(StrEnum):
    """In what a clock counts."""

    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day that a clock sets; provisional when it counts working days into a year whose notice is not loaded."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: its numbers and where they come from."""

    kind: ClockKind
    values: tuple[int, ...]  # more than one only for repeated acts (looking back)
    unit: Unit
    before: bool  # counts backwards from a day
    setting: bool  # a number of ours, not of law
    source: Source | None  # the clause that sets the number; None for a setting
    duty: Source | None  # the clause that demands the act without a number
    confidence: str
    verify: bool
    note: Bilingual | None
    pack: str

    @property
    def value(self) -> int:
        """The first number."""
        return self.values[0]

    def due_days(self, start: date, calendar: Calendar | None = None) -> list[DueDay]:
        """Return the days that the clock sets when started on `start`; hours are for the caller."""
        if self.unit is Unit.HOUR:
            raise ValueError(f"{self.kind} counts hours")
        signed = [-value if self.before else value for value in self.values]
        if self.unit is Unit.DAY:
            return [DueDay(start + timedelta(days=days), provisional=False) for days in signed]
        counted = [(calendar or official()).add_workdays(start, days) for days in signed]
        return [DueDay(found.day, found.provisional) for found in counted]


@dataclass(frozen=True, slots=True)
class Procedure:
    """All clocks that hold for a matter in a region on a day."""

    matter: str | None
    region: str | None
    day: date
    clocks: Mapping[ClockKind, Clock]

    def clock(self, kind: ClockKind) -> Clock:
        """Return one clock; refuse where nothing sets it on the day."""
        try:
            return self.clocks[kind]
        except KeyError:
            raise NotFound("procedure:no-clock", kind=kind.value, day=self.day.isoformat()) from None


def procedure(matter: str | None, region: str | None, day: date) -> Procedure:
    """Return the clocks of a matter (its slug) in a region (a division code) on a day.

    The nearer rule wins, clock by clock: matter and region, matter, region (the smaller one first), nation.
    """
    clocks: dict[ClockKind, Clock] = {}
    for pack in reversed(list(_layers(matter, region))):
        clocks |= _clocks_on(pack, day)
    return Procedure(matter, region, day, clocks)


def _layers(matter: str | None, region: str | None) -> Iterator[store.Document]:
    regions = [*_upwards(region), None]
    for wanted_matter in (matter, None) if matter else (None,):
        for wanted_region in regions:
            found = _packs().get((wanted_matter, wanted_region))
            if found:
                yield found


def _upwards(region: str | None) -> Iterator[str]:
    while region:
        yield region
        region = parent_of(region)


@cache
def _packs() -> Mapping[tuple[str | None, str | None], store.Document]:
    return {(pack["matter"], pack["region"]): pack for pack in store.documents("procedures").values()}


def _clocks_on(pack: store.Document, day: date) -> dict[ClockKind, Clock]:
    clocks = (_clock(row, pack["id"], day) for row in pack["clocks"])
    return {clock.kind: clock for clock in clocks if clock is not None}


def _clock(row: Mapping[str, Any], pack: str, day: date) -> Clock | None:
    kind, note = ClockKind(row["kind"]), Bilingual.of(row["note"]) if "note" in row else None
    before = row.get("before", False)
    if "parameter" in row:
        known = parameter(row["parameter"])
        dated = known.on(day)
        if dated is None:
            return None
        unit, values, told = Unit(known.unit), (dated.value,), (dated.confidence, dated.verify)
        return Clock(kind, values, unit, before, False, dated.source, None, *told, note, pack)
    duty = parameter(row["duty"]).on(day) if "duty" in row else None
    return Clock(
        kind=kind,
        values=tuple(row["values"]),
        unit=Unit(row["unit"]),
        before=before,
        setting=row.get("setting", False),
        source=Source(**row["source"]) if "source" in row else None,
        duty=duty.source if duty else None,
        confidence=row.get("confidence", "low"),
        verify=row.get("verify", False),
        note=note,
        pack=pack,
    )
