"""The figures of a bulletin: what came, went and stands overdue in a cycle, beside the one before, and who moved."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from zhiben.dangers.models import Danger
from zhiben.dangers.public import Level
from zhiben.insights.board import Change
from zhiben.insights.domain.cycles import Cycle
from zhiben.insights.domain.measures import ClearingRow, What
from zhiben.insights.domain.progress import Ranked, Standing, backward, forward
from zhiben.insights.ledger import By, Row
from zhiben.insights.models import Posting
from zhiben.insights.postings import postings_of, standing_on
from zhiben.insights.selectors import Part, clearing_of, restated_months
from zhiben.kernel.periods import CHINA
from zhiben.orgs.models import Enterprise, Unit

SHOWN = 5
LONGEST = 10
CAME = Q(what__in=[What.FOUND, What.REOPENED, What.MOVED_IN])
WENT = Q(what__in=[What.VOIDED, What.MOVED_OUT])
SIGNED_OFF = Q(what=What.SIGNED_OFF)
OVERDUE = Q(what=What.OVERDUE)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What a bulletin says of a part of the tree."""

    part: Part
    cycle: Cycle
    day: date  # the last day counted
    is_over: bool
    beside: tuple[date, date]  # the stretch it is compared with: the cycle before, as far as this one has come
    whole: ClearingRow
    major: ClearingRow
    whole_before: ClearingRow
    major_before: ClearingRow
    late: int  # entries of the cycle written down after it was over
    restated: Sequence[str]  # months that later entries changed
    units: tuple[Sequence[Ranked], Sequence[Ranked]]  # who moved ahead, who fell behind or stood still
    enterprises: tuple[Sequence[Ranked], Sequence[Ranked]]
    ranked_units: int  # how many there were to rank

    def change(self, name: str, *, of_major: bool = False) -> Change:
        """Return a figure beside that of the cycle before."""
        now, before = (self.major, self.major_before) if of_major else (self.whole, self.whole_before)
        return Change(getattr(now, name), getattr(before, name))


def bulletin_of(part: Part, cycle: Cycle, today: date) -> Bulletin:
    """Return the figures of a cycle, as the tallies hold them now."""
    day = min(cycle.last, today)
    beside = _beside(cycle, day)
    whole, major = _pair(part, cycle.since, day)
    whole_before, major_before = _pair(part, *beside)
    units = _units(part, cycle.since, day)
    enterprises = _enterprises(part, cycle.since, day, today) if part.unit else []
    return Bulletin(
        part=part,
        cycle=cycle,
        day=day,
        is_over=cycle.is_over(today),
        beside=beside,
        whole=whole,
        major=major,
        whole_before=whole_before,
        major_before=major_before,
        late=late_entries(part, cycle, today).count(),
        restated=sorted(restated_months(part, cycle.since, day)),
        units=(forward(units, SHOWN), backward(units, SHOWN)),
        enterprises=(forward(enterprises, SHOWN), backward(enterprises, SHOWN)),
        ranked_units=len(units),
    )


def late_entries(part: Part, cycle: Cycle, today: date) -> QuerySet[Posting]:
    """Return what happened in a cycle by its day and was written down after the cycle was over."""
    over = datetime.combine(cycle.until, time(), CHINA)
    rows = postings_of(part, today).filter(day__gte=cycle.since, day__lt=cycle.until, recorded__gte=over)
    return rows.exclude(what__in=[What.SELF_ACCEPTED, What.IMPORTED_CLOSED])


def longest_overdue(reach: QuerySet[Danger], bulletin: Bulletin, today: date) -> list[Danger]:
    """Return what stood overdue longest, major ones first, as far as `reach` goes."""
    late = standing_on(bulletin.part, What.OVERDUE, bulletin.day, today)
    rows = reach.filter(pk__in=late.values("pk"), due_on__isnull=False).select_related("unit", "enterprise")
    return list(rows.annotate(is_major=Q(level=Level.MAJOR)).order_by("-is_major", "due_on", "pk")[:LONGEST])


def _beside(cycle: Cycle, day: date) -> tuple[date, date]:
    """Return first and last day of the cycle before; of one under way only as many days as have passed."""
    before = cycle.before
    last = before.last if day == cycle.last else min(before.since + (day - cycle.since), before.last)
    return before.since, last


def _pair(part: Part, since: date, until: date) -> tuple[ClearingRow, ClearingRow]:
    """Return the rows of all levels together and of the major ones."""
    rows = {cell["level"]: row for cell, row in clearing_of(part, since, until, by=By.LEVEL)}
    whole = ClearingRow(
        *(sum(getattr(row, name) for row in rows.values()) for name in ClearingRow.__dataclass_fields__)
    )
    return whole, rows.get(Level.MAJOR, ClearingRow())


def _units(part: Part, since: date, until: date) -> list[Ranked]:
    """Return the units below, or an enterprise's sites, with what moved in them."""
    rows, late_before = (
        _by_unit(part, since, until),
        _by_unit(part, since - timedelta(days=1), since - timedelta(days=1)),
    )
    before = {cell["unit"]: row.overdue for cell, row in late_before}
    return [
        Ranked(cell["name"], _standing(row, before.get(cell["unit"], 0)), path=cell["unit"])
        for cell, row in rows
        if row != ClearingRow()
    ]


def _by_unit(part: Part, since: date, until: date) -> list[Row]:
    return clearing_of(part, since, until, by=By.UNIT)


def _standing(row: ClearingRow, overdue_before: int) -> Standing:
    return Standing(
        open_before=row.open_before,
        came=row.found + row.reopened + row.moved_in,
        went_otherwise=row.voided + row.moved_out,
        signed_off=row.signed_off,
        open_after=row.open_after,
        overdue_before=overdue_before,
        overdue=row.overdue,
    )


def _enterprises(part: Part, since: date, until: date, today: date) -> list[Ranked]:
    """Return the enterprises whose dangers moved in the cycle, and those that are overdue: what moved, site by site."""
    moved = _sums(postings_of(part, today).filter(day__gte=since, day__lte=until))
    late_then = _by_site(standing_on(part, What.OVERDUE, until, today))
    owners = dict(
        Unit.objects.filter(pk__in={*moved, *late_then}, enterprise__isnull=False).values_list("pk", "enterprise")
    )
    open_then = _by_site(standing_on(part, What.OPEN, until, today).filter(unit__in=owners))
    totals: dict[int, list[int]] = defaultdict(lambda: [0] * 7)
    for site, owner in owners.items():
        came, went, signed_off, overdue, stock = moved.get(site, (0, 0, 0, 0, 0))
        now, late = open_then.get(site, 0), late_then.get(site, 0)
        for at, n in enumerate((now - stock, came, went, signed_off, now, late - overdue, late)):
            totals[owner][at] += n
    names = dict(Enterprise.objects.filter(pk__in=totals).values_list("pk", "name"))
    fields = ("open_before", "came", "went_otherwise", "signed_off", "open_after", "overdue_before", "overdue")
    return [
        Ranked(names[owner], Standing(**dict(zip(fields, numbers, strict=True))), enterprise=owner)
        for owner, numbers in totals.items()
    ]


def _sums(rows: QuerySet[Posting]) -> Mapping[int, tuple[int, ...]]:
    """Return for each site what came, went otherwise, was signed off, how the overdue and the stock changed."""
    counted = rows.values_list("unit").annotate(
        came=Sum("n", filter=CAME), went=Sum("n", filter=WENT), off=Sum("n", filter=SIGNED_OFF),
        late=Sum("n", filter=OVERDUE), changed=Sum("stock"),
    ).order_by()  # fmt: skip
    return {site: tuple(n or 0 for n in numbers) for site, *numbers in counted}


def _by_site(rows: QuerySet[Danger]) -> dict[int, int]:
    return dict(rows.order_by().values_list("unit").annotate(n=Count("pk")))
