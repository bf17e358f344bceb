"""The figures of a dashboard, all read from the tallies: a fixed number of queries, however many dangers there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhiben.insights.domain.measures import Cut, What
from zhiben.insights.domain.months import first_of, month_of
from zhiben.insights.figures import Subjects, Totals, by_level
from zhiben.insights.ledger import ABOVE_COUNTY, BY_DAY, CUT_OF, By, numbers_of, slugs
from zhiben.insights.models import Restated
from zhiben.insights.plan import Ages, PlanFigures, ages, plan_figures
from zhiben.insights.selectors import Part
from zhiben.orgs.models import Unit

MONTHS = 12
MAJOR = "major"
SHOWN = (
    What.OPEN,
    What.FOUND,
    What.SIGNED_OFF,
    What.REOPENED,
    What.MOVED_IN,
    What.MOVED_OUT,
    What.VOIDED,
    What.OVERDUE,
)


@dataclass(frozen=True, slots=True)
class Change:
    """A number and how much more it is than before."""

    now: int
    before: int

    @property
    def delta(self) -> int:
        """Return the change."""
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Child:
    """A unit below the one shown, as it stands today."""

    unit: Unit
    open: Change
    major: int
    overdue: int
    major_overdue: int

    @property
    def grade(self) -> str:
        """Colour by what stands open: our own plain rule, no assessed risk level (docs/algorithms/dashboard.md)."""
        if self.major_overdue:
            return "major"
        if self.major:
            return "larger"
        return "general" if self.overdue else "low"

    @property
    def rank(self) -> tuple[int, int, int, int, str]:
        """Sort the worst first."""
        return (-self.major_overdue, -self.overdue, -self.major, -self.open.now, self.unit.path)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the trend."""

    first: date
    last: date
    found: int
    signed_off: int
    open_after: int
    is_restated: bool


@dataclass(frozen=True, slots=True)
class Board:
    """What a dashboard shows of a part of the tree."""

    part: Part
    day: date
    open: Change
    major: Change
    overdue: Change
    major_overdue: int
    found: Change  # this month, and the same stretch of the month before
    signed_off: Change
    news: Mapping[What, int]  # what happened yesterday and today
    ages: tuple[Ages, Ages] | None  # this month's, and the month before's; where all may be seen
    children: Sequence[Child]  # worst first
    months: Sequence[Month]
    plan: PlanFigures | None  # where all may be seen


class _Standing:
    """Running totals as of several days, added up on demand."""

    def __init__(self, part: Part, subjects: Subjects, days: Iterable[date]) -> None:
        self.days = sorted(set(days))
        cut = CUT_OF[part.only.by] if part.only and part.only.by else Cut.INDUSTRY
        found = by_level(subjects, self.days, cut=cut, dimensions=part.dimensions(), whats=SHOWN)
        self.found: dict[date, Totals] = dict(zip(self.days, found, strict=True))

    def at(self, day: date, what: What, *, level: int | None = None, units: frozenset[int] | None = None) -> int:
        """Return a count as of the end of a day."""
        return sum(
            n
            for (unit, counted, held), n in self.found[day].items()
            if counted == what and (level is None or held == level) and (units is None or unit in units)
        )

    def during(self, since: date, until: date, what: What) -> int:
        """Return how many more there were at the end of `until` than before `since`."""
        return self.at(until, what) - self.at(since - timedelta(days=1), what)


def board_of(part: Part, day: date) -> Board:
    """Return the figures of a part as of a day."""
    subjects, month, yesterday = part.subjects(day), month_of(day), day - timedelta(days=1)
    firsts = [first_of(m) for m in range(month - MONTHS + 1, month + 2)]
    ends = [min(first - timedelta(days=1), day) for first in firsts]
    begins, before_begins = first_of(month), first_of(month - 1)
    same_day = min(before_begins + (day - begins), begins - timedelta(days=1))
    days = [day, yesterday, day - timedelta(days=2), *ends, begins - timedelta(days=1), same_day]
    standing = _Standing(part, subjects, [*days, before_begins - timedelta(days=1), firsts[0] - timedelta(days=1)])
    major = _major()

    def change(what: What, level: int | None = None) -> Change:
        return Change(standing.at(day, what, level=level), standing.at(yesterday, what, level=level))

    def flow(what: What) -> Change:
        return Change(standing.during(begins, day, what), standing.during(before_begins, same_day, what))

    return Board(
        part=part,
        day=day,
        open=change(What.OPEN),
        major=change(What.OPEN, major),
        overdue=change(What.OVERDUE),
        major_overdue=standing.at(day, What.OVERDUE, level=major),
        found=flow(What.FOUND),
        signed_off=flow(What.SIGNED_OFF),
        news={what: standing.during(yesterday, day, what) for what in SHOWN},
        ages=_ages(subjects, month) if part.only is None else None,
        children=_children(part, day, major),
        months=_months(standing, subjects, firsts, ends),
        plan=plan_figures(part.unit, day) if part.only is None and part.unit else None,
    )


def _major() -> int:
    return next((number for number, slug in slugs(By.LEVEL).items() if slug == MAJOR), -1)


def _months(standing: _Standing, subjects: Subjects, firsts: Sequence[date], ends: Sequence[date]) -> list[Month]:
    numbers = (*subjects.high, *subjects.low)
    marked = Restated.objects.filter(unit__in=numbers, month__gte=month_of(firsts[0]))
    restated = set(marked.values_list("month", flat=True))
    return [
        Month(
            first=first,
            last=end,
            found=standing.during(first, end, What.FOUND),
            signed_off=standing.during(first, end, What.SIGNED_OFF),
            open_after=standing.at(end, What.OPEN),
            is_restated=month_of(first) in restated,
        )
        for first, end in zip(firsts[:-1], ends[1:], strict=True)
    ]


def _ages(subjects: Subjects, month: int) -> tuple[Ages, Ages]:
    return ages(subjects, month, month), ages(subjects, month - 1, month - 1)


def _children(part: Part, day: date, major: int) -> list[Child]:
    """Return the units below, worst first; below township only those that ever had a danger."""
    units = part.children(day)
    numbers = numbers_of(units, within=part.unit)
    subjects = Subjects(
        high=tuple(unit.pk for unit in units if unit.kind in ABOVE_COUNTY),
        low=tuple(number for unit in units if unit.kind not in ABOVE_COUNTY for number in numbers[unit.pk]),
    )
    standing = _Standing(part, subjects, [day, day - timedelta(days=1)])
    counted = {unit for unit, _, _ in standing.found[day]}
    shown = [unit for unit in units if unit.kind in BY_DAY | ABOVE_COUNTY or counted & numbers[unit.pk]]
    return sorted((_child(unit, numbers[unit.pk], standing, day, major) for unit in shown), key=lambda c: c.rank)


def _child(unit: Unit, numbers: frozenset[int], standing: _Standing, day: date, major: int) -> Child:
    before = day - timedelta(days=1)
    return Child(
        unit=unit,
        open=Change(*(standing.at(on, What.OPEN, units=numbers) for on in (day, before))),
        major=standing.at(day, What.OPEN, level=major, units=numbers),
        overdue=standing.at(day, What.OVERDUE, units=numbers),
        major_overdue=standing.at(day, What.OVERDUE, level=major, units=numbers),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How many are open, and how many of them are major and overdue."""

    open: Change
    major: Change
    overdue: Change


def standing_of(part: Part, day: date) -> Standing:
    """Return how a part stands, without its trend and its children."""
    before = day - timedelta(days=1)
    standing, major = _Standing(part, part.subjects(day), [day, before]), _major()
    return Standing(
        open=Change(standing.at(day, What.OPEN), standing.at(before, What.OPEN)),
        major=Change(standing.at(day, What.OPEN, level=major), standing.at(before, What.OPEN, level=major)),
        overdue=Change(standing.at(day, What.OVERDUE), standing.at(before, What.OVERDUE)),
    )
