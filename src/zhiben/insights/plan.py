"""The national plan's two cohorts and three targets, over major hidden dangers only; and how long clearing takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet, Sum

from zhiben.insights.figures import Subjects
from zhiben.insights.ledger import subjects_of
from zhiben.insights.models import Major, TallyAge
from zhiben.kernel.ids import path_end
from zhiben.law.clearing import Cohorts, Found, cohorts, share
from zhiben.orgs.models import Unit


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """The three targets as of a day: legacy stock cleared, increment month by month, dynamic clearing."""

    asof: date
    cohorts: Cohorts
    new_by_month: Sequence[tuple[str, int]]  # of the last twelve months, oldest first
    open_now: int
    open_with_plan: int
    overdue: int
    due: int  # whose limit has come
    closed_on_time: int  # of these

    @property
    def is_dynamically_clear(self) -> bool:
        """Tell whether every open one has its plan and none is overdue."""
        return self.overdue == 0 and self.open_with_plan == self.open_now

    @property
    def on_time_share(self) -> Fraction | None:
        """The share of those due that were closed on time; None where none was due."""
        return share(self.closed_on_time, self.due)


def plan_figures(unit: Unit | None, asof: date) -> PlanFigures:
    """Return the plan's figures of a part of the tree. Plans stand as they do now, all else as of the day."""
    rows = list(_majors(unit).filter(found_on__lte=asof))
    open_rows = [row for row in rows if row.closed_on is None or row.closed_on > asof]
    due = [(row.due_on, row.closed_on) for row in rows if row.due_on is not None and row.due_on <= asof]
    return PlanFigures(
        asof=asof,
        cohorts=cohorts((Found(row.found_on, _closed(row)) for row in rows), asof),
        new_by_month=_by_month([row.found_on for row in rows], asof),
        open_now=len(open_rows),
        open_with_plan=sum(row.has_plan for row in open_rows),
        overdue=sum(row.due_on is not None and row.due_on < asof for row in open_rows),
        due=len(due),
        closed_on_time=sum(closed is not None and closed <= limit for limit, closed in due),
    )


@dataclass(frozen=True, slots=True)
class Ages:
    """How long those signed off in a span took."""

    signed_off: int
    on_time: int
    median_days: Fraction | None

    @property
    def on_time_share(self) -> Fraction | None:
        """The share signed off before the limit passed."""
        return share(self.on_time, self.signed_off)


def ages(whose: Unit | Subjects | None, first_month: int, last_month: int, *, levels: Sequence[int] = ()) -> Ages:
    """Return counts and the exact median of days from finding to sign-off, over months both included."""
    subjects = whose if isinstance(whose, Subjects) else subjects_of(whose)
    rows = TallyAge.objects.filter(unit__in=(*subjects.high, *subjects.low), month__range=(first_month, last_month))
    if levels:
        rows = rows.filter(level__in=levels)
    counted = list(rows.values_list("days").annotate(n=Sum("n"), on_time=Sum("on_time")).order_by("days"))
    return Ages(
        signed_off=sum(n for _, n, _ in counted),
        on_time=sum(on_time for _, _, on_time in counted),
        median_days=median([(days, n) for days, n, _ in counted]),
    )


def median(histogram: Sequence[tuple[int, int]]) -> Fraction | None:
    """Return the median of values counted in ascending order; None of nothing.

    >>> median([(1, 2), (5, 1), (9, 1)])
    Fraction(3, 1)
    """
    whole = sum(n for _, n in histogram)
    if not whole:
        return None
    return Fraction(_at(histogram, (whole - 1) // 2) + _at(histogram, whole // 2), 2)


def _at(histogram: Sequence[tuple[int, int]], place: int) -> int:
    for value, n in histogram:
        if place < n:
            return value
        place -= n
    raise IndexError(place)


def _majors(unit: Unit | None) -> QuerySet[Major]:
    if unit is None:
        return Major.objects.all()
    return Major.objects.filter(path__gte=unit.path, path__lt=path_end(unit.path))


def _closed(row: Major) -> date | None:
    """Return the day closed; an imported pair with its days in the wrong order is read as one day."""
    return None if row.closed_on is None else max(row.closed_on, row.found_on)


def _by_month(days: Sequence[date], asof: date) -> list[tuple[str, int]]:
    last = asof.year * 12 + asof.month - 1
    counts = dict.fromkeys(range(last - 11, last + 1), 0)
    for day in days:
        month = day.year * 12 + day.month - 1
        if month in counts:
            counts[month] += 1
    return [(f"{month // 12}-{month % 12 + 1:02}", n) for month, n in counts.items()]
