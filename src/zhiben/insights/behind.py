"""The records behind a number, page by page: what was counted between two days, or what stood on one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet, Sum

from zhiben.dangers.models import Danger
from zhiben.dangers.public import reach_of
from zhiben.insights.domain.measures import What
from zhiben.insights.models import Posting
from zhiben.insights.postings import STANDS, postings_of, standing_on
from zhiben.insights.selectors import Part
from zhiben.kernel.actor import Actor
from zhiben.kernel.periods import CHINA
from zhiben.orgs.models import Unit

PAGE = 50
SLUGS = {what.name.lower(): what for what in What}
UNCOUNTED = (What.SELF_ACCEPTED, What.IMPORTED_CLOSED)


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a part of the tree: which figure (or late entries), of which days (both included), which level."""

    part: Part
    what: What | None  # None: everything that was written down after the last day
    since: date
    until: date
    level: str = ""
    owner: int | None = None  # only the sites of this enterprise


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the danger where the reader may see it, the day it counts for, when it was written down."""

    danger: Danger | None
    what: What
    n: int
    day: date | None
    recorded: datetime | None


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of records; `whole` is the number itself."""

    whole: int
    rows: Sequence[Record]
    pages: int

    @property
    def hidden(self) -> int:
        """How many of these rows the reader may not see in full."""
        return sum(row.danger is None for row in self.rows)


def records_behind(actor: Actor, number: Number, today: date, *, page: int = 1) -> Behind:
    """Return a page of the records behind a number, the newest first."""
    if number.what in STANDS:
        return _standing(actor, number, today, page)
    rows = _postings(number, today)
    counted = rows.count()
    shown = list(rows.order_by("-day", "-pk")[(page - 1) * PAGE : page * PAGE])
    seen = _by_id(reach_of(actor).filter(pk__in={row.danger for row in shown}))
    whole = rows.aggregate(n=Sum("n"))["n"] or 0 if number.what is not None else counted
    records = [Record(seen.get(row.danger), What(row.what), row.n, row.day, row.recorded) for row in shown]
    return Behind(whole, records, _pages(counted))


def _postings(number: Number, today: date) -> QuerySet[Posting]:
    rows = postings_of(number.part, today, level=number.level).filter(day__gte=number.since, day__lte=number.until)
    if number.owner is not None:
        rows = rows.filter(unit__in=_sites(number.owner))
    if number.what is not None:
        return rows.filter(what=number.what)
    over = datetime.combine(number.until + timedelta(days=1), time(), CHINA)
    return rows.filter(recorded__gte=over).exclude(what__in=UNCOUNTED)


def _standing(actor: Actor, number: Number, today: date, page: int) -> Behind:
    what = number.what or What.OPEN
    rows = standing_on(number.part, what, number.until, today, level=number.level)
    if number.owner is not None:
        rows = rows.filter(unit__in=_sites(number.owner))
    whole = rows.count()
    shown = list(rows.order_by("-found_on", "-pk").values_list("pk", flat=True)[(page - 1) * PAGE : page * PAGE])
    seen = _by_id(reach_of(actor).filter(pk__in=shown))
    return Behind(whole, [Record(seen.get(pk), what, 1, None, None) for pk in shown], _pages(whole))


def _sites(enterprise_id: int) -> QuerySet[Unit, int]:
    return Unit.objects.filter(enterprise=enterprise_id).values_list("pk", flat=True)


def _by_id(rows: QuerySet[Danger]) -> dict[int, Danger]:
    return {row.pk: row for row in rows.select_related("unit", "enterprise")}


def _pages(rows: int) -> int:
    return max(1, -(-rows // PAGE))
