"""The consumer that derives every tally from the journal."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from zhiben.dangers.models import Danger
from zhiben.insights import postings, tallies
from zhiben.insights.domain.measures import Cell
from zhiben.insights.domain.months import month_of
from zhiben.insights.domain.reading import Body, closing_of, effects_of
from zhiben.insights.models import Dimension, Major
from zhiben.insights.tallies import AGE_SQL, WHOLE_TREE, Counted
from zhiben.journal import public as journal
from zhiben.kernel.periods import local_day

NAME = "insights:tallies"
KINDS = ("industry", "channel", "matter", "level")


def count_entries(entries: Sequence[journal.Recorded], now: datetime) -> None:
    """Add entries of the journal to the tallies; the journal's transaction holds both."""
    numbers = _Numbers()
    counted: list[Counted] = []
    ages: Counter[tuple[int, int, int, int]] = Counter()
    timely: Counter[tuple[int, int, int, int]] = Counter()
    for entry in entries:
        recorded = local_day(entry.at)
        for effect in effects_of(entry.code, entry.body):
            high, low = units_of(effect.cell)
            cell = numbers.cell(effect.cell)
            counted.append(Counted(effect.what, high, low, cell, entry.on, effect.n, recorded))
        if closing := closing_of(entry.code, entry.body, entry.on):
            high, low = units_of(closing.cell)
            level = numbers.cell(closing.cell).level
            for unit in (*high, *low):
                key = (unit, month_of(entry.on), level, closing.days)
                ages[key] += 1
                timely[key] += closing.on_time
    tallies.add(counted, now=now)
    tallies.upsert(AGE_SQL, [[*key, n, timely[key]] for key, n in sorted(ages.items())])
    _follow_majors(entries)


def rebuild_tallies() -> int:
    """Derive everything anew; return how many entries were counted."""
    journal.rebuild(NAME)
    journal.rebuild(postings.CONSUMER)
    passed = 0
    while taken := journal.run_consumers(now=timezone.now()):
        passed += taken
    return passed


def units_of(cell: Body) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the units above county and those from county down under which a cell is counted."""
    high = (WHOLE_TREE, *(cell[name] for name in ("province", "city") if cell[name] is not None))
    low = {cell[name] for name in ("county", "township", "unit") if cell[name] is not None} - set(high)
    return high, tuple(sorted(low))


class _Numbers:
    """Numbers of slugs, given out once and for all."""

    def __init__(self) -> None:
        self.known = {(d.kind, d.slug): d.number for d in Dimension.objects.all()}

    def cell(self, body: Body) -> Cell:
        """Return the cell in numbers."""
        return Cell(**{kind: self._number(kind, str(body[kind] or "")) for kind in KINDS})

    def _number(self, kind: str, slug: str) -> int:
        if not slug:
            return 0
        if (kind, slug) not in self.known:
            used = [number for (known, _), number in self.known.items() if known == kind]
            self.known[kind, slug] = max(used, default=0) + 1
            Dimension.objects.create(kind=kind, slug=slug, number=self.known[kind, slug])
        return self.known[kind, slug]


def _follow_majors(entries: Iterable[journal.Recorded]) -> None:
    """Keep one row for each major danger, as it stands; what is no longer major leaves."""
    touched = {entry.body["danger"] for entry in entries if "danger" in entry.body}
    rows = Danger.unscoped.filter(pk__in=touched, level="major").exclude(state="voided")
    majors = [
        Major(
            danger=d.pk,
            path=d.path,
            found_on=d.found_on,
            closed_on=d.closed_on,
            due_on=d.due_on,
            has_plan=d.is_as_planned,
            is_overdue=d.is_overdue,
        )
        for d in rows
    ]
    Major.objects.filter(pk__in=touched - {major.danger for major in majors}).delete()
    Major.objects.bulk_create(
        majors,
        update_conflicts=True,
        unique_fields=["danger"],
        update_fields=["path", "found_on", "closed_on", "due_on", "has_plan", "is_overdue"],
    )
