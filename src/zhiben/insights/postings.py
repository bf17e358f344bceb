"""The records behind the figures: every entry that the tallies counted, and what stood open or overdue on a day."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from zhiben.dangers.models import Danger
from zhiben.dangers.public import OPEN
from zhiben.insights.domain.measures import SIGN, What
from zhiben.insights.domain.reading import CODES, effects_of
from zhiben.insights.models import Posting
from zhiben.insights.rows import COLUMN_OF, dangers_of
from zhiben.insights.selectors import Part
from zhiben.journal import public as journal
from zhiben.orgs.domain.kinds import UnitKind

CONSUMER = "insights:postings"
ENTRIES = CODES
BATCH = 500
OPEN_STATES = sorted(map(str, OPEN))
STANDS = frozenset({What.OPEN, What.OVERDUE})  # counted as of a day; all others between two
_COLUMNS = {
    UnitKind.PROVINCE: "province",
    UnitKind.CITY: "city",
    UnitKind.COUNTY: "county",
    UnitKind.TOWNSHIP: "township",
}
_CELL = ("province", "city", "county", "township", "unit", "industry", "channel", "matter", "level")


def post_entries(entries: Sequence[journal.Recorded], now: datetime) -> None:  # noqa: ARG001 -- as consumers are called
    """Write down what each entry counted for; the journal's transaction holds both."""
    rows = [row for entry in entries for row in _rows(entry)]
    Posting.objects.bulk_create(rows, batch_size=BATCH)


def _rows(entry: journal.Recorded) -> Iterable[Posting]:
    for effect in effects_of(entry.code, entry.body):
        if effect.what is not What.OPEN:
            cell = {name: effect.cell[name] for name in _CELL}
            for name in ("industry", "channel", "matter", "level"):
                cell[name] = str(cell[name] or "")
            yield Posting(
                danger=entry.body["danger"],
                what=effect.what,
                n=effect.n,
                stock=SIGN.get(effect.what, 0) * effect.n,
                day=entry.on,
                recorded=entry.at,
                **cell,
            )


def empty_postings() -> None:
    """Empty the table, before it is rebuilt from the journal."""
    with connection.cursor() as cursor:
        cursor.execute("delete from insights_posting")


def postings_of(part: Part, on: date, *, level: str = "") -> QuerySet[Posting]:
    """Return what was counted for a part of the tree, limited to what its reader may see."""
    rows = Posting.objects.filter(_inside(part, on), **_narrowed(part))
    return rows.filter(level=level) if level else rows


def counted_between(part: Part, what: What, since: date, until: date, *, level: str = "") -> QuerySet[Posting]:
    """Return the postings of one figure in since ≤ day < until: their `n` add up to it."""
    return postings_of(part, until, level=level).filter(what=what, day__gte=since, day__lt=until)


def standing_on(part: Part, what: What, day: date, today: date, *, level: str = "") -> QuerySet[Danger]:
    """Return what stood open or overdue in a part at the end of a day: as it stands now, less all that came after.

    So the work follows what happened since, not all that ever happened.
    """
    here = dangers_of(part, today).filter(state__in=OPEN_STATES)
    if what is What.OVERDUE:
        here = here.filter(is_overdue=True)
    if level:
        here = here.filter(level=level)
    later = postings_of(part, today, level=level).filter(day__gt=day)
    changed = Sum("stock") if what is What.OPEN else Sum("n", filter=Q(what=What.OVERDUE))
    net = later.values("danger").annotate(net=changed).order_by()
    came, left = net.filter(net__gt=0).values("danger"), net.filter(net__lt=0).values("danger")
    still = Q(pk__in=here.exclude(pk__in=came).values("pk")) | Q(pk__in=left)
    return Danger.unscoped.filter(still)


def _inside(part: Part, on: date) -> Q:
    if part.unit is None:
        return Q(unit__in=part.subjects(on).low)
    kind = UnitKind(part.unit.kind)
    if kind in _COLUMNS:
        return Q(**{_COLUMNS[kind]: part.unit.pk})
    return Q() if part.unit.parent_id is None else Q(unit__in=part.subjects(on).low)


def _narrowed(part: Part) -> dict[str, Any]:
    only = part.only
    if only is None or only.by is None:
        return {}
    return {f"{COLUMN_OF[only.by]}__in": sorted(only.slugs)}
